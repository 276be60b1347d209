//! The council's report: what was asked of the city, what left it, and why, for any period, in aggregates alone.
//!
//! The log is counted record by record ([`Tally`]), the counts become the figures of some twenty tables ([`Section`]), and
//! each figure is shown so that small counts cannot be told ([`Shown`]). All of it is pure: the same records give the same
//! report, byte for byte.
//!
//! Must never hold a name, an id of a person or a paper, or a text that somebody typed.

mod count;
mod counter;
mod counts;
mod csv;
mod day;
mod delay;
mod figures;
mod period;
mod section;
mod shown;
mod tally;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

pub use counter::Counter;
pub use counts::Counts;
pub use day::Day;
pub use delay::Delay;
pub use period::{Period, PeriodError};
pub use section::Section;
pub use shown::{FIVE, ReportSecret, Shown, fives, shown};
pub use tally::{Cell, Counted, Tally, TallyDigest};

use crate::domain::RequesterKind;
use figures::Figures;

/// The part of the log that was counted: from its beginning to `entries`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Range {
    /// How many entries.
    pub entries: u64,
    /// The root of the log's tree at that size, in hex.
    pub root: String,
    /// The instant of the last of them.
    pub last_at: String,
    /// The last day that was over by then: what came after it is not counted yet.
    pub through: NaiveDate,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it is about: words of closed sets, ids of stores and policies, or the first day of a stretch.
    pub words: Vec<String>,
    /// The figure of the period.
    pub now: Shown,
    /// The figure of the period before; none in a series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Shown>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Which.
    pub section: Section,
    /// The point of the reporting duties that it answers.
    pub point: u8,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// What can be certified not to have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Nil {
    /// Federal immigration authorities asked for nothing and presented no paper.
    pub federal_immigration: bool,
    /// Nobody outside the city asked for anything.
    pub from_outside: bool,
}

/// The first and the last day of a period, as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The period.
    pub period: Span,
    /// The period of equal length before it.
    pub before: Span,
    /// What was counted.
    pub log: Range,
    /// What is certified.
    pub nil: Nil,
    /// The tables, in the order of the points.
    pub tables: Vec<Table>,
}

impl From<Period> for Span {
    fn from(period: Period) -> Self {
        Self { from: period.from(), to: period.to() }
    }
}

impl Report {
    /// The report over a period. The counts are those at its [`Period::marks`].
    #[must_use]
    pub fn new(period: Period, counts: &Counts, log: Range, secret: &ReportSecret) -> Self {
        let tables: Vec<Table> = Section::ALL.iter().map(|section| table(*section, counts, secret)).collect();
        let mut report = Self {
            period: period.into(),
            before: period.before().into(),
            log,
            nil: Nil { federal_immigration: false, from_outside: false },
            tables,
        };
        // What is not over cannot be certified.
        let is_over = period.to() <= report.log.through;
        let asked_none = |kind: RequesterKind| report.figure(Section::Requesters, &[kind.as_str()]).is_none();
        let has_no = |section| report.rows(section).iter().all(|row| row.now.is_none());
        report.nil = Nil {
            federal_immigration: is_over
                && asked_none(RequesterKind::FederalImmigration)
                && has_no(Section::ImmigrationPapers),
            from_outside: is_over && has_no(Section::Months),
        };
        report
    }

    /// The rows of a table.
    #[must_use]
    pub fn rows(&self, section: Section) -> &[Row] {
        self.tables.iter().find(|table| table.section == section).map_or(&[], |table| &table.rows)
    }

    /// The figure of the row with these words; none counted when there is no such row.
    #[must_use]
    pub fn figure(&self, section: Section, words: &[&str]) -> Shown {
        let row = self.rows(section).iter().find(|row| row.words == words);
        row.map_or(Shown::None, |row| row.now)
    }

    /// The report as JSON, two spaces an indent, with a line feed at its end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The report as CSV (RFC 4180): one line for each row.
    #[must_use]
    pub fn to_csv(&self) -> String {
        csv::written(self)
    }
}

fn table(section: Section, counts: &Counts, secret: &ReportSecret) -> Table {
    let figures = figures::of(section, counts);
    let rows = match section {
        Section::Months | Section::ImmigrationPapers => series(section, &figures, counts, secret),
        Section::Delays => delays(&figures, secret),
        _ => rows(section, figures, secret),
    };
    Table { section, point: section.point(), rows }
}

/// A figure that never was has no row: its words alone would say nothing.
fn rows(section: Section, figures: Figures, secret: &ReportSecret) -> Vec<Row> {
    let row = |(words, sums): (Vec<String>, Vec<i64>)| {
        let (first, from, to) = ends(&sums);
        let (now, before) = if section == Section::Accounts {
            (Shown::Exact(to), Some(Shown::Exact(from)))
        } else if section.is_exact() {
            (Shown::Exact(to - from), Some(Shown::Exact(from - first)))
        } else {
            let reserve = |five| secret.reserve(&name(section, &words), five);
            (shown(from, to, reserve), Some(shown(first, from, reserve)))
        };
        Row { words, now, before }
    };
    figures.into_iter().map(row).collect()
}

/// The counts before the period before, before the period, and at its end.
fn ends(sums: &[i64]) -> (i64, i64, i64) {
    let at = |place: usize| sums.get(place).copied().unwrap_or_default();
    (at(0), at(1), sums.last().copied().unwrap_or_default())
}

/// The same figure from each mark to the next, within the period.
fn series(section: Section, figures: &Figures, counts: &Counts, secret: &ReportSecret) -> Vec<Row> {
    let none = vec![0; counts.marks().len()];
    let sums = figures.get(&Vec::new()).unwrap_or(&none);
    let reserve = |five| secret.reserve(&name(section, &[]), five);
    let marks = counts.marks().iter().zip(sums);
    let stretches = marks.clone().zip(marks.skip(1)).skip(1);
    let row = |((begin, begins), (end, ends)): ((&Day, &i64), (&Day, &i64))| {
        if begin >= end {
            // It has not begun.
            return None;
        }
        let words = begin.date().map(|date| date.to_string()).into_iter().collect();
        Some(Row { words, now: shown(*begins, *ends, reserve), before: None })
    };
    stretches.filter_map(row).collect()
}

/// The time within which half of each store's requests were decided, from the figures as they would be shown: what is made
/// of shown figures gives away no more than they do.
fn delays(figures: &Figures, secret: &ReportSecret) -> Vec<Row> {
    let mut stores: BTreeMap<&str, Vec<(Delay, Shown, Shown)>> = BTreeMap::new();
    for (words, sums) in figures {
        let [store, delay] = words.as_slice() else { continue };
        let (first, from, to) = ends(sums);
        let reserve = |five| secret.reserve(&name(Section::Delays, words), five);
        let parsed = delay.parse().unwrap_or(Delay::Unknown);
        stores.entry(store).or_default().push((parsed, shown(from, to, reserve), shown(first, from, reserve)));
    }
    let row = |(store, mut of): (&str, Vec<(Delay, Shown, Shown)>)| {
        of.sort_by_key(|(delay, ..)| *delay);
        let now = median(of.iter().map(|(delay, now, _)| (*delay, *now)));
        let before = median(of.iter().map(|(delay, _, before)| (*delay, *before)));
        Row { words: vec![store.to_owned()], now, before: Some(before) }
    };
    stores.into_iter().map(row).collect()
}

fn median(mut shown: impl Iterator<Item = (Delay, Shown)> + Clone) -> Shown {
    let total: i64 = shown.clone().filter_map(|(_, shown)| shown.number()).sum();
    if total == 0 {
        return if shown.all(|(_, shown)| shown.is_none()) { Shown::None } else { Shown::Few };
    }
    let mut so_far = 0;
    let half = shown.find(|(_, shown)| {
        so_far += shown.number().unwrap_or_default();
        so_far * 2 >= total
    });
    half.map_or(Shown::Few, |(delay, _)| Shown::Within(delay))
}

/// What the reserves of a figure are drawn from. The same figure has the same name in every report.
fn name(section: Section, words: &[String]) -> String {
    std::iter::once(section.as_str()).chain(words.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
}
