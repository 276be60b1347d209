//! Receipts: proof, for whoever asked, that their entry is in the log under a signed checkpoint.

use super::find::{DecisionReader, FindError};
use crate::app::App;
use crate::app::log::NotIncluded;
use crate::domain::DecisionId;
use crate::ledger::LedgerError;
use crate::storage::StoreError;

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
        let head = self.head_with(&row)?;
        let inclusion = self.store.read(|conn| Ok::<_, StoreError>(self.prove_under(conn, &row, &head.note, None)))?;
        inclusion.map(|inclusion| inclusion.receipt.encode()).map_err(|NotIncluded(why)| ReceiptError::Unproven(why))
    }
}
