//! What stands beneath a checkpoint: the witnesses' lines that verify over its text, and no others.

use chrono::{DateTime, Utc};

use crate::storage::audit::{self, CheckpointRow, CosignatureRow};
use crate::storage::{AnyConnection, StoreError};
use crate::tlog::{Checkpoint, CheckpointError, Cosignature, CosignatureError, Signature, Verifier, WitnessKey};

/// The keys of one log, and of those who witness it.
#[derive(Debug, Clone, Copy)]
pub struct LogKeys<'a> {
    /// The log's own, under the names of all its epochs.
    pub known: &'a [Verifier],
    /// The log's first name.
    pub origin: &'a str,
    /// The witnesses'.
    pub witnesses: &'a [WitnessKey],
}

/// A witness, as everybody may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessSeen {
    /// Its name.
    pub name: String,
    /// Its verifier key.
    pub key: String,
    /// What it cosigned last.
    pub last: Option<Cosigned>,
}

impl WitnessSeen {
    pub(super) fn unseen(key: &WitnessKey) -> Self {
        Self { name: key.name().to_owned(), key: key.to_string(), last: None }
    }
}

/// A cosignature, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cosigned {
    /// Entries under the checkpoint.
    pub size: u64,
    /// When, by the witness's clock.
    pub at: DateTime<Utc>,
}

impl LogKeys<'_> {
    /// A note of this log with the witnesses' lines beneath it. A note that our own keys do not open is left as it is: its
    /// reader will find that out.
    pub(in crate::app) fn cosigned(&self, conn: &mut AnyConnection, note: String) -> Result<String, StoreError> {
        if self.witnesses.is_empty() {
            return Ok(note);
        }
        let Ok(checkpoint) = self.open(note.as_bytes()) else { return Ok(note) };
        let Ok(size) = i64::try_from(checkpoint.size()) else { return Ok(note) };
        let (rows, text) = (audit::list_cosignatures(conn, size, size)?, checkpoint.encode());
        let lines = self.witnesses.iter().filter_map(|key| {
            let row = rows.iter().find(|row| row.name == key.name())?;
            read_row(row, &text, key).ok().map(|cosignature| cosignature.to_line())
        });
        Ok(std::iter::once(note).chain(lines).collect())
    }
}

impl LogKeys<'_> {
    /// A checkpoint under any of the log's names.
    fn open(&self, note: &[u8]) -> Result<Checkpoint, CheckpointError> {
        let first = Checkpoint::open(note, self.known, self.origin);
        self.known.iter().map(Verifier::name).fold(first, |opened, name| match opened {
            Err(CheckpointError::WrongOrigin { .. }) => Checkpoint::open(note, self.known, name),
            opened => opened,
        })
    }
}

/// A stored line, if it is this witness's and verifies.
pub(in crate::app) fn read_row(
    row: &CosignatureRow,
    text: &str,
    key: &WitnessKey,
) -> Result<Cosignature, CosignatureError> {
    key.find_over(text, &[parse_row(row).ok_or(CosignatureError::Line)?])
}

/// The one line of a row, if it is one.
pub(in crate::app) fn parse_row(row: &CosignatureRow) -> Option<Signature> {
    Signature::parse_line(row.line.strip_suffix('\n')?)
}

/// What a witness cosigned last, as far as it can be verified.
pub(in crate::app) fn last_cosigned(
    conn: &mut AnyConnection,
    keys: &LogKeys<'_>,
    key: &WitnessKey,
) -> Result<WitnessSeen, StoreError> {
    let row = audit::find_last_cosignature(conn, key.name())?;
    let checkpoint = row.as_ref().map(|row| audit::find_checkpoint(conn, row.size)).transpose()?.flatten();
    let last = row.zip(checkpoint).and_then(|(row, checkpoint)| keys.read(&row, &checkpoint, key));
    Ok(WitnessSeen { last, ..WitnessSeen::unseen(key) })
}

impl LogKeys<'_> {
    fn read(&self, row: &CosignatureRow, checkpoint: &CheckpointRow, key: &WitnessKey) -> Option<Cosigned> {
        let checkpoint = self.open(checkpoint.note.as_bytes()).ok()?;
        let cosignature = read_row(row, &checkpoint.encode(), key).ok()?;
        let at = DateTime::from_timestamp(i64::try_from(cosignature.at()).ok()?, 0)?;
        Some(Cosigned { size: checkpoint.size(), at })
    }
}
