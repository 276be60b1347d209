//! Somebody has the database in their hands and takes the guards away. Each deed is done to a copy of the same sound log.

use zaguan::app::audit::VerifyError;
use zaguan::ledger::{Anchor, AnchorError};

use super::deeds::{Deed, deeds, deeds_beside, deeds_to_cosignatures, deeds_to_links, deeds_to_segments, flipped};
use super::sound::Sound;
use crate::support::{TestDatabase, on_every_database};

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
