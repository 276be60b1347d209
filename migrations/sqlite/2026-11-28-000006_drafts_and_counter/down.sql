DROP TABLE legal_basis_use;
DROP INDEX legal_basis_resident_whom;
DROP INDEX legal_document_sha256;
DROP TABLE basis_draft_document;
DROP TABLE basis_draft;
