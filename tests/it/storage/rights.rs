//! On PostgreSQL the program's own role may add to the log and read it, and the program says when it could do more.

use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use zaguan::app::App;
use zaguan::app::assemble::{AssembleError, Migrations, World};
use zaguan::storage::{Location, Store, audit, rights};

use super::{batch, entry, fill, write};
use crate::support::app::settings;
use crate::support::database::{execute, server};
use crate::support::{ManualClock, SeededEntropy, TestDatabase};

/// A role that may log in, gone with the test.
struct Role {
    name: String,
    database: String,
}

impl Role {
    fn new(database: &TestDatabase, suffix: &str) -> Self {
        let (_, name) = database.url().rsplit_once('/').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let name = format!("{name}_{suffix}");
        execute(&server().unwrap(), &format!("CREATE ROLE {name} LOGIN PASSWORD 'fictional'"));
        Self { name, database: database.url() }
    }

    /// The same database, entered as this role.
    fn location(&self, database: &TestDatabase) -> Location {
        let url = database.url();
        let (scheme, rest) = url.split_once("://").unwrap();
        let (_, host) = rest.rsplit_once('@').unwrap_or(("", rest));
        Location::Postgres(format!("{scheme}://{}:fictional@{host}", self.name))
    }
}

impl Drop for Role {
    fn drop(&mut self) {
        // What it was granted must go first, unless that went with the database.
        let run = |url: &str, sql: String| PgConnection::establish(url).map(|mut conn| conn.batch_execute(&sql));
        let _ = run(&self.database, format!("DROP OWNED BY {}", self.name));
        let _ = run(&server().unwrap(), format!("DROP ROLE IF EXISTS {}", self.name));
    }
}

/// A database with tables and rows, and a role with the program's rights on it.
fn given() -> Option<(Role, TestDatabase, Location)> {
    let database = TestDatabase::postgres()?;
    let store = database.store();
    fill(&store);
    let role = Role::new(&database, "app");
    let mut owner = store.open_writer().unwrap();
    rights::grant_to(owner.conn(), &role.name).unwrap();
    let location = role.location(&database);
    Some((role, database, location))
}

fn as_role(database: &TestDatabase, location: &Location, test: impl FnOnce(&TestDatabase)) {
    let mut entered = TestDatabase::sqlite();
    assert!(database.is_postgres());
    entered.location = location.clone();
    test(&entered);
}

#[test]
fn the_programs_role_may_add_and_read_and_nothing_else() {
    let Some((_role, database, location)) = given() else { return };
    as_role(&database, &location, |entered| {
        let store = Store::open(entered.options()).unwrap();
        write(&store, |tx| {
            audit::append_entries(tx, &[entry(3)])?;
            audit::append_batch(tx, &batch(3, 4))?;
            audit::insert_checkpoint(tx, 4, "next", 10)
        });
        assert_eq!(store.read(|conn| audit::list_entries(conn, 0, 9)).unwrap().len(), 4);
        for table in ["audit_entry", "audit_node", "audit_batch", "audit_checkpoint", "audit_cosignature"] {
            for sql in [
                format!("UPDATE {table} SET ctid = ctid"),
                format!("DELETE FROM {table}"),
                format!("TRUNCATE {table} CASCADE"),
                format!("ALTER TABLE {table} DISABLE TRIGGER ALL"),
                format!("ALTER TABLE {table} DISABLE TRIGGER {table}_no_change"),
                format!("DROP TABLE {table} CASCADE"),
                format!("DROP TRIGGER {table}_no_change ON {table}"),
                format!(
                    "CREATE TRIGGER mine BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION audit_append_only()"
                ),
                format!("CREATE RULE mine AS ON INSERT TO {table} DO INSTEAD NOTHING"),
                format!("ALTER TABLE {table} OWNER TO CURRENT_USER"),
            ] {
                assert!(entered.tamper(&sql).is_err(), "accepted: {sql}");
            }
        }
        for sql in [
            "UPDATE audit_entry SET actor = 'mallory'",
            "SET session_replication_role = replica",
            "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "DELETE FROM __diesel_schema_migrations",
            "GRANT UPDATE ON audit_entry TO CURRENT_USER",
        ] {
            let before = rights_of(&store);
            let is_refused = entered.tamper(sql).is_err();
            assert!(is_refused || rights_of(&store) == before, "accepted: {sql}");
        }
        assert_eq!(rights_of(&store), Vec::<String>::new());
    });
}

fn rights_of(store: &Store) -> Vec<String> {
    store.read(rights::list_excessive).unwrap()
}

#[test]
fn the_owner_and_every_grant_too_many_are_named() {
    let Some((role, database, location)) = given() else { return };
    let of_owner = rights_of(&database.store());
    assert!(of_owner.iter().any(|right| right == "audit_entry: UPDATE"), "{of_owner:?}");
    assert!(of_owner.iter().any(|right| right == "audit_cosignature: TRUNCATE"), "{of_owner:?}");
    as_role(&database, &location, |entered| {
        let store = Store::open(entered.options()).unwrap();
        for (grant, named) in [
            ("UPDATE ON audit_entry", "audit_entry: UPDATE"),
            ("DELETE ON audit_batch", "audit_batch: DELETE"),
            ("TRUNCATE ON audit_node", "audit_node: TRUNCATE"),
            ("TRIGGER ON audit_checkpoint", "audit_checkpoint: TRIGGER"),
            ("UPDATE (record) ON audit_entry", "audit_entry: UPDATE"),
        ] {
            database.tamper(&format!("GRANT {grant} TO {}", role.name)).unwrap();
            assert_eq!(rights_of(&store), [named], "after GRANT {grant}");
            database.tamper(&format!("REVOKE {grant} FROM {}", role.name)).unwrap();
            assert_eq!(rights_of(&store), Vec::<String>::new(), "after REVOKE {grant}");
        }
    });
}

/// Whoever owns a table gives themselves back what they took from themselves.
#[test]
fn an_owner_is_named_even_if_it_has_revoked_its_own_rights() {
    let Some((role, database, location)) = given() else { return };
    database
        .tamper(&format!(
            "ALTER TABLE audit_entry OWNER TO {0}; REVOKE ALL ON audit_entry FROM {0}; GRANT SELECT, INSERT ON audit_entry TO {0}",
            role.name
        ))
        .unwrap();
    as_role(&database, &location, |entered| {
        let found = rights_of(&Store::open(entered.options()).unwrap());
        assert_eq!(found, ["audit_entry: OWNER"]);
    });
    database.tamper("ALTER TABLE audit_entry OWNER TO CURRENT_USER").unwrap();
}

fn open(entered: &TestDatabase, is_strict: bool) -> Result<App, AssembleError> {
    let strict = if is_strict { "true" } else { "false" };
    let world = World {
        clock: Arc::new(ManualClock::new()),
        entropy: Arc::new(SeededEntropy::new(1)),
        probe: Arc::new(zaguan::ledger::NoProbe),
    };
    App::open(&settings(entered, &[("ZAGUAN__AUDIT__STRICT", strict)]), Migrations::ApplyIfEmbedded, world)
}

#[test]
fn a_strict_start_refuses_a_role_that_could_alter_the_log() {
    let Some(database) = TestDatabase::postgres() else { return };
    let Err(AssembleError::Lax(fault)) = open(&database, true) else { panic!("a strict start accepted the owner") };
    let tables = "audit_batch, audit_checkpoint, audit_cosignature, audit_entry, audit_node";
    assert_eq!(fault, format!("the database role may alter the audit log ({tables})"));
    assert_eq!(database.count("audit_entry"), 0);
    assert!(open(&database, false).is_ok());
}

#[test]
fn a_strict_start_accepts_the_programs_role_on_a_durable_server() {
    let Some(database) = TestDatabase::postgres() else { return };
    let role = Role::new(&database, "app");
    rights::grant_to(database.store().open_writer().unwrap().conn(), &role.name).unwrap();
    let is_durable = database.texts("SELECT current_setting('fsync') AS value") == ["on"];
    as_role(&database, &role.location(&database), |entered| match open(entered, true) {
        Ok(app) => {
            assert!(is_durable, "a strict start accepted `fsync = off`");
            app.record_start().unwrap();
        }
        Err(AssembleError::Lax(fault)) => assert!(!is_durable && fault.contains("fsync"), "{fault}"),
        Err(error) => panic!("{error}"),
    });
    drop(database);
}

#[test]
fn the_whole_program_works_with_the_programs_role() {
    let Some(database) = TestDatabase::postgres() else { return };
    let role = Role::new(&database, "app");
    rights::grant_to(database.store().open_writer().unwrap().conn(), &role.name).unwrap();
    as_role(&database, &role.location(&database), |entered| {
        let app = open(entered, false).unwrap();
        app.record_start().unwrap();
        let text = include_str!("../../../config/catalog/library.toml");
        let catalog = zaguan::domain::field::StoreCatalog::parse(text).unwrap();
        app.import_catalog("test", catalog).unwrap();
        app.record_stop().unwrap();
        assert!(app.ledger().health().is_writable);
    });
}

#[test]
fn the_embedded_database_has_no_rights_to_speak_of() {
    let database = TestDatabase::sqlite();
    let store = database.store();
    assert_eq!(rights_of(&store), Vec::<String>::new());
    assert!(store.read(rights::is_durable).unwrap());
}
