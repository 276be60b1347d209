//! One folded form for the names of courts and offices.
//!
//! Used to compare, never to show. Must never drop a word that tells one court from another.

use unicode_normalization::UnicodeNormalization as _;

use crate::domain::fold::{folded, is_invisible};

/// Short forms that become the words they stand for. None of them is a word of its own in a court's name.
const SHORT_FORMS: [(&str, &[&str]); 14] = [
    ("us", &["united", "states"]),
    ("usa", &["united", "states"]),
    ("usdc", &["united", "states", "district", "court"]),
    ("nm", &["new", "mexico"]),
    ("nmex", &["new", "mexico"]),
    ("dnm", &["district", "new", "mexico"]),
    ("dist", &["district"]),
    ("ct", &["court"]),
    ("cir", &["circuit"]),
    ("cnty", &["county"]),
    ("co", &["county"]),
    ("jud", &["judicial"]),
    ("mag", &["magistrate"]),
    ("metro", &["metropolitan"]),
];

/// Words that papers put in or leave out as they please.
const EMPTY_WORDS: [&str; 8] = ["the", "of", "for", "in", "and", "a", "at", "state"];

/// Ordinals in digits, as they stand in short forms.
const ORDINALS: [(&str, &str); 13] = [
    ("1st", "first"),
    ("2nd", "second"),
    ("3rd", "third"),
    ("4th", "fourth"),
    ("5th", "fifth"),
    ("6th", "sixth"),
    ("7th", "seventh"),
    ("8th", "eighth"),
    ("9th", "ninth"),
    ("10th", "tenth"),
    ("11th", "eleventh"),
    ("12th", "twelfth"),
    ("13th", "thirteenth"),
];

/// The form by which names of courts are compared.
pub(super) fn court_key(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in words_of(name) {
        let ordinal = ORDINALS.iter().find(|(short, _)| *short == word).map(|(_, long)| *long);
        match SHORT_FORMS.iter().find(|(short, _)| *short == word) {
            Some((_, long)) => words.extend(long.iter().map(|word| (*word).to_owned())),
            None if EMPTY_WORDS.contains(&word.as_str()) => {}
            None => words.push(ordinal.map_or(word, str::to_owned)),
        }
    }
    words.join(" ")
}

/// The words of a text: folded, without accents, split at everything that is neither letter nor digit. Letters that stand
/// alone beside each other are one word, so that `U.S.`, `U. S.` and `US` are the same.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let bare: String = folded(&visible).nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let bare = bare.replace('&', " and ").replace(['\'', '’'], "");
    let mut words: Vec<String> = Vec::new();
    let mut was_alone = false;
    for word in bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let is_alone = word.chars().count() == 1;
        match words.last_mut() {
            Some(last) if is_alone && was_alone => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        was_alone = is_alone;
    }
    words
}
