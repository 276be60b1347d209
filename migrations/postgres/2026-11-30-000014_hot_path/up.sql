-- What a commit touches lies together: today's counts on a page or two of the index, however many days have gone before.
ALTER TABLE tally DROP CONSTRAINT tally_pkey, ADD PRIMARY KEY (day, counted, key);
