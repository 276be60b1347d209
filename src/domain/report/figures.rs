//! From counts to figures: which counts make up each row of each table.

use std::collections::BTreeMap;

use super::{Counted, Counts, Day, Section};
use crate::domain::decision::{Effect, Outcome, Reason};
use crate::domain::legal_basis::{BasisKind, Instrument};
use crate::domain::{Purpose, RequesterKind};

/// The words of a row, with its counts before every mark.
pub(super) type Figures = BTreeMap<Vec<String>, Vec<i64>>;

/// An emergency is reviewed within three days.
const REVIEW_DAYS: i64 = 3;

/// The figures of a table. Of closed sets that a reader looks for, every member has a row.
pub(super) fn of(section: Section, counts: &Counts) -> Figures {
    let by = |counted, label: fn(&[&str]) -> Option<Vec<String>>| gathered(counts, counted, label);
    match section {
        Section::Requesters => with(by(Counted::Request, first), &RequesterKind::ALL, counts),
        Section::Months => by(Counted::Request, from_outside),
        Section::Purposes => with(by(Counted::Request, |key| nth(key, 1)), &Purpose::ALL, counts),
        Section::Outcomes => with(by(Counted::Request, |key| nth(key, 2)), &Outcome::ALL, counts),
        Section::Denials => by(Counted::Field, denial),
        Section::ClassRequests => per_class(counts, Counted::ClassRequest),
        Section::ClassFields => per_class(counts, Counted::Field),
        Section::Instruments => by(Counted::Basis, |key| words(key.get(2..4)?)),
        Section::FailedChecks => by(Counted::FailedCheck, first),
        Section::BasisUses => uses(counts),
        Section::BasisSteps => steps(counts),
        Section::Emergencies => emergencies(counts),
        Section::ImmigrationPapers => by(Counted::Basis, of_immigration),
        Section::Stores => by(Counted::StoreRequest, |key| words(key.get(..2)?)),
        Section::Delays => by(Counted::StoreRequest, |key| Some(vec![text(key, 0)?, text(key, 2)?])),
        Section::Flags => with(by(Counted::Flag, first), &FLAGS, counts),
        Section::Violations => with(by(Counted::Entry, violation), &["opened", "closed"], counts),
        Section::Refusals => by(Counted::Refused, first),
        Section::Accounts => by(Counted::Account, first),
        Section::Access => with(by(Counted::Entry, access), &ACCESS, counts),
    }
}

/// What a request is set apart for, with the words of the record.
const FLAGS: [&str; 5] =
    ["counsel_review_1373", "refer_to_clerk", "confidential_address", "review_after_release", "return_to_court"];

const ACCESS: [&str; 3] = ["signed_in", "sign_in_refused", "access_certified"];

fn gathered(counts: &Counts, counted: Counted, label: fn(&[&str]) -> Option<Vec<String>>) -> Figures {
    let mut figures = Figures::new();
    for (key, sums) in counts.of_kind(counted) {
        if let Some(label) = label(&key) {
            add(&mut figures, label, sums);
        }
    }
    figures
}

fn add(figures: &mut Figures, label: Vec<String>, sums: &[i64]) {
    let row = figures.entry(label).or_insert_with(|| vec![0; sums.len()]);
    row.iter_mut().zip(sums).for_each(|(sum, more)| *sum += more);
}

/// A row for every word, counted or not.
fn with<T: ToString>(mut figures: Figures, all: &[T], counts: &Counts) -> Figures {
    for word in all {
        add(&mut figures, vec![word.to_string()], &vec![0; counts.marks().len()]);
    }
    figures
}

fn text(key: &[&str], place: usize) -> Option<String> {
    key.get(place).map(|word| (*word).to_owned())
}

fn nth(key: &[&str], place: usize) -> Option<Vec<String>> {
    Some(vec![text(key, place)?])
}

fn first(key: &[&str]) -> Option<Vec<String>> {
    nth(key, 0)
}

#[expect(clippy::unnecessary_wraps, reason = "labels are optional")]
fn words(key: &[&str]) -> Option<Vec<String>> {
    Some(key.iter().map(|word| (*word).to_owned()).collect())
}

/// Requests that do not stay inside the city and do not go to the resident.
fn from_outside(key: &[&str]) -> Option<Vec<String>> {
    let kind: RequesterKind = key.first()?.parse().ok()?;
    let is_outside = !matches!(kind, RequesterKind::CityDepartment | RequesterKind::ResidentSelf);
    is_outside.then(Vec::new)
}

fn denial(key: &[&str]) -> Option<Vec<String>> {
    let [_, reason, policy] = key else { return None };
    let is_denial = reason.parse::<Reason>().is_ok_and(|reason| reason.effect() == Effect::Deny);
    is_denial.then(|| vec![(*reason).to_owned(), (*policy).to_owned()])
}

fn violation(key: &[&str]) -> Option<Vec<String>> {
    match key {
        ["violation_opened"] => Some(vec!["opened".to_owned()]),
        ["violation_closed"] => Some(vec!["closed".to_owned()]),
        _ => None,
    }
}

fn access(key: &[&str]) -> Option<Vec<String>> {
    key.first().filter(|kind| ACCESS.contains(kind)).map(|kind| vec![(*kind).to_owned()])
}

/// Papers of the Department of Homeland Security and its immigration judges, detainers among them.
fn of_immigration(key: &[&str]) -> Option<Vec<String>> {
    let instrument: Instrument = key.get(2)?.parse().ok()?;
    let is_immigration = matches!(
        instrument,
        Instrument::IceI200
            | Instrument::IceI205
            | Instrument::IceI203
            | Instrument::IceI286
            | Instrument::NoticeToAppear
            | Instrument::ExpeditedRemoval
            | Instrument::DetainerI247
            | Instrument::AdministrativeSubpoena
            | Instrument::ImmigrationJudgeOrder
    );
    is_immigration.then(Vec::new)
}

/// Asked, released and denied for each class. A request counts as released, or denied, when a field of the class was.
fn per_class(counts: &Counts, counted: Counted) -> Figures {
    let mut figures = Figures::new();
    for (key, sums) in counts.of_kind(counted) {
        let [class, effect, ..] = key.as_slice() else { continue };
        let effect = effect.parse::<Reason>().map_or(*effect, |reason| reason.effect().as_str());
        let is_both = effect == "both";
        let rows = [
            ("asked", true),
            ("released", is_both || effect == Effect::Permit.as_str()),
            ("denied", is_both || effect == Effect::Deny.as_str()),
        ];
        for (row, counts_here) in rows {
            let sums = if counts_here { sums.to_vec() } else { vec![0; sums.len()] };
            add(&mut figures, vec![(*class).to_owned(), row.to_owned()], &sums);
        }
    }
    figures
}

/// Kind and instrument of every registered paper, by its id.
fn papers(counts: &Counts) -> BTreeMap<String, (String, String)> {
    let papers = counts.dated(Counted::Basis);
    let known = papers.filter_map(|(key, _)| Some((text(&key, 0)?, (text(&key, 1)?, text(&key, 2)?))));
    known.collect()
}

fn uses(counts: &Counts) -> Figures {
    let (papers, mut figures) = (papers(counts), Figures::new());
    for (key, sums) in counts.of_kind(Counted::BasisUse) {
        let paper = text(&key, 0).and_then(|id| papers.get(&id).cloned());
        // Bases of the first version were recorded without an entry of this shape.
        let (kind, instrument) = paper.unwrap_or_else(|| ("other".to_owned(), "none".to_owned()));
        add(&mut figures, vec![kind, instrument], sums);
    }
    figures
}

fn steps(counts: &Counts) -> Figures {
    let (papers, mut figures) = (papers(counts), Figures::new());
    for (key, sums) in counts.of_kind(Counted::Basis) {
        add(&mut figures, vec![text(&key, 1).unwrap_or_default(), "registered".to_owned()], sums);
    }
    for (key, sums) in counts.of_kind(Counted::Step) {
        let (Some(id), Some(step)) = (text(&key, 0), text(&key, 1)) else { continue };
        let kind = papers.get(&id).map_or_else(|| "other".to_owned(), |(kind, _)| kind.clone());
        add(&mut figures, vec![kind, step], sums);
    }
    figures
}

/// Emergencies: registered, found justified or not, and not reviewed in time.
fn emergencies(counts: &Counts) -> Figures {
    let rows = ["registered", "justified", "not_justified", "review_late"];
    let mut figures = with(Figures::new(), &rows, counts);
    let mut settled: BTreeMap<String, Day> = BTreeMap::new();
    let of = |key: &[&str], papers: &BTreeMap<String, (String, String)>| {
        let id = text(key, 0)?;
        papers.get(&id).is_some_and(|(kind, _)| kind == BasisKind::EmergencyException.as_str()).then_some(id)
    };
    let papers = papers(counts);
    for (key, day) in counts.dated(Counted::Step) {
        let (Some(id), Some(step)) = (of(&key, &papers), text(&key, 1)) else { continue };
        if ["justified", "not_justified", "rejected"].contains(&step.as_str()) {
            settled.entry(id).and_modify(|first| *first = day.min(*first)).or_insert(day);
        }
        if rows.contains(&step.as_str()) {
            add(&mut figures, vec![step], &counts.since(day));
        }
    }
    for (key, day) in counts.dated(Counted::Basis) {
        let Some(id) = of(&key, &papers) else { continue };
        add(&mut figures, vec!["registered".to_owned()], &counts.since(day));
        let due = day.plus(REVIEW_DAYS);
        if settled.get(&id).is_none_or(|settled| *settled > due) {
            add(&mut figures, vec!["review_late".to_owned()], &counts.since(due.plus(1)));
        }
    }
    figures
}
