//! What a page shows of a basis: its check list, its life, what it waits for.

use chrono::{DateTime, Utc};

use crate::app::legal_bases::{BasisInFull, BasisNeeds, CheckList};
use crate::console::Frame;
use crate::domain::legal_basis::BasisKind;
use crate::domain::legal_basis::check::{CheckId, CheckOutcome, How};
use crate::domain::legal_basis::life::{BasisState, RequiredRole};
use crate::i18n::Tongue;

/// One check of the list.
pub(in crate::console) struct Finding {
    /// `W01`, …
    pub(in crate::console) id: &'static str,
    /// What people call it.
    pub(in crate::console) title: &'static str,
    /// One sentence of help.
    pub(in crate::console) help: &'static str,
    /// The key of what became of it.
    pub(in crate::console) outcome: &'static str,
    /// How its badge looks.
    pub(in crate::console) look: &'static str,
    /// What was found.
    pub(in crate::console) how: &'static str,
    /// What a person noted.
    pub(in crate::console) note: Option<String>,
}

impl Finding {
    pub(in crate::console) fn of(tongue: Tongue, id: CheckId, outcome: CheckOutcome, how: Option<How>) -> Self {
        let language = tongue.language();
        let (key, look) = match outcome {
            CheckOutcome::Pass => ("records-outcome-pass", "badge-good"),
            CheckOutcome::Fail => ("records-outcome-fail", "badge-bad"),
            CheckOutcome::Unknown => ("records-outcome-unknown", "badge-warning"),
            CheckOutcome::NotApplicable => ("records-outcome-not-applicable", "badge-calm"),
        };
        let how = how.map_or("", |how| how.sentence(language));
        let (title, help) = (id.title(language), id.help(language));
        Self { id: id.as_str(), title, help, outcome: key, look, how, note: None }
    }

    /// Three that look different.
    pub(in crate::console) fn samples(tongue: Tongue) -> Vec<Self> {
        let outcomes = [CheckOutcome::Pass, CheckOutcome::Fail, CheckOutcome::Unknown];
        let checks = CheckId::ALL.into_iter().zip(outcomes);
        checks.map(|(id, outcome)| Self::of(tongue, id, outcome, None)).collect()
    }
}

/// The list as the program sees it, without what does not concern this basis.
pub(super) fn findings(tongue: Tongue, list: &CheckList) -> Vec<Finding> {
    let concerning = list.iter().filter(|(_, judgement)| judgement.outcome != CheckOutcome::NotApplicable);
    concerning.map(|(id, judgement)| Finding::of(tongue, *id, judgement.outcome, Some(judgement.how))).collect()
}

/// What the newest round answered; the program's own view where nobody has answered yet.
pub(super) fn newest_round(tongue: Tongue, basis: &BasisInFull) -> Vec<Finding> {
    let Some(newest) = basis.rounds.iter().map(|check| check.stored.round).max() else {
        return basis.list.as_ref().map(|list| findings(tongue, list)).unwrap_or_default();
    };
    let round = basis.rounds.iter().filter(|check| check.stored.round == newest);
    let finding = |check: &crate::app::legal_bases::AnsweredCheck| {
        let (id, outcome) = (check.stored.check.parse().ok()?, check.stored.outcome.parse().ok()?);
        let how = check.how.filter(|_| check.note.is_none());
        Some(Finding { note: check.note.clone(), ..Finding::of(tongue, id, outcome, how) })
    };
    let concerns = |found: &Finding| found.outcome != "records-outcome-not-applicable";
    round.filter_map(finding).filter(concerns).collect()
}

/// What is missing, and who must do what next, in sentences.
pub(super) fn next(frame: &Frame, basis: &BasisInFull) -> Vec<String> {
    let kind = basis.stored.basis.kind;
    let mut next = Vec::new();
    match basis.state {
        BasisState::Registered => {
            if kind != BasisKind::EmergencyException && basis.document.is_none() {
                next.push(frame.t("records-next-scan"));
            }
            let key = match RequiredRole::of(kind) {
                RequiredRole::Counsel => "records-next-counsel",
                RequiredRole::SupervisorOrCounsel => "records-next-supervisor",
            };
            next.push(frame.t1(key, "registrar", basis.stored.people.registrar.as_str()));
        }
        BasisState::Verified => next.push(match basis.stored.basis.valid_until {
            Some(until) => frame.t1("records-next-counts-until", "until", frame.instant(until)),
            None => frame.t("records-next-counts"),
        }),
        BasisState::Rejected if is_counted(basis) => next.push(frame.t("records-next-counted")),
        state => next.push(frame.t(match state {
            BasisState::Expired => "records-next-expired",
            BasisState::UsedUp => "records-next-used-up",
            BasisState::Revoked => "records-next-revoked",
            BasisState::Superseded => "records-next-superseded",
            _ => "records-next-rejected",
        })),
    }
    next.extend(owed(frame, basis.needs));
    next
}

fn owed(frame: &Frame, needs: Option<BasisNeeds>) -> Option<String> {
    let by = |key: &str, due_at: DateTime<Utc>| Some(frame.t1(key, "due", frame.instant(due_at)));
    match needs? {
        BasisNeeds::Review { due_at, is_overdue: true } => by("records-next-review-overdue", due_at),
        BasisNeeds::Review { due_at, is_overdue: false } => by("records-next-review", due_at),
        BasisNeeds::Renewal { due_at } => by("records-next-renewal", due_at),
        BasisNeeds::Verification => None,
    }
}

/// Whether its paper can never unlock, so that it was only counted.
pub(super) fn is_counted(basis: &BasisInFull) -> bool {
    let instrument = basis.stored.basis.instrument;
    instrument.is_some_and(|paper| BasisKind::ALL.into_iter().all(|kind| !paper.can_unlock(kind)))
}

/// How the badge of a state looks.
pub(in crate::console) const fn look(state: BasisState) -> &'static str {
    match state {
        BasisState::Registered => "badge-warning",
        BasisState::Verified => "badge-good",
        BasisState::Rejected | BasisState::Revoked => "badge-bad",
        BasisState::Expired | BasisState::UsedUp | BasisState::Superseded => "badge-calm",
    }
}
