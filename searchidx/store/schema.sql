-- The source of truth: what was read, as it was read. FORMAT.md describes the whole index.
-- Row ids of documents and paragraphs are never reused (AUTOINCREMENT).

CREATE TABLE folders (
    row INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,       -- absolute
    prefix TEXT NOT NULL UNIQUE      -- of its documents' ids: '' for the first folder, 'name/' for the others
);

CREATE TABLE files (
    row INTEGER PRIMARY KEY,
    folder INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
    path TEXT NOT NULL,              -- relative to the folder, with /
    size INTEGER NOT NULL,           -- bytes
    mtime_ns INTEGER NOT NULL,       -- 0 when size and time do not show whether it changed
    hash TEXT NOT NULL,              -- SHA-256 of the bytes; '' until every document of the file is stored
    skipped INTEGER NOT NULL,        -- records of it that could not be read
    UNIQUE (folder, path)
);

CREATE TABLE documents (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    file INTEGER REFERENCES files ON DELETE SET NULL,
    id TEXT NOT NULL,
    hash TEXT NOT NULL,              -- SHA-256 of all content; '' when the file must be read again
    title TEXT NOT NULL,
    title_is_derived INTEGER NOT NULL,
    language TEXT NOT NULL,
    date TEXT,                       -- ISO 8601
    path TEXT NOT NULL,
    url TEXT NOT NULL,
    metadata TEXT NOT NULL,          -- JSON object of strings
    removed INTEGER NOT NULL DEFAULT 0  -- Unix time in seconds; readers that began before may still name it
    -- and for each metadata field of schema.py one column: name TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX documents_by_id ON documents (id) WHERE removed = 0;
CREATE INDEX documents_by_file ON documents (file);
CREATE INDEX documents_removed ON documents (removed) WHERE removed > 0;

CREATE TABLE paragraphs (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    number INTEGER NOT NULL,         -- from 1
    text TEXT NOT NULL,
    UNIQUE (document, number)
);

CREATE TABLE pending (               -- committed here, not yet known to be in the engine
    document INTEGER PRIMARY KEY,    -- its row
    operation TEXT NOT NULL CHECK (operation IN ('add', 'remove'))
);

CREATE TABLE state (                 -- exactly one row
    row INTEGER PRIMARY KEY CHECK (row = 1),
    batch_is_open INTEGER NOT NULL   -- 1 from before the engine gets a batch until it is known to have applied it
);
INSERT INTO state VALUES (1, 0);

CREATE TABLE engine_files (          -- what the engine wrote, so that a flipped bit is found
    path TEXT PRIMARY KEY,           -- relative to the index
    size INTEGER NOT NULL,
    checksum INTEGER NOT NULL        -- CRC-32
) WITHOUT ROWID;

CREATE TABLE lexicon (
    form TEXT PRIMARY KEY,           -- as written, in lower case
    folded TEXT NOT NULL,            -- without accents, ñ kept
    stem TEXT NOT NULL,
    documents INTEGER NOT NULL,      -- that have the form
    occurrences INTEGER NOT NULL,    -- in all documents, those written all in capitals left out
    capitals INTEGER NOT NULL,       -- of the occurrences, those with a capital first
    name_key TEXT                    -- the same for spellings of one name; NULL for what is no name
) WITHOUT ROWID;
CREATE INDEX lexicon_by_folded ON lexicon (folded, documents);
CREATE INDEX lexicon_by_stem ON lexicon (stem);
CREATE INDEX lexicon_by_name ON lexicon (name_key) WHERE name_key IS NOT NULL;
