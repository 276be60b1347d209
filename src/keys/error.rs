//! Why a key file was refused. Messages name the file and the line, never what stands in it.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A key that cannot be used or written.
#[derive(Debug, Error)]
pub enum KeyError {
    /// There is no such file yet.
    #[error("the key file `{}` does not exist", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// A key is never overwritten: what it sealed or signed would be lost.
    #[error("the key file `{}` exists already and is left as it is", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file could not be read.
    #[error("cannot read the key file `{}`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// The file could not be written; what stood there before still stands.
    #[error("cannot write the key file `{}`", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// Others than the owner may use the file.
    #[error("the key file `{}` is open to others (mode {mode:04o}); expected at most {most:04o}", path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
        /// The permission bits that it may have.
        most: u32,
    },
    /// A line is not as it must be.
    #[error("{origin}, line {line}: {problem}")]
    Line {
        /// The file, or what else the text came from.
        origin: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        problem: LineProblem,
    },
    /// No key at all.
    #[error("{origin}: no key in it")]
    Empty {
        /// The file, or what else the text came from.
        origin: String,
    },
    /// The key belongs to another log.
    #[error("{origin}: the key is for the log `{found}`; expected `{expected}`")]
    OtherLog {
        /// The file.
        origin: String,
        /// The log that was asked for.
        expected: String,
        /// The log that the key names.
        found: String,
    },
    /// The name can be no key name.
    #[error("`{name}` cannot name a log; expected a text without spaces and without `+`")]
    Name {
        /// The name as given.
        name: String,
    },
    /// Another key came into force in the meantime.
    #[error("the key `{found}` is in force in the file, and not `{expected}`; restart with the current key files")]
    Rotated {
        /// The key that was to stay.
        expected: String,
        /// The one that stands first in the file.
        found: String,
    },
    /// No randomness could be had, so no key was made.
    #[error("no random bytes for a new key: {reason}")]
    Random {
        /// What the source of randomness said.
        reason: String,
    },
}

/// What is wrong with one line of a key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LineProblem {
    /// A line of the master key ring that has another form.
    #[error("expected 8 hexadecimal digits in lower case, a space and 32 bytes in base64")]
    RingForm,
    /// The id does not fit the key.
    #[error("the key id does not belong to the key; one of the two was altered")]
    WrongId,
    /// The same key id again.
    #[error("the same key id stands on an earlier line")]
    Duplicate,
    /// A signing key that has another form.
    #[error("expected `PRIVATE+KEY+`, the log's name, `+`, 8 hexadecimal digits, `+` and 33 bytes in base64")]
    PrivateForm,
    /// A verifier key that has another form.
    #[error("expected the log's name, `+`, 8 hexadecimal digits, `+` and 33 bytes in base64")]
    VerifierForm,
    /// More than one line where one key belongs.
    #[error("expected nothing behind the first line")]
    Surplus,
}
