//! Which members belong to which kind of basis, and which of them it cannot do without.
//!
//! Must never ignore a member that does not belong: whoever typed it meant something by it.

use super::fault::{Fault, Faults};
use super::{BasisKind, Instrument, RegistrationForm};

/// What a form turns out to be about: decided by kind and instrument alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A search warrant or an order for records.
    Order,
    /// A subpoena from a proceeding in court.
    Subpoena,
    /// A law, a rule or an agreement.
    Text,
    /// An emergency.
    Emergency,
    /// A paper that can never unlock: it is only counted, and nearly nothing is demanded of it.
    Counted,
}

impl Sort {
    /// `None` when the instrument belongs to another kind, or is missing.
    pub(super) fn of(kind: BasisKind, instrument: Option<Instrument>) -> Option<Self> {
        match (kind, instrument) {
            (BasisKind::EmergencyException, instrument) => instrument.is_none().then_some(Self::Emergency),
            (_, None) => None,
            (_, Some(instrument)) if never_unlocks(instrument) => Some(Self::Counted),
            (kind, Some(instrument)) if !instrument.can_unlock(kind) => None,
            (BasisKind::JudicialWarrant, _) => Some(Self::Order),
            (BasisKind::LegalMandate, Some(Instrument::JudicialSubpoena | Instrument::GrandJurySubpoena)) => {
                Some(Self::Subpoena)
            }
            (BasisKind::LegalMandate, _) => Some(Self::Text),
        }
    }

    /// How the sentences of faults call it.
    const fn name(self) -> &'static str {
        match self {
            Self::Order => "a warrant or court order",
            Self::Subpoena => "a subpoena",
            Self::Text => "a law, rule or agreement",
            Self::Emergency => "an emergency",
            Self::Counted => "a paper that is only counted",
        }
    }
}

/// Whether no kind of basis can rest on it.
pub(super) fn never_unlocks(instrument: Instrument) -> bool {
    BasisKind::ALL.into_iter().all(|kind| !instrument.can_unlock(kind))
}

impl Sort {
    /// How a form is read on when its instrument does not fit its kind, so that its other faults are shown, too.
    pub(super) const fn closest(kind: BasisKind) -> Self {
        match kind {
            BasisKind::JudicialWarrant => Self::Order,
            BasisKind::LegalMandate => Self::Text,
            BasisKind::EmergencyException => Self::Emergency,
        }
    }
}

/// One member: its name, whether it is filled, to which sorts it belongs, and which cannot do without it.
type Member = (&'static str, bool, &'static [Sort], &'static [Sort]);

/// Notes a fault for every member that does not belong to the sort, and for every one that is missing.
pub(super) fn check_member(faults: &mut Faults, sort: Sort, (name, is_filled, belongs, needed): Member) {
    if is_filled && !belongs.contains(&sort) {
        faults.add(format!("/{name}"), Fault::DoesNotBelong { member: name, sort: sort.name() });
    }
    if !is_filled && needed.contains(&sort) {
        faults.add(format!("/{name}"), Fault::Missing { member: name, sort: sort.name() });
    }
}

/// The whole table, in the order of the form.
pub(super) fn members(form: &RegistrationForm) -> [Member; 28] {
    use Sort::{Counted, Emergency, Order, Subpoena, Text};
    const PROCESS: &[Sort] = &[Order, Subpoena, Counted];
    const ORDERS: &[Sort] = &[Order, Counted];
    const PAPERS: &[Sort] = &[Order, Subpoena, Text, Counted];
    const MANDATES: &[Sort] = &[Subpoena, Text];
    const ALL: &[Sort] = &[Order, Subpoena, Text, Emergency, Counted];
    const EMERGENCY: &[Sort] = &[Emergency];
    const REAL: &[Sort] = &[Order, Subpoena, Text, Emergency];
    // A member that says `false` says no more than one that is left out.
    let says_yes = |said: Option<bool>| said == Some(true);
    [
        ("court", form.court.is_some(), PROCESS, &[Order]),
        ("docket", form.docket.is_some(), PROCESS, &[]),
        ("judge", form.judge.is_some(), PROCESS, &[Order]),
        ("judge_title", form.judge_title.is_some(), PROCESS, &[Order]),
        ("issued_at", form.issued_at.is_some(), PAPERS, &[Order]),
        ("valid_from", form.valid_from.is_some(), PAPERS, &[]),
        ("execute_by", form.execute_by.is_some(), PROCESS, &[]),
        ("citation", form.citation.is_some(), MANDATES, &[Text]),
        ("standing", says_yes(form.standing), MANDATES, &[]),
        ("review_by", form.review_by.is_some(), MANDATES, &[]),
        ("facts", form.facts.is_some(), EMERGENCY, EMERGENCY),
        ("person_in_danger", form.person_in_danger.is_some(), EMERGENCY, EMERGENCY),
        ("why_delay_harms", form.why_delay_harms.is_some(), EMERGENCY, EMERGENCY),
        ("not_for_immigration_enforcement", form.not_for_immigration_enforcement.is_some(), EMERGENCY, EMERGENCY),
        ("expires_at", form.expires_at.is_some(), EMERGENCY, EMERGENCY),
        ("requester", form.requester.is_some(), EMERGENCY, &[]),
        ("scope", form.scope.is_some(), ALL, REAL),
        ("directed_to", form.directed_to.is_some(), PROCESS, &[]),
        ("identity_match", form.identity_match.is_some(), ALL, &[]),
        ("serving_officer", form.serving_officer.is_some(), PROCESS, &[]),
        ("served_at", form.served_at.is_some(), PROCESS, &[]),
        ("any_time", says_yes(form.any_time), PROCESS, &[]),
        ("affiant", form.affiant.is_some(), ORDERS, &[]),
        ("sworn_statement_attached", says_yes(form.sworn_statement_attached), ORDERS, &[]),
        ("single_use", says_yes(form.single_use), ALL, &[]),
        ("max_uses", form.max_uses.is_some(), ALL, &[]),
        ("supersedes", form.supersedes.is_some(), ALL, &[]),
        ("note", form.note.is_some(), ALL, &[]),
    ]
}
