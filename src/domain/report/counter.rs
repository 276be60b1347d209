//! Counting many records: a log's decisions mostly say of their fields what others said before.

use std::collections::HashMap;

use ahash::RandomState;

use super::{Day, Tally};
use crate::domain::record::{AskedWords, DecisionWords, Members};

/// Counts records as [`Tally::count`] does, and finds out only once what decisions add that say the same of their fields.
#[derive(Default)]
pub struct Counter<'a> {
    tally: Tally,
    said: HashMap<(AskedWords<'a>, Day), Said<'a>, RandomState>,
}

/// What decisions add that say the same of their fields.
struct Said<'a> {
    bases: Vec<&'a str>,
    adds: Tally,
    times: i64,
}

impl<'a> Counter<'a> {
    /// What these records add up to.
    pub fn sum(records: impl IntoIterator<Item = &'a Vec<u8>>) -> Tally {
        let mut counter = Self::default();
        records.into_iter().for_each(|record| counter.count(record));
        counter.finish()
    }

    /// Counts one record.
    pub fn count(&mut self, record: &'a [u8]) {
        match Members::read(record) {
            Ok(record) => drop(self.count_members(&record, DecisionWords::of(&record).as_ref())),
            Err(_) => self.tally.count_unreadable(),
        }
    }

    /// Counts one record that was read already, and what it says if it is of a decision. Gives the legal bases that opened
    /// something.
    pub fn count_members(&mut self, record: &Members<'a>, words: Option<&DecisionWords<'a>>) -> &[&'a str] {
        let Some(words) = words else {
            self.tally.count_members(record);
            return &[];
        };
        let Some(day) = self.tally.count_request(words) else { return &[] };
        let said = self.said.entry((words.asked, day)).or_insert_with(|| Said::of(words.asked, day));
        said.times += 1;
        &said.bases
    }

    /// What they add up to.
    #[must_use]
    pub fn finish(self) -> Tally {
        let mut tally = self.tally;
        self.said.values().for_each(|said| tally.absorb_times(&said.adds, said.times));
        tally
    }
}

impl<'a> Said<'a> {
    fn of(asked: AskedWords<'a>, day: Day) -> Self {
        let mut adds = Tally::default();
        adds.count_fields(asked, day);
        Self { bases: asked.fields().into_iter().filter_map(|field| field.legal_basis).collect(), adds, times: 0 }
    }
}
