//! Receipts: proof, for whoever asked, that their entry is in the log under a signed checkpoint.

use super::find::{DecisionReader, FindError};
use crate::app::App;
use crate::domain::DecisionId;
use crate::domain::record::entry_bytes;
use crate::ledger::{Head, LedgerError, StoredTree};
use crate::storage::audit::EntryRow;
use crate::storage::{AnyConnection, StoreError};
use crate::tlog::{Receipt, leaf_hash, prove_inclusion};

/// Why there is no receipt.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// There is no such decision for this caller.
    #[error(transparent)]
    Find(#[from] FindError),
    /// The head cannot be looked at.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The proof does not hold: the log and its tree disagree, and somebody must look.
    #[error("the log cannot prove this entry: {0}")]
    Unproven(String),
}

impl From<StoreError> for ReceiptError {
    fn from(error: StoreError) -> Self {
        Self::Find(error.into())
    }
}

impl App {
    /// The receipt of a decision that this reader may see, as a C2SP tlog-proof. Its `extra` is the nonce and the record.
    ///
    /// # Errors
    /// [`ReceiptError::Unproven`] when the program itself would not accept it.
    pub fn decision_receipt(&self, reader: &DecisionReader, id: DecisionId) -> Result<String, ReceiptError> {
        let row = self.find_entry(reader, id)?;
        let index = u64::try_from(row.seq).unwrap_or(u64::MAX);
        let mut head = self.ledger.head();
        if index >= head.size {
            // Another process has decided it, and this one has not written since.
            head = self.ledger.look()?;
        }
        self.store.read(|conn| self.receipt(conn, &row, index, &head))
    }

    fn receipt(
        &self,
        conn: &mut AnyConnection,
        row: &EntryRow,
        index: u64,
        head: &Head,
    ) -> Result<String, ReceiptError> {
        let unproven = |error: &dyn std::fmt::Display| ReceiptError::Unproven(error.to_string());
        let nonce: [u8; 32] = row.nonce.as_slice().try_into().map_err(|_| unproven(&"the nonce has a wrong length"))?;
        let proof = prove_inclusion(index, head.size, &mut StoredTree::new(conn, head.size).subtrees())
            .map_err(|error| unproven(&error))?;
        let extra = [nonce.as_slice(), &row.record].concat();
        let receipt = Receipt { extra: Some(extra), index, proof, checkpoint: head.note.to_string() };
        let leaf = leaf_hash(&entry_bytes(&nonce, &row.record));
        receipt.verify(&leaf, &self.verifiers, &self.origin).map_err(|error| unproven(&error))?;
        Ok(receipt.encode())
    }
}
