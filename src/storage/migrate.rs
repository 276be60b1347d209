//! Applying the embedded migrations of either dialect.

use diesel::migration::{Migration, MigrationSource, MigrationVersion};
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
    // Listing applied migrations would first make the table for them, which an application role may not.
    if !has_migration_table(conn)? {
        return Ok(names(conn).map_err(StoreError::Migration)?.len());
    }
    let count = match conn {
        AnyConnection::Sqlite(conn) => applied(conn).and_then(|done| missing::<Sqlite>(SQLITE, &done)),
        AnyConnection::Postgres(conn) => applied(conn).and_then(|done| missing::<Pg>(POSTGRES, &done)),
    };
    count.map_err(StoreError::Migration)
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

fn names(conn: &AnyConnection) -> Result<Vec<String>, Failure> {
    fn of<DB: diesel::backend::Backend>(source: EmbeddedMigrations) -> Result<Vec<String>, Failure>
    where
        EmbeddedMigrations: MigrationSource<DB>,
    {
        let all: Vec<Box<dyn Migration<DB>>> = source.migrations()?;
        Ok(all.iter().map(|migration| migration.name().to_string()).collect())
    }
    match conn {
        AnyConnection::Sqlite(_) => of::<Sqlite>(SQLITE),
        AnyConnection::Postgres(_) => of::<Pg>(POSTGRES),
    }
}

fn applied<DB, C>(conn: &mut C) -> Result<Vec<MigrationVersion<'static>>, Failure>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
{
    conn.applied_migrations()
}

fn missing<DB: diesel::backend::Backend>(
    source: EmbeddedMigrations,
    done: &[MigrationVersion<'static>],
) -> Result<usize, Failure>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let all: Vec<Box<dyn Migration<DB>>> = source.migrations()?;
    Ok(all.iter().filter(|migration| !done.contains(&migration.name().version())).count())
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
