"""Search engines: the contract between searchidx and an engine, and one package for each engine."""
