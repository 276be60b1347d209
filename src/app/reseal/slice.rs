//! The changes of sealing anew: slices of rows, and the end of older keys.

use std::convert::Infallible;

use crate::domain::record::EventKind;
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::sealed::{self, Resealed, SealedColumn, SealedRow};
use crate::storage::state;

pub(super) struct ResealSlice {
    pub(super) actor: String,
    pub(super) column: SealedColumn,
    pub(super) rows: Vec<(Resealed, SealedRow)>,
    pub(super) stamp: Stamp,
}

impl Change for ResealSlice {
    /// How many rows were written, and the rows back again, to go on behind the last.
    type Output = (u64, Vec<(Resealed, SealedRow)>);
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Self::Output, ChangeError<Infallible>> {
        let mut written = 0;
        for (anew, row) in &self.rows {
            written += u64::from(sealed::replace(turn.tx, self.column, row, anew)?);
        }
        if self.column == SealedColumn::Confidential {
            // The writer holds these indexes in memory.
            state::raise_revision(turn.tx)?;
        }
        if written > 0 {
            let about = [("column", self.column.name().to_owned()), ("rows", written.to_string())];
            turn.entries.append(self.stamp.event(turn.now, EventKind::Resealed, &self.actor, about));
        }
        Ok((written, self.rows))
    }
}

pub(super) struct NoteRetirement {
    pub(super) actor: String,
    pub(super) kept: String,
    pub(super) retired: String,
    pub(super) stamp: Stamp,
}

impl Change for NoteRetirement {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        let about = [("master_key", self.kept), ("retired_master_keys", self.retired)];
        turn.entries.append(self.stamp.event(turn.now, EventKind::KeysInForce, &self.actor, about));
        Ok(())
    }
}
