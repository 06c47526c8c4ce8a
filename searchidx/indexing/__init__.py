"""How does a folder become an index? Read, analysed, stored, handed to an engine, in batches that survive."""
