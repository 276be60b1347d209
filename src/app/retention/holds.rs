//! Holds: placed and released by entries. Why one was placed is sealed, because reasons name people.

use chrono::{DateTime, Utc};

use crate::app::refusal::Refusal;
use crate::app::{App, ChangeFailure};
use crate::clock::uuid_v7;
use crate::domain::HoldId;
use crate::domain::record::EventKind;
use crate::domain::retention::HoldScope;
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::retention_holds::{self, StoredHold};
use crate::storage::sealed::places;
use crate::storage::{StoreError, catalog, documents};

/// Why a hold was not placed or released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoldRefused {
    /// A hold on a store that is not catalogued would cover nothing, and look as if it did.
    #[error("there is no such record store")]
    NoStore,
    /// The same, of a basis.
    #[error("there is no such legal basis")]
    NoBasis,
    /// It does not exist, or was released already.
    #[error("there is no such hold in force")]
    NoHold,
}

/// A hold, for whoever runs commands on the machine.
#[derive(Clone)]
pub struct ShownHold {
    /// Its id.
    pub id: HoldId,
    /// What it covers.
    pub scope: HoldScope,
    /// Why; `None` when it does not open.
    pub reason: Option<String>,
    /// Who placed it.
    pub placed_by: String,
    /// When.
    pub placed_at: DateTime<Utc>,
    /// When it was released.
    pub released_at: Option<DateTime<Utc>>,
}

impl App {
    /// Places a hold: from this instant on nothing that it covers is erased.
    ///
    /// # Errors
    /// Why there is none.
    pub fn place_hold(
        &self,
        actor: &str,
        scope: HoldScope,
        reason: &str,
    ) -> Result<HoldId, ChangeFailure<HoldRefused>> {
        let (mut random, mut nonce) = ([0; 10], [0; 24]);
        self.entropy.fill(&mut random)?;
        self.entropy.fill(&mut nonce)?;
        let id = HoldId::new(uuid_v7(self.now(), &random));
        let hold = StoredHold {
            id,
            scope,
            sealed_reason: self.sealer.seal(nonce, &places::hold_reason(id), reason.as_bytes()),
            placed_by: actor.to_owned(),
            placed_at: self.now(),
            released_at: None,
        };
        let place = PlaceHold { hold, stamp: self.stamp()? };
        self.ledger.change_blocking(place)?.map_err(ChangeFailure::Refused)
    }

    /// Releases a hold: what is due and was kept by it alone is erased by the next run.
    ///
    /// # Errors
    /// Why it was not released.
    pub fn release_hold(&self, actor: &str, id: HoldId) -> Result<(), ChangeFailure<HoldRefused>> {
        let release = ReleaseHold { actor: actor.to_owned(), id, stamp: self.stamp()? };
        self.ledger.change_blocking(release)?.map_err(ChangeFailure::Refused)
    }

    /// Every hold, released or not, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list_holds(&self) -> Result<Vec<ShownHold>, StoreError> {
        let holds = self.store.read(retention_holds::list)?;
        Ok(holds.into_iter().map(|hold| self.shown(hold)).collect())
    }

    fn shown(&self, hold: StoredHold) -> ShownHold {
        let reason = self.sealer.open(&places::hold_reason(hold.id), &hold.sealed_reason).ok();
        let StoredHold { id, scope, placed_by, placed_at, released_at, .. } = hold;
        let reason = reason.and_then(|reason| String::from_utf8(reason.to_vec()).ok());
        ShownHold { id, scope, reason, placed_by, placed_at, released_at }
    }
}

struct PlaceHold {
    hold: StoredHold,
    stamp: Stamp,
}

impl Change for PlaceHold {
    type Output = HoldId;
    type Refusal = HoldRefused;

    fn apply(mut self, turn: &mut Turn<'_, '_>) -> Result<HoldId, ChangeError<HoldRefused>> {
        self.hold.placed_at = turn.now;
        let about = [("hold", self.hold.id.to_string()), ("covers", covered(&self.hold.scope))];
        if let Some(reason) = self.fault(turn)? {
            let (stamp, actor) = (&self.stamp, self.hold.placed_by.as_str());
            return Err(Refusal { stamp, now: turn.now, actor, change: EventKind::HoldPlaced }.because(reason, about));
        }
        retention_holds::insert(turn.tx, &self.hold)?;
        turn.entries.append(self.stamp.event(turn.now, EventKind::HoldPlaced, &self.hold.placed_by, about));
        Ok(self.hold.id)
    }
}

impl PlaceHold {
    fn fault(&self, turn: &mut Turn<'_, '_>) -> Result<Option<HoldRefused>, StoreError> {
        Ok(match &self.hold.scope {
            HoldScope::Everything => None,
            HoldScope::Store(store) => {
                let catalogue = catalog::load(turn.tx.conn())?;
                catalogue.find(store).is_none().then_some(HoldRefused::NoStore)
            }
            HoldScope::Basis(basis) => {
                documents::find_is_registered(turn.tx.conn(), *basis)?.is_none().then_some(HoldRefused::NoBasis)
            }
        })
    }
}

struct ReleaseHold {
    actor: String,
    id: HoldId,
    stamp: Stamp,
}

impl Change for ReleaseHold {
    type Output = ();
    type Refusal = HoldRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<HoldRefused>> {
        let about = [("hold", self.id.to_string())];
        if !retention_holds::release(turn.tx, self.id, &self.actor, turn.now)? {
            let (stamp, actor) = (&self.stamp, self.actor.as_str());
            let refusal = Refusal { stamp, now: turn.now, actor, change: EventKind::HoldReleased };
            return Err(refusal.because(HoldRefused::NoHold, about));
        }
        turn.entries.append(self.stamp.event(turn.now, EventKind::HoldReleased, &self.actor, about));
        Ok(())
    }
}

fn covered(scope: &HoldScope) -> String {
    match scope {
        HoldScope::Everything => "everything".to_owned(),
        HoldScope::Store(store) => format!("store {store}"),
        HoldScope::Basis(basis) => format!("legal_basis {basis}"),
    }
}
