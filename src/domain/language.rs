//! The languages that every sentence exists in.
//!
//! Must never hold text: the sentences stand beside what they explain.

use super::closed_set::closed_set;

/// A language that the city answers in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Language {
    /// English, the default.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

// The words are BCP 47 tags, as they stand in `lang` attributes and `Accept-Language`.
closed_set!(Language, "language", {
    English => "en",
    Spanish => "es",
});
