DROP TRIGGER audit_entry_next;
CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM audit_entry)
BEGIN SELECT RAISE(ABORT, 'audit_entry: only the next seq may be inserted'); END;
CREATE TRIGGER audit_entry_unique BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit_entry: this id is already there'); END;

CREATE TABLE tally_by_key (
    counted TEXT NOT NULL,
    key     TEXT NOT NULL,
    day     INTEGER NOT NULL,
    count   INTEGER NOT NULL,
    PRIMARY KEY (counted, key, day)
) STRICT, WITHOUT ROWID;
INSERT INTO tally_by_key (counted, key, day, count) SELECT counted, key, day, count FROM tally;
DROP TABLE tally;
ALTER TABLE tally_by_key RENAME TO tally;
