ALTER TABLE tally DROP CONSTRAINT tally_pkey, ADD PRIMARY KEY (counted, key, day);
