//! Reading a decision back, for the client that asked.

use super::judge::Recorded;
use super::record::DecisionRecord;
use crate::app::App;
use crate::app::tokens::{Caller, CallerError};
use crate::domain::DecisionId;
use crate::domain::record::EventKind;
use crate::storage::audit::{self, EntryRow};
use crate::storage::{AnyConnection, StoreError, clients};

/// Why a decision was not found.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// There is none with this id, or it is another client's: the caller is not told which.
    #[error("no such decision")]
    NotFound,
    /// The client may no longer ask.
    #[error(transparent)]
    Caller(#[from] CallerError),
    /// The record cannot be read.
    #[error("the record of this decision cannot be read")]
    Unreadable,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// The decision with this id, if this caller asked for it.
    ///
    /// # Errors
    /// [`FindError::NotFound`] also for what the caller may not know of.
    pub fn find_decision(&self, caller: &Caller, id: DecisionId) -> Result<Recorded, FindError> {
        let row = self.store.read(|conn| find_own(conn, caller, id))?;
        let record: DecisionRecord = serde_json::from_slice(&row.record).map_err(|_| FindError::Unreadable)?;
        let index = u64::try_from(row.seq).map_err(|_| FindError::Unreadable)?;
        Ok(Recorded { record, index, is_replay: true })
    }
}

/// The entry of a caller's own decision. The client is read from the database, not from the snapshot: a client that was
/// disabled a moment ago by another process reads nothing.
pub(super) fn find_own(conn: &mut AnyConnection, caller: &Caller, id: DecisionId) -> Result<EntryRow, FindError> {
    let (client, _) = clients::find(conn, &caller.client)?.ok_or(CallerError::NotAuthorized)?;
    if !client.accepts_token_of(caller.issued_at) {
        return Err(CallerError::NotAuthorized.into());
    }
    let row = audit::find_entry_by_id(conn, &id.to_string())?.ok_or(FindError::NotFound)?;
    let is_own = row.kind == EventKind::Decision.as_str() && row.actor == caller.client.as_str();
    if is_own { Ok(row) } else { Err(FindError::NotFound) }
}
