//! Verifying and rejecting: the second of the two people.

use std::collections::BTreeMap;

use super::about::{self, About};
use super::check_list::{found_by_program, stored_checks};
use super::sealed_paper::{SaltedPaper, open_residents};
use super::{BasisRules, HandlingRefused, check_ids};
use crate::app::App;
use crate::app::authority::{Authority, StaffFailure, VerifyBasis};
use crate::app::refusal::Refusal;
use crate::app::sealing::Notes;
use crate::domain::legal_basis::Status;
use crate::domain::legal_basis::check::{
    Answer, AnswerFault, CallBackRules, CheckId, CheckOutcome, How, SettleRules, Settled, Severity, settle,
};
use crate::domain::legal_basis::life::{Actor, LifeError, may_reject, may_verify};
use crate::domain::record::EventKind;
use crate::domain::staff::{Role, Roles};
use crate::domain::{LegalBasisId, StaffId};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::legal_bases::{self, StoredBasis};
use crate::storage::sealed::places;

/// What the second person found.
pub struct Verification {
    /// Whether it is to count; otherwise it is rejected.
    pub is_verified: bool,
    /// The answers to the check list. What is left out is `unknown`.
    pub answers: BTreeMap<CheckId, Answer>,
    /// What else is to be said; a rejection needs it.
    pub note: Option<String>,
}

/// A check that stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenCheck {
    /// Which.
    pub id: CheckId,
    /// What became of it.
    pub outcome: CheckOutcome,
    /// What the program found.
    pub how: How,
    /// Why the answer does not count.
    pub fault: Option<AnswerFault>,
}

impl App {
    /// Verifies or rejects a basis; a verified one is verified again. The list is judged anew inside the transaction.
    /// Blocks.
    ///
    /// # Errors
    /// Why nothing was done. Each refusal is an entry.
    pub fn verify_basis(
        &self,
        who: &Authority<VerifyBasis>,
        id: LegalBasisId,
        verification: Verification,
    ) -> Result<(), StaffFailure<HandlingRefused>> {
        let change = Verify {
            actor: who.actor().to_owned(),
            staff: who.staff(),
            id,
            verification,
            rules: self.basis_rules.clone(),
            notes: self.notes()?,
            stamp: self.stamp()?,
        };
        self.change_by_blocking(who, change)
    }
}

struct Verify {
    actor: String,
    staff: Option<StaffId>,
    id: LegalBasisId,
    verification: Verification,
    rules: BasisRules,
    notes: Notes,
    stamp: Stamp,
}

impl Change for Verify {
    type Output = ();
    type Refusal = HandlingRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<HandlingRefused>> {
        let Some(stored) = legal_bases::find(turn.tx.conn(), self.id)? else {
            return Err(self.refused(turn, HandlingRefused::NotFound, vec![("legal_basis", self.id.to_string())]));
        };
        let about = about::stored(&stored);
        let roles = about::roles_now(turn, self.staff)?;
        if let Err(error) = self.may_do(&stored, roles.as_ref(), turn) {
            return Err(self.refused(turn, error.into(), about));
        }
        let paper = match SaltedPaper::load(turn.tx.conn(), &self.notes, self.id)? {
            Ok(paper) => paper,
            Err(refused) => return Err(self.refused(turn, refused, about)),
        };
        let settled = self.settled(turn, &stored, &paper, roles.is_some_and(|roles| roles.contains(Role::Counsel)))?;
        if self.verification.is_verified {
            self.verify(turn, &stored, &paper, &settled, about)
        } else {
            self.reject(turn, &settled, about)
        }
    }
}

impl Verify {
    fn may_do(&self, stored: &StoredBasis, roles: Option<&Roles>, turn: &Turn<'_, '_>) -> Result<(), LifeError> {
        let actor = Actor { name: &self.actor, roles: roles.ok_or(LifeError::WrongRole)? };
        let registrar = &stored.people.registrar;
        if self.verification.is_verified {
            return may_verify(&stored.basis, registrar, actor, turn.now);
        }
        may_reject(&stored.basis, registrar, actor, self.verification.note.as_deref().unwrap_or_default())
    }

    fn settled(
        &self,
        turn: &mut Turn<'_, '_>,
        stored: &StoredBasis,
        paper: &SaltedPaper,
        is_counsel: bool,
    ) -> Result<Settled, ChangeError<HandlingRefused>> {
        let (now, paper, rules) = (turn.now, &paper.paper, &self.rules);
        let found = found_by_program(turn.tx.conn(), stored, paper, rules, Some(&self.actor), now)?;
        let call_back = CallBackRules {
            numbers_on_paper: paper.numbers().map(str::to_owned).collect(),
            is_record_required: rules.is_call_back_required,
        };
        Ok(settle(&found, &self.verification.answers, &SettleRules { is_counsel, call_back, now }))
    }

    fn verify(
        mut self,
        turn: &mut Turn<'_, '_>,
        stored: &StoredBasis,
        paper: &SaltedPaper,
        settled: &Settled,
        mut about: About,
    ) -> Result<(), ChangeError<HandlingRefused>> {
        if !settled.may_verify() {
            about.push(("open_checks", check_ids(settled.open.iter().copied())));
            return Err(self.refused(turn, HandlingRefused::ChecksOpen(open_checks(settled)), about));
        }
        let named = legal_bases::list_residents(turn.tx.conn(), self.id)?;
        let residents = match open_residents(&self.notes, self.id, &named) {
            Ok(residents) => residents,
            Err(refused) => return Err(self.refused(turn, refused, about)),
        };
        about.extend(about::terms(&stored.basis));
        about.extend(paper.commitments(&stored.basis.scope, &residents));
        let is_again = matches!(stored.basis.status, Status::Verified { .. });
        about.push(("is_again", is_again.to_string()));
        let warned = settled
            .checks
            .iter()
            .filter(|check| check.severity == Severity::Warns && check.outcome != CheckOutcome::Pass);
        about.push(("noted_checks", check_ids(warned.map(|check| check.id))));
        legal_bases::set_verified(turn.tx, self.id, &self.actor, turn.now)?;
        self.keep(turn, settled, if is_again { "verified_again" } else { "verified" }, about)?;
        Ok(())
    }

    fn reject(
        mut self,
        turn: &mut Turn<'_, '_>,
        settled: &Settled,
        mut about: About,
    ) -> Result<(), ChangeError<HandlingRefused>> {
        about.push(("failed_checks", check_ids(settled.failed())));
        legal_bases::set_rejected(turn.tx, self.id, &self.actor)?;
        self.keep(turn, settled, "rejected", about)?;
        Ok(())
    }

    /// Keeps the round of answers, the step and the entry.
    fn keep(
        &mut self,
        turn: &mut Turn<'_, '_>,
        settled: &Settled,
        step: &'static str,
        mut about: About,
    ) -> Result<(), crate::storage::StoreError> {
        let round = legal_bases::last_round(turn.tx.conn(), self.id)? + 1;
        let checks = stored_checks(settled, self.id, round, &self.actor, turn.now, &mut self.notes);
        legal_bases::insert_checks(turn.tx, self.id, &checks)?;
        let (id, notes, note) = (self.id, &mut self.notes, self.verification.note.as_ref());
        let seal = |number| note.map(|note| notes.seal(&places::step_note(id, number), note.as_bytes()));
        legal_bases::append_step(turn.tx, id, step, &self.actor, turn.now, seal)?;
        about.push(("round", round.to_string()));
        turn.entries.append(self.stamp.event(turn.now, self.kind(), &self.actor, about));
        Ok(())
    }

    const fn kind(&self) -> EventKind {
        if self.verification.is_verified { EventKind::LegalBasisVerified } else { EventKind::LegalBasisRejected }
    }

    fn refused(&self, turn: &Turn<'_, '_>, reason: HandlingRefused, about: About) -> ChangeError<HandlingRefused> {
        let change = self.kind();
        Refusal { stamp: &self.stamp, now: turn.now, actor: &self.actor, change }.because(reason, about)
    }
}

fn open_checks(settled: &Settled) -> Vec<OpenCheck> {
    let open = settled.checks.iter().filter(|check| settled.open.contains(&check.id));
    let told = open.map(|check| OpenCheck { id: check.id, outcome: check.outcome, how: check.how, fault: check.fault });
    told.collect()
}
