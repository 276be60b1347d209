-- An audit log is not rolled back. Restore a backup instead.
DO $$ BEGIN RAISE EXCEPTION 'the audit log is never dropped'; END $$;
