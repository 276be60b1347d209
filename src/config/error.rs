//! Why settings were refused. Messages name the key, the place and what was expected; they never show a secret, nor
//! the value of a key nobody knows (it may be a misspelt secret).

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::place::Place;

/// Settings that cannot be used; the program must not start with them.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The settings file was named but could not be read.
    #[error("cannot read the settings file `{}`", path.display())]
    Unreadable {
        /// The file as it was named.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// The settings file is not TOML.
    #[error("{place}: not valid TOML: {message}")]
    Syntax {
        /// The line that the reader stumbled over.
        place: Place,
        /// The reader's words, on one line.
        message: String,
    },
    /// A key or section that does not exist.
    #[error("{place}: unknown {what} `{name}`; expected one of {known}")]
    Unknown {
        /// Where it stands.
        place: Place,
        /// `key` or `section`.
        what: &'static str,
        /// The name as given.
        name: String,
        /// The names that exist, joined by commas.
        known: String,
    },
    /// An environment variable with our prefix that names no key.
    #[error("{place}: expected a name of the form `ZAGUAN__SECTION__KEY` in capitals")]
    Variable {
        /// The variable.
        place: Place,
    },
    /// A value of the wrong kind or out of range.
    #[error("{place}: `{key}`: expected {expected}, found {found}")]
    Wrong {
        /// Where the value stands.
        place: Place,
        /// `section.key`.
        key: String,
        /// What would have been right.
        expected: String,
        /// What stood there; never the value of a secret.
        found: String,
    },
    /// Two ways of giving the same secret at once.
    #[error("{place}: `{key}` and `{key}_file` are both set; expected only one of them")]
    BothGiven {
        /// Where the direct value stands.
        place: Place,
        /// `section.key`.
        key: String,
    },
    /// A secret in a file that everybody on the machine can read.
    #[error("{place}: `{key}`: the file `{}` can be used by everybody (mode {mode:04o}); expected at most 0640", path.display())]
    ExposedFile {
        /// Where the file is named.
        place: Place,
        /// `section.key_file`.
        key: String,
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A secret's file that cannot be read.
    #[error("{place}: `{key}`: cannot read the file `{}`; expected a readable text file of at most 64 KiB", path.display())]
    UnreadableFile {
        /// Where the file is named.
        place: Place,
        /// `section.key_file`.
        key: String,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
}
