//! The two migration sets and the program's own picture of the tables say the same.

use std::collections::BTreeMap;

use crate::support::TestDatabase;

/// `table.column` → type family, whether it may be absent, its place in the primary key (0: none).
pub type Picture = BTreeMap<String, (&'static str, bool, u32)>;

const SQLITE: &str = "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || (c.\"notnull\" = 0) || ' ' || c.pk AS value \
     FROM sqlite_master m, pragma_table_info(m.name) c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> '__diesel_schema_migrations'";

const POSTGRES: &str = "SELECT c.table_name || '.' || c.column_name || ' ' || c.data_type || ' ' || \
     CASE c.is_nullable WHEN 'YES' THEN 1 ELSE 0 END || ' ' || coalesce((SELECT array_position(i.indkey::int[], a.attnum::int) + 1 \
       FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = c.column_name \
       WHERE i.indrelid = c.table_name::regclass AND i.indisprimary), 0) AS value \
     FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name <> '__diesel_schema_migrations'";

fn picture(database: &TestDatabase) -> Picture {
    let rows = database.texts(if database.is_postgres() { POSTGRES } else { SQLITE });
    let row = |row: String| {
        let words: Vec<&str> = row.split(' ').collect();
        let [column, kind, nullable, key] = words.as_slice() else { panic!("a type of two words: {row}") };
        let family = family(column, kind);
        ((*column).to_owned(), (family, *nullable == "1", key.parse().unwrap()))
    };
    rows.into_iter().map(row).collect()
}

fn family(column: &str, kind: &str) -> &'static str {
    match kind {
        // SQLite has no type of its own for a truth: by name, and checked to be 0 or 1.
        "INTEGER" if column.contains(".is_") => "truth",
        "boolean" | "Bool" => "truth",
        "INTEGER" | "bigint" | "BigInt" => "number",
        "TEXT" | "text" | "Text" => "text",
        "BLOB" | "bytea" | "Binary" => "bytes",
        other => panic!("{column} is of the unexpected type {other}"),
    }
}

/// The picture in `src/storage/schema.rs`.
pub fn of_the_program() -> Picture {
    let mut picture = Picture::new();
    for table in include_str!("../../../src/storage/schema.rs").split("diesel::table! {").skip(1) {
        let (head, body) = table.split_once('{').unwrap();
        let (name, key) = head.trim().split_once(" (").unwrap();
        let key: Vec<&str> = key.trim_end_matches([')', ' ']).split(", ").collect();
        for line in body.lines().filter_map(|line| line.trim().strip_suffix(',')) {
            let (column, kind) = line.split_once(" -> ").unwrap();
            let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
            let place = key.iter().zip(1..).find(|(part, _)| **part == column).map_or(0, |(_, place)| place);
            let full = format!("{name}.{column}");
            let family = family(&full, inner.unwrap_or(kind));
            picture.insert(full, (family, inner.is_some(), place));
        }
    }
    picture
}

#[test]
fn the_program_and_the_embedded_database_have_the_same_picture() {
    let database = TestDatabase::sqlite();
    drop(database.store());
    assert!(of_the_program().len() > 80);
    assert_eq!(picture(&database), of_the_program());
}

#[test]
fn the_program_and_the_server_have_the_same_picture() {
    let Some(database) = TestDatabase::postgres() else { return };
    assert_eq!(picture(&database), of_the_program());
}

#[test]
fn every_truth_is_checked_where_the_database_has_none() {
    let database = TestDatabase::sqlite();
    drop(database.store());
    let tables = database.texts("SELECT sql AS value FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'");
    assert!(tables.len() >= 19, "every table is STRICT, and there are {}", tables.len());
    for (column, _) in of_the_program().into_iter().filter(|(_, (family, ..))| *family == "truth") {
        let (table, name) = column.split_once('.').unwrap();
        let check = format!("CHECK ({name} IN (0, 1))");
        let sql = database.texts(&format!("SELECT sql AS value FROM sqlite_master WHERE name = '{table}'"));
        assert!(sql[0].contains(&check), "{column}");
    }
}

#[test]
fn both_migration_sets_have_the_same_names() {
    let names = |dialect: &str| -> Vec<String> {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/");
        let entries = std::fs::read_dir(format!("{root}{dialect}")).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn every_guard_of_the_server_is_always_enabled() {
    let Some(database) = TestDatabase::postgres() else { return };
    let lazy = database.texts(
        "SELECT tgname::text AS value FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'audit%' AND tgenabled <> 'A'",
    );
    assert_eq!(lazy, Vec::<String>::new());
    assert!(database.count("pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'audit%'") >= 14);
}
