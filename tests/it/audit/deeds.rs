//! What somebody may do who has the database in their hands, and what must be named: a table of deeds.

use crate::support::TestDatabase;

/// What somebody does, and the table and the row that must be named. Without an anchor: the database alone must tell.
pub(super) struct Deed {
    pub(super) sql: String,
    pub(super) table: &'static str,
    pub(super) row: &'static str,
}

fn deed(sql: impl Into<String>, table: &'static str, row: &'static str) -> Deed {
    Deed { sql: sql.into(), table, row }
}

/// Bytes with their first one changed.
pub(super) fn flipped(database: &TestDatabase, column: &str) -> String {
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

pub(super) fn deeds(database: &TestDatabase) -> Vec<Deed> {
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
pub(super) fn deeds_to_cosignatures() -> Vec<Deed> {
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
pub(super) fn deeds_beside() -> Vec<Deed> {
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
pub(super) fn deeds_to_links(database: &TestDatabase) -> Vec<Deed> {
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
pub(super) fn deeds_to_segments(database: &TestDatabase) -> Vec<Deed> {
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
