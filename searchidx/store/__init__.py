"""What is true? Documents, paragraphs, the lexicon and the state of every source file, in one SQLite file.

A batch is one transaction: documents, paragraphs, lexicon, the state of source files, and in `pending` what
the engine must be told; that something is pending is committed before the engine is told anything. When the
engine has committed, the batch is settled and `pending` emptied. After a crash anywhere the next writer finds
`pending` as it was and tells the engine again. A removed document stays as a tombstone for a minute, so that a
reader whose engine still names it can show it; a later run purges it.
"""
