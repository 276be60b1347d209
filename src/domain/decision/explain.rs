//! Why a field was answered as it was: the rules in their order, the one that matched, and why those before it did not.
//!
//! Made from what the record says, not by deciding again: facts may have changed since. Must agree with [`super::decide`],
//! which a test compares over every combination.

use super::reason::Reason;
use crate::domain::closed_set::closed_set;
use crate::domain::field::FieldClass;
use crate::domain::requester::Purpose;

/// The rules, in the order in which they are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// Nobody has classified the field.
    Unclassified,
    /// A confidential address: only a judge's order opens it.
    Confidential,
    /// The policy does not protect the class.
    NotProtected,
    /// The data stays inside the city, or goes to the resident.
    NotOutbound,
    /// The policy is limited to immigration enforcement.
    OutsideScope,
    /// A cited legal basis is in force and covers the field.
    LegalBasis,
    /// Whatever is left is denied.
    Otherwise,
}

closed_set!(Rule, "rule", {
    Unclassified => "unclassified",
    Confidential => "confidential",
    NotProtected => "not_protected",
    NotOutbound => "not_outbound",
    OutsideScope => "outside_scope",
    LegalBasis => "legal_basis",
    Otherwise => "otherwise",
});

/// What a rule had to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Finding {
    /// It gave the answer.
    Matched,
    /// An earlier rule had given the answer.
    NotReached,
    /// The field has a class.
    HasClass,
    /// The class is none that a confidential address has.
    OtherClass,
    /// The resident was not marked as confidential.
    NotMarked,
    /// The policy protects the class.
    IsProtected,
    /// It was for immigration enforcement, or the purpose was not stated, which is judged alike.
    ForEnforcement,
    /// The data would have left the city.
    LeavesCity,
    /// The policy is about every request from outside.
    CoversEverything,
    /// No legal basis was cited.
    NoneCited,
    /// No cited legal basis opened it.
    NoneOpens,
}

closed_set!(Finding, "finding", {
    Matched => "matched",
    NotReached => "not_reached",
    HasClass => "has_class",
    OtherClass => "other_class",
    NotMarked => "not_marked",
    IsProtected => "is_protected",
    ForEnforcement => "for_enforcement",
    LeavesCity => "leaves_city",
    CoversEverything => "covers_everything",
    NoneCited => "none_cited",
    NoneOpens => "none_opens",
});

/// What the record says that bears on one field.
#[derive(Debug, Clone, Copy)]
pub struct Answered {
    /// The class that the field was judged by.
    pub class: FieldClass,
    /// The reason it was given.
    pub reason: Reason,
    /// What the request was for.
    pub purpose: Purpose,
    /// Whether a legal basis was cited.
    pub is_cited: bool,
    /// Whether the record forbids to pass something on, as it does when a confidential address was opened.
    pub is_redisclosure_prohibited: bool,
}

/// Every rule in its order, with what it had to say.
#[must_use]
pub fn explain(answered: &Answered) -> Vec<(Rule, Finding)> {
    let matched = answered.rule();
    let finding = |rule: Rule| match rule.cmp(&matched) {
        std::cmp::Ordering::Equal => Finding::Matched,
        std::cmp::Ordering::Greater => Finding::NotReached,
        std::cmp::Ordering::Less => answered.passed_by(rule),
    };
    Rule::ALL.into_iter().map(|rule| (rule, finding(rule))).collect()
}

impl Answered {
    /// The rule that gave the answer.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self.reason {
            Reason::UnclassifiedField => Rule::Unclassified,
            Reason::ConfidentialAddress => Rule::Confidential,
            Reason::NotProtected => Rule::NotProtected,
            Reason::NotOutbound => Rule::NotOutbound,
            Reason::OutsideScope => Rule::OutsideScope,
            Reason::LegalBasis if self.is_opened_address() => Rule::Confidential,
            Reason::LegalBasis => Rule::LegalBasis,
            _ => Rule::Otherwise,
        }
    }

    fn is_opened_address(self) -> bool {
        self.is_redisclosure_prohibited && super::is_confidential_class(self.class)
    }

    /// Why a rule before the one that matched did not.
    fn passed_by(self, rule: Rule) -> Finding {
        let is_for_enforcement = self.purpose.judged() == Purpose::ImmigrationEnforcement;
        match rule {
            Rule::Unclassified => Finding::HasClass,
            Rule::Confidential if super::is_confidential_class(self.class) => Finding::NotMarked,
            Rule::Confidential => Finding::OtherClass,
            Rule::NotProtected => Finding::IsProtected,
            Rule::NotOutbound | Rule::OutsideScope if is_for_enforcement => Finding::ForEnforcement,
            Rule::NotOutbound => Finding::LeavesCity,
            Rule::OutsideScope => Finding::CoversEverything,
            Rule::LegalBasis | Rule::Otherwise if self.is_cited => Finding::NoneOpens,
            Rule::LegalBasis | Rule::Otherwise => Finding::NoneCited,
        }
    }
}

/// The checks of a cited legal basis in their order, each named by the reason it gives when it fails, and whether the basis
/// that got furthest passed it; `None` for those it did not come to. Empty unless the answer was about a basis.
#[must_use]
pub fn checks_of_basis(reason: Reason) -> Vec<(Reason, Option<bool>)> {
    let checks = Reason::ALL.into_iter().filter(|check| *check > Reason::NoLegalBasis);
    match reason {
        Reason::LegalBasis => checks.map(|check| (check, Some(true))).collect(),
        reason if reason > Reason::NoLegalBasis => {
            let passed = |check: Reason| (check <= reason).then_some(check < reason);
            checks.map(|check| (check, passed(check))).collect()
        }
        _ => Vec::new(),
    }
}
