//! Whole numbers as the C2SP formats write them: ASCII decimal without sign or leading zeros.
//!
//! It must never accept a second spelling of a number: `+1`, `01` and an empty string are refused.

/// The number that `text` spells, or `None` where [`u64`]'s own printing would differ.
pub(super) fn parse_decimal(text: &str) -> Option<u64> {
    let canonical = text == "0" || !text.starts_with('0');
    let digits_only = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if canonical && digits_only { text.parse().ok() } else { None }
}
