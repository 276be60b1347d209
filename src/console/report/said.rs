//! What people call the rows and figures of a report.

use chrono::{Datelike as _, NaiveDate};

use super::super::words::Word;
use super::view::StoreName;
use crate::domain::decision::{Outcome, Reason};
use crate::domain::field::FieldClass;
use crate::domain::legal_basis::check::CheckId;
use crate::domain::legal_basis::{BasisKind, Instrument};
use crate::domain::report::{Section, Shown};
use crate::domain::staff::Role;
use crate::domain::{Purpose, RequesterKind};
use crate::i18n::Tongue;

/// What a row is called: each of its words, as people of the city say it.
pub(super) fn row(tongue: Tongue, section: Section, words: &[String], store: StoreName<'_>) -> Vec<String> {
    let say = |(word, place): (&String, usize)| match (section, place) {
        (Section::Stores | Section::Delays, 0) => store(word),
        _ => said(tongue, section, place, word),
    };
    let mut said: Vec<String> = words.iter().zip(0..).map(say).collect();
    if let Some(first) = said.first_mut() {
        *first = capitalised(first);
    }
    said
}

fn said(tongue: Tongue, section: Section, place: usize, word: &str) -> String {
    let named = match (section, place) {
        (Section::Requesters, _) => parsed::<RequesterKind>(tongue, word),
        (Section::Purposes, _) => parsed::<Purpose>(tongue, word),
        (Section::Outcomes, _) | (Section::Stores, 1) => parsed::<Outcome>(tongue, word),
        (Section::Denials, 0) => parsed::<Reason>(tongue, word),
        (Section::Denials, _) => Some(tongue.say_with("report-policy", [("hash", word.to_owned().into())])),
        (Section::ClassRequests | Section::ClassFields, 0) => parsed::<FieldClass>(tongue, word),
        (Section::Instruments, 0) | (Section::BasisUses, 1) => parsed::<Instrument>(tongue, word),
        (Section::BasisUses | Section::BasisSteps, 0) => parsed::<BasisKind>(tongue, word),
        (Section::FailedChecks, _) => {
            word.parse::<CheckId>().ok().map(|check| format!("{word} · {}", check.title(tongue.language())))
        }
        (Section::Accounts, _) => parsed::<Role>(tongue, word),
        (Section::Months | Section::ImmigrationPapers, _) => word.parse().ok().map(|day| month(tongue, day)),
        _ => None,
    };
    named.unwrap_or_else(|| {
        let key = format!("report-row-{}", word.replace('_', "-"));
        if tongue.knows(&key) { tongue.say(&key) } else { word.to_owned() }
    })
}

/// A month that is counted from its first day; else from which day on it is.
fn month(tongue: Tongue, from: NaiveDate) -> String {
    if from.day() == 1 {
        tongue.month(from)
    } else {
        tongue.say_with("report-from-day", [("day", tongue.day(from).into())])
    }
}

fn parsed<T: Word + std::str::FromStr>(tongue: Tongue, word: &str) -> Option<String> {
    word.parse::<T>().ok().map(|word| word.said(tongue))
}

/// A figure as it stands in a table.
pub(super) fn figure(tongue: Tongue, shown: Shown) -> String {
    match shown {
        Shown::None => "0".to_owned(),
        Shown::Few => tongue.say("report-few"),
        Shown::About(number) | Shown::Exact(number) => tongue.number(number),
        Shown::Within(delay) => tongue.say(&format!("report-delay-{}", delay.as_str().replace('_', "-"))),
    }
}

/// A figure as it stands in a sentence.
pub(super) fn in_words(tongue: Tongue, shown: Shown) -> String {
    match shown {
        Shown::None | Shown::Exact(0) => tongue.say("report-count-none"),
        Shown::Few => tongue.say("report-count-few"),
        Shown::About(number) => tongue.say_with("report-count-about", [("number", tongue.number(number).into())]),
        Shown::Exact(_) | Shown::Within(_) => figure(tongue, shown),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
