//! A report in a few sentences.

use super::said::in_words;
use crate::domain::report::{Report, Row, Section, Shown};
use crate::i18n::Tongue;

/// The sentences, each about one figure and its counterpart in the period before.
const SENTENCES: [(&str, Section, &[&str]); 8] = [
    ("report-say-immigration", Section::Requesters, &["federal_immigration"]),
    ("report-say-denied", Section::Outcomes, &["denied"]),
    ("report-say-partial", Section::Outcomes, &["partial"]),
    ("report-say-released", Section::Outcomes, &["released"]),
    ("report-say-emergencies", Section::Emergencies, &["registered"]),
    ("report-say-late", Section::Emergencies, &["review_late"]),
    ("report-say-1373", Section::Flags, &["counsel_review_1373"]),
    ("report-say-violations", Section::Violations, &["opened"]),
];

/// The summary, sentence by sentence.
pub(super) fn of(report: &Report, tongue: Tongue) -> Vec<String> {
    let sentence = |(key, section, words): &(&str, Section, &[&str])| {
        let row = report.rows(*section).iter().find(|row| row.words == *words);
        let now = row.map_or(Shown::None, |row| row.now);
        let before = row.and_then(|row: &Row| row.before).unwrap_or(Shown::None);
        tongue.say_with(key, [("now", in_words(tongue, now).into()), ("before", in_words(tongue, before).into())])
    };
    SENTENCES.iter().map(sentence).collect()
}

/// What is certified not to have happened; or that nothing can be.
pub(super) fn nil(report: &Report, tongue: Tongue) -> Vec<String> {
    let certified =
        [("report-nil-immigration", report.nil.federal_immigration), ("report-nil-outside", report.nil.from_outside)];
    certified.iter().filter(|(_, is_nil)| *is_nil).map(|(key, _)| tongue.say(key)).collect()
}
