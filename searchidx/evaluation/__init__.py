"""Measurements: speed and size of an index, and relevance of its results."""
