//! Counts as a report needs them: of everything, from the beginning of the log to each of a few days.

use std::collections::BTreeMap;

use super::{Counted, Day, Tally};

/// What was counted before each of the marks of a period, from the beginning of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    marks: Vec<Day>,
    cells: BTreeMap<(Counted, String), Vec<i64>>,
    /// Papers and their steps, each with its day: who joins them must know which came first.
    dated: Vec<(Counted, String, Day)>,
}

impl Counts {
    /// No counts at these marks, which go up.
    #[must_use]
    pub const fn new(marks: Vec<Day>) -> Self {
        Self { marks, cells: BTreeMap::new(), dated: Vec::new() }
    }

    /// The counts of a tally that was made in memory.
    #[must_use]
    pub fn of(tally: &Tally, marks: Vec<Day>) -> Self {
        let mut counts = Self::new(marks);
        for (cell, count) in tally.cells() {
            counts.add(cell.counted, cell.key, cell.day, count);
        }
        counts
    }

    /// Adds what was counted on one day; or from the mark before that day on, if it does not matter when.
    pub fn add(&mut self, counted: Counted, key: &str, day: Day, count: i64) {
        if Self::is_dated(counted) {
            self.dated.push((counted, key.to_owned(), day));
        }
        let cell = self.cells.entry((counted, key.to_owned())).or_insert_with(|| vec![0; self.marks.len()]);
        let later = self.marks.iter().zip(cell).filter(|(mark, _)| day < **mark);
        later.for_each(|(_, sum)| *sum += count);
    }

    /// Whether each day counts: papers, and what became of them.
    #[must_use]
    pub const fn is_dated(counted: Counted) -> bool {
        matches!(counted, Counted::Basis | Counted::Step)
    }

    /// The days at which counts are looked at.
    #[must_use]
    pub fn marks(&self) -> &[Day] {
        &self.marks
    }

    /// One event on a day, before every mark.
    #[must_use]
    pub fn since(&self, day: Day) -> Vec<i64> {
        self.marks.iter().map(|mark| i64::from(day < *mark)).collect()
    }

    /// Each key of what was counted, as its words, with its counts before every mark.
    pub fn of_kind(&self, wanted: Counted) -> impl Iterator<Item = (Vec<&str>, &[i64])> {
        let cells = self.cells.iter().filter(move |((counted, _), _)| *counted == wanted);
        cells.map(|((_, key), sums)| (key.split(' ').collect(), sums.as_slice()))
    }

    /// Each paper, or step, as its words, with its day; in order.
    pub fn dated(&self, wanted: Counted) -> impl Iterator<Item = (Vec<&str>, Day)> {
        let mut dated: Vec<_> = self.dated.iter().filter(|(counted, ..)| *counted == wanted).collect();
        dated.sort();
        dated.into_iter().map(|(_, key, day)| (key.split(' ').collect(), *day))
    }
}
