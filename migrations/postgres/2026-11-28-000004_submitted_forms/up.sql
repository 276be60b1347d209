-- Forms that were carried out: the second sending of the same form changes nothing.
CREATE TABLE submitted_form (
    id TEXT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX submitted_form_at ON submitted_form (at);
