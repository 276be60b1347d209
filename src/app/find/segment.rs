//! Making the columns of a segment out of its entries.

use std::convert::Infallible;

use crate::app::decisions::DecisionRecord;
use crate::domain::record::EventKind;
use crate::domain::segment::{Column, ColumnName, answer_word};
use crate::ledger::{Change, ChangeError, Turn};
use crate::storage::segments::{self, SegmentEntry};

/// The columns of words. What cannot be read is left empty: `audit verify` names it.
pub(super) fn columns_of(entries: &[SegmentEntry]) -> Vec<(ColumnName, Column)> {
    let told: Vec<Told> = entries.iter().map(Told::by).collect();
    let column =
        |value: fn(&SegmentEntry) -> Option<String>| Column::of(&entries.iter().map(value).collect::<Vec<_>>());
    let (answers, cited): (Vec<_>, Vec<_>) = told.into_iter().map(|told| (told.answers, told.cited)).unzip();
    vec![
        (ColumnName::Kind, column(|entry| Some(entry.kind.clone()))),
        (ColumnName::Actor, column(|entry| Some(entry.actor.clone()))),
        (ColumnName::Store, column(|entry| entry.store.clone())),
        (ColumnName::RequesterKind, column(|entry| entry.requester_kind.clone())),
        (ColumnName::Agency, column(|entry| entry.agency.clone())),
        (ColumnName::Purpose, column(|entry| entry.purpose.clone())),
        (ColumnName::Outcome, column(|entry| entry.outcome.clone())),
        (ColumnName::Answers, Column::of(&answers)),
        (ColumnName::Cited, Column::of(&cited)),
    ]
}

/// What only the record tells.
#[derive(Default)]
struct Told {
    answers: Option<String>,
    cited: Option<String>,
}

impl Told {
    fn by(entry: &SegmentEntry) -> Self {
        if entry.kind != EventKind::Decision.as_str() {
            return Self::default();
        }
        let Ok(record) = serde_json::from_slice::<DecisionRecord>(&entry.record) else { return Self::default() };
        let answers = record.fields.iter().map(|field| answer_word(field.class, field.reason)).collect();
        let cited = record.cited.iter().map(ToString::to_string).collect();
        Self { answers: in_one_word(answers), cited: in_one_word(cited) }
    }
}

fn in_one_word(mut words: Vec<String>) -> Option<String> {
    words.sort_unstable();
    words.dedup();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Adds a segment. It leaves no entry, because it says nothing that the log does not say.
pub(super) struct AppendSegment {
    pub(super) first: i64,
    pub(super) columns: Vec<(ColumnName, Column)>,
}

impl Change for AppendSegment {
    /// Whether it was the next one.
    type Output = bool;
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<bool, ChangeError<Infallible>> {
        Ok(segments::append(turn.tx, self.first, &self.columns)?)
    }
}
