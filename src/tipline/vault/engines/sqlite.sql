-- The vault on SQLite. Rows are added, never changed.

CREATE TABLE IF NOT EXISTS meta (
    name  TEXT PRIMARY KEY,              -- 'format' and 'origin'
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS record (
    idx         INTEGER PRIMARY KEY,     -- leaf index, from 0, without gaps
    commit_id   INTEGER NOT NULL,
    unit_size   INTEGER NOT NULL,        -- entries of the unit on its first row, 0 on the others
    kind        TEXT NOT NULL,
    reader      TEXT NOT NULL,           -- whose key opens it: 'desk' or 'holder'
    box         BLOB NOT NULL,           -- look-up key of the code holder, or empty
    holder_key  BLOB NOT NULL,
    keybox      BLOB NOT NULL,           -- the record's key, wrapped
    ciphertext  BLOB NOT NULL,
    holder_box  BLOB NOT NULL,
    contact_box BLOB NOT NULL,
    files       BLOB NOT NULL,           -- msgpack list of sealed files, or empty
    retry_hash  BLOB,
    retry_tag   BLOB NOT NULL,
    answer_box  BLOB NOT NULL,
    commitment  BLOB NOT NULL,
    row_digest  BLOB NOT NULL,           -- over everything from unit_size to answer_box
    leaf_hash   BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS record_retry ON record (retry_hash) WHERE retry_hash IS NOT NULL;
CREATE INDEX IF NOT EXISTS record_box ON record (box) WHERE box <> x'';

CREATE TABLE IF NOT EXISTS log_commit (
    number      INTEGER PRIMARY KEY,     -- from 1, without gaps
    first_index INTEGER NOT NULL,
    size        INTEGER NOT NULL UNIQUE, -- leaves after this commit
    sealed_kek  BLOB NOT NULL,           -- the commit's key, sealed to the desk
    checkpoint  BLOB NOT NULL,           -- signed note, c2sp.org/tlog-checkpoint
    digest      BLOB NOT NULL            -- over the other columns
) STRICT;

CREATE TABLE IF NOT EXISTS tile (
    level  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hashes BLOB NOT NULL,                -- 256 hashes: complete tiles only
    PRIMARY KEY (level, number)
) STRICT;

CREATE TABLE IF NOT EXISTS file (
    file_id TEXT PRIMARY KEY,
    idx     INTEGER NOT NULL             -- the record that has it
) STRICT, WITHOUT ROWID;
