-- `audit verify` goes through them in the order of the log.
CREATE INDEX legal_basis_use_entry ON legal_basis_use (seq);
