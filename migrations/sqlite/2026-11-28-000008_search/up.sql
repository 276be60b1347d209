-- What searches read instead of the entries: segments of the log, column by column. Made from the log, and at any time
-- anew. Outside the tree; what is found by it is compared with the record.
CREATE TABLE search_column (
    name  TEXT NOT NULL CHECK (name IN ('kind', 'actor', 'store', 'requester_kind', 'agency', 'purpose', 'outcome', 'answers', 'cited', 'resident')),
    first INTEGER NOT NULL CHECK (first >= 0),
    words TEXT NOT NULL,
    marks BLOB NOT NULL,
    PRIMARY KEY (name, first)
) STRICT;

-- What each verification of the log found. The entry about it says the same.
CREATE TABLE log_verification (
    seq         INTEGER PRIMARY KEY NOT NULL,
    actor       TEXT NOT NULL,
    began_at    INTEGER NOT NULL,
    ended_at    INTEGER NOT NULL CHECK (ended_at >= began_at),
    -- NULL: everything fits.
    fault       TEXT,
    -- What was checked; NULL after a fault.
    entries     INTEGER,
    root        BLOB CHECK (length(root) = 32),
    batches     INTEGER,
    checkpoints INTEGER,
    anchored    INTEGER,
    tallied     INTEGER,
    CHECK ((fault IS NULL) = (entries IS NOT NULL AND root IS NOT NULL))
) STRICT;
