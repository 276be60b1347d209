//! A referral in full: the decision, whom it is about, what the request said. Never without an entry.

use super::{ReferralGrant, ReferralRefused, seq_of};
use crate::app::App;
use crate::app::authority::{Authority, StaffFailure};
use crate::app::decisions::{DecisionRecord, LinkShut, OpenedLink};
use crate::app::refusal::Refusal;
use crate::app::sealing::Notes;
use crate::domain::record::EventKind;
use crate::domain::referral::ReferralKind;
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::referrals::{self, StoredReferral};
use crate::storage::sealed::places;
use crate::storage::{AnyConnection, StoreError, audit};

/// Everything about a referral.
pub struct ReferralInFull {
    /// What stands in the clear.
    pub stored: StoredReferral,
    /// The decision.
    pub record: DecisionRecord,
    /// Whom it is about, and what the request said; `None` once erased.
    pub link: Option<OpenedLink>,
    /// Why it was closed as it was; `None` while it is open, and once erased.
    pub note: Option<String>,
}

/// Why a referral was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadReferralError {
    /// The entry about the reading could not be written, there is no such referral, or the authority did not last.
    #[error(transparent)]
    Change(#[from] StaffFailure<ReferralRefused>),
    /// What was sealed does not open.
    #[error(transparent)]
    Shut(#[from] LinkShut),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Reads the referral from the entry at `index`. That it was read is an entry, durable before the answer. Blocks.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn read_referral<P: ReferralGrant>(
        &self,
        who: &Authority<P>,
        index: u64,
    ) -> Result<ReferralInFull, ReadReferralError> {
        let stamp = self.stamp().map_err(StaffFailure::from)?;
        let read = Read { actor: who.actor().to_owned(), kind: P::KIND, seq: seq_of(index), stamp };
        let stored = self.change_by_blocking(who, read)?;
        let notes = self.notes().map_err(StaffFailure::from)?;
        self.store.read(|conn| in_full(conn, &notes, stored))
    }
}

fn in_full(
    conn: &mut AnyConnection,
    notes: &Notes,
    stored: StoredReferral,
) -> Result<ReferralInFull, ReadReferralError> {
    let entry = audit::find_entry_by_seq(conn, stored.seq)?.ok_or(StoreError::Corrupt("a referral without entry"))?;
    let record = serde_json::from_slice(&entry.record);
    let record = record.map_err(|_| StoreError::Corrupt("a decision that cannot be read"))?;
    let link = audit::find_resident(conn, stored.seq)?;
    let link = link.map(|row| OpenedLink::open(notes, stored.decision, &row)).transpose()?;
    let note = stored.sealed_note.as_ref().map(|sealed| {
        let text = notes.open(&places::referral_note(stored.kind, stored.seq), sealed).ok_or(LinkShut)?;
        String::from_utf8(text.to_vec()).map_err(|_| LinkShut)
    });
    Ok(ReferralInFull { record, link, note: note.transpose()?, stored })
}

/// That somebody reads a referral.
struct Read {
    actor: String,
    kind: ReferralKind,
    seq: i64,
    stamp: Stamp,
}

impl Change for Read {
    type Output = StoredReferral;
    type Refusal = ReferralRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<StoredReferral, ChangeError<ReferralRefused>> {
        let Self { actor, kind, seq, stamp } = self;
        let about = [("index", seq.to_string()), ("referral", kind.to_string())];
        let Some(stored) = referrals::find(turn.tx.conn(), kind, seq)? else {
            let refusal = Refusal { stamp: &stamp, now: turn.now, actor: &actor, change: EventKind::ReferralRead };
            return Err(refusal.because(ReferralRefused::NotFound, about));
        };
        let about = about.into_iter().chain([("decision", stored.decision.to_string())]);
        turn.entries.append(stamp.event(turn.now, EventKind::ReferralRead, &actor, about));
        Ok(stored)
    }
}

impl std::fmt::Debug for ReferralInFull {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReferralInFull(hidden)")
    }
}
