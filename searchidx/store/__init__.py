"""The source of truth: documents, paragraphs, lexicon and source files in one SQLite file, and a manifest.

`store.Store` is opened once for each process or role. `FORMAT.md` describes what lies on disk and what a crash
may leave there.
"""
