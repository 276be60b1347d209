-- The audit log. Rows are leaves of an RFC 6962 tree; `record` is what was decided, byte for byte.
-- Rights are the first fence (the application role may only select and insert), these triggers the
-- second, the tree with a checkpoint held outside the one that proves.

CREATE TABLE audit_entry (
    seq            BIGINT PRIMARY KEY NOT NULL CHECK (seq >= 0),
    leaf           BYTEA NOT NULL CHECK (length(leaf) = 32),
    nonce          BYTEA NOT NULL CHECK (length(nonce) = 32),
    record         BYTEA NOT NULL,
    id             TEXT NOT NULL UNIQUE,
    at             BIGINT NOT NULL,
    kind           TEXT NOT NULL,
    actor          TEXT NOT NULL,
    store          TEXT,
    requester_kind TEXT,
    agency         TEXT,
    purpose        TEXT,
    outcome        TEXT
);
-- Records are hashes and ids: compressing them costs time and saves nothing.
ALTER TABLE audit_entry ALTER COLUMN record SET STORAGE EXTERNAL;

CREATE TABLE audit_node (
    level BIGINT NOT NULL CHECK (level > 0),
    idx   BIGINT NOT NULL CHECK (idx >= 0),
    hash  BYTEA NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, idx)
);

CREATE TABLE audit_batch (
    first_seq  BIGINT PRIMARY KEY NOT NULL,
    size_after BIGINT NOT NULL CHECK (size_after > first_seq),
    root       BYTEA NOT NULL CHECK (length(root) = 32),
    frontier   BYTEA NOT NULL,
    instance   TEXT NOT NULL,
    at         BIGINT NOT NULL
);

CREATE TABLE audit_checkpoint (
    size BIGINT PRIMARY KEY NOT NULL,
    note TEXT NOT NULL,
    at   BIGINT NOT NULL
);

CREATE TABLE audit_cosignature (
    size BIGINT NOT NULL REFERENCES audit_checkpoint (size),
    name TEXT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (size, name)
);

-- Erasable: the only link between an entry and a person. Outside the tree, and without a foreign key:
-- the writer inserts both rows in one transaction, and a check per row would cost more than the row.
CREATE TABLE audit_resident (
    seq            BIGINT PRIMARY KEY NOT NULL,
    salt           BYTEA NOT NULL CHECK (length(salt) = 32),
    resident_index BYTEA NOT NULL CHECK (length(resident_index) = 32),
    sealed         BYTEA NOT NULL
);

CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- One check per statement over all its new rows: they must continue the log without a gap.
CREATE FUNCTION audit_entry_next() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE low BIGINT; high BIGINT; added BIGINT;
BEGIN
    SELECT min(seq), max(seq), count(*) INTO low, high, added FROM added_rows;
    -- max(seq) is one look into the index; `EXISTS (… WHERE seq > high)` could become a scan of the whole log.
    IF added > 0 AND (high - low + 1 <> added OR high <> (SELECT max(seq) FROM audit_entry)
        OR (low > 0 AND NOT EXISTS (SELECT 1 FROM audit_entry WHERE seq = low - 1))) THEN
        RAISE EXCEPTION 'audit_entry: only the next seq may be inserted' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_node_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added_rows a WHERE a.idx > 0 AND NOT EXISTS (
        SELECT 1 FROM audit_node n WHERE n.level = a.level AND n.idx = a.idx - 1)) THEN
        RAISE EXCEPTION 'audit_node: only the next idx of a level may be inserted' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_batch_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.first_seq <> coalesce((SELECT size_after FROM audit_batch ORDER BY first_seq DESC LIMIT 1), 0) THEN
        RAISE EXCEPTION 'audit_batch: only the next batch may be inserted' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION audit_checkpoint_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.size <= (SELECT coalesce(max(size), -1) FROM audit_checkpoint) THEN
        RAISE EXCEPTION 'audit_checkpoint: a published checkpoint must be larger than the last' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER audit_entry_next AFTER INSERT ON audit_entry
    REFERENCING NEW TABLE AS added_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_next();
CREATE TRIGGER audit_node_next AFTER INSERT ON audit_node
    REFERENCING NEW TABLE AS added_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_node_next();
CREATE TRIGGER audit_batch_next BEFORE INSERT ON audit_batch
    FOR EACH ROW EXECUTE FUNCTION audit_batch_next();
CREATE TRIGGER audit_checkpoint_new BEFORE INSERT ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION audit_checkpoint_new();

-- ENABLE ALWAYS: also under session_replication_role = replica, which would silence ordinary triggers.
DO $$
DECLARE guarded TEXT; guard TEXT;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['audit_entry', 'audit_node', 'audit_batch', 'audit_checkpoint', 'audit_cosignature'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit_append_only()', guarded || '_no_change', guarded);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()', guarded || '_no_truncate', guarded);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', guarded, guarded || '_no_change');
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', guarded, guarded || '_no_truncate');
    END LOOP;
    FOREACH guard IN ARRAY ARRAY['audit_entry_next', 'audit_node_next', 'audit_batch_next', 'audit_checkpoint_new'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', regexp_replace(guard, '_(next|new)$', ''), guard);
    END LOOP;
END $$;
