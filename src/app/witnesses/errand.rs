//! What a witness is to be asked: the newest published checkpoint, and the proof that it continues what it has.

use super::{Asked, Trouble};
use crate::app::App;
use crate::ledger::StoredTree;
use crate::storage::audit::{self, CheckpointRow};
use crate::storage::{AnyConnection, StoreError};
use crate::tlog::{AddCheckpoint, Checkpoint, prove_consistency};

/// One question to one witness.
pub(super) struct Errand {
    pub(super) checkpoint: Checkpoint,
    pub(super) request: AddCheckpoint,
    /// Whether it follows from the witness's own answer to another one: there is no third.
    pub(super) is_second: bool,
}

impl App {
    /// What this witness is to be asked now; `None` when it has cosigned the newest checkpoint, or is left alone.
    pub(super) fn errand_for(&self, witness: &Asked) -> Result<Option<Errand>, Trouble> {
        if witness.standing().not_before.is_some_and(|not_before| self.now() < not_before) {
            return Ok(None);
        }
        let found = self.store.read(|conn| -> Result<_, StoreError> {
            let Some(newest) = audit::find_last_checkpoint(conn)? else { return Ok(None) };
            let last = audit::find_last_cosignature(conn, witness.key.name())?.map_or(0, |row| row.size);
            Ok((last < newest.size).then_some((newest, last)))
        });
        let Some((newest, last)) = found? else { return Ok(None) };
        let last = u64::try_from(last).unwrap_or_default();
        // Under another name, the log is a new one to a witness.
        let old = if self.names().origin_at(last) == self.names().current() { last } else { 0 };
        self.store.read(|conn| self.prove_to_witness(conn, newest, old)).map(Some)
    }

    /// The newest checkpoint once more, proven from the size that the witness told.
    pub(super) fn errand_from(&self, told: u64) -> Result<Errand, Trouble> {
        let newest = self.store.read(audit::find_last_checkpoint)?;
        let reaches = |row: &CheckpointRow| u64::try_from(row.size).is_ok_and(|size| told <= size);
        let newest = newest.filter(reaches).ok_or(Trouble::Early)?;
        let errand = self.store.read(|conn| self.prove_to_witness(conn, newest, told))?;
        Ok(Errand { is_second: true, ..errand })
    }

    /// Nothing goes out that our own keys do not open.
    fn prove_to_witness(&self, conn: &mut AnyConnection, row: CheckpointRow, old: u64) -> Result<Errand, Trouble> {
        let opened = self.names().open(row.note.as_bytes());
        let checkpoint = opened.map_err(|error| Trouble::own(&error))?;
        let size = checkpoint.size();
        let proof = prove_consistency(old, size, &mut StoredTree::new(conn, size).subtrees());
        let proof = proof.map_err(|error| Trouble::own(&error))?;
        Ok(Errand { checkpoint, request: AddCheckpoint { old, proof, note: row.note }, is_second: false })
    }
}
