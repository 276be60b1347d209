//! Reading a decision back: for the client that asked, and for people who may read all of them.

use std::convert::Infallible;

use chrono::{DateTime, Utc};

use super::judge::Recorded;
use super::record::DecisionRecord;
use crate::app::authority::{Authority, ReadDecision, StaffFailure};
use crate::app::noted::Noted;
use crate::app::tokens::{Caller, CallerError};
use crate::app::{App, ChangeFailure};
use crate::domain::DecisionId;
use crate::domain::record::EventKind;
use crate::domain::staff::CertificationRules;
use crate::storage::audit::{self, EntryRow};
use crate::storage::{AnyConnection, StoreError, clients};

/// Who reads a decision back.
#[derive(Debug, Clone)]
pub enum DecisionReader {
    /// A client: its own decisions.
    Client(Caller),
    /// Somebody who may read all of them. That they did is an entry.
    Staff(Authority<ReadDecision>),
}

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
    /// That somebody reads it could not be recorded.
    #[error(transparent)]
    Unrecorded(#[from] StaffFailure<Infallible>),
}

impl App {
    /// The decision with this id, if this reader may see it.
    ///
    /// # Errors
    /// [`FindError::NotFound`] also for what the reader may not know of.
    pub fn find_decision(&self, reader: &DecisionReader, id: DecisionId) -> Result<Recorded, FindError> {
        let row = self.find_entry(reader, id)?;
        let record = record_of(&row)?;
        let index = u64::try_from(row.seq).map_err(|_| FindError::Unreadable)?;
        Ok(Recorded { record, index, is_replay: true })
    }

    /// The entry of a decision, for this reader.
    pub(super) fn find_entry(&self, reader: &DecisionReader, id: DecisionId) -> Result<EntryRow, FindError> {
        match reader {
            DecisionReader::Client(caller) => {
                let (rules, now) = (self.session_rules.certification, self.clock.now());
                self.store.read(|conn| find_own(conn, caller, id, rules, now))
            }
            DecisionReader::Staff(who) => {
                let row = self.store.read(|conn| find_any(conn, id))?;
                let stamp = self.stamp().map_err(ChangeFailure::from)?;
                let (kind, actor) = (EventKind::DecisionRead, who.actor().to_owned());
                let about = vec![("decision", id.to_string())];
                self.change_by_blocking(who, Noted { kind, actor, about, stamp })?;
                Ok(row)
            }
        }
    }
}

/// The entry of a caller's own decision. The client is read from the database, not from the snapshot: a client that was
/// disabled a moment ago by another process reads nothing.
fn find_own(
    conn: &mut AnyConnection,
    caller: &Caller,
    id: DecisionId,
    rules: CertificationRules,
    now: DateTime<Utc>,
) -> Result<EntryRow, FindError> {
    let (client, _) = clients::find(conn, &caller.client)?.ok_or(CallerError::NotAuthorized)?;
    client.admit(caller.issued_at, rules, now).map_err(|_| CallerError::NotAuthorized)?;
    let row = find_any(conn, id)?;
    // A member of staff may have the name of a client: what was asked at the counter is no client's.
    let is_own = row.actor == caller.client.as_str() && !record_of(&row)?.at_counter;
    if is_own { Ok(row) } else { Err(FindError::NotFound) }
}

pub(super) fn record_of(row: &EntryRow) -> Result<DecisionRecord, FindError> {
    serde_json::from_slice(&row.record).map_err(|_| FindError::Unreadable)
}

pub(super) fn find_any(conn: &mut AnyConnection, id: DecisionId) -> Result<EntryRow, FindError> {
    let row = audit::find_entry_by_id(conn, &id.to_string())?.ok_or(FindError::NotFound)?;
    if row.kind == EventKind::Decision.as_str() { Ok(row) } else { Err(FindError::NotFound) }
}
