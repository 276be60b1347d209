//! Query strings of links to other pages of a list.

use std::fmt::Write as _;

/// `name=value&…`, empty values left out, everything but unreserved characters percent-encoded (RFC 3986 §2).
pub(super) fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a String)>) -> String {
    let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    given.map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut coded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            coded.push(char::from(byte));
        } else {
            let _ = write!(coded, "%{byte:02X}");
        }
        coded
    })
}
