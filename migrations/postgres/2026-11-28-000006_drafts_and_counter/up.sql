-- A legal basis that somebody is typing in. It is registered under the id of its draft, which ends with that.
CREATE TABLE basis_draft (
    id          TEXT PRIMARY KEY NOT NULL,
    registrar   TEXT NOT NULL,
    begun_at    BIGINT NOT NULL,
    saved_at    BIGINT NOT NULL,
    -- How often it was saved: who registers it has seen this state of it.
    revision    BIGINT NOT NULL CHECK (revision > 0),
    sealed_form BYTEA NOT NULL
);
CREATE INDEX basis_draft_registrar ON basis_draft (registrar, saved_at);
CREATE INDEX basis_draft_saved ON basis_draft (saved_at);

-- The scanned paper of a draft; its parts are those of an upload, as with a registered basis.
CREATE TABLE basis_draft_document (
    draft      TEXT PRIMARY KEY NOT NULL REFERENCES basis_draft (id),
    upload     TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg')),
    bytes      BIGINT NOT NULL CHECK (bytes > 0),
    pages      BIGINT NOT NULL CHECK (pages > 0),
    is_active  BOOLEAN NOT NULL,
    sha256     BYTEA NOT NULL CHECK (length(sha256) = 32),
    parts      BIGINT NOT NULL CHECK (parts > 0),
    stored_at  BIGINT NOT NULL
);

-- The same paper twice, and the bases that name a resident.
CREATE INDEX legal_document_sha256 ON legal_document (sha256);
CREATE INDEX legal_basis_resident_whom ON legal_basis_resident (store, resident_index);

-- Which decisions a basis opened something in. Written with the entry; releases on a basis are rare.
CREATE TABLE legal_basis_use (
    basis TEXT NOT NULL,
    seq   BIGINT NOT NULL,
    PRIMARY KEY (basis, seq)
);
INSERT INTO legal_basis_use (basis, seq)
SELECT DISTINCT field.value ->> 'legal_basis', entry.seq
FROM audit_entry AS entry,
     jsonb_array_elements(convert_from(entry.record, 'UTF8')::jsonb -> 'fields') AS field (value)
WHERE entry.kind = 'decision' AND entry.outcome <> 'denied' AND field.value ->> 'legal_basis' IS NOT NULL;
