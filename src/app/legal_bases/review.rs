//! Looking at a basis again: an emergency after the fact, a standing mandate before it ends.

use chrono::{DateTime, Utc};

use super::HandlingRefused;
use super::about::{self, About};
use super::sealed_paper::SaltedPaper;
use crate::app::App;
use crate::app::authority::{Authority, ReviewBasis, StaffFailure};
use crate::app::refusal::Refusal;
use crate::app::sealing::Notes;
use crate::clock::{EntropyError, uuid_v7};
use crate::domain::legal_basis::life::{Actor, LifeError, ReviewOutcome, may_renew, may_review};
use crate::domain::legal_basis::window::narrowed;
use crate::domain::record::{EventKind, cut, instant_text};
use crate::domain::staff::Roles;
use crate::domain::{LegalBasisId, StaffId, ViolationId};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::legal_bases::{self, StoredBasis};
use crate::storage::sealed::places;
use crate::storage::violations::{self, StoredViolation};

impl App {
    /// Reviews an emergency, once. One that was not justified opens a violation, whose id is returned. Blocks.
    ///
    /// # Errors
    /// Why it was not reviewed. Each refusal is an entry.
    pub fn review_emergency(
        &self,
        who: &Authority<ReviewBasis>,
        id: LegalBasisId,
        outcome: ReviewOutcome,
        note: String,
    ) -> Result<Option<ViolationId>, StaffFailure<HandlingRefused>> {
        let mut random = [0; 10];
        self.entropy.fill(&mut random)?;
        let violation = ViolationId::new(uuid_v7(self.clock.now(), &random));
        let by = self.reviewer(who, id, note)?;
        self.change_by_blocking(who, Review { by, outcome, violation, violation_stamp: self.stamp()? })
    }

    /// Gives a standing mandate a new review date, at most twelve months ahead. It is not verified by that. Blocks.
    ///
    /// # Errors
    /// Why it was not renewed. Each refusal is an entry.
    pub fn renew_mandate(
        &self,
        who: &Authority<ReviewBasis>,
        id: LegalBasisId,
        review_by: DateTime<Utc>,
        note: String,
    ) -> Result<(), StaffFailure<HandlingRefused>> {
        let by = self.reviewer(who, id, note)?;
        self.change_by_blocking(who, Renew { by, review_by: cut(review_by) })
    }

    fn reviewer(&self, who: &Authority<ReviewBasis>, id: LegalBasisId, note: String) -> Result<Reviewer, EntropyError> {
        let (actor, staff) = (who.actor().to_owned(), who.staff());
        Ok(Reviewer { actor, staff, id, note, notes: self.notes()?, stamp: self.stamp()? })
    }
}

/// Who looks at which basis, and what they say.
struct Reviewer {
    actor: String,
    staff: Option<StaffId>,
    id: LegalBasisId,
    note: String,
    notes: Notes,
    stamp: Stamp,
}

struct Review {
    by: Reviewer,
    outcome: ReviewOutcome,
    violation: ViolationId,
    violation_stamp: Stamp,
}

struct Renew {
    by: Reviewer,
    review_by: DateTime<Utc>,
}

impl Reviewer {
    /// The basis and what an entry says of it, if `judge` lets this person do what they ask.
    fn admitted(
        &self,
        turn: &mut Turn<'_, '_>,
        change: EventKind,
        judge: impl FnOnce(&StoredBasis, Actor<'_>) -> Result<(), LifeError>,
    ) -> Result<(StoredBasis, About), ChangeError<HandlingRefused>> {
        let refusal = Refusal { stamp: &self.stamp, now: turn.now, actor: &self.actor, change };
        let Some(stored) = legal_bases::find(turn.tx.conn(), self.id)? else {
            return Err(refusal.because(HandlingRefused::NotFound, [("legal_basis", self.id.to_string())]));
        };
        let roles: Option<Roles> = about::roles_now(turn, self.staff)?;
        let actor = roles.as_ref().map(|roles| Actor { name: &self.actor, roles });
        let about = about::stored(&stored);
        match actor.ok_or(LifeError::WrongRole).and_then(|actor| judge(&stored, actor)) {
            Ok(()) => Ok((stored, about)),
            Err(error) => Err(refusal.because(error.into(), about)),
        }
    }

    fn append_step(&mut self, turn: &mut Turn<'_, '_>, kind: &str) -> Result<(), crate::storage::StoreError> {
        let (id, notes, note) = (self.id, &mut self.notes, &self.note);
        let seal = |number| Some(notes.seal(&places::step_note(id, number), note.as_bytes()));
        legal_bases::append_step(turn.tx, id, kind, &self.actor, turn.now, seal)
    }
}

impl Change for Review {
    type Output = Option<ViolationId>;
    type Refusal = HandlingRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Option<ViolationId>, ChangeError<HandlingRefused>> {
        let Self { mut by, outcome, violation, violation_stamp } = self;
        let (_, mut about) = by.admitted(turn, EventKind::LegalBasisReviewed, |stored, actor| {
            may_review(&stored.basis, &stored.people.registrar, actor, stored.particulars.reviewed_at)
        })?;
        legal_bases::set_reviewed(turn.tx, by.id, outcome.as_str(), turn.now)?;
        by.append_step(turn, "reviewed")?;
        about.push(("outcome", outcome.to_string()));
        turn.entries.append(by.stamp.event(turn.now, EventKind::LegalBasisReviewed, &by.actor, about));
        if outcome == ReviewOutcome::Justified {
            return Ok(None);
        }
        let sealed_note = by.notes.seal(&places::violation_note(violation), by.note.as_bytes());
        let opened = StoredViolation {
            id: violation,
            basis: by.id,
            opened_by: by.actor.clone(),
            opened_at: turn.now,
            sealed_note: Some(sealed_note),
            closed: None,
            sealed_outcome: None,
        };
        violations::insert(turn.tx, &opened)?;
        let about = [("legal_basis", by.id.to_string()), ("violation", violation.to_string())];
        turn.entries.append(violation_stamp.event(turn.now, EventKind::ViolationOpened, &by.actor, about));
        Ok(Some(violation))
    }
}

impl Change for Renew {
    type Output = ();
    type Refusal = HandlingRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<HandlingRefused>> {
        let Self { mut by, review_by } = self;
        let now = turn.now;
        let (_, mut about) = by.admitted(turn, EventKind::LegalBasisRenewed, |stored, actor| {
            may_renew(&stored.basis, &stored.people.registrar, actor, review_by, now)
        })?;
        // An end that the paper states is not moved by a review.
        let stated = SaltedPaper::load(turn.tx.conn(), &by.notes, by.id)?.ok().and_then(|paper| paper.paper.execute_by);
        let until = narrowed(Some(review_by), stated).unwrap_or(review_by);
        legal_bases::set_renewed(turn.tx, by.id, review_by, until)?;
        by.append_step(turn, "renewed")?;
        about.extend([("review_by", instant_text(review_by)), ("valid_until", instant_text(until))]);
        turn.entries.append(by.stamp.event(now, EventKind::LegalBasisRenewed, &by.actor, about));
        Ok(())
    }
}
