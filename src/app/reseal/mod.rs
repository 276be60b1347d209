//! After a rotation: everything that an older key sealed is sealed anew, and then the older keys may go.
//!
//! Works beside a running service, in slices. A text that was changed or erased in the meantime is left as it is. What stands
//! in the log holds only commitments, so that no proof changes.

mod slice;

use std::convert::Infallible;

use serde::Deserialize;
use zeroize::Zeroize;

use super::{App, ChangeFailure};
use crate::domain::{ResidentId, ResidentIndex, StoreId};
use crate::keys::{KeyId, OpenError};
use crate::storage::StoreError;
use crate::storage::sealed::{self, Resealed, SealedColumn, SealedResident, SealedRow, places};

use slice::{NoteRetirement, ResealSlice};

/// Rows in one change: a few milliseconds of the writer's time.
const ROWS_PER_SLICE: i64 = 200;

/// Why not everything was sealed anew. What was, stays so; the rest still opens.
#[derive(Debug, thiserror::Error)]
pub enum ResealError {
    /// The database could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A slice could not be written.
    #[error(transparent)]
    Change(#[from] ChangeFailure<Infallible>),
    /// A text does not open.
    #[error("a row of `{column}` does not open")]
    Shut {
        /// The table and the column.
        column: &'static str,
        /// Why.
        #[source]
        source: OpenError,
    },
    /// A text opens, and is not what belongs there.
    #[error("a row of `{0}` does not hold a resident")]
    NoResident(&'static str),
}

/// The part of what is sealed beside a decision that the keyed index is made of.
#[derive(Deserialize)]
struct LinkMember {
    resident: String,
}

impl App {
    /// Seals anew whatever another key than the active one sealed, and makes the keyed indexes of residents anew. Calls
    /// `progress` with every column and the rows done in it. Blocks.
    ///
    /// # Errors
    /// Why not everything was done. It can be called again.
    pub fn reseal(&self, actor: &str, mut progress: impl FnMut(SealedColumn, u64)) -> Result<u64, ResealError> {
        let mut total = 0;
        for column in SealedColumn::ALL {
            let rows = self.reseal_column(actor, column)?;
            progress(column, rows);
            total += rows;
        }
        Ok(total)
    }

    /// How many rows of each column still need an older key; columns that need none are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_under_older_keys(&self) -> Result<Vec<(SealedColumn, i64)>, StoreError> {
        let active = self.sealer.active().to_bytes();
        let count = |column| self.store.read(|conn| sealed::count_under_others(conn, column, active));
        let counts = SealedColumn::ALL.into_iter().map(|column| Ok((column, count(column)?)));
        counts.filter(|counted| !matches!(counted, Ok((_, 0)))).collect()
    }

    /// Records that the older keys are about to go, and gives the one that stays. Whoever calls has counted.
    ///
    /// # Errors
    /// Why there is no entry: then they must stay.
    pub fn note_retirement(&self, actor: &str, retired: &[KeyId]) -> Result<KeyId, ChangeFailure<Infallible>> {
        let kept = self.sealer.active();
        let retired = retired.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let note = NoteRetirement { actor: actor.to_owned(), kept: kept.to_string(), retired, stamp: self.stamp()? };
        self.ledger.change_blocking(note)?.map_err(ChangeFailure::Refused)?;
        Ok(kept)
    }

    fn reseal_column(&self, actor: &str, column: SealedColumn) -> Result<u64, ResealError> {
        let active = self.sealer.active().to_bytes();
        let mut done = 0;
        let mut last = None;
        loop {
            let after = last.as_ref();
            let rows =
                self.store.read(|conn| sealed::list_under_others(conn, column, active, after, ROWS_PER_SLICE))?;
            if rows.is_empty() {
                return Ok(done);
            }
            let anew = rows.into_iter().map(|row| Ok((self.resealed(column, &row)?, row)));
            let rows = anew.collect::<Result<Vec<_>, ResealError>>()?;
            let slice = ResealSlice {
                actor: actor.to_owned(),
                column,
                rows,
                stamp: self.stamp().map_err(ChangeFailure::from)?,
            };
            let changed = self.ledger.change_blocking(slice).map_err(ChangeFailure::from)?;
            let (written, rows) = changed.map_err(ChangeFailure::Refused)?;
            done += written;
            // Everything in the slice was changed or erased in the meantime: what is left is for the next call, not for ever.
            if written == 0 {
                return Ok(done);
            }
            last = rows.into_iter().next_back().map(|(_, row)| row);
        }
    }

    fn resealed(&self, column: SealedColumn, row: &SealedRow) -> Result<Resealed, ResealError> {
        let mut nonce = [0; 24];
        self.entropy.fill(&mut nonce).map_err(ChangeFailure::from)?;
        let text = self.sealer.open(&row.place, &row.sealed);
        let text = text.map_err(|source| ResealError::Shut { column: column.name(), source })?;
        let (place, index) = match &row.resident {
            None => (row.place.clone(), None),
            Some(resident) => {
                let index = self.index_of(resident, &text).ok_or(ResealError::NoResident(column.name()))?;
                let is_bound = matches!(resident, SealedResident::IdBoundToIndex(_));
                (if is_bound { places::confidential(&index) } else { row.place.clone() }, Some(index))
            }
        };
        Ok(Resealed { sealed: self.sealer.seal(nonce, &place, &text), index })
    }

    fn index_of(&self, resident: &SealedResident, text: &[u8]) -> Option<ResidentIndex> {
        let index = |store: &StoreId, id: &str| {
            let id = ResidentId::new(id).ok()?;
            self.resident_indexes(store, &id).into_iter().next()
        };
        match resident {
            SealedResident::Id(store) | SealedResident::IdBoundToIndex(store) => {
                index(store, std::str::from_utf8(text).ok()?)
            }
            SealedResident::Member(store) => {
                let mut member: LinkMember = serde_json::from_slice(text).ok()?;
                let index = index(store, &member.resident);
                member.resident.zeroize();
                index
            }
        }
    }
}
