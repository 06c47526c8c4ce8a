"""Building and updating an index, in batches that a crash cannot break."""
