"""How fast is it, how large, and how does it compare?

Measures an index as it is, and searchidx and other systems side by side on the same corpus and the same queries.
"""
