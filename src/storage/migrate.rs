//! Applying the embedded migrations of either dialect.

use diesel::migration::{Migration, MigrationSource};
use diesel::{pg::Pg, sqlite::Sqlite};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{AnyConnection, StoreError};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How many migrations this database still needs.
///
/// # Errors
/// When the table of applied migrations cannot be read.
pub fn pending(conn: &mut AnyConnection) -> Result<usize, StoreError> {
    let done = if has_migration_table(conn)? { applied(conn)? } else { Vec::new() };
    let count = match conn {
        AnyConnection::Sqlite(_) => missing::<Sqlite>(&SQLITE, &done),
        AnyConnection::Postgres(_) => missing::<Pg>(&POSTGRES, &done),
    };
    count.map_err(StoreError::Migration)
}

/// How many migrations of this database are none of this program's: a newer one applied them.
///
/// # Errors
/// When the table of applied migrations cannot be read.
pub fn count_unknown(conn: &mut AnyConnection) -> Result<usize, StoreError> {
    let done = applied(conn)?;
    let known = match conn {
        AnyConnection::Sqlite(_) => versions::<Sqlite>(&SQLITE),
        AnyConnection::Postgres(_) => versions::<Pg>(&POSTGRES),
    };
    let known = known.map_err(StoreError::Migration)?;
    Ok(done.iter().filter(|version| !known.contains(version)).count())
}

/// Applies what is missing, in order, and returns the names.
///
/// # Errors
/// [`StoreError::Migration`] with the database's words.
pub fn run(conn: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    let applied = match conn {
        AnyConnection::Sqlite(conn) => conn.run_pending_migrations(SQLITE),
        AnyConnection::Postgres(conn) => conn.run_pending_migrations(POSTGRES),
    };
    let versions = applied.map_err(StoreError::Migration)?;
    Ok(versions.iter().map(ToString::to_string).collect())
}

/// Read by hand: the harness would first make the table that it reads, which an application role may not.
fn applied(conn: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    use diesel::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct Applied {
        #[diesel(sql_type = diesel::sql_types::Text)]
        version: String,
    }
    let sql = "SELECT version FROM __diesel_schema_migrations";
    let rows: Vec<Applied> = super::connection::on_either!(conn, conn => diesel::sql_query(sql).load(conn))?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}

fn missing<DB: diesel::backend::Backend>(source: &EmbeddedMigrations, done: &[String]) -> Result<usize, Failure>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    Ok(versions(source)?.iter().filter(|version| !done.contains(version)).count())
}

fn versions<DB: diesel::backend::Backend>(source: &EmbeddedMigrations) -> Result<Vec<String>, Failure>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let all: Vec<Box<dyn Migration<DB>>> = source.migrations()?;
    Ok(all.iter().map(|migration| migration.name().version().to_string()).collect())
}

fn has_migration_table(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    use diesel::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct Found {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        found: i64,
    }
    let sql = match conn {
        AnyConnection::Sqlite(_) => {
            "SELECT count(*) AS found FROM sqlite_master WHERE name = '__diesel_schema_migrations'"
        }
        AnyConnection::Postgres(_) => {
            "SELECT count(*) AS found FROM pg_class WHERE relname = '__diesel_schema_migrations' \
             AND pg_table_is_visible(oid)"
        }
    };
    let rows = super::connection::on_either!(conn, conn => diesel::sql_query(sql).get_result::<Found>(conn))?;
    Ok(rows.found > 0)
}
