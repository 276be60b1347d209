DROP INDEX legal_basis_use_entry;
