//! What can be chosen in a form: the word that is sent, and the text that is read.

use super::Frame;
use super::words::Word;

/// A word and its text.
pub(super) type Choice = (String, String);

/// The members of a closed set, in the reader's language.
pub(super) fn choices<W: Word + ToString>(frame: &Frame, words: impl IntoIterator<Item = W>) -> Vec<Choice> {
    words.into_iter().map(|word| (word.to_string(), frame.word(&word))).collect()
}
