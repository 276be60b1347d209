//! What witnesses signed of the published checkpoints: each line of a witness that we know must verify over the checkpoint of
//! its row, and each row must name the witness of its line.

use std::collections::BTreeMap;

use super::stretch::position;
use super::{VerifiedState, VerifyError};
use crate::app::witnesses::{LogKeys, parse_row, read_row};
use crate::storage::AnyConnection;
use crate::storage::audit::{self, CosignatureRow};

/// The cosignatures that there are, by witness.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cosignatures {
    /// Those that verify.
    pub verified: BTreeMap<String, u64>,
    /// Those by keys that the settings do not name, as `name+key id`.
    pub unchecked: BTreeMap<String, u64>,
}

/// A check of cosignatures, page by page beside that of the checkpoints.
pub(super) struct Cosigning {
    found: Cosignatures,
    /// The smallest size that was not looked at yet.
    next: i64,
    /// The texts of the checkpoints of this page that were compared with the log.
    texts: BTreeMap<i64, String>,
}

const COSIGNATURES: &str = "audit_cosignature";

impl Cosigning {
    pub(super) fn after(since: Option<&VerifiedState>) -> Self {
        let next = since.map_or(i64::MIN, |since| position(since.entries).saturating_add(1));
        Self { found: Cosignatures::default(), next, texts: BTreeMap::new() }
    }

    /// A checkpoint of the page that is as the log has it.
    pub(super) fn checkpoint(&mut self, size: i64, text: String) {
        self.texts.insert(size, text);
    }

    /// Checks what was signed of the checkpoints up to this size, which end the page.
    pub(super) fn check_page(
        &mut self,
        conn: &mut AnyConnection,
        last: i64,
        keys: &LogKeys<'_>,
    ) -> Result<(), VerifyError> {
        for row in audit::list_cosignatures(conn, self.next, last)? {
            let Some(text) = self.texts.get(&row.size) else {
                demand_checkpoint(conn, &row)?;
                continue;
            };
            self.found.check(&row, text, keys)?;
        }
        self.next = last.saturating_add(1);
        self.texts.clear();
        Ok(())
    }

    /// Nothing stands beyond the last checkpoint; what was published meanwhile has a checkpoint of its own.
    pub(super) fn finish(self, conn: &mut AnyConnection) -> Result<Cosignatures, VerifyError> {
        for row in audit::list_cosignatures(conn, self.next, i64::MAX)? {
            demand_checkpoint(conn, &row)?;
        }
        Ok(self.found)
    }
}

fn demand_checkpoint(conn: &mut AnyConnection, row: &CosignatureRow) -> Result<(), VerifyError> {
    let checkpoint = audit::find_checkpoint(conn, row.size)?;
    checkpoint.map(drop).ok_or_else(|| bad(row, "no checkpoint was published at this size"))
}

fn bad(row: &CosignatureRow, what: impl Into<String>) -> VerifyError {
    VerifyError::row(COSIGNATURES, format!("size {}, name {}", row.size, row.name.escape_debug()), what)
}

impl Cosignatures {
    fn check(&mut self, row: &CosignatureRow, text: &str, keys: &LogKeys<'_>) -> Result<(), VerifyError> {
        let signature = parse_row(row).ok_or_else(|| bad(row, "it is no signature line"))?;
        if signature.name() != row.name {
            return Err(bad(row, "its line is by another witness"));
        }
        let Some(key) = keys.witnesses.iter().find(|key| key.claims(&signature)) else {
            let key = format!("{}+{:08x}", row.name.escape_debug(), signature.key_id());
            *self.unchecked.entry(key).or_default() += 1;
            return Ok(());
        };
        read_row(row, text, key).map_err(|error| bad(row, error.to_string()))?;
        *self.verified.entry(row.name.clone()).or_default() += 1;
        Ok(())
    }
}
