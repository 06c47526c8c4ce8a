"""Measurements of speed and size, of an index as it is and of searchidx compared with other systems."""
