//! Statements that add to the counts, spelled out: diesel prepares each of its own updates anew, and these run in every
//! commit.

use diesel::backend::Backend;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Array, BigInt, Text};
use diesel::sqlite::{Sqlite, SqliteConnection};

use crate::domain::report::{Cell, Tally};

/// Says that the entries up to `end` have been counted, if those before `first` have; changes no row otherwise.
#[derive(QueryId)]
pub(in crate::storage) struct MoveSize {
    pub(in crate::storage) first: i64,
    pub(in crate::storage) end: i64,
}

impl<Conn> RunQueryDsl<Conn> for MoveSize {}

impl<DB: Backend> QueryFragment<DB> for MoveSize
where
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("UPDATE tally_size SET size = ");
        out.push_bind_param::<BigInt, _>(&self.end)?;
        out.push_sql(" WHERE id = 1 AND size = ");
        out.push_bind_param::<BigInt, _>(&self.first)
    }
}

/// Adds to one count. SQLite takes prepared single rows fastest.
pub(super) struct AddCell<'a> {
    counted: &'static str,
    key: &'a str,
    day: i64,
    count: i64,
}

impl<'a> AddCell<'a> {
    pub(super) const fn of(cell: Cell<'a>, count: i64) -> Self {
        Self { counted: cell.counted.as_str(), key: cell.key, day: cell.day.number(), count }
    }
}

impl QueryId for AddCell<'_> {
    type QueryId = AddCell<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl RunQueryDsl<SqliteConnection> for AddCell<'_> {}

impl QueryFragment<Sqlite> for AddCell<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("INSERT INTO tally (counted, key, day, count) VALUES (");
        out.push_bind_param::<Text, _>(self.counted)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(self.key)?;
        out.push_sql(", ");
        out.push_bind_param::<BigInt, _>(&self.day)?;
        out.push_sql(", ");
        out.push_bind_param::<BigInt, _>(&self.count)?;
        out.push_sql(") ON CONFLICT (day, counted, key) DO UPDATE SET count = count + excluded.count");
        Ok(())
    }
}

/// Adds to all counts with one statement: on PostgreSQL every statement is a round trip.
pub(in crate::storage) struct AddCells<'a> {
    counted: Vec<&'static str>,
    key: Vec<&'a str>,
    day: Vec<i64>,
    count: Vec<i64>,
}

impl<'a> AddCells<'a> {
    pub(in crate::storage) fn of(counts: &'a Tally) -> Self {
        let cells: Vec<_> = counts.cells().collect();
        Self {
            counted: cells.iter().map(|(cell, _)| cell.counted.as_str()).collect(),
            key: cells.iter().map(|(cell, _)| cell.key).collect(),
            day: cells.iter().map(|(cell, _)| cell.day.number()).collect(),
            count: cells.iter().map(|(_, count)| *count).collect(),
        }
    }

    /// Adds them once for each row of `moved`: of a subquery, or of nothing.
    pub(in crate::storage) fn walk_for<'b>(
        &'b self,
        moved: &'static str,
        out: &mut AstPass<'_, 'b, Pg>,
    ) -> QueryResult<()> {
        out.push_sql("INSERT INTO tally (counted, key, day, count) SELECT cells.* FROM unnest(");
        out.push_bind_param::<Array<Text>, _>(&self.counted)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.key)?;
        for numbers in [&self.day, &self.count] {
            out.push_sql(", ");
            out.push_bind_param::<Array<BigInt>, _>(numbers)?;
        }
        out.push_sql(") AS cells");
        out.push_sql(moved);
        out.push_sql(" ON CONFLICT (day, counted, key) DO UPDATE SET count = tally.count + excluded.count");
        Ok(())
    }
}

impl QueryId for AddCells<'_> {
    type QueryId = AddCells<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl RunQueryDsl<PgConnection> for AddCells<'_> {}

impl QueryFragment<Pg> for AddCells<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.walk_for("", &mut out)
    }
}
