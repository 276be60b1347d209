//! Somebody has the database in their hands and takes the guards away. Each row of the table below is one thing they
//! may do, on a copy of the same sound log.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use zaguan::app::App;
use zaguan::app::assemble::{Migrations, World, anchor, find_master};
use zaguan::app::audit::{LinkKeys, VerifyError, verify};
use zaguan::app::authority::Authority;
use zaguan::app::decisions::{Details, Request, Requester};
use zaguan::app::tokens::Caller;
use zaguan::clock::Clock;
use zaguan::domain::field::{FieldName, StoreCatalog};
use zaguan::domain::{Agency, Purpose, RequesterKind, ResidentId};
use zaguan::ledger::{Anchor, AnchorError, NoProbe};
use zaguan::storage::audit::{self, CheckpointRow};
use zaguan::storage::{Location, Store};
use zaguan::tlog::{Checkpoint, Cosigner, Verifier, WitnessKey};

use crate::support::app::settings;
use crate::support::database::{execute, server};
use crate::support::{ManualClock, SeededEntropy, TestDatabase, on_every_database, whole};

/// A sound log of 600 entries in several commits, with nodes and a checkpoint, no longer in use.
struct Sound {
    verifiers: Vec<Verifier>,
    origin: String,
    witnesses: [WitnessKey; 2],
    links: LinkKeys,
    anchor: Anchor,
    copies: Copies,
}

/// Puts the sound log back after each deed.
enum Copies {
    File { database: PathBuf, copy: PathBuf },
    Template { database: String, copy: String },
}

impl Copies {
    fn of(database: &TestDatabase) -> Self {
        match &database.location {
            Location::Sqlite(path) | Location::Still(path) => {
                database.tamper("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
                let copy = path.with_extension("copy");
                std::fs::copy(path, &copy).unwrap();
                Self::File { database: path.clone(), copy }
            }
            Location::Postgres(url) => {
                let (_, name) = url.rsplit_once('/').unwrap();
                let copy = format!("{name}_copy");
                execute(&server().unwrap(), &format!("CREATE DATABASE {copy} TEMPLATE {name}"));
                Self::Template { database: name.to_owned(), copy }
            }
        }
    }

    fn restore(&self) {
        match self {
            Self::File { database, copy } => {
                for suffix in ["-wal", "-shm"] {
                    let mut side = database.clone().into_os_string();
                    side.push(suffix);
                    let _ = std::fs::remove_file(side);
                }
                std::fs::copy(copy, database).unwrap();
            }
            Self::Template { database, copy } => {
                execute(&server().unwrap(), &format!("DROP DATABASE {database} WITH (FORCE)"));
                execute(&server().unwrap(), &format!("CREATE DATABASE {database} TEMPLATE {copy}"));
            }
        }
    }
}

impl Drop for Copies {
    fn drop(&mut self) {
        if let Self::Template { copy, .. } = self {
            execute(&server().unwrap(), &format!("DROP DATABASE IF EXISTS {copy} WITH (FORCE)"));
        }
    }
}

fn request(number: usize) -> Request {
    // One in a hundred is for the City Clerk.
    let (kind, purpose) = match number % 100 {
        7 => (RequesterKind::PublicRecords, Purpose::PublicRecordsRequest),
        _ => (RequesterKind::Court, Purpose::CourtProceeding),
    };
    Request {
        store: "library".parse().unwrap(),
        resident: ResidentId::new(format!("P-{number}")).unwrap(),
        fields: vec![FieldName::new("card_number").unwrap()],
        requester: Requester { kind, agency: Some(Agency::new("Third Judicial District").unwrap()) },
        purpose,
        legal_bases: Vec::new(),
        details: Details::default(),
    }
}

impl Sound {
    fn make(database: &TestDatabase) -> Self {
        Self::make_of(database, 6)
    }

    /// A log of so many hundreds of entries, and its segments.
    fn make_of(database: &TestDatabase, hundreds: usize) -> Self {
        let settings = settings(database, &[("ZAGUAN__AUDIT__PUBLISH_INTERVAL_S", "1")]);
        let clock = Arc::new(ManualClock::new());
        let world = World { clock: clock.clone(), entropy: Arc::new(SeededEntropy::new(1)), probe: Arc::new(NoProbe) };
        let app = App::open(&settings, Migrations::Apply, world).unwrap();
        app.import_catalog("test", StoreCatalog::parse(include_str!("../../../config/catalog/library.toml")).unwrap())
            .unwrap();
        let new = zaguan::app::clients::NewClient {
            id: "desk".parse().unwrap(),
            name: "Desk".to_owned(),
            stores: ["library".parse().unwrap()].into(),
            requester_kinds: RequesterKind::ALL.into(),
        };
        app.add_client(&Authority::operator(), new).unwrap();
        let caller = Caller { client: "desk".parse().unwrap(), issued_at: clock.now() };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for batch in 0..hundreds {
            let requests = (0..100).map(|number| (number, request(batch * 100 + number))).collect();
            runtime.block_on(app.decide_all(caller.clone(), requests, None)).unwrap().unwrap();
            clock.advance(TimeDelta::seconds(2));
        }
        let published = || database.count("audit_checkpoint WHERE size > 500");
        crate::support::wait::eventually("a checkpoint is published", || published() > 0);
        let last = app.store().read(audit::find_last_checkpoint).unwrap().unwrap();
        app.record_stop().unwrap();
        app.make_segments().unwrap();
        app.ledger().close();
        let (verifiers, origin) = (app.verifiers().to_vec(), settings.audit.origin.clone());
        drop(app);
        let witnesses = cosign(database, &last, &verifiers, &origin);
        let links = LinkKeys::of(&find_master(&settings).unwrap().unwrap());
        Self { verifiers, origin, witnesses, links, anchor: anchor(&settings), copies: Copies::of(database) }
    }

    fn verify(&self, database: &TestDatabase, anchor: &Anchor) -> Result<u64, VerifyError> {
        let store = Store::open(database.options()).unwrap();
        let mut check = whole(&self.verifiers, &self.origin, anchor);
        check.keys.witnesses = &self.witnesses;
        check.links = Some(&self.links);
        verify(&store, &check, |_, _| {}).map(|verified| verified.entries)
    }
}

/// Two witnesses sign the last checkpoint.
fn cosign(database: &TestDatabase, last: &CheckpointRow, known: &[Verifier], origin: &str) -> [WitnessKey; 2] {
    let checkpoint = Checkpoint::open(last.note.as_bytes(), known, origin).unwrap();
    [1, 2].map(|number| {
        let (name, size) = (format!("witness.example/w{number}"), last.size);
        let cosigner = Cosigner::new(&name, &[number; 32]).unwrap();
        let line = cosigner.cosign(&checkpoint.encode(), 1_930_392_000).to_line();
        database.tamper(&format!("INSERT INTO audit_cosignature VALUES ({size}, '{name}', '{line}')")).unwrap();
        cosigner.key().clone()
    })
}

/// What somebody does, and the table and the row that must be named. Without an anchor: the database alone must tell.
struct Deed {
    sql: String,
    table: &'static str,
    row: &'static str,
}

fn deed(sql: impl Into<String>, table: &'static str, row: &'static str) -> Deed {
    Deed { sql: sql.into(), table, row }
}

/// Bytes with their first one changed.
fn flipped(database: &TestDatabase, column: &str) -> String {
    if database.is_postgres() {
        format!("set_byte({column}, 0, get_byte({column}, 0) # 1)")
    } else {
        format!("CAST(CASE substr({column}, 1, 1) WHEN x'00' THEN x'01' ELSE x'00' END || substr({column}, 2) AS BLOB)")
    }
}

/// The record with one letter of its content changed: another requester, still well-formed and canonical.
fn forged_record(database: &TestDatabase) -> &'static str {
    if database.is_postgres() {
        "convert_to(replace(convert_from(record, 'UTF8'), 'Third', 'First'), 'UTF8')"
    } else {
        "CAST(replace(CAST(record AS TEXT), 'Third', 'First') AS BLOB)"
    }
}

fn deeds(database: &TestDatabase) -> Vec<Deed> {
    let entry = |what: &str| deed(format!("UPDATE audit_entry SET {what} WHERE seq = 300"), "audit_entry", "300");
    let flip = |column: &str| format!("{column} = {}", flipped(database, column));
    let batch = |what: &str, first: &'static str| {
        deed(format!("UPDATE audit_batch SET {what} WHERE first_seq = {first}"), "audit_batch", first)
    };
    let zero = database.bytes(&"00".repeat(32));
    let copied = "leaf, nonce, record, id || '2', at, kind, actor, store, requester_kind, agency, purpose, outcome";
    let surplus =
        |seq: &str| format!("INSERT INTO audit_entry SELECT {seq}, {copied} FROM audit_entry WHERE seq = 300");
    let swap = ["audit_entry", "audit_resident"].map(|table| {
        format!(
            "UPDATE {table} SET seq = -1 WHERE seq = 300; UPDATE {table} SET seq = 300 WHERE seq = 301; \
             UPDATE {table} SET seq = 301 WHERE seq = -1"
        )
    });
    let swap = swap.join("; ");
    let unchecked =
        if database.is_postgres() { "ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_seq_check; " } else { "" };
    vec![
        entry(&flip("leaf")),
        entry(&flip("nonce")),
        entry(&flip("record")),
        entry(&format!("record = {}", forged_record(database))),
        entry("record = nonce"),
        entry("id = 'another'"),
        entry("at = at + 1"),
        entry("kind = 'call_refused'"),
        entry("actor = 'mallory'"),
        entry("store = 'utility-billing'"),
        entry("store = NULL"),
        entry("requester_kind = 'city_department'"),
        entry("requester_kind = NULL"),
        entry("agency = 'First Judicial District'"),
        entry("agency = NULL"),
        entry("purpose = 'audit'"),
        entry("outcome = 'partial'"),
        entry("outcome = NULL"),
        deed("UPDATE audit_entry SET store = 'library' WHERE seq = 0", "audit_entry", "0"),
        deed("DELETE FROM audit_entry WHERE seq = 300", "audit_entry", "300"),
        deed("DELETE FROM audit_entry WHERE seq = 0", "audit_entry", "0"),
        deed("DELETE FROM audit_entry WHERE seq = 603", "audit_entry", "603"),
        deed("DELETE FROM audit_entry WHERE seq >= 550", "audit_entry", "550"),
        // Each row is sound in itself: the commit in which they stand is not.
        deed(format!("{unchecked}{swap}"), "audit_batch", "203"),
        deed(surplus("604"), "audit_entry", "604"),
        deed(surplus("9000"), "audit_entry", "9000"),
        deed(format!("{unchecked}{}", surplus("-5")), "audit_entry", "-5"),
        deed(format!("UPDATE audit_node SET {} WHERE idx = 1", flip("hash")), "audit_node", "level 1, idx 1"),
        deed("DELETE FROM audit_node WHERE idx = 0", "audit_node", "level 1, idx 0"),
        deed("DELETE FROM audit_node WHERE idx = 1", "audit_node", "level 1, idx 1"),
        deed(format!("INSERT INTO audit_node VALUES (1, 2, {zero})"), "audit_node", "level 1"),
        deed(format!("INSERT INTO audit_node VALUES (2, 0, {zero})"), "audit_node", "level 2"),
        deed(format!("INSERT INTO audit_node VALUES (5, 0, {zero})"), "audit_node", "level 5"),
        batch(&flip("root"), "203"),
        batch(&flip("frontier"), "203"),
        batch("size_after = size_after + 1", "203"),
        batch("size_after = size_after - 1", "203"),
        batch("size_after = 9000", "203"),
        batch("first_seq = first_seq + 1", "203"),
        batch("at = at + 1", "203"),
        batch(&flip("root"), "603"),
        batch(&flip("frontier"), "603"),
        batch("at = at + 1", "603"),
        batch("instance = 'nobody'", "203"),
        deed("UPDATE audit_checkpoint SET at = at - 3000000 WHERE size = 603", "audit_checkpoint", "603"),
        deed("DELETE FROM audit_batch WHERE first_seq = 203", "audit_batch", "203"),
        deed("DELETE FROM audit_batch WHERE first_seq = 0", "audit_batch", "0"),
        // Its entry is then one that no batch accounts for.
        deed("DELETE FROM audit_batch WHERE first_seq = 603", "audit_entry", "603"),
        deed(
            "INSERT INTO audit_batch SELECT 250, 260, root, frontier, instance, at FROM audit_batch WHERE first_seq = 203",
            "audit_batch",
            "250",
        ),
        deed(
            "INSERT INTO audit_batch SELECT -5, -1, root, frontier, instance, at FROM audit_batch WHERE first_seq = 203",
            "audit_batch",
            "-5",
        ),
        // A batch of entries that are not there.
        deed(
            "INSERT INTO audit_batch SELECT 604, 700, root, frontier, instance, at FROM audit_batch WHERE first_seq = 603",
            "audit_entry",
            "604",
        ),
        deed(
            "UPDATE audit_checkpoint SET note = replace(note, 'zaguan', 'zaguaN') WHERE size > 500",
            "audit_checkpoint",
            "603",
        ),
        deed("UPDATE audit_checkpoint SET note = note || 'x' WHERE size > 500", "audit_checkpoint", "603"),
        deed("UPDATE audit_checkpoint SET size = 602 WHERE size = 603", "audit_checkpoint", "602"),
        deed("INSERT INTO audit_checkpoint VALUES (604, 'a note', 1)", "audit_checkpoint", "604"),
    ]
}

/// What the first witness signed.
const FIRST: &str = "size 603, name witness.example/w1";

/// The same with what witnesses signed.
fn deeds_to_cosignatures() -> Vec<Deed> {
    let first = |what: &str, row: &'static str| {
        let sql = format!("UPDATE audit_cosignature SET {what} WHERE name = 'witness.example/w1'");
        deed(sql, "audit_cosignature", row)
    };
    let swap = "DELETE FROM audit_cosignature WHERE name = 'witness.example/w2'; \
                UPDATE audit_cosignature SET name = 'witness.example/w2'";
    vec![
        first("name = 'witness.example/w0'", "size 603, name witness.example/w0"),
        first("name = ''", "size 603, name "),
        first("size = 9000", "size 9000, name witness.example/w1"),
        first("size = 604", "size 604, name witness.example/w1"),
        first("size = -4", "size -4, name witness.example/w1"),
        first("line = ''", FIRST),
        first("line = replace(line, 'w1', 'w2')", FIRST),
        first("line = line || line", FIRST),
        first("line = line || 'x'", FIRST),
        first("line = replace(line, '=', '')", FIRST),
        // The time that the witness signed, one second later or earlier.
        first("line = replace(line, 'AAAAB', 'AAAAC')", FIRST),
        first("line = (SELECT line FROM audit_cosignature WHERE name = 'witness.example/w2')", FIRST),
        deed(swap, "audit_cosignature", "size 603, name witness.example/w2"),
    ]
}

/// The same with what stands beside the log, and is made from it.
fn deeds_beside() -> Vec<Deed> {
    vec![
        deed("DELETE FROM referral WHERE seq = 210", "referral", "refer_to_clerk, entry 210"),
        deed("UPDATE referral SET seq = 300 WHERE seq = 210", "referral", "refer_to_clerk, entry 210"),
        deed(
            "UPDATE referral SET kind = 'counsel_review_1373' WHERE seq = 210",
            "referral",
            "counsel_review_1373, entry 210",
        ),
        deed(
            "INSERT INTO referral (kind, seq) VALUES ('refer_to_clerk', 300)",
            "referral",
            "refer_to_clerk, entry 300",
        ),
        deed(
            "INSERT INTO legal_basis_use (basis, seq) VALUES ('a basis', 300)",
            "legal_basis_use",
            "a basis, entry 300",
        ),
        deed("UPDATE tally SET count = count + 1 WHERE counted = 'flag'", "tally", "flag refer_to_clerk, 2031-03-04"),
        deed(
            "UPDATE tally SET key = 'refer_to_nobody' WHERE counted = 'flag'",
            "tally",
            "flag refer_to_clerk, 2031-03-04",
        ),
        deed("UPDATE tally SET day = day + 1 WHERE counted = 'flag'", "tally", "flag refer_to_clerk, 2031-03-04"),
        deed("UPDATE tally SET counted = 'refused' WHERE counted = 'flag'", "tally", "flag refer_to_clerk, 2031-03-04"),
        deed("UPDATE tally_size SET size = size + 1", "tally_size", "1"),
    ]
}

/// The same with the links to residents, which only the master key can compare.
fn deeds_to_links(database: &TestDatabase) -> Vec<Deed> {
    let link = |what: &str, row: &'static str| {
        deed(format!("UPDATE audit_resident SET {what} WHERE seq = 300"), "audit_resident", row)
    };
    let flip = |column: &str| format!("{column} = {}", flipped(database, column));
    let of_301 = |column: &str| format!("{column} = (SELECT {column} FROM audit_resident WHERE seq = 301)");
    vec![
        link(&flip("salt"), "300"),
        link(&flip("resident_index"), "300"),
        link(&flip("sealed"), "300"),
        link(&of_301("salt"), "300"),
        link(&of_301("resident_index"), "300"),
        link(&of_301("sealed"), "300"),
        // Of the entry of a start, which is about nobody.
        link("seq = 0", "0"),
        link("seq = 603", "603"),
        link("seq = 604", "604"),
        link("seq = -7", "-7"),
    ]
}

/// The same with the columns that searches read.
fn deeds_to_segments(database: &TestDatabase) -> Vec<Deed> {
    let rows = [
        ("kind", "kind, first 0"),
        ("actor", "actor, first 0"),
        ("store", "store, first 0"),
        ("requester_kind", "requester_kind, first 0"),
        ("agency", "agency, first 0"),
        ("purpose", "purpose, first 0"),
        ("outcome", "outcome, first 0"),
        ("answers", "answers, first 0"),
        ("resident", "resident, first 0"),
    ];
    let each = rows.into_iter().flat_map(|(name, row)| {
        let marks = flipped(database, "marks");
        let of = format!("WHERE name = '{name}'");
        [
            deed(format!("UPDATE search_column SET marks = {marks} {of}"), "search_column", row),
            deed(format!("UPDATE search_column SET words = replace(words, ']', ',\"x\"]') {of}"), "search_column", row),
            deed(format!("DELETE FROM search_column {of}"), "search_column", row),
        ]
    });
    each.chain([
        deed(
            "UPDATE search_column SET words = '[\"a basis\"]' WHERE name = 'cited'",
            "search_column",
            "cited, first 0",
        ),
        deed("UPDATE search_column SET first = 1 WHERE name = 'store'", "search_column", "store, first 0"),
        deed(
            "INSERT INTO search_column SELECT name, 4096, words, marks FROM search_column WHERE name = 'kind'",
            "search_column",
            "kind, first 4096",
        ),
    ])
    .collect()
}

/// Does each deed to a copy of the sound log, and collects those that verification does not name.
fn try_each(database: &TestDatabase, sound: &Sound, deeds: impl IntoIterator<Item = Deed>) {
    let nowhere = Anchor::at(database.dir.path().join("no anchor"));
    let mut missed = Vec::new();
    for Deed { sql, table, row } in deeds {
        sound.copies.restore();
        crate::ledger::anchor::unguard(database);
        let unbound = if database.is_postgres() { "" } else { "PRAGMA foreign_keys = OFF; " };
        database.tamper(&format!("{unbound}{sql}")).unwrap_or_else(|error| panic!("{error}: {sql}"));
        match sound.verify(database, &nowhere) {
            Err(VerifyError::Row { table: named, row: at, what }) if named == table && at == row => {
                assert!(!what.is_empty());
            }
            other => missed.push(format!("{sql}\n    should name {table} {row}, but: {other:?}")),
        }
    }
    assert!(missed.is_empty(), "on {}:\n{}", database.kind(), missed.join("\n"));
}

#[test]
fn whatever_is_done_to_the_log_is_found_and_the_row_is_named() {
    on_every_database(|database| {
        let sound = Sound::make(database);
        assert_eq!(sound.verify(database, &sound.anchor).unwrap(), 604);
        let beside = deeds_beside().into_iter().chain(deeds_to_links(database)).chain(deeds_to_cosignatures());
        try_each(database, &sound, deeds(database).into_iter().chain(beside));
    });
}

#[test]
fn whatever_is_done_to_what_searches_read_is_found_and_the_row_is_named() {
    on_every_database(|database| {
        let sound = Sound::make_of(database, 41);
        assert_eq!(sound.verify(database, &sound.anchor).unwrap(), 4_104);
        try_each(database, &sound, deeds_to_segments(database));
    });
}

/// When a checkpoint was published is signed by nobody and follows from nothing: it is named when it cannot be true.
const ONLY_PLAUSIBLE: (&str, &str) = ("audit_checkpoint", "at");

#[test]
fn no_column_of_the_log_is_altered_unnoticed() {
    on_every_database(|database| {
        let sound = Sound::make(database);
        let tables = [
            ("audit_entry", "seq = 300"),
            ("audit_node", "idx = 1"),
            ("audit_batch", "first_seq = 203"),
            ("audit_checkpoint", "size = 603"),
            ("audit_cosignature", "name = 'witness.example/w1'"),
            ("audit_resident", "seq = 300"),
            ("tally", "counted = 'flag'"),
            ("tally_size", "id = 1"),
        ];
        let nowhere = Anchor::at(database.dir.path().join("no anchor"));
        let mut missed = Vec::new();
        for (table, row) in tables {
            for (column, kind) in database.columns_of(table) {
                let changed = match kind.as_str() {
                    "INTEGER" | "bigint" | "integer" => format!("{column} + 1"),
                    "BLOB" | "bytea" => flipped(database, &column),
                    _ => format!("{column} || 'x'"),
                };
                sound.copies.restore();
                crate::ledger::anchor::unguard(database);
                let unbound = if database.is_postgres() { "" } else { "PRAGMA foreign_keys = OFF; " };
                let sql = format!("{unbound}UPDATE {table} SET {column} = {changed} WHERE {row}");
                // What the database itself refuses needs no finding.
                let is_done = database.tamper(&sql).is_ok();
                let is_found = matches!(sound.verify(database, &nowhere), Err(VerifyError::Row { .. }));
                if is_done && !is_found && (table, column.as_str()) != ONLY_PLAUSIBLE {
                    missed.push(sql);
                }
            }
        }
        assert!(missed.is_empty(), "on {}:\n{}", database.kind(), missed.join("\n"));
    });
}

/// A tail that is dropped with everything that speaks of it leaves a sound, shorter log: only what is outside tells.
#[test]
fn a_clean_cut_is_told_by_the_anchor_alone() {
    on_every_database(|database| {
        let sound = Sound::make(database);
        crate::ledger::anchor::unguard(database);
        database
            .tamper(
                "DELETE FROM audit_cosignature; DELETE FROM audit_entry WHERE seq >= 503; \
                 DELETE FROM audit_resident WHERE seq >= 503; DELETE FROM audit_batch WHERE first_seq >= 503; \
                 DELETE FROM audit_node WHERE idx = 1; DELETE FROM audit_checkpoint WHERE size > 503; \
                 DELETE FROM tally; UPDATE tally_size SET size = 0",
            )
            .unwrap();
        let nowhere = Anchor::at(database.dir.path().join("no anchor"));
        assert_eq!(sound.verify(database, &nowhere).unwrap(), 503);
        let error = sound.verify(database, &sound.anchor).unwrap_err();
        assert!(
            matches!(error, VerifyError::Anchor(AnchorError::Behind { found: 503, anchored: 604, .. })),
            "{error:?}"
        );
    });
}

/// Erasing is lawful: the link goes, the log stays whole.
#[test]
fn a_log_whose_links_to_residents_were_erased_is_sound() {
    on_every_database(|database| {
        let sound = Sound::make(database);
        database.tamper("DELETE FROM audit_resident WHERE seq < 400").unwrap();
        assert_eq!(sound.verify(database, &sound.anchor).unwrap(), 604);
    });
}
