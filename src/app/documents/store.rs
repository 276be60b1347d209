//! Storing a paper: in slices, so that decisions go between them, and with one last change that makes it count.

use std::convert::Infallible;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::shelf::Shelf;
use crate::app::authority::{Authority, StaffFailure, StaffRefusal, StoreDocument};
use crate::app::refusal::Refusal;
use crate::app::{App, ChangeFailure};
use crate::clock::{EntropyError, uuid_v7};
use crate::domain::LegalBasisId;
use crate::domain::document::{DocumentFault, PART_BYTES, inspect};
use crate::domain::record::{EventKind, hex};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::StoreError;
use crate::storage::documents::{self, StoredDocument};

/// Parts in one change: a slice of 1 MiB holds up the writer for a few milliseconds.
const PARTS_PER_SLICE: usize = 16;

/// What became of a paper that is stored now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentOutcome {
    /// It was stored.
    Stored(StoredDocument),
    /// It was there already, byte for byte. Nothing was changed.
    Unchanged(StoredDocument),
}

/// Why a basis does not take a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreRefused {
    /// There is no such basis.
    #[error("there is no such legal basis")]
    NoBasis,
    /// There is no such draft, or it is another person's.
    #[error("there is no such draft")]
    NoDraft,
    /// Somebody has verified or rejected it, or it has ended: its papers stay as they were judged.
    #[error("the legal basis is not waiting for verification any more: register a new one that supersedes it")]
    NotRegistered,
    /// It has another one.
    #[error("the legal basis has another document: register a new one that supersedes it")]
    AnotherDocument,
    /// It took so long that it was given up.
    #[error("the upload took too long and was given up")]
    GivenUp,
}

/// Why a paper was not stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreFailure {
    /// The file itself.
    #[error(transparent)]
    Document(#[from] DocumentFault),
    /// The basis, whoever stores it, or the ledger.
    #[error(transparent)]
    Change(#[from] StaffFailure<StoreRefused>),
}

impl From<StoreError> for StoreFailure {
    fn from(error: StoreError) -> Self {
        Self::Change(error.into())
    }
}

impl From<EntropyError> for StoreFailure {
    fn from(error: EntropyError) -> Self {
        Self::Change(error.into())
    }
}

impl App {
    /// Stores the scanned paper of a basis that is not verified yet. Blocks.
    ///
    /// # Errors
    /// Why it was not stored; then nothing of it can be read.
    pub fn store_document(
        &self,
        who: &Authority<StoreDocument>,
        basis: LegalBasisId,
        bytes: &[u8],
    ) -> Result<DocumentOutcome, StoreFailure> {
        let sha256: [u8; 32] = Sha256::digest(bytes).into();
        if let Some(there) = self.store.read(|conn| documents::find(conn, basis))?
            && there.sha256 == sha256
        {
            return Ok(DocumentOutcome::Unchanged(there));
        }
        self.store_in(who, Shelf::Basis, basis, bytes, sha256).map(DocumentOutcome::Stored)
    }

    /// Stores the scan of a draft, in the place of the one that it may have. Blocks.
    ///
    /// # Errors
    /// As [`App::store_document`].
    pub fn store_draft_document(
        &self,
        who: &Authority<StoreDocument>,
        draft: LegalBasisId,
        bytes: &[u8],
    ) -> Result<StoredDocument, StoreFailure> {
        self.store_in(who, Shelf::Draft, draft, bytes, Sha256::digest(bytes).into())
    }

    fn store_in(
        &self,
        who: &Authority<StoreDocument>,
        shelf: Shelf,
        basis: LegalBasisId,
        bytes: &[u8],
        sha256: [u8; 32],
    ) -> Result<StoredDocument, StoreFailure> {
        let document = StoredDocument {
            basis,
            upload: self.draw_upload()?,
            facts: inspect(bytes)?,
            bytes: bytes.len() as u64,
            sha256,
            parts: u32::try_from(bytes.len().div_ceil(PART_BYTES)).unwrap_or(u32::MAX),
            stored_by: who.actor().to_owned(),
            stored_at: self.now(),
            erased_at: None,
        };
        let complete = || self.complete(who, shelf, document.clone());
        let stored = self.write_slices(who, shelf, &document, bytes).and_then(|()| complete());
        if stored.is_err() {
            self.discard(document.upload);
        }
        stored
    }

    fn draw_upload(&self) -> Result<Uuid, EntropyError> {
        let mut random = [0; 10];
        self.entropy.fill(&mut random)?;
        Ok(uuid_v7(self.now(), &random))
    }

    fn write_slices(
        &self,
        who: &Authority<StoreDocument>,
        shelf: Shelf,
        document: &StoredDocument,
        bytes: &[u8],
    ) -> Result<(), StoreFailure> {
        // What a form asks for is done by the last change alone: the slices before it do not use the form up.
        let who = &who.unbound();
        for (first, slice) in (0..).step_by(PARTS_PER_SLICE).zip(bytes.chunks(PART_BYTES * PARTS_PER_SLICE)) {
            let parts = (first..).zip(slice.chunks(PART_BYTES));
            let parts = parts.map(|(number, part)| self.seal_part(document, number, part)).collect::<Result<_, _>>()?;
            let (basis, upload) = (document.basis, document.upload);
            let (actor, stamp) = (who.actor().to_owned(), self.stamp()?);
            self.change_by_blocking(who, WriteSlice { shelf, basis, upload, first, parts, actor, stamp })?;
        }
        Ok(())
    }

    fn seal_part(&self, document: &StoredDocument, number: u32, part: &[u8]) -> Result<Vec<u8>, EntropyError> {
        let mut nonce = [0; 24];
        self.entropy.fill(&mut nonce)?;
        Ok(self.sealer.seal(nonce, &document.place_of(number).to_bytes(), part))
    }

    fn complete(
        &self,
        who: &Authority<StoreDocument>,
        shelf: Shelf,
        document: StoredDocument,
    ) -> Result<StoredDocument, StoreFailure> {
        Ok(self.change_by_blocking(who, Complete { shelf, document, stamp: self.stamp()? })?)
    }

    /// What cannot be discarded now is discarded by the ledger's housekeeping.
    fn discard(&self, upload: Uuid) {
        if self.ledger.change_blocking(Discard { upload }).is_err() {
            tracing::info!("a broken upload is left to housekeeping");
        }
    }
}

/// Parts of an upload that is not a document yet. Without an entry: as long as the upload is not complete, it is nothing.
struct WriteSlice {
    shelf: Shelf,
    basis: LegalBasisId,
    upload: Uuid,
    first: u32,
    parts: Vec<Vec<u8>>,
    actor: String,
    stamp: Stamp,
}

impl Change for WriteSlice {
    type Output = ();
    type Refusal = StoreRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<StoreRefused>> {
        if let Some(reason) = self.shelf.fault(turn, self.basis, &self.actor)? {
            return Err(self.refused(turn.now, reason));
        }
        if self.first == 0 {
            documents::begin_upload(turn.tx, self.upload, turn.now)?;
        } else if !documents::is_under_way(turn.tx.conn(), self.upload)? {
            return Err(self.refused(turn.now, StoreRefused::GivenUp));
        }
        Ok(documents::insert_parts(turn.tx, self.upload, self.first, &self.parts)?)
    }
}

impl WriteSlice {
    fn refused(&self, now: DateTime<Utc>, reason: StoreRefused) -> ChangeError<StoreRefused> {
        refused(&self.stamp, now, &self.actor, self.basis, reason)
    }
}

struct Complete {
    shelf: Shelf,
    document: StoredDocument,
    stamp: Stamp,
}

impl Change for Complete {
    type Output = StoredDocument;
    type Refusal = StoreRefused;

    fn apply(mut self, turn: &mut Turn<'_, '_>) -> Result<StoredDocument, ChangeError<StoreRefused>> {
        let document = &mut self.document;
        document.stored_at = turn.now;
        let reason = match self.shelf.fault(turn, document.basis, &document.stored_by)? {
            None if !documents::is_under_way(turn.tx.conn(), document.upload)? => Some(StoreRefused::GivenUp),
            fault => fault,
        };
        if let Some(reason) = reason {
            return Err(refused(&self.stamp, turn.now, &document.stored_by, document.basis, reason));
        }
        self.shelf.put(turn, document)?;
        let about = [
            ("active_content", document.facts.has_active_content.to_string()),
            ("bytes", document.bytes.to_string()),
            (self.shelf.owner(), document.basis.to_string()),
            ("media_type", document.facts.media_type.to_string()),
            ("pages", document.facts.pages.to_string()),
            ("sha256", hex(&document.sha256)),
        ];
        let entry = self.stamp.event(turn.now, EventKind::DocumentStored, &document.stored_by, about);
        turn.entries.append(entry);
        Ok(self.document)
    }
}

fn refused(
    stamp: &Stamp,
    now: DateTime<Utc>,
    actor: &str,
    basis: LegalBasisId,
    reason: StoreRefused,
) -> ChangeError<StoreRefused> {
    let refusal = Refusal { stamp, now, actor, change: EventKind::DocumentStored };
    refusal.because(reason, [("legal_basis", basis.to_string())])
}

struct Discard {
    upload: Uuid,
}

impl Change for Discard {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        Ok(documents::discard_upload(turn.tx, self.upload)?)
    }
}

impl StoreFailure {
    /// The basis's own reason, if that was it.
    #[must_use]
    pub const fn refusal(&self) -> Option<StoreRefused> {
        match self {
            Self::Change(ChangeFailure::Refused(StaffRefusal::Change(reason))) => Some(*reason),
            _ => None,
        }
    }
}
