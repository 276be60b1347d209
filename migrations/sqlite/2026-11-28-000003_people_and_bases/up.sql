-- Staff and their sessions; legal bases as people handle them: paper, checks, steps, scans; violations, holds.
-- Columns named `sealed…` hold sealed bytes: what they hide is nobody's business who has only the file.

CREATE TABLE staff (
    id                  TEXT PRIMARY KEY NOT NULL,
    username            TEXT NOT NULL UNIQUE,
    name                TEXT NOT NULL,
    status              TEXT NOT NULL CHECK (status IN ('invited', 'active', 'disabled')),
    created_at          INTEGER NOT NULL,
    password_hash       TEXT,
    password_changed_at INTEGER,
    sealed_totp         BLOB,
    -- The newest time step whose code was used: no code works twice.
    totp_step           INTEGER NOT NULL,
    last_sign_in_at     INTEGER,
    -- Who said last that this account is needed, and when.
    certified_by        TEXT NOT NULL,
    certified_at        INTEGER NOT NULL,
    CHECK (status <> 'active' OR (password_hash IS NOT NULL AND sealed_totp IS NOT NULL)),
    CHECK (certified_by <> username)
) STRICT;

CREATE TABLE staff_role (
    staff TEXT NOT NULL REFERENCES staff (id),
    role  TEXT NOT NULL CHECK (role IN ('records', 'counsel', 'supervisor', 'auditor', 'council', 'steward', 'security', 'editor', 'admin')),
    PRIMARY KEY (staff, role)
) STRICT;

CREATE TABLE staff_recovery_code (
    staff     TEXT NOT NULL REFERENCES staff (id),
    code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
    used_at   INTEGER,
    PRIMARY KEY (staff, code_hash)
) STRICT;

-- An invitation, a reset, or the way in for the first admin. The code to scan is drawn with the link.
CREATE TABLE one_time_link (
    token_hash  BLOB PRIMARY KEY NOT NULL CHECK (length(token_hash) = 32),
    kind        TEXT NOT NULL CHECK (kind IN ('first_admin', 'invitation', 'reset')),
    staff       TEXT REFERENCES staff (id),
    sealed_totp BLOB NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    CHECK ((kind = 'first_admin') = (staff IS NULL))
) STRICT;

CREATE TABLE session (
    id         TEXT PRIMARY KEY NOT NULL,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    staff      TEXT NOT NULL REFERENCES staff (id),
    address    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT;
CREATE INDEX session_staff ON session (staff);

-- Failed sign-ins, by the hash of a name or an address, whether or not the name exists.
CREATE TABLE sign_in_guard (
    guarded      BLOB PRIMARY KEY NOT NULL CHECK (length(guarded) = 32),
    failures     INTEGER NOT NULL CHECK (failures > 0),
    last_at      INTEGER NOT NULL,
    locked_until INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_guard_last ON sign_in_guard (last_at);

ALTER TABLE client ADD COLUMN certified_by TEXT NOT NULL DEFAULT 'operator';
ALTER TABLE client ADD COLUMN certified_at INTEGER NOT NULL DEFAULT 0;
-- The day of the change counts: an update certifies nobody, and suspends nobody either.
UPDATE client SET certified_at = unixepoch() * 1000000;
-- When it was given a token last.
ALTER TABLE client ADD COLUMN last_token_at INTEGER;

ALTER TABLE legal_basis ADD COLUMN court TEXT;
ALTER TABLE legal_basis ADD COLUMN docket TEXT;
ALTER TABLE legal_basis ADD COLUMN citation TEXT;
ALTER TABLE legal_basis ADD COLUMN issued_at INTEGER;
-- Standing mandates: renewed by then, or over.
ALTER TABLE legal_basis ADD COLUMN review_by INTEGER;
-- Emergencies: what became of them is judged by then.
ALTER TABLE legal_basis ADD COLUMN review_due_at INTEGER;
ALTER TABLE legal_basis ADD COLUMN reviewed_at INTEGER;
ALTER TABLE legal_basis ADD COLUMN review_outcome TEXT CHECK (review_outcome IN ('justified', 'not_justified'));
ALTER TABLE legal_basis ADD COLUMN supersedes TEXT REFERENCES legal_basis (id);
-- What the paper says beyond the columns; NULL once erased.
ALTER TABLE legal_basis ADD COLUMN sealed_paper BLOB;
CREATE INDEX legal_basis_registered ON legal_basis (registered_at);
CREATE INDEX legal_basis_docket ON legal_basis (docket);
-- A basis is replaced once.
CREATE UNIQUE INDEX legal_basis_supersedes ON legal_basis (supersedes);

-- The check list as it stood each time somebody answered it.
CREATE TABLE legal_basis_check (
    basis       TEXT NOT NULL REFERENCES legal_basis (id),
    round       INTEGER NOT NULL CHECK (round > 0),
    check_id    TEXT NOT NULL,
    severity    TEXT NOT NULL CHECK (severity IN ('blocks', 'holds', 'warns')),
    outcome     TEXT NOT NULL CHECK (outcome IN ('pass', 'fail', 'not_applicable', 'unknown')),
    judged_by   TEXT NOT NULL CHECK (judged_by IN ('program', 'person')),
    answered_by TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    -- How the program judged, the person's note, the call-back.
    sealed_note BLOB,
    PRIMARY KEY (basis, round, check_id)
) STRICT;

-- What happened to a basis, in order.
CREATE TABLE legal_basis_step (
    basis       TEXT NOT NULL REFERENCES legal_basis (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    kind        TEXT NOT NULL CHECK (kind IN ('registered', 'document_stored', 'verified', 'verified_again', 'rejected', 'revoked', 'reviewed', 'renewed', 'superseded', 'erased')),
    actor       TEXT NOT NULL,
    at          INTEGER NOT NULL,
    sealed_note BLOB,
    PRIMARY KEY (basis, number)
) STRICT;

-- The scanned paper. Its parts are sealed one by one; parts without a row here are uploads that broke off.
CREATE TABLE legal_document (
    basis      TEXT PRIMARY KEY NOT NULL REFERENCES legal_basis (id),
    upload     TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg')),
    bytes      INTEGER NOT NULL CHECK (bytes > 0),
    pages      INTEGER NOT NULL CHECK (pages > 0),
    is_active  INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
    parts      INTEGER NOT NULL CHECK (parts > 0),
    stored_by  TEXT NOT NULL,
    stored_at  INTEGER NOT NULL,
    erased_at  INTEGER
) STRICT;

CREATE TABLE legal_document_part (
    upload    TEXT NOT NULL,
    number    INTEGER NOT NULL CHECK (number >= 0),
    sealed    BLOB NOT NULL,
    PRIMARY KEY (upload, number)
) STRICT;

-- An upload under way: its row goes when the document is complete, or when the upload is given up with its parts.
CREATE TABLE legal_upload (
    id       TEXT PRIMARY KEY NOT NULL,
    begun_at INTEGER NOT NULL
) STRICT;

-- A release that should not have been: opened by a review, closed by counsel.
CREATE TABLE violation (
    id             TEXT PRIMARY KEY NOT NULL,
    basis          TEXT NOT NULL REFERENCES legal_basis (id),
    opened_by      TEXT NOT NULL,
    opened_at      INTEGER NOT NULL,
    sealed_note    BLOB,
    closed_by      TEXT,
    closed_at      INTEGER,
    sealed_outcome BLOB,
    CHECK ((closed_by IS NULL) = (closed_at IS NULL))
) STRICT;

-- What must not be erased, whatever the rules say: everything, one store's residents, or one basis.
CREATE TABLE retention_hold (
    id          TEXT PRIMARY KEY NOT NULL,
    store       TEXT,
    basis       TEXT REFERENCES legal_basis (id),
    sealed_reason BLOB NOT NULL,
    placed_by   TEXT NOT NULL,
    placed_at   INTEGER NOT NULL,
    released_by TEXT,
    released_at INTEGER,
    CHECK (store IS NULL OR basis IS NULL)
) STRICT;

-- A mark can end: when, and nothing is deleted by that.
ALTER TABLE confidential_resident ADD COLUMN flagged_by TEXT NOT NULL DEFAULT 'operator';
ALTER TABLE confidential_resident ADD COLUMN ended_by TEXT;
ALTER TABLE confidential_resident ADD COLUMN ended_at INTEGER;
