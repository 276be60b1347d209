DROP TABLE tally_size;
DROP TABLE tally;
