//! Making the columns of words of a segment out of its entries.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use ahash::RandomState;

use super::{Column, ColumnName, answer_word};
use crate::domain::record::{AskedWords, DecisionWords};

/// What an entry says in columns of its own.
#[derive(Debug, Clone, Copy)]
pub struct EntryWords<'a> {
    /// What kind of entry it is.
    pub kind: &'a str,
    /// Who caused it.
    pub actor: &'a str,
    /// The record store that was asked.
    pub store: Option<&'a str>,
    /// Who asked.
    pub requester_kind: Option<&'a str>,
    /// For which agency.
    pub agency: Option<&'a str>,
    /// What for.
    pub purpose: Option<&'a str>,
    /// What became of it.
    pub outcome: Option<&'a str>,
}

/// Takes the entries of a segment one by one.
#[derive(Default)]
pub struct SegmentMaker<'a> {
    entries: Vec<EntryWords<'a>>,
    answers: Vec<Option<Rc<str>>>,
    cited: Vec<Option<Rc<str>>>,
    /// What was answered to what: many decisions say of their fields what others said.
    known: HashMap<AskedWords<'a>, Option<Rc<str>>, RandomState>,
}

impl<'a> SegmentMaker<'a> {
    /// Adds the next entry, with what its record says if it is of a decision. What cannot be read is left empty: `audit
    /// verify` names it.
    pub fn push(&mut self, entry: EntryWords<'a>, decision: Option<&DecisionWords<'a>>) {
        self.entries.push(entry);
        self.answers.push(
            decision.and_then(|words| self.known.entry(words.asked).or_insert_with(|| answers(words.asked)).clone()),
        );
        self.cited.push(decision.and_then(|words| in_one_word(words.cited())));
    }

    /// The columns.
    #[must_use]
    pub fn finish(self) -> Vec<(ColumnName, Column)> {
        let column = |value: fn(&EntryWords<'a>) -> Option<&'a str>| {
            Column::of(&self.entries.iter().map(value).collect::<Vec<_>>())
        };
        vec![
            (ColumnName::Kind, column(|entry| Some(entry.kind))),
            (ColumnName::Actor, column(|entry| Some(entry.actor))),
            (ColumnName::Store, column(|entry| entry.store)),
            (ColumnName::RequesterKind, column(|entry| entry.requester_kind)),
            (ColumnName::Agency, column(|entry| entry.agency)),
            (ColumnName::Purpose, column(|entry| entry.purpose)),
            (ColumnName::Outcome, column(|entry| entry.outcome)),
            (ColumnName::Answers, Column::of(&self.answers)),
            (ColumnName::Cited, Column::of(&self.cited)),
        ]
    }
}

fn answers(asked: AskedWords<'_>) -> Option<Rc<str>> {
    let answer = |field: &crate::domain::record::FieldWords<'_>| {
        Some(answer_word(field.class.parse().ok()?, field.reason.parse().ok()?))
    };
    in_one_word(asked.fields().iter().map(answer).collect::<Option<Vec<_>>>()?)
}

/// Each once, in order, with spaces between; `None` for none.
fn in_one_word<S: AsRef<str> + Ord>(words: impl IntoIterator<Item = S>) -> Option<Rc<str>> {
    let words: BTreeSet<S> = words.into_iter().collect();
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    (!words.is_empty()).then(|| words.join(" ").into())
}
