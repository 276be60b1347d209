//! The audit tables take the next row and nothing else, whoever asks and however they spell it.

use zaguan::storage::audit::{self, CosignatureRow};

use super::{batch, entry, fill, node, write};
use crate::support::{TestDatabase, on_every_database};

const TABLES: [&str; 5] = ["audit_entry", "audit_node", "audit_batch", "audit_checkpoint", "audit_cosignature"];
const COSIGNATURE: &str = "INSERT INTO audit_cosignature (size, name, line) VALUES (3, 'witness', 'line')";

/// A log with a row in every guarded table.
fn given(database: &TestDatabase) -> zaguan::storage::Store {
    let store = database.store();
    fill(&store);
    database.tamper(COSIGNATURE).unwrap();
    store
}

/// Everything that the guarded tables hold.
fn picture(database: &TestDatabase) -> Vec<String> {
    let columns: [(&str, &[&str]); 5] = [
        ("audit_entry", &["seq", "leaf", "nonce", "record", "id", "at", "kind", "actor", "store", "outcome"]),
        ("audit_node", &["level", "idx", "hash"]),
        ("audit_batch", &["first_seq", "size_after", "root", "frontier", "instance", "at"]),
        ("audit_checkpoint", &["size", "note", "at"]),
        ("audit_cosignature", &["size", "name", "line"]),
    ];
    let quote = if database.is_postgres() { "quote_nullable" } else { "quote" };
    let mut rows = Vec::new();
    for (table, columns) in columns {
        let columns: Vec<String> = columns.iter().map(|column| format!("{quote}({column})")).collect();
        rows.extend(
            database.texts(&format!("SELECT '{table} ' || {} AS value FROM {table} ORDER BY 1", columns.join(" || "))),
        );
    }
    rows
}

fn insert_entry(database: &TestDatabase, verb: &str, seq: &str, id: &str, more: &str) -> String {
    let bytes = database.bytes(&"ee".repeat(32));
    format!(
        "{verb} INTO audit_entry (seq, leaf, nonce, record, id, at, kind, actor) \
         VALUES ({seq}, {bytes}, {bytes}, {bytes}, '{id}', 1, 'decision', 'mallory') {more}"
    )
}

fn insert_batch(database: &TestDatabase, verb: &str, first_seq: i64, size_after: i64, more: &str) -> String {
    let bytes = database.bytes(&"ee".repeat(32));
    format!(
        "{verb} INTO audit_batch (first_seq, size_after, root, frontier, instance, at) \
         VALUES ({first_seq}, {size_after}, {bytes}, {bytes}, 'mallory', 1) {more}"
    )
}

fn insert_node(database: &TestDatabase, verb: &str, level: i64, idx: i64, more: &str) -> String {
    let bytes = database.bytes(&"ee".repeat(32));
    format!("{verb} INTO audit_node (level, idx, hash) VALUES ({level}, {idx}, {bytes}) {more}")
}

/// What nobody may do, in words that both databases understand.
fn attacks(database: &TestDatabase) -> Vec<String> {
    let mut all = vec![
        "UPDATE audit_entry SET actor = 'mallory'".to_owned(),
        "UPDATE audit_entry SET record = nonce WHERE seq = 1".to_owned(),
        "UPDATE audit_entry SET seq = seq + 100".to_owned(),
        "UPDATE audit_entry SET actor = actor".to_owned(),
        "UPDATE audit_node SET hash = hash".to_owned(),
        "UPDATE audit_batch SET size_after = size_after + 1".to_owned(),
        "UPDATE audit_checkpoint SET note = 'x'".to_owned(),
        "UPDATE audit_cosignature SET line = 'x'".to_owned(),
        "DELETE FROM audit_entry WHERE seq = 2".to_owned(),
        "DELETE FROM audit_batch WHERE first_seq = 2".to_owned(),
        "INSERT INTO audit_checkpoint (size, note, at) VALUES (3, 'again', 1)".to_owned(),
        "INSERT INTO audit_checkpoint (size, note, at) VALUES (2, 'smaller', 1)".to_owned(),
        "INSERT INTO audit_checkpoint (size, note, at) VALUES (-7, 'smaller', 1)".to_owned(),
        "INSERT INTO audit_checkpoint (size, note, at) VALUES (3, 'x', 1) \
         ON CONFLICT (size) DO UPDATE SET note = excluded.note"
            .to_owned(),
        COSIGNATURE.to_owned(),
        format!("{COSIGNATURE} ON CONFLICT (size, name) DO UPDATE SET line = 'x'"),
    ];
    all.extend(TABLES.map(|table| format!("DELETE FROM {table}")));
    // A gap, the past, before the beginning, the same id again, the same place again.
    for (seq, id) in [("4", "new"), ("0", "new"), ("2", "new"), ("-1", "new"), ("NULL", "new"), ("3", "id-1")] {
        all.push(insert_entry(database, "INSERT", seq, id, ""));
    }
    let upsert = |key: &str| format!("ON CONFLICT ({key}) DO UPDATE SET actor = 'mallory'");
    all.push(insert_entry(database, "INSERT", "1", "new", &upsert("seq")));
    all.push(insert_entry(database, "INSERT", "3", "id-1", &upsert("id")));
    let bytes = database.bytes(&"ee".repeat(32));
    let gap = format!(", (5, {bytes}, {bytes}, {bytes}, 'later', 1, 'decision', 'mallory')");
    all.push(insert_entry(database, "INSERT", "3", "new", &gap));
    // A replayed batch, a fork, a gap, an empty one.
    for (first_seq, size_after) in [(0, 2), (2, 3), (2, 9), (1, 3), (4, 5), (3, 3), (-1, 1)] {
        all.push(insert_batch(database, "INSERT", first_seq, size_after, ""));
    }
    all.push(insert_batch(database, "INSERT", 2, 3, "ON CONFLICT (first_seq) DO UPDATE SET root = excluded.root"));
    for (level, idx) in [(1, 3), (1, 1), (1, 0), (1, -1), (2, 1), (0, 0), (-1, 0)] {
        all.push(insert_node(database, "INSERT", level, idx, ""));
    }
    all.push(insert_node(database, "INSERT", 1, 1, "ON CONFLICT (level, idx) DO UPDATE SET hash = excluded.hash"));
    all
}

/// What only SQLite understands: replacing deletes without firing a delete trigger.
fn sqlite_attacks(database: &TestDatabase) -> Vec<String> {
    let mut all = vec![
        "UPDATE OR REPLACE audit_entry SET seq = 1 WHERE seq = 2".to_owned(),
        "UPDATE OR IGNORE audit_entry SET actor = 'mallory'".to_owned(),
        "REPLACE INTO audit_checkpoint (size, note, at) VALUES (3, 'x', 1)".to_owned(),
        "INSERT OR REPLACE INTO audit_cosignature (size, name, line) VALUES (3, 'witness', 'x')".to_owned(),
    ];
    for verb in ["REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE", "INSERT OR FAIL", "INSERT OR ROLLBACK"] {
        for (seq, id) in [("1", "new"), ("3", "id-1"), ("2", "id-1"), ("0", "id-0"), ("9", "new")] {
            all.push(insert_entry(database, verb, seq, id, ""));
        }
        all.push(insert_batch(database, verb, 2, 3, ""));
        all.push(insert_node(database, verb, 1, 1, ""));
    }
    let with_pragma = all.iter().map(|sql| format!("PRAGMA recursive_triggers = OFF; {sql}")).collect::<Vec<_>>();
    all.extend(with_pragma);
    all
}

fn postgres_attacks() -> Vec<String> {
    let mut all: Vec<String> = TABLES
        .iter()
        .flat_map(|table| {
            [format!("TRUNCATE {table} CASCADE"), format!("TRUNCATE ONLY {table} RESTART IDENTITY CASCADE")]
        })
        .collect();
    all.push(format!("TRUNCATE {}", TABLES.join(", ")));
    all.push(
        "MERGE INTO audit_entry e USING (SELECT 1 AS seq) s ON e.seq = s.seq WHEN MATCHED THEN UPDATE SET actor = 'mallory'"
            .to_owned(),
    );
    all.push("MERGE INTO audit_entry e USING (SELECT 1 AS seq) s ON e.seq = s.seq WHEN MATCHED THEN DELETE".to_owned());
    all.push("WITH gone AS (DELETE FROM audit_batch RETURNING *) SELECT count(*) FROM gone".to_owned());
    all
}

#[test]
fn the_audit_tables_take_the_next_row_and_nothing_else() {
    on_every_database(|database| {
        let store = given(database);
        let before = picture(database);
        let mut all = attacks(database);
        all.extend(if database.is_postgres() { postgres_attacks() } else { sqlite_attacks(database) });
        for sql in all {
            assert!(database.tamper(&sql).is_err(), "accepted: {sql}");
            assert_eq!(picture(database), before, "changed by: {sql}");
        }
        write(&store, |tx| {
            audit::append_entries(tx, &[entry(3), entry(4)])?;
            audit::append_nodes(tx, &[node(1, 2), node(2, 0)])?;
            audit::append_batch(tx, &batch(3, 5))?;
            audit::insert_checkpoint(tx, 5, "next", 10)
        });
    });
}

#[test]
fn a_replica_role_does_not_silence_the_guards() {
    let Some(database) = TestDatabase::postgres() else { return };
    let _store = given(&database);
    let before = picture(&database);
    for sql in attacks(&database).into_iter().chain(postgres_attacks()) {
        let sql = format!("SET session_replication_role = replica; {sql}");
        assert!(database.tamper(&sql).is_err(), "accepted: {sql}");
        assert_eq!(picture(&database), before, "changed by: {sql}");
    }
}

#[test]
fn a_cosignature_belongs_to_a_published_checkpoint() {
    on_every_database(|database| {
        let store = given(database);
        let mut conn = store.open_writer().unwrap();
        let orphan = "INSERT INTO audit_cosignature (size, name, line) VALUES (4, 'witness', 'line')";
        assert!(crate::support::raw::texts_on(conn.conn(), &format!("{orphan} RETURNING line AS value")).is_err());
    });
}

#[test]
fn of_two_who_bring_the_same_cosignature_the_second_changes_nothing() {
    on_every_database(|database| {
        let store = database.store();
        fill(&store);
        let row = |size: i64, line: &str| CosignatureRow { size, name: "w1".to_owned(), line: line.to_owned() };
        let is_new = |row: &CosignatureRow| {
            let mut conn = store.open_writer().unwrap();
            let mut tx = conn.begin().unwrap();
            let is_new = audit::insert_cosignature(&mut tx, row).unwrap();
            tx.commit().unwrap();
            is_new
        };
        assert_eq!((is_new(&row(3, "first\n")), is_new(&row(3, "second\n"))), (true, false));
        let last = store.read(|conn| audit::find_last_cosignature(conn, "w1")).unwrap();
        assert_eq!(last, Some(row(3, "first\n")));
        assert_eq!(store.read(|conn| audit::find_last_cosignature(conn, "w2")).unwrap(), None);
    });
}

#[test]
fn an_entry_whose_batch_was_undone_may_be_written_again() {
    on_every_database(|database| {
        let store = given(database);
        let mut conn = store.open_writer().unwrap();
        let mut tx = conn.begin().unwrap();
        audit::append_entries(&mut tx, &[entry(3)]).unwrap();
        drop(tx);
        write(&store, |tx| audit::append_entries(tx, &[entry(3)]));
        assert_eq!(database.count("audit_entry"), 4);
    });
}

#[test]
fn a_link_to_a_resident_can_be_erased() {
    on_every_database(|database| {
        let store = given(database);
        let link = || audit::ResidentRow { seq: 1, salt: vec![1; 32], resident_index: vec![2; 32], sealed: vec![3] };
        write(&store, |tx| audit::append_residents(tx, &[link()]));
        assert!(store.read(|conn| audit::find_resident(conn, 1)).unwrap() == Some(link()));
        database.tamper("DELETE FROM audit_resident WHERE seq = 1").unwrap();
        assert!(store.read(|conn| audit::find_resident(conn, 1)).unwrap().is_none());
        assert_eq!(database.count("audit_entry"), 3);
    });
}

#[test]
fn rows_that_the_program_could_not_judge_cannot_be_stored() {
    on_every_database(|database| {
        let store = database.store();
        drop(store);
        let basis = |status: &str, verifier: &str, verified_at: &str, max_uses: &str, uses: i64| {
            format!(
                "INSERT INTO legal_basis (id, kind, status, registrar, registered_at, verifier, verified_at, valid_from, \
                 max_uses, uses, is_standing) VALUES ('b', 'judicial_warrant', '{status}', 'ana', 1, {verifier}, {verified_at}, \
                 1, {max_uses}, {uses}, {})",
                if database.is_postgres() { "FALSE" } else { "0" }
            )
        };
        for sql in [
            basis("verified", "NULL", "1", "NULL", 0),
            basis("verified", "'ben'", "NULL", "NULL", 0),
            basis("verified", "'ana'", "1", "NULL", 0),
            basis("registered", "'ana'", "NULL", "NULL", 0),
            basis("approved", "'ben'", "1", "NULL", 0),
            basis("registered", "NULL", "NULL", "1", 2),
            basis("registered", "NULL", "NULL", "0", 0),
            basis("registered", "NULL", "NULL", "NULL", -1),
            "INSERT INTO state (id, revision) VALUES (2, 0)".to_owned(),
            "INSERT INTO unknown_field (store, field, first_at, last_at, asked) VALUES ('s', 'f', 1, 1, 0)".to_owned(),
            format!(
                "INSERT INTO confidential_resident (resident_index, store, sealed, flagged_at) VALUES ({0}, 's', {0}, 1)",
                database.bytes("00")
            ),
            format!(
                "INSERT INTO audit_resident (seq, salt, resident_index, sealed) VALUES (0, {0}, {0}, {0})",
                database.bytes("00")
            ),
        ] {
            assert!(database.tamper(&sql).is_err(), "accepted: {sql}");
        }
        database.tamper(&basis("verified", "'ben'", "1", "2", 2)).unwrap();
    });
}
