//! The entries that opened an epoch, read back: each must follow on those before it.

use serde::Deserialize;

use super::Names;
use crate::domain::record::EventKind;
use crate::storage::audit::OpeningRow;
use crate::tlog::{Checkpoint, Hash};

/// The entry that opened an epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Which epoch: the log begins in its first, and the first that is opened is the second.
    pub number: u32,
    /// Its name.
    pub origin: String,
    /// Where the entry stands; as many entries were left.
    pub index: u64,
    /// The root of the entries that were left.
    pub kept_root: Hash,
    /// What was signed and is gone: the newest state that was acknowledged before.
    pub lost: Checkpoint,
    /// Entries that were given up.
    pub given_up: u64,
    /// Why, in the operator's words, which were meant for the public.
    pub reason: String,
    /// When, in microseconds since 1970.
    pub at: i64,
}

#[derive(Deserialize)]
struct Record {
    kind: EventKind,
    about: About,
}

#[derive(Deserialize)]
struct About {
    given_up: String,
    kept_root: String,
    lost_origin: String,
    lost_root: String,
    lost_size: String,
    origin: String,
    reason: String,
}

impl Opening {
    /// The opening in this row; `None` when it does not follow on those that `names` knows.
    pub(super) fn read(row: &OpeningRow, names: &Names) -> Option<Self> {
        let Record { kind, about } = serde_json::from_slice(&row.record).ok()?;
        let lost_root = Hash::from_base64(&about.lost_root).ok()?;
        let opening = Self {
            number: names.number().checked_add(1)?,
            origin: about.origin,
            index: u64::try_from(row.seq).ok()?,
            kept_root: Hash::from_base64(&about.kept_root).ok()?,
            lost: Checkpoint::new(&about.lost_origin, about.lost_size.parse().ok()?, lost_root).ok()?,
            given_up: about.given_up.parse().ok()?,
            reason: about.reason,
            at: row.at,
        };
        (kind == EventKind::EpochOpened && opening.follows(names)).then_some(opening)
    }

    /// What an epoch gives up begins where the entries of the epoch that signed it end.
    fn follows(&self, names: &Names) -> bool {
        let kept = names.end_of(&self.lost).map_or(self.index, |end| end.index);
        self.origin == names.next()
            && names.know(self.lost.origin())
            && self.given_up > 0
            && self.lost.size().checked_sub(kept) == Some(self.given_up)
    }
}
