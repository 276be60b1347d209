-- What class a field is, is proposed by one person and settled by another.

CREATE TABLE class_proposal (
    id             TEXT PRIMARY KEY NOT NULL,
    store          TEXT NOT NULL REFERENCES record_store (id),
    -- The field's normalised name, and its name as it is shown.
    field          TEXT NOT NULL,
    name           TEXT NOT NULL,
    is_new         BOOLEAN NOT NULL,
    class_before   TEXT NOT NULL,
    class_after    TEXT NOT NULL,
    reason         TEXT NOT NULL,
    proposed_by    TEXT NOT NULL,
    proposed_at    BIGINT NOT NULL,
    status         TEXT NOT NULL CHECK (status IN ('open', 'approved', 'declined', 'withdrawn')),
    settled_by     TEXT,
    settled_at     BIGINT,
    settled_reason TEXT,
    CHECK ((status = 'open') = (settled_by IS NULL)),
    CHECK ((settled_by IS NULL) = (settled_at IS NULL)),
    -- Settled means two people, in the table, too.
    CHECK (status NOT IN ('approved', 'declined') OR settled_by <> proposed_by),
    CHECK (status <> 'withdrawn' OR settled_by = proposed_by),
    CHECK (status <> 'declined' OR settled_reason IS NOT NULL)
);
-- One question at a time about one field.
CREATE UNIQUE INDEX class_proposal_open ON class_proposal (store, field) WHERE status = 'open';
CREATE INDEX class_proposal_newest ON class_proposal (proposed_at, id);
CREATE INDEX class_proposal_by_field ON class_proposal (store, field, proposed_at);

-- Who switched an account off or on last, when, and why in one word.
ALTER TABLE staff ADD COLUMN switched_by TEXT;
ALTER TABLE staff ADD COLUMN switched_at BIGINT;
ALTER TABLE staff ADD COLUMN switch_reason TEXT;
