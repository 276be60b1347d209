-- What a decision hands to a person, who looks at it and closes it. The row comes with the decision's own entry, in one
-- transaction; everything else about the decision stands in that entry.

CREATE TABLE referral (
    kind        TEXT NOT NULL CHECK (kind IN ('counsel_review_1373', 'refer_to_clerk')),
    seq         INTEGER NOT NULL CHECK (seq >= 0),
    closed_by   TEXT,
    closed_at   INTEGER,
    outcome     TEXT CHECK (outcome IN ('denial_stands', 'disclosure_advised', 'nothing_held', 'handed_over', 'withdrawn')),
    -- Why; NULL once erased.
    sealed_note BLOB,
    PRIMARY KEY (kind, seq),
    CHECK ((closed_by IS NULL) = (closed_at IS NULL)),
    CHECK ((closed_by IS NULL) = (outcome IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_open ON referral (kind, closed_at, seq);
CREATE INDEX referral_closed ON referral (kind, seq) WHERE closed_at IS NOT NULL;
CREATE INDEX referral_noted ON referral (seq) WHERE sealed_note IS NOT NULL;

-- Decisions from before this table are handed over, too: nobody has looked at them yet.
INSERT INTO referral (kind, seq)
SELECT 'counsel_review_1373', seq FROM audit_entry
WHERE kind = 'decision' AND requester_kind = 'federal_immigration' AND outcome <> 'released'
  AND EXISTS (SELECT 1 FROM json_each(CAST(record AS TEXT), '$.obligations') WHERE value = 'counsel_review_1373');
INSERT INTO referral (kind, seq)
SELECT 'refer_to_clerk', seq FROM audit_entry
WHERE kind = 'decision' AND (requester_kind = 'public_records' OR purpose = 'public_records_request') AND outcome <> 'released'
  AND EXISTS (SELECT 1 FROM json_each(CAST(record AS TEXT), '$.obligations') WHERE value = 'refer_to_clerk');

-- What waits for people is counted on every home page.
CREATE INDEX legal_basis_status ON legal_basis (status, registered_at);
CREATE INDEX legal_basis_review_owed ON legal_basis (review_due_at) WHERE reviewed_at IS NULL;
CREATE INDEX legal_basis_standing ON legal_basis (status, is_standing, review_by);
CREATE INDEX violation_open ON violation (opened_at) WHERE closed_at IS NULL;
