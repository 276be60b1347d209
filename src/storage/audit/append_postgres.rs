//! The hot inserts on PostgreSQL: `INSERT … SELECT … FROM unnest(…)`, one prepared statement whatever the
//! number of rows, and one for all of a commit: every statement is a round trip.

use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Binary, Nullable, Text};

use super::append::Commit;
use super::{BatchRow, EntryRow, ResidentRow};
use crate::storage::tallies::{AddCells, MoveSize};

pub(super) fn commit(conn: &mut PgConnection, commit: &Commit<'_>) -> QueryResult<()> {
    let Commit { entries, residents, nodes: _, batch, tally } = *commit;
    let statement = AppendCommit {
        entries: EntryColumns::of(entries),
        residents: ResidentColumns::of(residents),
        batch,
        size: MoveSize { first: batch.first_seq, end: batch.size_after },
        cells: AddCells::of(tally),
    };
    statement.execute(conn).map(drop)
}

pub(super) fn entries(conn: &mut PgConnection, rows: &[EntryRow]) -> QueryResult<()> {
    if !rows.is_empty() {
        EntryColumns::of(rows).execute(conn)?;
    }
    Ok(())
}

pub(super) fn residents(conn: &mut PgConnection, rows: &[ResidentRow]) -> QueryResult<()> {
    if !rows.is_empty() {
        ResidentColumns::of(rows).execute(conn)?;
    }
    Ok(())
}

struct EntryColumns<'a> {
    seq: Vec<i64>,
    leaf: Vec<&'a [u8]>,
    nonce: Vec<&'a [u8]>,
    record: Vec<&'a [u8]>,
    id: Vec<&'a str>,
    at: Vec<i64>,
    kind: Vec<&'a str>,
    actor: Vec<&'a str>,
    store: Vec<Option<&'a str>>,
    requester_kind: Vec<Option<&'a str>>,
    agency: Vec<Option<&'a str>>,
    purpose: Vec<Option<&'a str>>,
    outcome: Vec<Option<&'a str>>,
}

impl<'a> EntryColumns<'a> {
    fn of(rows: &'a [EntryRow]) -> Self {
        Self {
            seq: rows.iter().map(|row| row.seq).collect(),
            leaf: rows.iter().map(|row| row.leaf.as_slice()).collect(),
            nonce: rows.iter().map(|row| row.nonce.as_slice()).collect(),
            record: rows.iter().map(|row| row.record.as_slice()).collect(),
            id: rows.iter().map(|row| row.id.as_str()).collect(),
            at: rows.iter().map(|row| row.at).collect(),
            kind: rows.iter().map(|row| row.kind.as_str()).collect(),
            actor: rows.iter().map(|row| row.actor.as_str()).collect(),
            store: rows.iter().map(|row| row.store.as_deref()).collect(),
            requester_kind: rows.iter().map(|row| row.requester_kind.as_deref()).collect(),
            agency: rows.iter().map(|row| row.agency.as_deref()).collect(),
            purpose: rows.iter().map(|row| row.purpose.as_deref()).collect(),
            outcome: rows.iter().map(|row| row.outcome.as_deref()).collect(),
        }
    }
}

impl QueryId for EntryColumns<'_> {
    type QueryId = EntryColumns<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl RunQueryDsl<PgConnection> for EntryColumns<'_> {}

impl QueryFragment<Pg> for EntryColumns<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "INSERT INTO audit_entry (seq, leaf, nonce, record, id, at, kind, actor, store, requester_kind, \
             agency, purpose, outcome) SELECT * FROM unnest(",
        );
        out.push_bind_param::<Array<BigInt>, _>(&self.seq)?;
        for bytes in [&self.leaf, &self.nonce, &self.record] {
            out.push_sql(", ");
            out.push_bind_param::<Array<Binary>, _>(bytes)?;
        }
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.id)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.at)?;
        for text in [&self.kind, &self.actor] {
            out.push_sql(", ");
            out.push_bind_param::<Array<Text>, _>(text)?;
        }
        for text in [&self.store, &self.requester_kind, &self.agency, &self.purpose, &self.outcome] {
            out.push_sql(", ");
            out.push_bind_param::<Array<Nullable<Text>>, _>(text)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

struct ResidentColumns<'a> {
    seq: Vec<i64>,
    salt: Vec<&'a [u8]>,
    resident_index: Vec<&'a [u8]>,
    sealed: Vec<&'a [u8]>,
}

impl<'a> ResidentColumns<'a> {
    fn of(rows: &'a [ResidentRow]) -> Self {
        Self {
            seq: rows.iter().map(|row| row.seq).collect(),
            salt: rows.iter().map(|row| row.salt.as_slice()).collect(),
            resident_index: rows.iter().map(|row| row.resident_index.as_slice()).collect(),
            sealed: rows.iter().map(|row| row.sealed.as_slice()).collect(),
        }
    }
}

impl QueryId for ResidentColumns<'_> {
    type QueryId = ResidentColumns<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl RunQueryDsl<PgConnection> for ResidentColumns<'_> {}

impl QueryFragment<Pg> for ResidentColumns<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO audit_resident (seq, salt, resident_index, sealed) SELECT * FROM unnest(");
        out.push_bind_param::<Array<BigInt>, _>(&self.seq)?;
        for bytes in [&self.salt, &self.resident_index, &self.sealed] {
            out.push_sql(", ");
            out.push_bind_param::<Array<Binary>, _>(bytes)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

/// The rows of a commit in one statement. The counts are added once if the size moved, and not at all if they are behind.
struct AppendCommit<'a> {
    entries: EntryColumns<'a>,
    residents: ResidentColumns<'a>,
    batch: &'a BatchRow,
    size: MoveSize,
    cells: AddCells<'a>,
}

impl QueryId for AppendCommit<'_> {
    type QueryId = AppendCommit<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl RunQueryDsl<PgConnection> for AppendCommit<'_> {}

impl QueryFragment<Pg> for AppendCommit<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH entries AS (");
        self.entries.walk_ast(out.reborrow())?;
        out.push_sql("), residents AS (");
        self.residents.walk_ast(out.reborrow())?;
        out.push_sql(
            "), batch AS (INSERT INTO audit_batch (first_seq, size_after, at, root, frontier, instance) VALUES (",
        );
        for number in [&self.batch.first_seq, &self.batch.size_after, &self.batch.at] {
            out.push_bind_param::<BigInt, _>(number)?;
            out.push_sql(", ");
        }
        for bytes in [&self.batch.root, &self.batch.frontier] {
            out.push_bind_param::<Binary, _>(bytes)?;
            out.push_sql(", ");
        }
        out.push_bind_param::<Text, _>(&self.batch.instance)?;
        out.push_sql(")), moved AS (");
        self.size.walk_ast(out.reborrow())?;
        out.push_sql(" RETURNING id) ");
        self.cells.walk_for(", moved", &mut out)
    }
}
