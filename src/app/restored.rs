//! Whether a database that was restored is whole, this log's, and how it stands to what was acknowledged. Changes nothing.

use chrono::{DateTime, Utc};

use super::audit::{Check, VerifyError, verify};
use crate::ledger::{AnchorError, KeysInUse};
use crate::storage::{Store, StoreError, audit, copy, migrate, state};

/// A database that is whole.
#[derive(Debug, Clone)]
pub struct Examined {
    /// Entries in it.
    pub entries: u64,
    /// When the last of them was made.
    pub last_at: Option<DateTime<Utc>>,
    /// How it stands to the anchor.
    pub standing: Standing,
}

/// How a database stands to the newest state that was acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It ends where the anchor says.
    Equal,
    /// It has entries that came after the anchor was last written.
    Ahead {
        /// How many.
        by: u64,
    },
    /// Acknowledged entries are missing: it is not served.
    Behind {
        /// The first that is missing.
        first: u64,
        /// How many there were.
        anchored: u64,
    },
    /// There is no anchor to compare with.
    Unknown,
}

/// Why a database may not be put in place.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// The file is damaged.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// A newer program made it.
    #[error("it has {0} migration(s) that this program does not know: a newer version wrote it")]
    Newer(usize),
    /// Its keys are others.
    #[error("the key files do not hold the keys that it is sealed and signed with")]
    Keys,
    /// It does not verify, or is another log than the anchor's.
    #[error("it does not verify")]
    Verify(#[source] VerifyError),
    /// It cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Looks at everything: the file, the tables, the keys, every entry, the anchor.
///
/// # Errors
/// The first thing for which it may not be put in place.
pub fn examine(
    store: &Store,
    keys: &KeysInUse,
    check: &Check<'_>,
    progress: impl FnMut(u64, u64),
) -> Result<Examined, Unfit> {
    if let Some(damage) = store.read(copy::find_damage)? {
        return Err(Unfit::Damaged(damage));
    }
    let unknown = store.read(migrate::count_unknown)?;
    if unknown > 0 {
        return Err(Unfit::Newer(unknown));
    }
    let state = store.read(state::load)?;
    if !keys.may_take_over(state.master_key.as_deref(), state.log_key.as_deref()) {
        return Err(Unfit::Keys);
    }
    let standing = match verify(store, check, progress) {
        Ok(verified) => match verified.anchored {
            None => Standing::Unknown,
            Some(anchored) if anchored < verified.entries => Standing::Ahead { by: verified.entries - anchored },
            Some(_) => Standing::Equal,
        },
        // The anchor is compared last: everything else has verified.
        Err(VerifyError::Anchor(AnchorError::Behind { found, anchored, .. })) => {
            Standing::Behind { first: found, anchored }
        }
        Err(VerifyError::Store(error)) => return Err(error.into()),
        Err(error) => return Err(Unfit::Verify(error)),
    };
    let last = store.read(audit::find_last_batch)?;
    let last_at = last.as_ref().and_then(|row| DateTime::from_timestamp_micros(row.at));
    let entries = last.map_or(0, |row| u64::try_from(row.size_after).unwrap_or(0));
    Ok(Examined { entries, last_at, standing })
}
