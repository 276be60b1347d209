//! Closing a referral: what came of it, and why.

use super::{ReferralGrant, seq_of};
use crate::app::App;
use crate::app::authority::{Authority, StaffFailure};
use crate::app::refusal::Refusal;
use crate::app::sealing::Notes;
use crate::domain::record::EventKind;
use crate::domain::referral::{ReferralKind, ReferralOutcome};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::referrals::{self, Closing};
use crate::storage::sealed::places;

/// Why nothing was done about a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReferralRefused {
    /// There is none of this kind from that entry.
    #[error("there is no such referral")]
    NotFound,
    /// It was closed before.
    #[error("the referral is closed")]
    Closed,
    /// The outcome is one of another kind.
    #[error("a referral of this kind does not end like that")]
    OtherKind,
    /// It is not said why.
    #[error("this needs a reason in words")]
    NoReason,
}

impl App {
    /// Closes the referral from the entry at `index`, once. The note is sealed. Blocks.
    ///
    /// # Errors
    /// Why it was not closed. Each refusal is an entry.
    pub fn close_referral<P: ReferralGrant>(
        &self,
        who: &Authority<P>,
        index: u64,
        outcome: ReferralOutcome,
        note: String,
    ) -> Result<(), StaffFailure<ReferralRefused>> {
        let (actor, kind, seq) = (who.actor().to_owned(), P::KIND, seq_of(index));
        let change = Close { actor, kind, seq, outcome, note, notes: self.notes()?, stamp: self.stamp()? };
        self.change_by_blocking(who, change)
    }
}

struct Close {
    actor: String,
    kind: ReferralKind,
    seq: i64,
    outcome: ReferralOutcome,
    note: String,
    notes: Notes,
    stamp: Stamp,
}

impl Change for Close {
    type Output = ();
    type Refusal = ReferralRefused;

    fn apply(mut self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<ReferralRefused>> {
        let about = [("index", self.seq.to_string()), ("referral", self.kind.to_string())];
        let refusal =
            Refusal { stamp: &self.stamp, now: turn.now, actor: &self.actor, change: EventKind::ReferralClosed };
        let Some(stored) = referrals::find(turn.tx.conn(), self.kind, self.seq)? else {
            return Err(refusal.because(ReferralRefused::NotFound, about));
        };
        let about = about.into_iter().chain([("decision", stored.decision.to_string())]);
        if let Err(reason) = self.judge(stored.closing.as_ref()) {
            return Err(refusal.because(reason, about));
        }
        let sealed = self.notes.seal(&places::referral_note(self.kind, self.seq), self.note.as_bytes());
        let closing = Closing { by: self.actor.clone(), at: turn.now, outcome: self.outcome };
        referrals::close(turn.tx, self.kind, self.seq, &closing, &sealed)?;
        let about = about.chain([("outcome", self.outcome.to_string())]);
        turn.entries.append(self.stamp.event(turn.now, EventKind::ReferralClosed, &self.actor, about));
        Ok(())
    }
}

impl Close {
    fn judge(&self, closing: Option<&Closing>) -> Result<(), ReferralRefused> {
        if closing.is_some() {
            return Err(ReferralRefused::Closed);
        }
        if !self.kind.may_end_as(self.outcome) {
            return Err(ReferralRefused::OtherKind);
        }
        let is_said = self.note.chars().any(char::is_alphanumeric);
        if is_said { Ok(()) } else { Err(ReferralRefused::NoReason) }
    }
}
