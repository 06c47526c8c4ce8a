"""searchidx: Spanish-first full-text search for a folder of documents."""

__version__ = "0.1.0"
