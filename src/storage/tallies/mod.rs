//! Counts of the log, and how far the log has been counted.

mod add;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::connection::on_either;
use super::schema::{tally, tally_size};
use super::{AnyConnection, StoreError, WriteTx, word};
use crate::domain::report::{Cell, Counted, Counts, Day, Tally};
use add::AddCell;
pub(super) use add::{AddCells, MoveSize};

#[derive(Queryable, Selectable)]
#[diesel(table_name = tally)]
struct TallyRow {
    counted: String,
    key: String,
    day: i64,
    count: i64,
}

/// How many entries, from the first, have been counted.
///
/// # Errors
/// When the database fails.
pub fn find_size(conn: &mut AnyConnection) -> Result<i64, StoreError> {
    Ok(tally_size::table.find(1).select(tally_size::size).first(conn)?)
}

/// Adds the counts of the entries from `first` up to `end`, if exactly those before have been counted; otherwise changes
/// nothing, and the tallies stay behind until somebody counts what is missing. Returns whether they were added.
///
/// # Errors
/// When the database fails.
pub fn add(tx: &mut WriteTx<'_>, first: i64, end: i64, counts: &Tally) -> Result<bool, StoreError> {
    if on_either!(tx.conn(), conn => MoveSize { first, end }.execute(conn))? == 0 {
        return Ok(false);
    }
    match tx.conn() {
        AnyConnection::Sqlite(conn) => {
            for (cell, count) in counts.cells() {
                AddCell::of(cell, count).execute(conn)?;
            }
        }
        AnyConnection::Postgres(conn) => {
            AddCells::of(counts).execute(conn)?;
        }
    }
    Ok(true)
}

/// A count of something that this program does not count, in words.
///
/// # Errors
/// When the database fails.
pub fn find_unknown(conn: &mut AnyConnection) -> Result<Option<String>, StoreError> {
    let known = Counted::ALL.map(Counted::as_str);
    let unknown = tally::table.filter(tally::counted.ne_all(known)).select(TallyRow::as_select());
    let row: Option<TallyRow> = unknown.first(conn).optional()?;
    Ok(row.map(|row| format!("{} {}", row.counted, row.key)))
}

/// Everything that was counted, summed up at these marks.
///
/// # Errors
/// [`StoreError::Corrupt`] on a count that this program did not make; or when the database fails.
pub fn load(conn: &mut AnyConnection, marks: Vec<Day>) -> Result<Counts, StoreError> {
    let mut counts = Counts::new(marks);
    let dated: Vec<&str> =
        Counted::ALL.iter().filter(|kind| Counts::is_dated(**kind)).map(|kind| kind.as_str()).collect();
    for row in tally::table.filter(tally::counted.eq_any(dated)).select(TallyRow::as_select()).load(conn)? {
        counts.add(word(&row.counted, "a tally")?, &row.key, Day::numbered(row.day), row.count);
    }
    for row in sums(conn, counts.marks())? {
        let counted: Counted = word(&row.counted, "a tally")?;
        let mark = usize::try_from(row.mark).ok().and_then(|mark| counts.marks().get(mark).copied());
        if let Some(mark) = mark.filter(|_| !Counts::is_dated(counted)) {
            counts.add(counted, &row.key, mark.plus(-1), row.sum);
        }
    }
    Ok(counts)
}

#[derive(QueryableByName)]
struct SumRow {
    #[diesel(sql_type = Text)]
    counted: String,
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = BigInt)]
    mark: i64,
    #[diesel(sql_type = BigInt)]
    sum: i64,
}

/// The sum of each count from one mark to the next, in the database: there are many more days than marks.
fn sums(conn: &mut AnyConnection, marks: &[Day]) -> Result<Vec<SumRow>, StoreError> {
    let Some(last) = marks.last() else { return Ok(Vec::new()) };
    let case = |(mark, place): (&Day, i32)| format!("WHEN day < {} THEN {place}", mark.number());
    let cases = marks.iter().zip(0..).map(case).collect::<Vec<_>>().join(" ");
    let sql = format!(
        "SELECT counted, key, CAST(CASE {cases} END AS BIGINT) AS mark, CAST(sum(count) AS BIGINT) AS sum \
         FROM tally WHERE day < {} GROUP BY 1, 2, 3",
        last.number()
    );
    Ok(on_either!(conn, conn => diesel::sql_query(sql).load(conn))?)
}

/// Every count.
///
/// # Errors
/// As [`load`].
pub fn load_all(conn: &mut AnyConnection) -> Result<Tally, StoreError> {
    let mut all = Tally::default();
    for TallyRow { counted, key, day, count } in tally::table.select(TallyRow::as_select()).load(conn)? {
        all.add(Cell { counted: word(&counted, "a tally")?, key: &key, day: Day::numbered(day) }, count);
    }
    Ok(all)
}
