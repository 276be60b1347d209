//! A copy of an SQLite database, as of one instant, while others read and write; and whether such a file is sound.

use std::path::Path;
use std::time::Duration;

use diesel::RunQueryDsl as _;
use diesel::sql_types::Text;

use super::connection::{self, Purpose};
use super::{AnyConnection, Location, StoreError};

#[derive(diesel::QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    value: String,
}

/// Writes everything that is in the database `from`, as of one instant, into the empty file `into`. Writers go on
/// meanwhile. The file is not synced yet.
///
/// # Errors
/// When the database fails, or there is no room for the copy.
pub fn copy(from: &Path, into: &Path, patience: Duration) -> Result<(), StoreError> {
    // A reader's connection may not even write elsewhere.
    let location = Location::Sqlite(from.to_owned());
    match connection::open(&location, Purpose::Write, patience, patience)? {
        AnyConnection::Sqlite(mut conn) => {
            let into = into.to_str().ok_or(StoreError::Corrupt("a path that is not text"))?;
            diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(into).execute(&mut conn)?;
            Ok(())
        }
        AnyConnection::Postgres(_) => Err(StoreError::Corrupt("no file")),
    }
}

/// What SQLite itself finds wrong with the file, in its own words; a server looks after its files.
///
/// # Errors
/// When the file cannot be read to its end.
pub fn find_damage(conn: &mut AnyConnection) -> Result<Option<String>, StoreError> {
    let AnyConnection::Sqlite(conn) = conn else { return Ok(None) };
    let sql = "SELECT integrity_check AS value FROM pragma_integrity_check LIMIT 1";
    let found: Vec<Found> = diesel::sql_query(sql).load(conn)?;
    Ok(found.into_iter().map(|found| found.value).find(|value| value != "ok"))
}
