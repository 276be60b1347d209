-- Counts of the log, kept in the transaction that appends to it, so that a report need not read the log. They are made of
-- the records and can be made again at any time: `audit verify` does. Signed, because accounts go up and down.
-- Half of each page stays free: today's rows are updated in place all day.
CREATE TABLE tally (
    counted TEXT NOT NULL,
    key     TEXT COLLATE "C" NOT NULL,
    -- The day of the city's calendar, since 1970-01-01.
    day     BIGINT NOT NULL,
    count   BIGINT NOT NULL,
    PRIMARY KEY (counted, key, day)
) WITH (fillfactor = 50);

-- How many entries, from the first, have been counted. Behind after this migration, until the program has caught up.
CREATE TABLE tally_size (
    id   BIGINT PRIMARY KEY NOT NULL CHECK (id = 1),
    size BIGINT NOT NULL CHECK (size >= 0)
);
INSERT INTO tally_size (id, size) VALUES (1, 0);
