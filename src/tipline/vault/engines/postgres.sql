-- The vault on PostgreSQL. Rows are added, never changed.

CREATE SCHEMA IF NOT EXISTS vault;

CREATE TABLE IF NOT EXISTS vault.meta (
    name  TEXT PRIMARY KEY,              -- 'format', which a writer locks, and 'origin'
    value TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS vault.record (
    idx         BIGINT PRIMARY KEY,      -- leaf index, from 0, without gaps
    commit_id   BIGINT NOT NULL,
    unit_size   BIGINT NOT NULL,         -- entries of the unit on its first row, 0 on the others
    kind        TEXT NOT NULL,
    reader      TEXT NOT NULL,           -- whose key opens it: 'desk' or 'holder'
    box         BYTEA NOT NULL,          -- look-up key of the code holder, or empty
    holder_key  BYTEA NOT NULL,
    keybox      BYTEA NOT NULL,          -- the record's key, wrapped
    ciphertext  BYTEA NOT NULL,
    holder_box  BYTEA NOT NULL,
    contact_box BYTEA NOT NULL,
    files       BYTEA NOT NULL,          -- msgpack list of sealed files, or empty
    retry_hash  BYTEA,
    retry_tag   BYTEA NOT NULL,
    answer_box  BYTEA NOT NULL,
    commitment  BYTEA NOT NULL,
    row_digest  BYTEA NOT NULL,          -- over everything from unit_size to answer_box
    leaf_hash   BYTEA NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS record_retry ON vault.record (retry_hash)
    WHERE retry_hash IS NOT NULL;
CREATE INDEX IF NOT EXISTS record_box ON vault.record (box) WHERE box <> ''::bytea;

CREATE TABLE IF NOT EXISTS vault.log_commit (
    number      BIGINT PRIMARY KEY,      -- from 1, without gaps
    first_index BIGINT NOT NULL,
    size        BIGINT NOT NULL UNIQUE,  -- leaves after this commit
    sealed_kek  BYTEA NOT NULL,          -- the commit's key, sealed to the desk
    checkpoint  BYTEA NOT NULL,          -- signed note, c2sp.org/tlog-checkpoint
    digest      BYTEA NOT NULL           -- over the other columns
);

CREATE TABLE IF NOT EXISTS vault.tile (
    level  BIGINT NOT NULL,
    number BIGINT NOT NULL,
    hashes BYTEA NOT NULL,               -- 256 hashes: complete tiles only
    PRIMARY KEY (level, number)
);

CREATE TABLE IF NOT EXISTS vault.file (
    file_id TEXT PRIMARY KEY,
    idx     BIGINT NOT NULL              -- the record that has it
);

-- Nothing sealed or hashed can be compressed; do not try.
ALTER TABLE vault.record ALTER COLUMN ciphertext SET STORAGE EXTERNAL;
ALTER TABLE vault.tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
