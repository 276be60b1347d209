DROP INDEX violation_open;
DROP INDEX legal_basis_standing;
DROP INDEX legal_basis_review_owed;
DROP INDEX legal_basis_status;
DROP TABLE referral;
