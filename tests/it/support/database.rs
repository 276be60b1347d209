//! Databases for tests: SQLite always, PostgreSQL when `ZAGUAN_TEST_POSTGRES_URL` names a server whose user may make
//! databases. One test body runs on each.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use tempfile::TempDir;
use zaguan::storage::{Location, Store, StoreOptions};

const SERVER: &str = "ZAGUAN_TEST_POSTGRES_URL";

/// A database of its own for one test, gone with it.
pub struct TestDatabase {
    pub location: Location,
    /// Holds key files, the anchor and, for SQLite, the database.
    pub dir: TempDir,
    /// What is dropped on the server in the end.
    pub dropped: Option<String>,
}

/// Runs a test body on every kind of database that is there. A failure names the kind.
pub fn on_every_database(test: impl Fn(&TestDatabase)) {
    for database in all() {
        println!("on {}", database.kind());
        test(&database);
    }
}

fn all() -> Vec<TestDatabase> {
    let mut all = vec![TestDatabase::sqlite()];
    all.extend(TestDatabase::postgres());
    all
}

impl TestDatabase {
    pub fn sqlite() -> Self {
        let dir = TempDir::new().unwrap();
        Self { location: Location::Sqlite(dir.path().join("zaguan.db")), dir, dropped: None }
    }

    /// A new database on the server, with tables, or nothing when no server was named.
    pub fn postgres() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let server = server()?;
        let template = template(&server);
        let name = format!("zaguan_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        execute(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
        let location = Location::Postgres(with_database(&server, &name));
        Some(Self { location, dir: TempDir::new().unwrap(), dropped: Some(name) })
    }

    pub fn kind(&self) -> &'static str {
        if self.is_postgres() { "PostgreSQL" } else { "SQLite" }
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.location, Location::Postgres(_))
    }

    pub fn options(&self) -> StoreOptions {
        options(self.location.clone())
    }

    pub fn store(&self) -> Store {
        Store::migrate_and_open(self.options()).unwrap()
    }

    /// The address as the setting `database.url` takes it.
    pub fn url(&self) -> String {
        match &self.location {
            Location::Sqlite(path) | Location::Still(path) => format!("sqlite://{}", path.display()),
            Location::Postgres(url) => url.clone(),
        }
    }

    /// Runs SQL as whoever holds the database would: past the program.
    pub fn tamper(&self, sql: &str) -> Result<(), String> {
        let said = |error: diesel::result::Error| error.to_string();
        match &self.location {
            Location::Sqlite(path) | Location::Still(path) => {
                let mut conn = diesel::SqliteConnection::establish(&path.to_string_lossy()).unwrap();
                conn.batch_execute("PRAGMA busy_timeout = 60000").unwrap();
                conn.batch_execute(sql).map_err(said)
            }
            Location::Postgres(url) => PgConnection::establish(url).unwrap().batch_execute(sql).map_err(said),
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let (Some(name), Some(server)) = (&self.dropped, server()) {
            execute(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

fn options(location: Location) -> StoreOptions {
    StoreOptions {
        location,
        readers: 2,
        busy_timeout: Duration::from_secs(5),
        statement_timeout: Duration::from_secs(10),
    }
}

/// Where the server is, with a database to connect to, such as `postgres://user@host:port/postgres`.
#[expect(clippy::disallowed_methods, reason = "tests take their server from the environment")]
pub fn server() -> Option<String> {
    std::env::var(SERVER).ok().filter(|url| !url.is_empty())
}

/// Migrating once and copying is much quicker than migrating for every test.
fn template(server: &str) -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = format!("zaguan_template_{}", std::process::id());
        execute(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        execute(server, &format!("CREATE DATABASE {name}"));
        Store::migrate(&options(Location::Postgres(with_database(server, &name)))).unwrap();
        name
    })
}

/// The same server, another database.
pub fn with_database(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').expect("the URL names a database");
    format!("{base}/{name}")
}

pub fn execute(server: &str, sql: &str) {
    PgConnection::establish(server).expect("the test server answers").batch_execute(sql).unwrap();
}
