-- Every start, and every change of what decisions are judged by, asks which epochs were opened.
CREATE INDEX audit_entry_epoch ON audit_entry (seq) WHERE kind = 'epoch_opened';
