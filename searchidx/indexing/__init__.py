"""How does a folder become an index? Read, analysed, stored, and handed to an engine, in batches that survive a crash."""
