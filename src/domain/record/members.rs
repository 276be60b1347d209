//! Reading a record as it stands: one pass over its bytes, which also demands the canonical spelling.
//!
//! Must never build a value and write it again to compare: whoever verifies a log reads millions of records.

use std::borrow::Cow;

use super::NotCanonical;
use super::scanner::Scanner;

/// Objects and arrays within each other; as deep as other people's JSON readers go.
const MAX_DEPTH: u8 = 127;

/// The members of a canonical record, as they are spelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members<'a>(Vec<(&'a str, Spelled<'a>)>);

impl<'a> Members<'a> {
    /// Reads stored bytes, which must be an object in the canonical form ([RFC 8785](https://www.rfc-editor.org/rfc/rfc8785),
    /// restricted as records are) and nothing else.
    ///
    /// # Errors
    /// How they differ.
    pub fn read(record: &'a [u8]) -> Result<Self, NotCanonical> {
        let text = std::str::from_utf8(record).map_err(|_| NotCanonical::Json)?;
        let mut scanner = Scanner { text, at: 0 };
        let mut members = Vec::with_capacity(24);
        scanner.object(MAX_DEPTH, &mut |key, value| members.push((key, Spelled(value))))?;
        if scanner.at == text.len() { Ok(Self(members)) } else { Err(scanner.surprise()) }
    }

    /// The members, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, Spelled<'a>)> {
        self.0.iter().copied()
    }

    /// A member; `None` when there is none of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Spelled<'a>> {
        // Canonical keys stand in order.
        let place = self.0.binary_search_by_key(&name, |(key, _)| key).ok()?;
        self.0.get(place).map(|(_, value)| *value)
    }

    /// The text of a member; `None` when there is none of that name, or it is no text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.get(name)?.text()
    }

    /// The text of a member that is spelled without escapes; empty when there is none.
    #[must_use]
    pub fn word(&self, name: &str) -> &'a str {
        self.get(name).and_then(Spelled::word).unwrap_or_default()
    }
}

/// A value of a canonical record, as it is spelled. It was scanned once, so that nothing in it is demanded again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spelled<'a>(&'a str);

impl<'a> Spelled<'a> {
    /// The text, if it is one.
    #[must_use]
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self.word() {
            Some(word) => Some(Cow::Borrowed(word)),
            None => serde_json::from_str(self.0).ok().map(Cow::Owned),
        }
    }

    /// The text, if it is one and is spelled without escapes.
    #[must_use]
    pub fn word(self) -> Option<&'a str> {
        let text = self.0.strip_prefix('"')?.strip_suffix('"')?;
        (!text.contains('\\')).then_some(text)
    }

    /// Hands on the members of an object; nothing when it is none.
    pub fn each_member(self, mut take: impl FnMut(&'a str, Self)) {
        let mut scanner = Scanner { text: self.0, at: 0 };
        let _ = scanner.object(MAX_DEPTH, &mut |key, value| take(key, Self(value)));
    }

    /// Hands on the items of an array; nothing when it is none.
    pub fn each_item(self, mut take: impl FnMut(Self)) {
        let mut scanner = Scanner { text: self.0, at: 0 };
        let _ = scanner.array(MAX_DEPTH, &mut |value| take(Self(value)));
    }
}
