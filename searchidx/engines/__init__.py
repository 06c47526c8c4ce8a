"""Which entries have these terms, and in what order? The seam, and one file for each engine behind it."""
