-- Staff and their sessions; legal bases as people handle them: paper, checks, steps, scans; violations, holds.
-- Columns named `sealed…` hold sealed bytes: what they hide is nobody's business who has only the file.

CREATE TABLE staff (
    id                  TEXT PRIMARY KEY NOT NULL,
    username            TEXT NOT NULL UNIQUE,
    name                TEXT NOT NULL,
    status              TEXT NOT NULL CHECK (status IN ('invited', 'active', 'disabled')),
    created_at          BIGINT NOT NULL,
    password_hash       TEXT,
    password_changed_at BIGINT,
    sealed_totp         BYTEA,
    -- The newest time step whose code was used: no code works twice.
    totp_step           BIGINT NOT NULL,
    last_sign_in_at     BIGINT,
    -- Who said last that this account is needed, and when.
    certified_by        TEXT NOT NULL,
    certified_at        BIGINT NOT NULL,
    CHECK (status <> 'active' OR (password_hash IS NOT NULL AND sealed_totp IS NOT NULL)),
    CHECK (certified_by <> username)
);

CREATE TABLE staff_role (
    staff TEXT NOT NULL REFERENCES staff (id),
    role  TEXT NOT NULL CHECK (role IN ('records', 'counsel', 'supervisor', 'auditor', 'council', 'steward', 'security', 'editor', 'admin')),
    PRIMARY KEY (staff, role)
);

CREATE TABLE staff_recovery_code (
    staff     TEXT NOT NULL REFERENCES staff (id),
    code_hash BYTEA NOT NULL CHECK (length(code_hash) = 32),
    used_at   BIGINT,
    PRIMARY KEY (staff, code_hash)
);

-- An invitation, a reset, or the way in for the first admin. The code to scan is drawn with the link.
CREATE TABLE one_time_link (
    token_hash  BYTEA PRIMARY KEY NOT NULL CHECK (length(token_hash) = 32),
    kind        TEXT NOT NULL CHECK (kind IN ('first_admin', 'invitation', 'reset')),
    staff       TEXT REFERENCES staff (id),
    sealed_totp BYTEA NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    ended_at    BIGINT,
    CHECK ((kind = 'first_admin') = (staff IS NULL))
);

CREATE TABLE session (
    id         TEXT PRIMARY KEY NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    staff      TEXT NOT NULL REFERENCES staff (id),
    address    TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT
);
CREATE INDEX session_staff ON session (staff);

-- Failed sign-ins, by the hash of a name or an address, whether or not the name exists.
CREATE TABLE sign_in_guard (
    guarded      BYTEA PRIMARY KEY NOT NULL CHECK (length(guarded) = 32),
    failures     BIGINT NOT NULL CHECK (failures > 0),
    last_at      BIGINT NOT NULL,
    locked_until BIGINT NOT NULL
);
CREATE INDEX sign_in_guard_last ON sign_in_guard (last_at);

ALTER TABLE client ADD COLUMN certified_by TEXT NOT NULL DEFAULT 'operator';
ALTER TABLE client ADD COLUMN certified_at BIGINT NOT NULL DEFAULT 0;
-- The day of the change counts: an update certifies nobody, and suspends nobody either.
UPDATE client SET certified_at = (extract(epoch FROM now()) * 1000000)::bigint;
-- When it was given a token last.
ALTER TABLE client ADD COLUMN last_token_at BIGINT;

ALTER TABLE legal_basis ADD COLUMN court TEXT;
ALTER TABLE legal_basis ADD COLUMN docket TEXT;
ALTER TABLE legal_basis ADD COLUMN citation TEXT;
ALTER TABLE legal_basis ADD COLUMN issued_at BIGINT;
-- Standing mandates: renewed by then, or over.
ALTER TABLE legal_basis ADD COLUMN review_by BIGINT;
-- Emergencies: what became of them is judged by then.
ALTER TABLE legal_basis ADD COLUMN review_due_at BIGINT;
ALTER TABLE legal_basis ADD COLUMN reviewed_at BIGINT;
ALTER TABLE legal_basis ADD COLUMN review_outcome TEXT CHECK (review_outcome IN ('justified', 'not_justified'));
ALTER TABLE legal_basis ADD COLUMN supersedes TEXT REFERENCES legal_basis (id);
-- What the paper says beyond the columns; NULL once erased.
ALTER TABLE legal_basis ADD COLUMN sealed_paper BYTEA;
CREATE INDEX legal_basis_registered ON legal_basis (registered_at);
CREATE INDEX legal_basis_docket ON legal_basis (docket);
-- A basis is replaced once.
CREATE UNIQUE INDEX legal_basis_supersedes ON legal_basis (supersedes);

-- The check list as it stood each time somebody answered it.
CREATE TABLE legal_basis_check (
    basis       TEXT NOT NULL REFERENCES legal_basis (id),
    round       BIGINT NOT NULL CHECK (round > 0),
    check_id    TEXT NOT NULL,
    severity    TEXT NOT NULL CHECK (severity IN ('blocks', 'holds', 'warns')),
    outcome     TEXT NOT NULL CHECK (outcome IN ('pass', 'fail', 'not_applicable', 'unknown')),
    judged_by   TEXT NOT NULL CHECK (judged_by IN ('program', 'person')),
    answered_by TEXT NOT NULL,
    answered_at BIGINT NOT NULL,
    -- How the program judged, the person's note, the call-back.
    sealed_note BYTEA,
    PRIMARY KEY (basis, round, check_id)
);

-- What happened to a basis, in order.
CREATE TABLE legal_basis_step (
    basis       TEXT NOT NULL REFERENCES legal_basis (id),
    number      BIGINT NOT NULL CHECK (number > 0),
    kind        TEXT NOT NULL CHECK (kind IN ('registered', 'document_stored', 'verified', 'verified_again', 'rejected', 'revoked', 'reviewed', 'renewed', 'superseded', 'erased')),
    actor       TEXT NOT NULL,
    at          BIGINT NOT NULL,
    sealed_note BYTEA,
    PRIMARY KEY (basis, number)
);

-- The scanned paper. Its parts are sealed one by one; parts without a row here are uploads that broke off.
CREATE TABLE legal_document (
    basis      TEXT PRIMARY KEY NOT NULL REFERENCES legal_basis (id),
    upload     TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg')),
    bytes      BIGINT NOT NULL CHECK (bytes > 0),
    pages      BIGINT NOT NULL CHECK (pages > 0),
    is_active  BOOLEAN NOT NULL,
    sha256     BYTEA NOT NULL CHECK (length(sha256) = 32),
    parts      BIGINT NOT NULL CHECK (parts > 0),
    stored_by  TEXT NOT NULL,
    stored_at  BIGINT NOT NULL,
    erased_at  BIGINT
);

CREATE TABLE legal_document_part (
    upload    TEXT NOT NULL,
    number    BIGINT NOT NULL CHECK (number >= 0),
    sealed    BYTEA NOT NULL,
    PRIMARY KEY (upload, number)
);

-- An upload under way: its row goes when the document is complete, or when the upload is given up with its parts.
CREATE TABLE legal_upload (
    id       TEXT PRIMARY KEY NOT NULL,
    begun_at BIGINT NOT NULL
);

-- A release that should not have been: opened by a review, closed by counsel.
CREATE TABLE violation (
    id             TEXT PRIMARY KEY NOT NULL,
    basis          TEXT NOT NULL REFERENCES legal_basis (id),
    opened_by      TEXT NOT NULL,
    opened_at      BIGINT NOT NULL,
    sealed_note    BYTEA,
    closed_by      TEXT,
    closed_at      BIGINT,
    sealed_outcome BYTEA,
    CHECK ((closed_by IS NULL) = (closed_at IS NULL))
);

-- What must not be erased, whatever the rules say: everything, one store's residents, or one basis.
CREATE TABLE retention_hold (
    id          TEXT PRIMARY KEY NOT NULL,
    store       TEXT,
    basis       TEXT REFERENCES legal_basis (id),
    sealed_reason BYTEA NOT NULL,
    placed_by   TEXT NOT NULL,
    placed_at   BIGINT NOT NULL,
    released_by TEXT,
    released_at BIGINT,
    CHECK (store IS NULL OR basis IS NULL)
);

-- A mark can end: when, and nothing is deleted by that.
ALTER TABLE confidential_resident ADD COLUMN flagged_by TEXT NOT NULL DEFAULT 'operator';
ALTER TABLE confidential_resident ADD COLUMN ended_by TEXT;
ALTER TABLE confidential_resident ADD COLUMN ended_at BIGINT;
