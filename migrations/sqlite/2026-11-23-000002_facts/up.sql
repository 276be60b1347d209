-- What a decision is judged by: catalogue, clients, policies, legal bases, flags. A change of the catalogue, a client, a
-- flag or a key raises `state.revision` in the same transaction; the writer compares it before it decides. Legal bases
-- and idempotency keys are read anew in every transaction that needs them.

CREATE TABLE state (
    id         INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    revision   INTEGER NOT NULL,
    -- The keys and the policy in force; NULL before the first start.
    master_key TEXT,
    log_key    TEXT,
    policy     TEXT
) STRICT;
INSERT INTO state (id, revision) VALUES (1, 0);

-- The text of every policy that was ever in force, by the hash that stands in the entries.
CREATE TABLE policy (
    sha256        TEXT PRIMARY KEY NOT NULL,
    id            TEXT NOT NULL,
    source        TEXT NOT NULL,
    first_used_at INTEGER NOT NULL
) STRICT;

CREATE TABLE record_store (
    id          TEXT PRIMARY KEY NOT NULL,
    name        TEXT NOT NULL,
    department  TEXT NOT NULL,
    description TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    imported_at INTEGER NOT NULL
) STRICT;

CREATE TABLE catalog_field (
    store         TEXT NOT NULL REFERENCES record_store (id),
    normalised    TEXT NOT NULL,
    position      INTEGER NOT NULL,
    name          TEXT NOT NULL,
    -- NULL: an alias takes the class of its target.
    class         TEXT,
    alias_of      TEXT,
    reviewed_by   TEXT,
    review_reason TEXT,
    note          TEXT,
    PRIMARY KEY (store, normalised)
) STRICT;

-- Fields that were asked for and that no catalogue names: the steward's work list.
CREATE TABLE unknown_field (
    store    TEXT NOT NULL,
    field    TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    asked    INTEGER NOT NULL CHECK (asked > 0),
    PRIMARY KEY (store, field)
) STRICT;

CREATE TABLE client (
    id                TEXT PRIMARY KEY NOT NULL,
    name              TEXT NOT NULL,
    secret_hash       TEXT NOT NULL,
    is_enabled        INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
    created_at        INTEGER NOT NULL,
    -- Tokens issued before this instant no longer count (rotation, disabling).
    tokens_not_before INTEGER NOT NULL
) STRICT;

CREATE TABLE client_store (
    client TEXT NOT NULL REFERENCES client (id),
    store  TEXT NOT NULL REFERENCES record_store (id),
    PRIMARY KEY (client, store)
) STRICT;

CREATE TABLE client_requester_kind (
    client         TEXT NOT NULL REFERENCES client (id),
    requester_kind TEXT NOT NULL,
    PRIMARY KEY (client, requester_kind)
) STRICT;

CREATE TABLE legal_basis (
    id               TEXT PRIMARY KEY NOT NULL,
    kind             TEXT NOT NULL CHECK (kind IN ('judicial_warrant', 'legal_mandate', 'emergency_exception')),
    instrument       TEXT,
    status           TEXT NOT NULL CHECK (status IN ('registered', 'verified', 'rejected', 'revoked', 'superseded')),
    registrar        TEXT NOT NULL,
    registered_at    INTEGER NOT NULL,
    verifier         TEXT,
    verified_at      INTEGER,
    ended_at         INTEGER,
    valid_from       INTEGER NOT NULL,
    valid_until      INTEGER,
    max_uses         INTEGER CHECK (max_uses > 0),
    uses             INTEGER NOT NULL CHECK (uses >= 0),
    is_standing      INTEGER NOT NULL CHECK (is_standing IN (0, 1)),
    requester_agency TEXT,
    -- Verified means two people, in the table, too.
    CHECK (verifier IS NULL OR verifier <> registrar),
    CHECK (status NOT IN ('verified') OR (verifier IS NOT NULL AND verified_at IS NOT NULL)),
    CHECK (max_uses IS NULL OR uses <= max_uses)
) STRICT;

CREATE TABLE legal_basis_scope (
    basis     TEXT NOT NULL REFERENCES legal_basis (id),
    dimension TEXT NOT NULL CHECK (dimension IN ('class', 'store', 'requester_kind', 'purpose')),
    value     TEXT NOT NULL,
    PRIMARY KEY (basis, dimension, value)
) STRICT;

CREATE TABLE legal_basis_resident (
    basis          TEXT NOT NULL REFERENCES legal_basis (id),
    store          TEXT NOT NULL,
    resident_index BLOB NOT NULL CHECK (length(resident_index) = 32),
    sealed         BLOB NOT NULL,
    PRIMARY KEY (basis, store, resident_index)
) STRICT;

-- Participants of the Confidential Substitute Address program (NMSA 40-13B).
CREATE TABLE confidential_resident (
    resident_index BLOB PRIMARY KEY NOT NULL CHECK (length(resident_index) = 32),
    store          TEXT NOT NULL,
    sealed         BLOB NOT NULL,
    flagged_at     INTEGER NOT NULL
) STRICT;

-- The same client, key and body get the same decision for a day.
CREATE TABLE idempotency (
    client     TEXT NOT NULL,
    key        TEXT NOT NULL,
    item       INTEGER NOT NULL,
    body       BLOB NOT NULL CHECK (length(body) = 32),
    seq        INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (client, key, item)
) STRICT;
CREATE INDEX idempotency_expires ON idempotency (expires_at);
