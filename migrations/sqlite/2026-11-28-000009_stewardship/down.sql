ALTER TABLE staff DROP COLUMN switch_reason;
ALTER TABLE staff DROP COLUMN switched_at;
ALTER TABLE staff DROP COLUMN switched_by;
DROP TABLE class_proposal;
