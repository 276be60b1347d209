//! The files of an SQLite database that are moved, replaced or deleted beneath the process that serves from them.

use std::fs;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection as _;

use crate::city::{City, Recovery};
use crate::load::Load;
use crate::service::{LONG, Service};
use crate::support::TestDatabase;
use crate::support::wait::within;

fn with(file: &Path, suffix: &str) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(suffix);
    path.into()
}

#[test]
fn an_older_copy_in_the_place_of_the_database_is_never_written_to() {
    let city = City::found(TestDatabase::sqlite());
    let (file, older, aside) = (city.file(), city.path().join("older.db"), city.path().join("aside.db"));
    fs::copy(&file, &older).unwrap();
    let service = Service::start(&city, &[]);
    let load = Load::start(&service, &city, 6);
    load.until_answered(50);
    fs::rename(&file, &aside).unwrap();
    fs::copy(&older, &file).unwrap();
    load.until_refused(20);
    service.wait_until_ready(false);
    // From here on nothing is answered until the right file is back.
    let before = load.look(|seen| seen.answered.len());
    load.until_refused(50);
    assert_eq!(load.look(|seen| seen.answered.len()), before, "answered from nowhere");
    assert_eq!(fs::read(&file).unwrap(), fs::read(&older).unwrap(), "the copy was written to");
    fs::rename(&aside, &file).unwrap();
    load.until_answered(50);
    service.wait_until_ready(true);
    city.account("SQLite file replaced by an older copy, then put back", &load.stop(), Recovery::ByItself);
}

#[test]
fn a_database_that_was_moved_away_gets_no_entry_and_no_answer() {
    let city = City::found(TestDatabase::sqlite());
    let (file, aside) = (city.file(), city.path().join("aside.db"));
    let service = Service::start(&city, &[]);
    let load = Load::start(&service, &city, 6);
    load.until_answered(50);
    fs::rename(&file, &aside).unwrap();
    load.until_refused(20);
    service.wait_until_ready(false);
    let before = load.look(|seen| seen.answered.len());
    load.until_refused(50);
    assert_eq!(load.look(|seen| seen.answered.len()), before, "answered from nowhere");
    assert!(!file.exists(), "an empty database was made in its place");
    fs::rename(&aside, &file).unwrap();
    load.until_answered(50);
    service.wait_until_ready(true);
    city.account("SQLite file moved away, then put back", &load.stop(), Recovery::ByItself);
}

/// `cp older.db zaguan.db`: the file keeps its inode, and what was answered in between is in no file any more.
#[test]
fn a_database_that_is_written_over_in_place_gets_no_entry_and_no_answer() {
    let city = City::found(TestDatabase::sqlite());
    let (file, older, newest) = (city.file(), city.path().join("older.db"), city.path().join("newest.db"));
    fs::copy(&file, &older).unwrap();
    let serve = || Service::start(&city, &[]);
    let first = serve();
    let load = Load::start(&first, &city, 6);
    load.until_answered(200);
    let before = load.stop();
    // Its end brings every commit into the file.
    assert_eq!(first.terminate(), Some(0));
    let service = serve();
    let token = service.token(&city);
    city.database.connect().batch_execute(&format!("VACUUM INTO '{}'", newest.display())).unwrap();
    fs::copy(&older, &file).unwrap();
    let load = Load::at(service.address, &token, 6);
    load.until_refused(40);
    service.wait_until_ready(false);
    let refused = load.stop();
    assert_eq!(refused.answered.len(), 0, "answered from a file that was written over");
    service.kill();
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(with(&file, suffix));
    }
    fs::copy(&newest, &file).unwrap();
    let service = serve();
    let load = Load::start(&service, &city, 6);
    load.until_answered(50);
    city.account(
        "SQLite file written over in place by an older one (cp), then restored",
        &before.and(refused).and(load.stop()),
        Recovery::Restarted,
    );
}

fn deleted(suffix: &str, fault: &str) {
    let city = City::found(TestDatabase::sqlite());
    let service = Service::start(&city, &[]);
    let load = Load::start(&service, &city, 6);
    load.until_answered(50);
    let file = with(&city.file(), suffix);
    fs::remove_file(&file).unwrap();
    // Perhaps nobody is refused: a commit that was under way is brought into the database and found there.
    within(LONG, "the file is made again", || file.exists());
    load.until_answered(100);
    service.wait_until_ready(true);
    let seen = load.stop();
    // What counts is what the next process finds.
    service.kill();
    city.account(fault, &seen, Recovery::ByItself);
}

#[test]
fn commits_whose_log_was_deleted_are_brought_into_the_database() {
    deleted("-wal", "SQLite's log of commits (-wal) deleted");
}

#[test]
fn a_deleted_index_of_commits_is_noticed_and_made_again() {
    deleted("-shm", "SQLite's index of commits (-shm) deleted");
}
