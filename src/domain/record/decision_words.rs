//! What the record of a decision says, in the words that are counted and searched.

use super::{FieldWords, Members, Spelled};

/// What is counted and searched of a decision. Words only: whatever holds an escape is none of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DecisionWords<'a> {
    /// The instant of the decision.
    pub at: &'a str,
    /// Its own id.
    pub id: &'a str,
    /// What became of it.
    pub outcome: &'a str,
    /// What it was asked for.
    pub purpose: &'a str,
    /// Who asked.
    pub requester_kind: &'a str,
    /// The record store that was asked.
    pub store: &'a str,
    /// What was asked for, and by which policy it was judged.
    pub asked: AskedWords<'a>,
    cited: Option<Spelled<'a>>,
    obligations: Option<Spelled<'a>>,
}

/// The fields of a decision and its policy, as they are spelled. Many decisions of a log say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct AskedWords<'a> {
    fields: Option<Spelled<'a>>,
    policy: Option<Spelled<'a>>,
}

impl<'a> DecisionWords<'a> {
    /// Reads them; `None` when the record is of no decision.
    #[must_use]
    pub fn of(record: &Members<'a>) -> Option<Self> {
        let (mut words, mut is_decision) = (Self::default(), false);
        for (name, value) in record.iter() {
            let word = || value.word().unwrap_or_default();
            match name {
                "at" => words.at = word(),
                "cited" => words.cited = Some(value),
                "fields" => words.asked.fields = Some(value),
                "id" => words.id = word(),
                "kind" => is_decision = word() == "decision",
                "obligations" => words.obligations = Some(value),
                "outcome" => words.outcome = word(),
                "policy" => words.asked.policy = Some(value),
                "purpose" => words.purpose = word(),
                "requester_kind" => words.requester_kind = word(),
                "store" => words.store = word(),
                _ => {}
            }
        }
        is_decision.then_some(words)
    }

    /// What it obliges to.
    #[must_use]
    pub fn obligations(&self) -> Vec<&'a str> {
        words_of(self.obligations)
    }

    /// The legal bases that it cites.
    #[must_use]
    pub fn cited(&self) -> Vec<&'a str> {
        words_of(self.cited)
    }
}

impl<'a> AskedWords<'a> {
    /// What is said of each field.
    #[must_use]
    pub fn fields(&self) -> Vec<FieldWords<'a>> {
        let mut fields = Vec::new();
        if let Some(list) = self.fields {
            list.each_item(|field| fields.push(FieldWords::read(field)));
        }
        fields
    }

    /// The hash of the policy; empty when there is none.
    #[must_use]
    pub fn policy_sha256(&self) -> &'a str {
        let mut sha256 = "";
        if let Some(policy) = self.policy {
            policy.each_member(|name, value| {
                if name == "sha256" {
                    sha256 = value.word().unwrap_or_default();
                }
            });
        }
        sha256
    }
}

fn words_of(list: Option<Spelled<'_>>) -> Vec<&str> {
    let mut words = Vec::new();
    if let Some(list) = list {
        list.each_item(|item| words.push(item.word().unwrap_or_default()));
    }
    words
}
