//! Whether an entry is in the log: its leaf is computed from what is stored, and led to the root of a signed checkpoint.

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::domain::record::entry_bytes;
use crate::ledger::{Head, StoredTree};
use crate::storage::audit::{self, EntryRow};
use crate::storage::{AnyConnection, StoreError};
use crate::tlog::{Hash, Receipt, leaf_hash, prove_inclusion};

/// An entry that is under a signed checkpoint, as it was found just now.
#[derive(Debug, Clone)]
pub struct Inclusion {
    /// Entries under the checkpoint.
    pub size: u64,
    /// The root that they give.
    pub root: Hash,
    /// When the checkpoint was published; `None` when the entry is newer than every published one, and the checkpoint is that
    /// of the newest commit.
    pub published_at: Option<DateTime<Utc>>,
    /// The entry's leaf.
    pub leaf: Hash,
    /// The receipt: a C2SP tlog-proof whose `extra` is the nonce and the record, but for the first entry.
    pub receipt: Receipt,
}

/// The log cannot prove an entry: its record, the tree or the checkpoint is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotIncluded(pub String);

impl App {
    /// Proves an entry under the newest checkpoint that the public can hold, or under the newest commit when none holds the
    /// entry yet. The program believes no proof that it has not verified.
    pub(in crate::app) fn prove_newest(
        &self,
        conn: &mut AnyConnection,
        row: &EntryRow,
        head: &Head,
    ) -> Result<Inclusion, NotIncluded> {
        let published = audit::find_last_checkpoint(conn).map_err(not_included)?;
        match published.filter(|published| row.seq < published.size) {
            Some(published) => {
                let at = DateTime::from_timestamp_micros(published.at);
                self.prove_under(conn, row, &published.note, at)
            }
            None => self.prove_under(conn, row, &head.note, None),
        }
    }

    /// Proves an entry under a signed checkpoint.
    pub(in crate::app) fn prove_under(
        &self,
        conn: &mut AnyConnection,
        row: &EntryRow,
        note: &str,
        published_at: Option<DateTime<Utc>>,
    ) -> Result<Inclusion, NotIncluded> {
        let checkpoint = self.names().open(note.as_bytes()).map_err(not_included)?;
        let (size, index) = (checkpoint.size(), u64::try_from(row.seq).map_err(not_included)?);
        let nonce: [u8; 32] =
            row.nonce.as_slice().try_into().map_err(|_| NotIncluded("the nonce has a wrong length".to_owned()))?;
        let proof = prove_inclusion(index, size, &mut StoredTree::new(conn, size).subtrees()).map_err(not_included)?;
        let leaf = leaf_hash(&entry_bytes(&nonce, &row.record));
        // The first entry's nonce is the secret behind the council's report: it goes to nobody.
        let extra = (index > 0).then(|| [nonce.as_slice(), &row.record].concat());
        let note = self.log_keys().cosigned(conn, note.to_owned()).map_err(not_included)?;
        let receipt = Receipt { extra, index, proof, checkpoint: note };
        receipt.verify(&leaf, self.verifiers(), checkpoint.origin()).map_err(not_included)?;
        Ok(Inclusion { size, root: checkpoint.root(), published_at, leaf, receipt })
    }

    /// The newest committed state, not older than this entry.
    pub(in crate::app) fn head_with(&self, row: &EntryRow) -> Result<std::sync::Arc<Head>, crate::ledger::LedgerError> {
        let head = self.ledger.head();
        // Another process has written it, and this one has not written since.
        if u64::try_from(row.seq).is_ok_and(|index| index < head.size) { Ok(head) } else { self.ledger.look() }
    }

    /// Whether an entry is in the log, now. Reads no more than some hundred hashes.
    ///
    /// # Errors
    /// When the newest state cannot be looked at, or the database fails.
    pub(in crate::app) fn inclusion_of(
        &self,
        row: &EntryRow,
    ) -> Result<Result<Inclusion, NotIncluded>, crate::ledger::LedgerError> {
        let head = self.head_with(row)?;
        Ok(self.store.read(|conn| Ok::<_, StoreError>(self.prove_newest(conn, row, &head)))?)
    }
}

fn not_included(error: impl std::fmt::Display) -> NotIncluded {
    NotIncluded(error.to_string())
}
