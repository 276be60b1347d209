//! Drafts: a legal basis that somebody is typing in, saved step by step, and gone on with later.
//!
//! A draft belongs to its registrar; for everybody else there is none. What was typed is sealed like a paper. The basis is
//! registered under the id of its draft, so that a scan which was sealed for the one opens for the other, and so that a form
//! which is sent twice registers once. Reading one's own draft leaves no entry: it shows nobody what they did not type.

mod check;
mod keep;
mod register;

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::app::authority::{Authority, RegisterBasis};
use crate::app::sealing::Notes;
use crate::clock::EntropyError;
use crate::domain::LegalBasisId;
use crate::domain::legal_basis::registration::TypedForm;
use crate::storage::basis_drafts::{self, StoredDraft};
use crate::storage::documents::StoredDocument;
use crate::storage::sealed::places;
use crate::storage::{AnyConnection, StoreError};

pub use check::DraftCheck;
pub use keep::SentStep;

/// Drafts of one person that are listed.
const MOST_LISTED: i64 = 50;

/// A draft in its registrar's hands.
#[derive(Debug)]
pub struct Draft {
    /// Its id, and that of the basis which it will be.
    pub id: LegalBasisId,
    /// What was typed so far.
    pub typed: TypedForm,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// When it was saved last.
    pub saved_at: DateTime<Utc>,
    /// How often it was saved.
    pub revision: i64,
    /// Its scan.
    pub document: Option<StoredDocument>,
}

/// Why nothing was done to a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DraftRefused {
    /// There is none with this id, or it is another person's: nobody is told which.
    #[error("there is no such draft")]
    NotFound,
    /// What was sealed does not open.
    #[error("the draft cannot be opened")]
    Unreadable,
}

/// Why a draft was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadDraftError {
    /// There is none for this person, or it does not open.
    #[error(transparent)]
    Refused(#[from] DraftRefused),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl App {
    /// A draft of this person. Blocks.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn find_draft(&self, who: &Authority<RegisterBasis>, id: LegalBasisId) -> Result<Draft, ReadDraftError> {
        let notes = self.notes()?;
        self.store.read(|conn| {
            let stored = basis_drafts::find(conn, id, who.actor())?.ok_or(DraftRefused::NotFound)?;
            opened(conn, &notes, &stored)
        })
    }

    /// The drafts of this person, those that were saved last first. Blocks.
    ///
    /// # Errors
    /// As [`App::find_draft`].
    pub fn list_drafts(&self, who: &Authority<RegisterBasis>) -> Result<Vec<Draft>, ReadDraftError> {
        let notes = self.notes()?;
        self.store.read(|conn| {
            let stored = basis_drafts::list(conn, who.actor(), MOST_LISTED)?;
            stored.iter().map(|stored| opened(conn, &notes, stored)).collect()
        })
    }
}

fn opened(conn: &mut AnyConnection, notes: &Notes, stored: &StoredDraft) -> Result<Draft, ReadDraftError> {
    let typed = typed_of(notes, stored).ok_or(DraftRefused::Unreadable)?;
    let document = basis_drafts::find_document(conn, stored.id)?;
    let StoredDraft { id, begun_at, saved_at, revision, .. } = *stored;
    Ok(Draft { id, typed, begun_at, saved_at, revision, document })
}

fn typed_of(notes: &Notes, stored: &StoredDraft) -> Option<TypedForm> {
    let text = notes.open(&places::basis_draft(stored.id), &stored.sealed_form)?;
    serde_json::from_slice(&text).ok()
}

fn sealed(notes: &mut Notes, id: LegalBasisId, typed: &TypedForm) -> Vec<u8> {
    notes.seal(&places::basis_draft(id), &serde_json::to_vec(typed).unwrap_or_default())
}
