//! The steps of the form: which fields each asks, and which faults it shows.

use crate::domain::legal_basis::registration::{FormFault, TypedForm};

/// A step. The first three are typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// What kind of paper it is.
    Paper,
    /// What it says: court, judge, docket, days; or the facts of an emergency.
    Court,
    /// What it covers.
    Scope,
    /// Its scan.
    Document,
    /// The last look.
    Check,
}

const PAPER: &[&str] = &["kind", "instrument"];

const COURT: &[&str] = &[
    "court",
    "docket",
    "judge",
    "judge_title",
    "issued_on",
    "issued_time",
    "valid_on",
    "valid_time",
    "execute_on",
    "execute_time",
    "citation",
    "standing",
    "review_on",
    "review_time",
    "facts",
    "person_in_danger",
    "why_delay_harms",
    "not_for_immigration_enforcement",
    "expires_on",
    "expires_time",
    "asker_name",
    "asker_agency",
    "asker_number",
    "directed_to",
    "officer_name",
    "officer_agency",
    "officer_badge",
    "officer_phone",
    "served_on",
    "served_time",
    "any_time",
    "affiant",
    "sworn_statement_attached",
];

const SCOPE: &[&str] = &[
    "resident_store",
    "resident",
    "classes",
    "stores",
    "requester_kinds",
    "requester_agency",
    "purposes",
    "period_from",
    "period_until",
    "identity_match",
    "single_use",
    "max_uses",
    "note",
];

impl Step {
    /// All of them, in order.
    pub(super) const ALL: [Self; 5] = [Self::Paper, Self::Court, Self::Scope, Self::Document, Self::Check];

    /// The last part of its path.
    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Court => "court",
            Self::Scope => "scope",
            Self::Document => "document",
            Self::Check => "check",
        }
    }

    /// The step that is typed in under that path.
    pub(super) fn typed(slug: &str) -> Option<Self> {
        [Self::Paper, Self::Court, Self::Scope].into_iter().find(|step| step.slug() == slug)
    }

    /// The step behind this one; the last look comes last.
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Paper => Self::Court,
            Self::Court => Self::Scope,
            Self::Scope => Self::Document,
            Self::Document | Self::Check => Self::Check,
        }
    }

    /// The fields that it saves.
    pub(super) const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Paper => PAPER,
            Self::Court => COURT,
            Self::Scope => SCOPE,
            Self::Document | Self::Check => &[],
        }
    }

    /// The step that shows a fault of that member.
    pub(super) fn of(member: &str) -> Self {
        let first = member.split('/').nth(1).unwrap_or_default();
        match first {
            "kind" | "instrument" | "supersedes" => Self::Paper,
            "scope" | "identity_match" | "single_use" | "max_uses" | "note" => Self::Scope,
            _ => Self::Court,
        }
    }

    /// Where it stands.
    pub(super) fn path(self, draft: impl std::fmt::Display) -> String {
        format!("/console/drafts/{draft}/{}", self.slug())
    }
}

/// Whether nothing is wrong in a step, and something was typed there.
pub(super) fn is_done(step: Step, typed: &TypedForm, faults: &[FormFault]) -> bool {
    let is_begun = step.fields().iter().any(|field| !typed.first(field).is_empty());
    is_begun && faults.iter().all(|fault| Step::of(&fault.member) != step)
}
