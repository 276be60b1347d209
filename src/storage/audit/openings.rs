//! The entries that opened an epoch: a handful in the life of a log, found by an index of their own.

use diesel::RunQueryDsl as _;
use diesel::sql_types::{BigInt, Binary};

use crate::storage::connection::on_either;
use crate::storage::{AnyConnection, StoreError};

/// What an entry that opened an epoch is known by.
#[derive(Clone, Debug, diesel::QueryableByName)]
pub struct OpeningRow {
    /// Where it stands.
    #[diesel(sql_type = BigInt)]
    pub seq: i64,
    /// Microseconds since the epoch of the clock.
    #[diesel(sql_type = BigInt)]
    pub at: i64,
    /// The record's exact bytes.
    #[diesel(sql_type = Binary)]
    pub record: Vec<u8>,
}

/// The entries that opened an epoch, oldest first.
///
/// The kind is written out because SQLite takes an index over some of the rows only for words that it sees.
///
/// # Errors
/// When the database fails.
pub fn list_openings(conn: &mut AnyConnection) -> Result<Vec<OpeningRow>, StoreError> {
    let sql = "SELECT seq, at, record FROM audit_entry WHERE kind = 'epoch_opened' ORDER BY seq";
    Ok(on_either!(conn, conn => diesel::sql_query(sql).load(conn))?)
}
