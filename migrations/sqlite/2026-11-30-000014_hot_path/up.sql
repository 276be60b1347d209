-- What a commit touches lies together: today's counts on a page or two, however many days have gone before.
CREATE TABLE tally_by_day (
    counted TEXT NOT NULL,
    key     TEXT NOT NULL,
    -- The day of the city's calendar, since 1970-01-01.
    day     INTEGER NOT NULL,
    count   INTEGER NOT NULL,
    PRIMARY KEY (day, counted, key)
) STRICT, WITHOUT ROWID;
INSERT INTO tally_by_day (counted, key, day, count) SELECT counted, key, day, count FROM tally;
DROP TABLE tally;
ALTER TABLE tally_by_day RENAME TO tally;

-- One guard in place of two: each trigger that looks at a row costs, whether it finds something or not.
DROP TRIGGER audit_entry_next;
DROP TRIGGER audit_entry_unique;
CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM audit_entry)
    OR EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit_entry: only the next seq may be inserted, with an id of its own'); END;
