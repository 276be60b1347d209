//! Sentences, dates and numbers in the reader's language.
//!
//! Every sentence stands in `web/locales`, once for each language, in Fluent's own syntax; a test compares them. What has
//! no sentence is shown as its key, so that a page is never without words because one of them is missing.

mod bundle;
mod dates;

use fluent_bundle::{FluentArgs, FluentValue};

use crate::domain::language::Language;

pub use bundle::{FILES, keys};
pub use dates::MOUNTAIN;

/// Speaks one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tongue(Language);

/// What stands in a sentence for a name of its own: a text, or a number that the language counts by.
pub type Value<'a> = FluentValue<'a>;

impl Tongue {
    /// Whoever speaks that language.
    #[must_use]
    pub const fn of(language: Language) -> Self {
        Self(language)
    }

    /// The language.
    #[must_use]
    pub const fn language(self) -> Language {
        self.0
    }

    /// The sentence of that key.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        self.say_with(key, [])
    }

    /// The sentence of that key, with what it names filled in.
    #[must_use]
    pub fn say_with<'a>(self, key: &str, values: impl IntoIterator<Item = (&'a str, Value<'a>)>) -> String {
        let args: FluentArgs<'a> = values.into_iter().collect();
        bundle::say(self.0, key, &args).unwrap_or_else(|| {
            tracing::error!(key, language = %self.0, "a sentence is missing");
            format!("[{key}]")
        })
    }

    /// Whether there is such a sentence.
    #[must_use]
    pub fn knows(self, key: &str) -> bool {
        bundle::knows(self.0, key)
    }

    /// A whole number, its thousands apart. As people in the United States write it, in both languages (CLDR, `es-US`).
    #[must_use]
    pub fn number(self, number: i64) -> String {
        bundle::grouped(&number.to_string())
    }
}
