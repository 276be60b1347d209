-- An audit log is not rolled back. Restore a backup instead.
SELECT RAISE(ABORT, 'the audit log is never dropped');
