//! Which passwords are refused: short ones, and those that everybody tries first.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// Fewer characters can be guessed.
pub const SHORTEST: usize = 12;

/// More are nobody's password.
pub const LONGEST: usize = 256;

/// Names of this program and of its city: anybody would try them here.
const LOCAL: [&str; 2] = ["zaguan", "lascruces"];

/// Letters, digits and signs in the order in which they lie on a keyboard or in the alphabet.
const RUNS: [&str; 6] =
    ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb"];

/// Passwords, and stems of passwords, that are tried first. Folded.
static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let list = include_str!("../../../config/common-passwords.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(folded);
    lines.flat_map(|line| [core_of(&line).to_owned(), line]).collect()
});

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too few or too many characters.
    #[error("a password has {SHORTEST} to {LONGEST} characters")]
    Length,
    /// The name to sign in with is in it.
    #[error("the password must not contain the username")]
    Username,
    /// It is the name of the program or the city, and next to nothing else.
    #[error("the password is little more than the name of this program or of the city")]
    Local,
    /// The same character, word or run of keys again and again.
    #[error("the password repeats itself, or follows the keyboard")]
    Monotonous,
    /// It stands on the list.
    #[error("the password is one of the most common ones, and would be tried first")]
    Common,
}

/// A password as it is hashed: in Unicode NFC, so that it is the same from every keyboard.
#[must_use]
pub fn normalised(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfc().collect())
}

/// Judges a password in NFC.
///
/// # Errors
/// Why it is refused.
pub fn check(password: &str, username: &str) -> Result<(), PasswordError> {
    if !(SHORTEST..=LONGEST).contains(&password.chars().count()) {
        return Err(PasswordError::Length);
    }
    let plain = Zeroizing::new(folded(password));
    if !username.is_empty() && plain.contains(&folded(username)) {
        return Err(PasswordError::Username);
    }
    let core = core_of(&plain);
    if LOCAL.iter().any(|name| is_little_more_than(core, name)) {
        return Err(PasswordError::Local);
    }
    if is_monotonous(&plain) {
        return Err(PasswordError::Monotonous);
    }
    let is_common = |text: &str| COMMON.contains(text) || COMMON.contains(&*unleet(text));
    let unit = repeated_unit(core);
    if is_common(&plain) || is_common(core) || is_common(unit) { Err(PasswordError::Common) } else { Ok(()) }
}

/// Lower case, and without the blanks and signs that are put between words.
fn folded(text: &str) -> String {
    let lower = text.nfkd().flat_map(char::to_lowercase);
    lower.filter(|c| c.is_alphanumeric() || "@$!".contains(*c)).collect()
}

/// What is left without the digits and signs at both ends.
fn core_of(text: &str) -> &str {
    let core = text.trim_matches(|c: char| c.is_ascii_digit() || !c.is_alphanumeric());
    if core.is_empty() { text } else { core }
}

/// Whether a name is in it, with fewer than four more letters around.
fn is_little_more_than(core: &str, name: &str) -> bool {
    let rest = unleet(core).replace(name, "");
    rest.len() < unleet(core).len() && rest.chars().count() < 4
}

/// Digits and signs that stand for letters, as letters.
fn unleet(text: &str) -> Zeroizing<String> {
    let letter = |c: char| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    Zeroizing::new(text.chars().map(letter).collect())
}

/// The shortest text of which this one is a repetition.
fn repeated_unit(text: &str) -> &str {
    let ends = text.char_indices().map(|(at, _)| at).skip(1);
    let mut units = ends.filter_map(|end| text.get(..end));
    units
        .find(|unit| text.len().is_multiple_of(unit.len()) && unit.repeat(text.len() / unit.len()) == text)
        .unwrap_or(text)
}

/// Whether it is made of three or fewer different characters, or of runs along the keyboard of four keys and more.
fn is_monotonous(text: &str) -> bool {
    let different: HashSet<char> = text.chars().collect();
    if different.len() <= 3 {
        return true;
    }
    let mut rest = text;
    while let Some(length) = run_at_start(rest) {
        rest = rest.get(length..).unwrap_or_default();
    }
    rest.is_empty()
}

/// How many bytes of a run of four keys or more the text begins with, in either direction.
fn run_at_start(text: &str) -> Option<usize> {
    let starts = |run: &str, length: usize| text.get(..length).is_some_and(|start| run.contains(start));
    (4..=text.len()).rev().find(|length| {
        RUNS.iter().any(|run| starts(run, *length) || starts(&run.chars().rev().collect::<String>(), *length))
    })
}
