//! Where a paper is put: with a basis that waits for its second person, for good; or with a draft, until another one comes.

use super::StoreRefused;
use crate::domain::LegalBasisId;
use crate::ledger::Turn;
use crate::storage::documents::{self, StoredDocument};
use crate::storage::legal_bases::append_step;
use crate::storage::{StoreError, basis_drafts};

/// What a paper belongs to.
#[derive(Clone, Copy)]
pub(super) enum Shelf {
    /// A registered basis.
    Basis,
    /// A draft.
    Draft,
}

impl Shelf {
    /// How entries call the owner.
    pub(super) const fn owner(self) -> &'static str {
        match self {
            Self::Basis => "legal_basis",
            Self::Draft => "draft",
        }
    }

    /// Why the owner does not take a paper at this instant.
    pub(super) fn fault(
        self,
        turn: &mut Turn<'_, '_>,
        id: LegalBasisId,
        actor: &str,
    ) -> Result<Option<StoreRefused>, StoreError> {
        let conn = turn.tx.conn();
        Ok(match self {
            Self::Draft => basis_drafts::find(conn, id, actor)?.is_none().then_some(StoreRefused::NoDraft),
            Self::Basis => match documents::find_is_registered(conn, id)? {
                None => Some(StoreRefused::NoBasis),
                Some(false) => Some(StoreRefused::NotRegistered),
                Some(true) => documents::find(conn, id)?.map(|_| StoreRefused::AnotherDocument),
            },
        })
    }

    /// Makes the upload the owner's paper.
    pub(super) fn put(self, turn: &mut Turn<'_, '_>, document: &StoredDocument) -> Result<(), StoreError> {
        match self {
            Self::Basis => {
                documents::complete(turn.tx, document)?;
                append_step(turn.tx, document.basis, "document_stored", &document.stored_by, turn.now, |_| None)
            }
            Self::Draft => {
                basis_drafts::drop_document(turn.tx, document.basis)?;
                basis_drafts::insert_document(turn.tx, document)?;
                basis_drafts::touch(turn.tx, document.basis, turn.now)
            }
        }
    }
}
