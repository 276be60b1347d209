//! One folded form for texts that people spell in several ways.
//!
//! Used to compare, never to show: the text as given is kept beside it. Must never drop or invent a letter, only bring
//! compatibility forms (full width, ligatures, composed accents) and letter case together. Folding is the same in every
//! locale: `I` folds to `i`, and the Turkish dotless `ı` stays a letter of its own.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

/// NFKC, then lower case, then NFKC again, because lower-casing can undo the first normalisation.
///
/// Text that is already folded ASCII is borrowed: it is the hot path of every decision.
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Cow::Owned(text.to_ascii_lowercase());
        }
        return Cow::Borrowed(text);
    }
    let compatible: String = text.nfkc().collect();
    Cow::Owned(compatible.to_lowercase().nfkc().collect())
}

/// Characters that a reader cannot see and that would let two names look alike while they differ.
///
/// The default-ignorable code points of Unicode that occur in practice: soft hyphen, joiners, zero-width spaces, bidi
/// controls, variation selectors, fillers and tags.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}'
    )
}
