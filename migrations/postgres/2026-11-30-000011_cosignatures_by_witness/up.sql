-- What a witness has signed last is looked for before it is asked again.
CREATE INDEX audit_cosignature_by_witness ON audit_cosignature (name, size);
