//! Values that must not be seen: held wiped after use, and read from files that only their owner may open.
//! Never printed, never compared with `==`, never serialized.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use zeroize::Zeroizing;

const LARGEST_FILE_BYTES: u64 = 64 * 1024;
const ANYBODY: u32 = 0o007;

/// A secret text, or none. `Debug` says only whether it is set; the memory is wiped when it is dropped.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Keeps `text`; an empty text means "not set".
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Whether there is anything in it.
    #[must_use]
    pub fn is_set(&self) -> bool {
        !self.0.is_empty()
    }

    /// The secret itself; empty when not set. Do not log it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What may be shown in its stead.
    pub(crate) fn as_shown(&self) -> &'static str {
        if self.is_set() { "(set)" } else { "(not set)" }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_shown())
    }
}

/// Why a secret's file was refused.
pub(super) enum FileProblem {
    Exposed { mode: u32 },
    Unreadable(io::Error),
}

impl From<io::Error> for FileProblem {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

/// Reads a secret from its file, less one trailing newline.
///
/// The permissions are those of the opened file, so that nobody can swap it between the look and the read.
pub(super) fn read_secret_file(path: &Path) -> Result<Secret, FileProblem> {
    let file = File::open(path)?;
    let about = file.metadata()?;
    let mode = about.permissions().mode() & 0o7777;
    if !about.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file").into());
    }
    if mode & ANYBODY != 0 {
        return Err(FileProblem::Exposed { mode });
    }
    // Room for all of it at once: a text that grows leaves unwiped copies of itself behind.
    let mut text =
        Zeroizing::new(String::with_capacity(usize::try_from(about.len().min(LARGEST_FILE_BYTES)).unwrap_or(0) + 1));
    file.take(LARGEST_FILE_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST_FILE_BYTES {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "larger than 64 KiB").into());
    }
    let kept = text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(&text).to_owned();
    Ok(Secret::new(kept))
}
