//! Signed notes: text with signature lines under it (C2SP signed-note).
//!
//! The text of a note must never be looked at before a known key's signature on it has verified,
//! so there is no way here to parse a note without [`Note::open`]ing it. Sizes are bounded before
//! anything is decoded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::key::{Signer, Verifier, is_key_name};

/// Longest text of a note in bytes.
pub const MAX_TEXT_BYTES: usize = 1 << 20;

/// Most signatures on a note.
pub const MAX_SIGNATURES: usize = 100;

/// Longest note in bytes, signatures included.
pub const MAX_NOTE_BYTES: usize = 2 << 20;

/// What a signature line starts with: em dash and space.
const LINE_START: &str = "— ";

/// A note of which at least one known key's signature has verified, and none has failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    verified: Vec<Signature>,
    unverified: Vec<Signature>,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    name: String,
    key_id: u32,
    bytes: Vec<u8>,
}

/// Why a note cannot be signed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Text or note exceed their bounds.
    #[error("the note is too large")]
    TooLarge,
    /// Not valid UTF-8.
    #[error("the note is not UTF-8")]
    NotUtf8,
    /// A character below U+0020 other than the newline.
    #[error("the note has a control character")]
    ControlCharacter,
    /// The text does not end in a newline.
    #[error("the text of a note ends in a newline")]
    NoFinalNewline,
    /// No blank line with signature lines below it, or no signer given.
    #[error("the note has no signatures")]
    NoSignatures,
    /// More than 100 signatures.
    #[error("the note has too many signatures")]
    TooManySignatures,
    /// A line below the last blank line is no signature line.
    #[error("the note has a malformed signature line")]
    MalformedSignature,
    /// A known key's signature does not verify.
    #[error("the signature of `{0}` does not verify")]
    BadSignature(String),
    /// Two different known keys share name and key id.
    #[error("two known keys are called `{0}` and share a key id")]
    AmbiguousKey(String),
    /// No known key has signed.
    #[error("no known key has signed the note")]
    Unverified,
}

impl Signature {
    /// Name of the key.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Id of the key.
    #[must_use]
    pub const fn key_id(&self) -> u32 {
        self.key_id
    }

    /// The signature without the key id; 64 bytes for Ed25519.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) const fn new(name: String, key_id: u32, bytes: Vec<u8>) -> Self {
        Self { name, key_id, bytes }
    }

    /// The signature as a line beneath a note, with its newline.
    #[must_use]
    pub fn to_line(&self) -> String {
        let mut blob = self.key_id.to_be_bytes().to_vec();
        blob.extend_from_slice(&self.bytes);
        format!("{LINE_START}{} {}\n", self.name, STANDARD.encode(blob))
    }

    /// Reads what [`to_line`](Self::to_line) writes, without the newline. It verifies nothing.
    #[must_use]
    pub fn parse_line(line: &str) -> Option<Self> {
        let (name, blob) = line.strip_prefix(LINE_START)?.split_once(' ')?;
        let blob = STANDARD.decode(blob).ok()?;
        let (key_id, bytes) = blob.split_first_chunk::<4>()?;
        if bytes.is_empty() || !is_key_name(name) {
            return None;
        }
        Some(Self { name: name.to_owned(), key_id: u32::from_be_bytes(*key_id), bytes: bytes.to_vec() })
    }

    fn is_by(&self, verifier: &Verifier) -> bool {
        self.key_id == verifier.key_id() && self.name == verifier.name()
    }
}

/// Signs a text: the text, a blank line, and one line for each signer.
///
/// # Errors
/// When the text does not end in a newline, has a control character or is too large, or when
/// there are no signers or more than 100.
pub fn sign(text: &str, signers: &[&Signer]) -> Result<String, NoteError> {
    check_characters(text)?;
    if text.len() > MAX_TEXT_BYTES {
        return Err(NoteError::TooLarge);
    }
    if !text.ends_with('\n') {
        return Err(NoteError::NoFinalNewline);
    }
    if signers.is_empty() {
        return Err(NoteError::NoSignatures);
    }
    if signers.len() > MAX_SIGNATURES {
        return Err(NoteError::TooManySignatures);
    }
    let lines = signers.iter().map(|signer| signature_of(signer, text).to_line());
    let note: String = [text.to_owned(), "\n".to_owned()].into_iter().chain(lines).collect();
    if note.len() > MAX_NOTE_BYTES { Err(NoteError::TooLarge) } else { Ok(note) }
}

fn signature_of(signer: &Signer, text: &str) -> Signature {
    Signature {
        name: signer.name().to_owned(),
        key_id: signer.key_id(),
        bytes: signer.sign_bytes(text.as_bytes()).to_vec(),
    }
}

impl Note {
    /// Opens a note: parses it and verifies every signature made by a key of `known`.
    ///
    /// Signatures of unknown keys are kept apart and prove nothing. Of several lines by one known
    /// key only the first counts, as in Go's `sumdb/note`.
    ///
    /// # Errors
    /// When the note is malformed, when any known key's signature fails, or when no known key has
    /// signed.
    pub fn open(bytes: &[u8], known: &[Verifier]) -> Result<Self, NoteError> {
        let (text, lines) = split(bytes)?;
        let mut note = Self { text: text.to_owned(), verified: Vec::new(), unverified: Vec::new() };
        for (position, line) in lines.split('\n').enumerate() {
            if position >= MAX_SIGNATURES {
                return Err(NoteError::TooManySignatures);
            }
            let signature = Signature::parse_line(line).ok_or(NoteError::MalformedSignature)?;
            note.sort_in(signature, known)?;
        }
        if note.verified.is_empty() { Err(NoteError::Unverified) } else { Ok(note) }
    }

    /// The signed text, final newline included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Signatures of known keys, each verified; never empty.
    #[must_use]
    pub fn verified(&self) -> &[Signature] {
        &self.verified
    }

    /// Signatures of keys that were not known. They prove nothing.
    #[must_use]
    pub fn unverified(&self) -> &[Signature] {
        &self.unverified
    }

    fn sort_in(&mut self, signature: Signature, known: &[Verifier]) -> Result<(), NoteError> {
        let Some(verifier) = find_key(&signature, known)? else {
            if !self.unverified.contains(&signature) {
                self.unverified.push(signature);
            }
            return Ok(());
        };
        if self.verified.iter().any(|seen| seen.is_by(verifier)) {
            return Ok(());
        }
        if !verifier.accepts(self.text.as_bytes(), &signature.bytes) {
            return Err(NoteError::BadSignature(signature.name));
        }
        self.verified.push(signature);
        Ok(())
    }
}

fn find_key<'a>(signature: &Signature, known: &'a [Verifier]) -> Result<Option<&'a Verifier>, NoteError> {
    let mut candidates = known.iter().filter(|verifier| signature.is_by(verifier));
    let first = candidates.next();
    if candidates.any(|other| Some(other) != first) {
        return Err(NoteError::AmbiguousKey(signature.name.clone()));
    }
    Ok(first)
}

/// Text with its final newline, and signature lines without theirs.
fn split(bytes: &[u8]) -> Result<(&str, &str), NoteError> {
    if bytes.len() > MAX_NOTE_BYTES {
        return Err(NoteError::TooLarge);
    }
    let note = std::str::from_utf8(bytes).map_err(|_| NoteError::NotUtf8)?;
    check_characters(note)?;
    // The text may hold blank lines itself; the signatures stand below the last one.
    let blank = note.rfind("\n\n").ok_or(NoteError::NoSignatures)?;
    let (text, rest) = note.split_at_checked(blank.saturating_add(1)).ok_or(NoteError::NoSignatures)?;
    if text.len() > MAX_TEXT_BYTES {
        return Err(NoteError::TooLarge);
    }
    let lines = rest.strip_prefix('\n').and_then(|rest| rest.strip_suffix('\n'));
    Ok((text, lines.ok_or(NoteError::NoSignatures)?))
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    if text.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
        return Err(NoteError::ControlCharacter);
    }
    Ok(())
}
