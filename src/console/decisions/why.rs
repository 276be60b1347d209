//! The explanation of one field as a page shows it.

use crate::app::decisions::ExplainedField;
use crate::domain::decision::explain::{Finding, Rule};
use crate::domain::decision::{Effect, Reason};
use crate::domain::field::FieldClass;
use crate::i18n::Tongue;

/// One field with its answer and the way to it.
pub(super) struct FieldView {
    pub(super) name: String,
    pub(super) class: FieldClass,
    pub(super) effect: Effect,
    pub(super) reason: Reason,
    /// What a clerk reads out.
    pub(super) sentence: &'static str,
    pub(super) citation: String,
    /// The basis that opened it.
    pub(super) legal_basis: String,
    pub(super) rules: Vec<RuleView>,
    pub(super) checks: Vec<CheckView>,
}

/// One rule, and what it had to say.
pub(super) struct RuleView {
    pub(super) rule: String,
    pub(super) finding: String,
    /// How it looks, and what stands before it.
    pub(super) look: &'static str,
    pub(super) is_match: bool,
}

/// One check of a basis.
pub(super) struct CheckView {
    pub(super) check: String,
    pub(super) result: String,
    pub(super) look: &'static str,
}

impl FieldView {
    pub(super) fn of(explained: &ExplainedField<'_>, tongue: Tongue) -> Self {
        let answer = explained.answer;
        let rules = explained.rules.iter().map(|(rule, finding)| RuleView::of(*rule, *finding, tongue));
        let checks = explained.checks.iter().map(|(check, passed)| CheckView::of(*check, *passed, tongue));
        Self {
            name: answer.field.clone(),
            class: answer.class,
            effect: answer.effect,
            reason: answer.reason,
            sentence: answer.reason.sentence(tongue.language()),
            citation: explained.citation.unwrap_or_default().to_owned(),
            legal_basis: answer.legal_basis.map(|id| id.to_string()).unwrap_or_default(),
            rules: rules.collect(),
            checks: checks.collect(),
        }
    }

    /// How the badge of the answer looks.
    pub(super) const fn badge(&self) -> &'static str {
        match self.effect {
            Effect::Permit => "badge-good",
            Effect::Deny => "badge-bad",
        }
    }
}

impl RuleView {
    fn of(rule: Rule, finding: Finding, tongue: Tongue) -> Self {
        let look = match finding {
            Finding::Matched => "rule-matched",
            Finding::NotReached => "rule-unreached",
            _ => "rule-passed",
        };
        Self {
            rule: tongue.say(&key("audit-rule", rule.as_str())),
            finding: tongue.say(&key("audit-finding", finding.as_str())),
            look,
            is_match: finding == Finding::Matched,
        }
    }
}

impl CheckView {
    fn of(check: Reason, passed: Option<bool>, tongue: Tongue) -> Self {
        let (result, look) = match passed {
            Some(true) => ("audit-check-held", "badge-good"),
            Some(false) => ("audit-check-failed", "badge-bad"),
            None => ("audit-check-unreached", ""),
        };
        Self { check: tongue.say(&key("audit-check", check.as_str())), result: tongue.say(result), look }
    }
}

fn key(set: &str, word: &str) -> String {
    format!("{set}-{}", word.replace('_', "-"))
}
