//! SQL past the program: what an auditor with a shell would see.

use diesel::QueryableByName;
use diesel::prelude::*;
use diesel::sql_types::Text;
use zaguan::storage::{AnyConnection, Location};

use super::TestDatabase;

#[derive(QueryableByName)]
struct Value {
    #[diesel(sql_type = Text)]
    value: String,
}

/// The texts of a query's column `value`.
pub fn texts_on(conn: &mut AnyConnection, sql: &str) -> Result<Vec<String>, String> {
    let rows: Result<Vec<Value>, _> = match conn {
        AnyConnection::Sqlite(conn) => diesel::sql_query(sql).load(conn),
        AnyConnection::Postgres(conn) => diesel::sql_query(sql).load(conn),
    };
    Ok(rows.map_err(|error| error.to_string())?.into_iter().map(|row| row.value).collect())
}

impl TestDatabase {
    /// A connection without any of the program's settings.
    pub fn connect(&self) -> AnyConnection {
        match &self.location {
            Location::Sqlite(path) | Location::Still(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy()).unwrap();
                diesel::sql_query("PRAGMA busy_timeout = 60000").execute(&mut conn).unwrap();
                AnyConnection::Sqlite(conn)
            }
            Location::Postgres(url) => AnyConnection::Postgres(PgConnection::establish(url).unwrap()),
        }
    }

    /// The texts of a query's column `value`.
    pub fn texts(&self, sql: &str) -> Vec<String> {
        texts_on(&mut self.connect(), sql).unwrap_or_else(|error| panic!("{error}: {sql}"))
    }

    /// The one number that a query counts.
    pub fn count(&self, what: &str) -> i64 {
        self.texts(&format!("SELECT CAST(count(*) AS TEXT) AS value FROM {what}"))[0].parse().unwrap()
    }

    /// The columns of a table, and of what type each is.
    pub fn columns_of(&self, table: &str) -> Vec<(String, String)> {
        let from = if self.is_postgres() {
            format!(
                "SELECT column_name || ' ' || data_type AS value FROM information_schema.columns WHERE table_name = '{table}'"
            )
        } else {
            format!("SELECT name || ' ' || type AS value FROM pragma_table_info('{table}')")
        };
        let columns: Vec<_> = self.texts(&from);
        assert!(!columns.is_empty(), "{table}");
        columns
            .iter()
            .filter_map(|column| column.split_once(' '))
            .map(|(name, kind)| (name.to_owned(), kind.to_owned()))
            .collect()
    }

    /// These bytes as the database spells them in SQL.
    pub fn bytes(&self, hex: &str) -> String {
        if self.is_postgres() { format!("decode('{hex}', 'hex')") } else { format!("x'{hex}'") }
    }
}
