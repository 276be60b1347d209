//! Where a value came from, so that an error or a listing can point at it. Never holds a value, only its place.

use std::fmt;
use std::path::PathBuf;

/// The origin of one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Nobody gave it; the built-in default holds.
    Default,
    /// A line of the settings file.
    File {
        /// The file as it was named by the operator.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// An environment variable, by its full name.
    Environment {
        /// Such as `ZAGUAN__SERVER__LISTEN`.
        variable: String,
    },
}

impl Place {
    /// The words for the comment behind a value in a listing.
    pub(crate) fn as_comment(&self) -> String {
        match self {
            Self::Default => "default".to_owned(),
            Self::File { path, line } => format!("file {}:{line}", printable(&path.to_string_lossy())),
            Self::Environment { variable } => format!("environment {}", printable(variable)),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("built-in default"),
            Self::File { path, line } => write!(f, "{}:{line}", printable(&path.to_string_lossy())),
            Self::Environment { variable } => write!(f, "environment variable `{}`", printable(variable)),
        }
    }
}

/// The text on one line and of bounded length: what an operator typed must not be able to forge log lines.
pub(crate) fn printable(text: &str) -> String {
    const LONGEST: usize = 120;
    let mut shown: String = text.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}
