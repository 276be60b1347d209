//! Checkpoints: what a log commits to by signing it — its origin, size and root (C2SP tlog-checkpoint).
//!
//! A checkpoint must never be made of a tree that could still be lost: sign only what is durably
//! stored, for two checkpoints that cannot both be true convict the log. Nor may one be believed
//! that a key of another log has signed: [`Checkpoint::open`] wants a signature by a key whose
//! name is the origin.

use super::decimal::parse_decimal;
use super::hash::{Hash, empty_root};
use super::key::{Signer, Verifier};
use super::note::{MAX_TEXT_BYTES, Note, NoteError, sign};

/// A log's statement: the tree `origin` keeps has `size` leaves and this root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
    extensions: Vec<String>,
}

/// Why a checkpoint is not one, or is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// An origin is one line, not empty and without control characters.
    #[error("not a checkpoint origin")]
    Origin,
    /// A size is decimal without leading zeros and fits 64 bits.
    #[error("not a tree size")]
    Size,
    /// A root is the base64 of 32 bytes; that of size zero is the empty tree's.
    #[error("not a root hash")]
    Root,
    /// An extension is one line, not empty and without control characters.
    #[error("not an extension line")]
    Extension,
    /// The text does not have three lines, each ending in a newline, or is too large.
    #[error("not a checkpoint")]
    Format,
    /// The signer's name is not the origin.
    #[error("`{signer}` cannot sign for origin `{origin}`")]
    WrongSigner {
        /// Name of the signer.
        signer: String,
        /// Origin of the checkpoint.
        origin: String,
    },
    /// The checkpoint is another log's.
    #[error("the checkpoint is of origin `{found}`, not `{expected}`")]
    WrongOrigin {
        /// Origin asked for.
        expected: String,
        /// Origin found.
        found: String,
    },
    /// Known keys have signed, but none with the origin's name.
    #[error("the checkpoint is not signed by its origin")]
    NotSignedByOrigin,
    /// The signed note around it is malformed or does not verify.
    #[error("the signed note around the checkpoint is not valid")]
    Note(#[from] NoteError),
}

impl Checkpoint {
    /// A checkpoint without extensions.
    ///
    /// # Errors
    /// When the origin is not one printable line, or a tree of size zero has another root than
    /// the empty tree's.
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        if !is_line(origin) {
            return Err(CheckpointError::Origin);
        }
        if size == 0 && root != empty_root() {
            return Err(CheckpointError::Root);
        }
        let checkpoint = Self { origin: origin.to_owned(), size, root, extensions: Vec::new() };
        checkpoint.bounded()
    }

    /// The same with these extension lines, which the specification advises against.
    ///
    /// # Errors
    /// When a line is empty or not printable, or the whole becomes too large.
    pub fn with_extensions(mut self, lines: Vec<String>) -> Result<Self, CheckpointError> {
        if !lines.iter().all(|line| is_line(line)) {
            return Err(CheckpointError::Extension);
        }
        self.extensions = lines;
        self.bounded()
    }

    /// Name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Number of leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Root of the tree.
    #[must_use]
    pub const fn root(&self) -> Hash {
        self.root
    }

    /// Extension lines, without their newlines.
    #[must_use]
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    /// The text that is signed: origin, size and root, a line each, and the extension lines.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = format!("{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64());
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// Reads what [`encode`](Self::encode) writes. Nothing says yet that anybody has signed it.
    ///
    /// # Errors
    /// Any other spelling is refused.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.strip_suffix('\n').ok_or(CheckpointError::Format)?.split('\n');
        let origin = lines.next().ok_or(CheckpointError::Format)?;
        let size = lines.next().ok_or(CheckpointError::Format)?;
        let root = lines.next().ok_or(CheckpointError::Format)?;
        let size = parse_decimal(size).ok_or(CheckpointError::Size)?;
        let root = Hash::from_base64(root).map_err(|_| CheckpointError::Root)?;
        Self::new(origin, size, root)?.with_extensions(lines.map(str::to_owned).collect())
    }

    /// The checkpoint as a signed note. The same checkpoint always gives the same bytes.
    ///
    /// # Errors
    /// When the signer's name is not the origin: nobody would believe it.
    pub fn sign(&self, signer: &Signer) -> Result<String, CheckpointError> {
        if signer.name() != self.origin {
            let (signer, origin) = (signer.name().to_owned(), self.origin.clone());
            return Err(CheckpointError::WrongSigner { signer, origin });
        }
        Ok(sign(&self.encode(), &[signer])?)
    }

    /// Opens a signed checkpoint of the log called `origin`.
    ///
    /// # Errors
    /// When the note does not verify (see [`Note::open`]), is no checkpoint or another log's, or
    /// carries no verified signature by a key named like the origin.
    pub fn open(bytes: &[u8], known: &[Verifier], origin: &str) -> Result<Self, CheckpointError> {
        let note = Note::open(bytes, known)?;
        let checkpoint = Self::parse(note.text())?;
        if checkpoint.origin != origin {
            return Err(CheckpointError::WrongOrigin { expected: origin.to_owned(), found: checkpoint.origin });
        }
        if !note.verified().iter().any(|signature| signature.name() == origin) {
            return Err(CheckpointError::NotSignedByOrigin);
        }
        Ok(checkpoint)
    }

    fn bounded(self) -> Result<Self, CheckpointError> {
        if self.encode().len() > MAX_TEXT_BYTES { Err(CheckpointError::Format) } else { Ok(self) }
    }
}

/// One line: not empty, and no character below U+0020 (which a note could not carry).
fn is_line(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte >= 0x20)
}
