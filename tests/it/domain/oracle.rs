//! What the answer should be, as a lawyer would tabulate it: rows of a condition and a verdict, the first that holds
//! wins. Written from the policy's text. It asks nothing of the code under test.

use zaguan::domain::field::FieldClass;
use zaguan::domain::legal_basis::BasisKind;
use zaguan::domain::requester::{Purpose, RequesterKind};

use super::scene::{EMERGENCY, MANDATE, Table, WARRANT};

/// The ways in which a cited basis can be, one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    NotFound,
    Good,
    GoodSingleUse,
    GoodOtherPaper,
    Standing,
    AdministrativePaper,
    ArrestWarrant,
    PaperMissingOrNeedless,
    Rejected,
    Registered,
    VerifiedTooLongAgo,
    VerifiedInTheFuture,
    Revoked,
    Superseded,
    NotYetValid,
    Expired,
    UsedUp,
    OtherStore,
    OtherResident,
    OtherRequesterKind,
    OtherAgency,
    OtherPurpose,
    OtherClass,
}

/// Every state, and the reason it gives when nothing before it decides; `None` opens.
pub const STATES: [(State, Option<&str>); 23] = [
    (State::NotFound, Some("basis_not_found")),
    (State::Good, None),
    (State::GoodSingleUse, None),
    (State::GoodOtherPaper, None),
    // Only a mandate may be standing: `opens` says so below.
    (State::Standing, Some("basis_other_resident")),
    (State::AdministrativePaper, Some("instrument_not_accepted")),
    (State::ArrestWarrant, Some("instrument_not_accepted")),
    (State::PaperMissingOrNeedless, Some("instrument_not_accepted")),
    (State::Rejected, Some("basis_rejected")),
    (State::Registered, Some("basis_not_verified")),
    (State::VerifiedTooLongAgo, Some("basis_not_verified")),
    (State::VerifiedInTheFuture, Some("basis_not_verified")),
    (State::Revoked, Some("basis_revoked")),
    (State::Superseded, Some("basis_revoked")),
    (State::NotYetValid, Some("basis_not_yet_valid")),
    (State::Expired, Some("basis_expired")),
    (State::UsedUp, Some("basis_used_up")),
    (State::OtherStore, Some("basis_other_store")),
    (State::OtherResident, Some("basis_other_resident")),
    (State::OtherRequesterKind, Some("basis_other_requester")),
    (State::OtherAgency, Some("basis_other_requester")),
    (State::OtherPurpose, Some("basis_other_purpose")),
    (State::OtherClass, Some("basis_class_not_in_scope")),
];

/// The order in which a cited basis is checked, copied from the policy.
pub const FURTHEST_LAST: [&str; 14] = [
    "no_legal_basis",
    "basis_not_found",
    "instrument_not_accepted",
    "basis_rejected",
    "basis_not_verified",
    "basis_revoked",
    "basis_not_yet_valid",
    "basis_expired",
    "basis_used_up",
    "basis_other_store",
    "basis_other_resident",
    "basis_other_requester",
    "basis_other_purpose",
    "basis_class_not_in_scope",
];

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub table: Table,
    pub is_limited_to_immigration: bool,
    pub is_confidential: bool,
    pub class: FieldClass,
    pub requester: RequesterKind,
    pub purpose: Purpose,
    pub basis: Option<(BasisKind, State)>,
}

/// The answer expected: effect, reason, obligations in alphabetical order.
pub type Verdict = (&'static str, &'static str, Vec<&'static str>);

type Row = (fn(&Case) -> bool, &'static str, &'static str);

const ROWS: &[Row] = &[
    (|case| case.class == FieldClass::Unclassified, "deny", "unclassified_field"),
    (|case| is_kept_by_the_act(case) && is_good_warrant(case), "permit", "legal_basis"),
    (is_kept_by_the_act, "deny", "confidential_address"),
    (|case| openers(case).is_none(), "permit", "not_protected"),
    (|case| is_inside(case) && !is_enforcement(case), "permit", "not_outbound"),
    (|case| case.is_limited_to_immigration && !is_enforcement(case), "permit", "outside_scope"),
    (|case| case.basis.is_none(), "deny", "no_legal_basis"),
    (|case| is_in_state(case, State::NotFound), "deny", "basis_not_found"),
    (|case| !is_accepted(case), "deny", "instrument_not_accepted"),
    (is_emergency_for_enforcement, "deny", "basis_other_purpose"),
    (opens, "permit", "legal_basis"),
];

pub fn expected(case: &Case) -> Verdict {
    let row = ROWS.iter().find(|(holds, _, _)| holds(case));
    let (effect, reason) = row.map_or_else(|| ("deny", defect(case)), |(_, effect, reason)| (*effect, *reason));
    let is_basis_used = reason == "legal_basis";
    let is_public_records =
        case.purpose == Purpose::PublicRecordsRequest || case.requester == RequesterKind::PublicRecords;
    let is_1373 = case.class == FieldClass::ImmigrationStatus && case.requester == RequesterKind::FederalImmigration;
    let kind = case.basis.map(|(kind, _)| kind);
    let owed = [
        (effect == "deny" && is_1373, "counsel_review_1373"),
        (is_basis_used && is_kept_by_the_act(case), "redisclosure_prohibited"),
        (effect == "deny" && is_public_records, "refer_to_clerk"),
        (is_basis_used && kind == Some(WARRANT) && is_in_state(case, State::GoodSingleUse), "return_to_court"),
        (is_basis_used && kind == Some(EMERGENCY), "review_after_release"),
    ];
    let mut obligations: Vec<_> = owed.into_iter().filter(|(is_owed, _)| *is_owed).map(|(_, code)| code).collect();
    obligations.sort_unstable();
    (effect, reason, obligations)
}

/// NMSA 40-13B: residential address, phone and e-mail of a participant.
fn is_kept_by_the_act(case: &Case) -> bool {
    case.is_confidential && [FieldClass::HomeAddress, FieldClass::Contact].contains(&case.class)
}

fn is_good_warrant(case: &Case) -> bool {
    matches!(case.basis, Some((WARRANT, State::Good | State::GoodSingleUse | State::GoodOtherPaper)))
}

/// An emergency attests that it is not for immigration enforcement. Only the class is looked at after the purpose.
fn is_emergency_for_enforcement(case: &Case) -> bool {
    let is_emergency = case.basis.is_some_and(|(kind, _)| kind == EMERGENCY);
    is_emergency && is_enforcement(case) && (opens(case) || is_in_state(case, State::OtherClass))
}

fn is_inside(case: &Case) -> bool {
    [RequesterKind::ResidentSelf, RequesterKind::CityDepartment].contains(&case.requester)
}

fn is_enforcement(case: &Case) -> bool {
    [Purpose::ImmigrationEnforcement, Purpose::NotStated].contains(&case.purpose)
}

/// The kinds that open a protected class; `None` when it is not protected.
fn openers(case: &Case) -> Option<&'static [BasisKind]> {
    case.table.iter().find(|(class, _)| *class == case.class).map(|(_, kinds)| *kinds)
}

fn is_accepted(case: &Case) -> bool {
    case.basis.zip(openers(case)).is_some_and(|((kind, _), kinds)| kinds.contains(&kind))
}

fn is_in_state(case: &Case, state: State) -> bool {
    case.basis.is_some_and(|(_, found)| found == state)
}

fn opens(case: &Case) -> bool {
    match case.basis {
        Some((kind, State::Standing)) => kind == MANDATE,
        Some((_, state)) => STATES.contains(&(state, None)),
        None => false,
    }
}

fn defect(case: &Case) -> &'static str {
    let state = case.basis.map(|(_, state)| state);
    let row = STATES.iter().find(|(listed, _)| Some(*listed) == state);
    row.and_then(|(_, reason)| *reason).expect("every state that does not open has its reason")
}
