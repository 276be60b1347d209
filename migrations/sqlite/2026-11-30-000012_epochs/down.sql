DROP INDEX audit_entry_epoch;
