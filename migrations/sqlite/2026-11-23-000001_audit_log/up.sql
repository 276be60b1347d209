-- The audit log. Rows are leaves of an RFC 6962 tree; `record` is what was decided, byte for byte.
-- The triggers are guard rails: whoever can write the file can drop them. Detection is the tree.

CREATE TABLE audit_entry (
    seq            INTEGER PRIMARY KEY NOT NULL,
    leaf           BLOB NOT NULL CHECK (length(leaf) = 32),
    nonce          BLOB NOT NULL CHECK (length(nonce) = 32),
    record         BLOB NOT NULL,
    id             TEXT NOT NULL UNIQUE,
    at             INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    actor          TEXT NOT NULL,
    store          TEXT,
    requester_kind TEXT,
    agency         TEXT,
    purpose        TEXT,
    outcome        TEXT
) STRICT;

CREATE TABLE audit_node (
    level INTEGER NOT NULL CHECK (level > 0),
    idx   INTEGER NOT NULL CHECK (idx >= 0),
    hash  BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_batch (
    first_seq  INTEGER PRIMARY KEY NOT NULL,
    size_after INTEGER NOT NULL CHECK (size_after > first_seq),
    root       BLOB NOT NULL CHECK (length(root) = 32),
    frontier   BLOB NOT NULL,
    instance   TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT;

CREATE TABLE audit_checkpoint (
    size INTEGER PRIMARY KEY NOT NULL,
    note TEXT NOT NULL,
    at   INTEGER NOT NULL
) STRICT;

CREATE TABLE audit_cosignature (
    size INTEGER NOT NULL REFERENCES audit_checkpoint (size),
    name TEXT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (size, name)
) STRICT;

-- Erasable: the only link between an entry and a person. Outside the tree, and without a foreign key:
-- the writer inserts both rows in one transaction, and a check per row would cost more than the row.
CREATE TABLE audit_resident (
    seq            INTEGER PRIMARY KEY NOT NULL,
    salt           BLOB NOT NULL CHECK (length(salt) = 32),
    resident_index BLOB NOT NULL CHECK (length(resident_index) = 32),
    sealed         BLOB NOT NULL
) STRICT;

-- INSERT OR REPLACE deletes without firing a delete trigger, so inserts are guarded, too:
-- a row may only ever be the next one.
CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM audit_entry)
BEGIN SELECT RAISE(ABORT, 'audit_entry: only the next seq may be inserted'); END;
CREATE TRIGGER audit_entry_unique BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit_entry: this id is already there'); END;
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;

CREATE TRIGGER audit_node_new BEFORE INSERT ON audit_node
WHEN NEW.idx IS NOT (SELECT coalesce(max(idx) + 1, 0) FROM audit_node WHERE level = NEW.level)
BEGIN SELECT RAISE(ABORT, 'audit_node: only the next idx of a level may be inserted'); END;
CREATE TRIGGER audit_node_no_update BEFORE UPDATE ON audit_node
BEGIN SELECT RAISE(ABORT, 'audit_node is append-only'); END;
CREATE TRIGGER audit_node_no_delete BEFORE DELETE ON audit_node
BEGIN SELECT RAISE(ABORT, 'audit_node is append-only'); END;

CREATE TRIGGER audit_batch_next BEFORE INSERT ON audit_batch
WHEN NEW.first_seq IS NOT coalesce((SELECT size_after FROM audit_batch ORDER BY first_seq DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'audit_batch: only the next batch may be inserted'); END;
CREATE TRIGGER audit_batch_no_update BEFORE UPDATE ON audit_batch
BEGIN SELECT RAISE(ABORT, 'audit_batch is append-only'); END;
CREATE TRIGGER audit_batch_no_delete BEFORE DELETE ON audit_batch
BEGIN SELECT RAISE(ABORT, 'audit_batch is append-only'); END;

CREATE TRIGGER audit_checkpoint_new BEFORE INSERT ON audit_checkpoint
WHEN NEW.size <= (SELECT coalesce(max(size), -1) FROM audit_checkpoint)
BEGIN SELECT RAISE(ABORT, 'audit_checkpoint: a published checkpoint must be larger than the last'); END;
CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;
CREATE TRIGGER audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;

CREATE TRIGGER audit_cosignature_new BEFORE INSERT ON audit_cosignature
WHEN EXISTS (SELECT 1 FROM audit_cosignature WHERE size = NEW.size AND name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'audit_cosignature: this witness has already signed this size'); END;
CREATE TRIGGER audit_cosignature_no_update BEFORE UPDATE ON audit_cosignature
BEGIN SELECT RAISE(ABORT, 'audit_cosignature is append-only'); END;
CREATE TRIGGER audit_cosignature_no_delete BEFORE DELETE ON audit_cosignature
BEGIN SELECT RAISE(ABORT, 'audit_cosignature is append-only'); END;
