"""Measurements of speed and size, of an index as it is and of searchidx beside other systems."""
