//! One column of a segment: the words that occur, and for each entry which of them.

use std::collections::BTreeMap;

use super::{LENGTH, Selection};

/// The words of a column, sorted, and a mark for each entry: 0 for none, else the number of the word, counted from 1.
///
/// Marks are one byte each while the words allow it, else two, the lower byte first. A column without words has no marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    words: Vec<String>,
    marks: Vec<u8>,
}

impl Column {
    /// The column of these values, in the order of the entries.
    #[must_use]
    pub fn of<S: AsRef<str>>(values: &[Option<S>]) -> Self {
        let mut numbers: BTreeMap<&str, u16> = values.iter().flatten().map(|word| (word.as_ref(), 0)).collect();
        for ((_, number), count) in numbers.iter_mut().zip(1..) {
            *number = count;
        }
        let mark = |value: &Option<S>| value.as_ref().and_then(|word| numbers.get(word.as_ref())).copied().unwrap_or(0);
        let marks = match width(numbers.len()) {
            0 => Vec::new(),
            width => values.iter().flat_map(|value| mark(value).to_le_bytes().into_iter().take(width)).collect(),
        };
        Self { words: numbers.into_keys().map(str::to_owned).collect(), marks }
    }

    /// Reads a column as it was stored; `None` when it is none.
    #[must_use]
    pub fn read(words: &str, marks: &[u8]) -> Option<Self> {
        let words: Vec<String> = serde_json::from_str(words).ok()?;
        (marks.len() == width(words.len()) * LENGTH).then(|| Self { words, marks: marks.to_vec() })
    }

    /// The words, as they are stored: a JSON array.
    #[must_use]
    pub fn words(&self) -> String {
        serde_json::Value::from(self.words.as_slice()).to_string()
    }

    /// The marks, as they are stored.
    #[must_use]
    pub fn marks(&self) -> &[u8] {
        &self.marks
    }

    /// The entries whose word is wanted.
    #[must_use]
    pub fn select(&self, wanted: impl Fn(&str) -> bool) -> Selection {
        // The mark 0 stands before the first word.
        let wanted: Vec<bool> = std::iter::once(false).chain(self.words.iter().map(|word| wanted(word))).collect();
        if !wanted.contains(&true) {
            return Selection::none();
        }
        let is_wanted = |mark: u16| wanted.get(usize::from(mark)).copied().unwrap_or(false);
        match width(self.words.len()) {
            0 => Selection::none(),
            1 => Selection::of(self.marks.iter().map(|mark| is_wanted(u16::from(*mark)))),
            _ => Selection::of(self.marks.as_chunks().0.iter().map(|mark| is_wanted(u16::from_le_bytes(*mark)))),
        }
    }
}

/// Bytes of a mark in a column of so many words.
const fn width(words: usize) -> usize {
    match words {
        0 => 0,
        1..=255 => 1,
        _ => 2,
    }
}
