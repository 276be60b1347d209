//! The names of the log: the settings give the first, and each epoch that was opened has one of its own.
//!
//! An epoch is opened when entries that were acknowledged are truly gone. The tree goes on from what is left, so it is
//! another tree than the one that was signed: under the old name it would be a fork. The entry that opens an epoch admits
//! the loss, and the names follow from these entries alone: no settings file and no restart can forget them.

use super::HeadError;
use super::opened::Opening;
use crate::storage::{AnyConnection, audit};
use crate::tlog::{Checkpoint, CheckpointError, Signer, Verifier};

/// The names that the log has had, and the keys under each.
#[derive(Clone, Debug)]
pub struct Names {
    base: String,
    origins: Vec<String>,
    openings: Vec<Opening>,
    verifiers: Vec<Verifier>,
}

impl Names {
    /// Reads which epochs were opened. `known` are the log's keys under its first name, `base`.
    ///
    /// # Errors
    /// [`HeadError::Contradiction`] when an entry opens an epoch that does not follow on those before.
    pub fn load(conn: &mut AnyConnection, known: &[Verifier], base: &str) -> Result<Self, HeadError> {
        let mut names = Self::of(known, base)?;
        for row in audit::list_openings(conn)? {
            let opening = Opening::read(&row, &names)
                .ok_or(HeadError::Contradiction("an epoch does not follow on those before"))?;
            names.openings.push(opening);
            names.origins.push(name(base, names.number()));
        }
        names.verifiers = all(known, base, &names.origins)?;
        Ok(names)
    }

    /// The names of a log that has lost nothing.
    ///
    /// # Errors
    /// [`HeadError::Unsigned`] when `base` cannot name a key.
    pub fn of(known: &[Verifier], base: &str) -> Result<Self, HeadError> {
        let origins = vec![base.to_owned()];
        let verifiers = all(known, base, &origins)?;
        Ok(Self { base: base.to_owned(), origins, openings: Vec::new(), verifiers })
    }

    /// The first name: that of the settings.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The name in force.
    #[must_use]
    pub fn current(&self) -> &str {
        self.origins.last().unwrap_or(&self.base)
    }

    /// The name that the next epoch would have.
    #[must_use]
    pub fn next(&self) -> String {
        name(&self.base, self.number().saturating_add(1))
    }

    /// Which epoch it is: 1 when none was ever opened.
    #[must_use]
    pub fn number(&self) -> u32 {
        u32::try_from(self.openings.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// The epochs that were opened, oldest first.
    #[must_use]
    pub fn openings(&self) -> &[Opening] {
        &self.openings
    }

    /// The keys under every name; the name in force and its key in force first.
    #[must_use]
    pub fn verifiers(&self) -> &[Verifier] {
        &self.verifiers
    }

    /// The name under which `size` entries are signed.
    #[must_use]
    pub fn origin_at(&self, size: u64) -> &str {
        let opened = self.openings.iter().filter(|opening| opening.index < size).count();
        self.origins.get(opened).unwrap_or(&self.base)
    }

    /// The key that signs under the name in force.
    ///
    /// # Errors
    /// [`HeadError::Unsigned`] when the name cannot name a key.
    pub fn signer(&self, signer: &Signer) -> Result<Signer, HeadError> {
        named(signer, self.current())
    }

    /// Opens a checkpoint of this log, with the name that belongs to its size.
    ///
    /// # Errors
    /// When none of the log's keys signed it, or it is of another name: of another log, or of what was lost.
    pub fn open(&self, note: &[u8]) -> Result<Checkpoint, CheckpointError> {
        let opened = self.open_any(note)?;
        let (expected, found) = (self.origin_at(opened.size()), opened.origin());
        if expected == found {
            return Ok(opened);
        }
        Err(CheckpointError::WrongOrigin { expected: expected.to_owned(), found: found.to_owned() })
    }

    /// Opens a checkpoint of any of this log's epochs, of what was lost, too.
    ///
    /// # Errors
    /// When none of the log's keys signed it, or it is of another log.
    pub(super) fn open_any(&self, note: &[u8]) -> Result<Checkpoint, CheckpointError> {
        let open = |origin: &String| Checkpoint::open(note, &self.verifiers, origin);
        let earlier = self.origins.iter().rev().skip(1);
        earlier.fold(Checkpoint::open(note, &self.verifiers, self.current()), |opened, origin| match opened {
            Err(CheckpointError::WrongOrigin { .. }) => open(origin),
            opened => opened,
        })
    }

    /// How many entries the epoch of this checkpoint ended with; `None` for the epoch in force.
    pub(super) fn end_of(&self, checkpoint: &Checkpoint) -> Option<&Opening> {
        let epoch = self.origins.iter().position(|origin| origin == checkpoint.origin())?;
        self.openings.get(epoch)
    }

    /// Whether one of the log's epochs has this name.
    pub(super) fn know(&self, origin: &str) -> bool {
        self.origins.iter().any(|known| known == origin)
    }

    /// Whether an epoch was opened that says of this state that it is lost.
    pub(super) fn admit(&self, checkpoint: &Checkpoint) -> bool {
        let lost = self.openings.iter().map(|opening| &opening.lost);
        lost.filter(|lost| lost.origin() == checkpoint.origin()).any(|lost| {
            lost.size() > checkpoint.size() || (lost.size() == checkpoint.size() && lost.root() == checkpoint.root())
        })
    }
}

/// The same key under another name.
pub(super) fn named(signer: &Signer, name: &str) -> Result<Signer, HeadError> {
    signer.named(name).map_err(|error| HeadError::Unsigned(error.to_string()))
}

/// Which epoch of the log `base` has this name.
pub(super) fn number_in(base: &str, origin: &str) -> Option<u32> {
    let rest = origin.strip_prefix(base)?;
    if rest.is_empty() { Some(1) } else { rest.strip_prefix('/')?.parse().ok() }
}

fn name(base: &str, number: u32) -> String {
    if number > 1 { format!("{base}/{number}") } else { base.to_owned() }
}

fn all(known: &[Verifier], base: &str, origins: &[String]) -> Result<Vec<Verifier>, HeadError> {
    let under = |origin: &String| {
        let keys = known.iter().filter(|key| key.name() == base);
        keys.map(|key| key.named(origin)).collect::<Result<Vec<_>, _>>()
    };
    let verifiers: Result<Vec<_>, _> = origins.iter().rev().map(under).collect();
    verifiers.map(|each| each.concat()).map_err(|error| HeadError::Unsigned(error.to_string()))
}
