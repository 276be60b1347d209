DROP TABLE log_verification;
DROP TABLE search_column;
