//! Appending. SQLite takes prepared single rows fastest; PostgreSQL takes one statement of arrays, because
//! there every statement is a round trip.

use diesel::prelude::*;

use super::{BatchRow, EntryRow, NodeRow, ResidentRow, append_postgres};
use crate::domain::report::Tally;
use crate::storage::schema::{audit_batch, audit_entry, audit_node, audit_resident};
use crate::storage::{AnyConnection, StoreError, WriteTx, tallies};

/// What one commit adds to the log.
#[derive(Clone, Copy)]
pub struct Commit<'a> {
    /// Its entries, at least one; their `seq` continue the log.
    pub entries: &'a [EntryRow],
    /// The links from entries to residents.
    pub residents: &'a [ResidentRow],
    /// The roots of subtrees that became complete.
    pub nodes: &'a [NodeRow],
    /// The state of the tree after it.
    pub batch: &'a BatchRow,
    /// What its entries add to the counts, which are left alone when they are behind the log.
    pub tally: &'a Tally,
}

/// Appends a commit.
///
/// # Errors
/// As [`append_entries`], [`append_nodes`] and [`append_batch`].
pub fn append(tx: &mut WriteTx<'_>, commit: &Commit<'_>) -> Result<(), StoreError> {
    append_nodes(tx, commit.nodes)?;
    if let AnyConnection::Postgres(conn) = tx.conn() {
        return Ok(append_postgres::commit(conn, commit)?);
    }
    append_entries(tx, commit.entries)?;
    append_residents(tx, commit.residents)?;
    tallies::add(tx, commit.batch.first_seq, commit.batch.size_after, commit.tally)?;
    append_batch(tx, commit.batch)
}

/// Appends entries whose `seq` continue the log.
///
/// # Errors
/// When the guard finds a gap or an overwrite, or the database fails.
pub fn append_entries(tx: &mut WriteTx<'_>, rows: &[EntryRow]) -> Result<(), StoreError> {
    match tx.conn() {
        AnyConnection::Sqlite(conn) => {
            for row in rows {
                diesel::insert_into(audit_entry::table).values(row).execute(conn)?;
            }
        }
        AnyConnection::Postgres(conn) => append_postgres::entries(conn, rows)?,
    }
    Ok(())
}

/// Appends the links from entries to residents.
///
/// # Errors
/// When the database fails.
pub fn append_residents(tx: &mut WriteTx<'_>, rows: &[ResidentRow]) -> Result<(), StoreError> {
    match tx.conn() {
        AnyConnection::Sqlite(conn) => {
            for row in rows {
                diesel::insert_into(audit_resident::table).values(row).execute(conn)?;
            }
        }
        AnyConnection::Postgres(conn) => append_postgres::residents(conn, rows)?,
    }
    Ok(())
}

/// Appends the roots of subtrees that became complete.
///
/// # Errors
/// When the guard finds a gap, or the database fails.
pub fn append_nodes(tx: &mut WriteTx<'_>, rows: &[NodeRow]) -> Result<(), StoreError> {
    for row in rows {
        diesel::insert_into(audit_node::table).values(row).execute(tx.conn())?;
    }
    Ok(())
}

/// Appends the state of the tree after this commit. Its primary key is the guard against a fork.
///
/// # Errors
/// When another writer has been faster, or the database fails.
pub fn append_batch(tx: &mut WriteTx<'_>, row: &BatchRow) -> Result<(), StoreError> {
    diesel::insert_into(audit_batch::table).values(row).execute(tx.conn())?;
    Ok(())
}
