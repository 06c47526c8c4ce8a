"""Benchmarks, run by hand or by `make`; pytest collects none of them.

cold_start      `searchidx index` and `searchidx query` as whole processes
analysis        speed of analysis
term_lookup     prefixes, wildcards, fuzzy terms, corrections and completions among 500,000 words
random_queries  failures and times of random queries
web_load        load test of `searchidx serve`
name_variants   precision and recall of name variants; trains the costs of their edits
"""
