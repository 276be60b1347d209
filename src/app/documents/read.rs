//! Reading a paper: the entry first, then part by part.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::app::App;
use crate::app::authority::{Authority, ReadDocument, RegisterBasis, StaffFailure};
use crate::domain::LegalBasisId;
use crate::domain::record::{EventKind, hex};
use crate::keys::{OpenError, Sealer};
use crate::ledger::{Change, ChangeError, Refused, Stamp, Turn};
use crate::storage::documents::{self, StoredDocument};
use crate::storage::{Store, StoreError, basis_drafts};

/// Why a paper is not given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadRefused {
    /// There is no such basis, or it has no paper.
    #[error("there is no document of this legal basis")]
    NoDocument,
    /// A retention rule has erased it; what it was still stands in the log.
    #[error("the document was erased by a retention rule")]
    Erased,
}

/// Why a paper ends before its end. Nothing that was not whole is given out as if it were.
#[derive(Debug, thiserror::Error)]
pub enum PartError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A part is not there.
    #[error("a part of the document is missing")]
    Missing,
    /// A part was altered, or its key is gone.
    #[error("a part of the document does not open")]
    Shut(#[from] OpenError),
    /// All parts opened, and yet it is not what was stored.
    #[error("the document is not the one that was stored")]
    OtherDigest,
}

/// A paper that may be read, because an entry says by whom. One part is in memory at a time.
pub struct DocumentParts {
    document: StoredDocument,
    store: Store,
    sealer: Sealer,
    next: u32,
    digest: Sha256,
}

impl App {
    /// Opens the paper of a basis, once an entry about it is durable. Blocks.
    ///
    /// # Errors
    /// Why it stays shut.
    pub fn open_document(
        &self,
        who: &Authority<ReadDocument>,
        basis: LegalBasisId,
    ) -> Result<DocumentParts, StaffFailure<ReadRefused>> {
        let read = RecordRead { basis, actor: who.actor().to_owned(), stamp: self.stamp()? };
        let document = self.change_by_blocking(who, read)?;
        let (store, sealer) = (self.store.clone(), self.sealer.clone());
        Ok(DocumentParts { document, store, sealer, next: 0, digest: Sha256::new() })
    }
}

impl App {
    /// Opens the scan of a draft for its registrar, who is shown nothing but what they stored themselves: no entry. `None`
    /// when there is no such draft, or no scan. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_draft_document(
        &self,
        who: &Authority<RegisterBasis>,
        draft: LegalBasisId,
    ) -> Result<Option<DocumentParts>, StoreError> {
        let document = self.store.read(|conn| match basis_drafts::find(conn, draft, who.actor())? {
            Some(_) => basis_drafts::find_document(conn, draft),
            None => Ok(None),
        })?;
        let (store, sealer) = (self.store.clone(), self.sealer.clone());
        Ok(document.map(|document| DocumentParts { document, store, sealer, next: 0, digest: Sha256::new() }))
    }
}

impl DocumentParts {
    /// What is read.
    #[must_use]
    pub const fn document(&self) -> &StoredDocument {
        &self.document
    }

    /// The next part in the clear; `None` behind the last. The last part comes only if the whole is what was stored. Blocks.
    ///
    /// # Errors
    /// Why there is no whole document.
    pub fn next_part(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, PartError> {
        if self.next == self.document.parts {
            return Ok(None);
        }
        let (upload, number) = (self.document.upload, self.next);
        let sealed = self.store.read(|conn| documents::find_part(conn, upload, number))?.ok_or(PartError::Missing)?;
        let part = self.sealer.open(&self.document.place_of(number).to_bytes(), &sealed)?;
        self.digest.update(part.as_slice());
        self.next += 1;
        let is_last = self.next == self.document.parts;
        if is_last && self.digest.clone().finalize().as_slice() != self.document.sha256 {
            return Err(PartError::OtherDigest);
        }
        Ok(Some(part))
    }
}

struct RecordRead {
    basis: LegalBasisId,
    actor: String,
    stamp: Stamp,
}

impl Change for RecordRead {
    type Output = StoredDocument;
    type Refusal = ReadRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<StoredDocument, ChangeError<ReadRefused>> {
        let refuse = |reason| Err(ChangeError::Refused(Refused { reason, entry: None }));
        let Some(document) = documents::find(turn.tx.conn(), self.basis)? else {
            return refuse(ReadRefused::NoDocument);
        };
        if document.erased_at.is_some() {
            return refuse(ReadRefused::Erased);
        }
        let about = [("legal_basis", self.basis.to_string()), ("sha256", hex(&document.sha256))];
        turn.entries.append(self.stamp.event(turn.now, EventKind::DocumentRead, &self.actor, about));
        Ok(document)
    }
}
