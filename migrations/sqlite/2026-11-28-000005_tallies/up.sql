-- Counts of the log, kept in the transaction that appends to it, so that a report need not read the log. They are made of
-- the records and can be made again at any time: `audit verify` does. Signed, because accounts go up and down.
CREATE TABLE tally (
    counted TEXT NOT NULL,
    key     TEXT NOT NULL,
    -- The day of the city's calendar, since 1970-01-01.
    day     INTEGER NOT NULL,
    count   INTEGER NOT NULL,
    PRIMARY KEY (counted, key, day)
) STRICT, WITHOUT ROWID;

-- How many entries, from the first, have been counted. Behind after this migration, until the program has caught up.
CREATE TABLE tally_size (
    id   INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    size INTEGER NOT NULL CHECK (size >= 0)
) STRICT;
INSERT INTO tally_size (id, size) VALUES (1, 0);
