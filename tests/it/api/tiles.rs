//! `/log/tile/…`: what is published, byte for byte, and nothing else; and how little it costs those who wait for decisions.

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use sha2::{Digest as _, Sha256};
use zaguan::domain::record::entry_bytes;
use zaguan::storage::audit::EntryRow;
use zaguan::tlog::Piece;

use super::{assert_problem, entries, raw_request};
use crate::support::app::ask;
use crate::support::wait::eventually;
use crate::support::{TestApp, TestDatabase, on_every_database};

/// The entries as C2SP bundles them: each after its length in two bytes, the more significant first.
fn bundled(app: &TestApp, first: usize, count: usize) -> Vec<u8> {
    let one = |row: &EntryRow| {
        let entry = entry_bytes(&row.nonce.clone().try_into().unwrap(), &row.record);
        [&[0, 48], entry.as_slice()].concat()
    };
    entries(app)[first..first + count].iter().flat_map(one).collect()
}

fn leaves(app: &TestApp, first: usize, count: usize) -> Vec<u8> {
    entries(app)[first..first + count].iter().flat_map(|row| row.leaf.clone()).collect()
}

#[test]
fn tiles_and_bundles_of_the_published_tree_are_served_as_c2sp_lays_them_out() {
    on_every_database(|database| {
        let app = TestApp::publishing(database);
        app.grow_to(600);
        app.publish();
        assert_eq!(app.bytes("/log/tile/0/000"), (200, leaves(&app, 0, 256)));
        assert_eq!(app.bytes("/log/tile/0/002.p/88"), (200, leaves(&app, 512, 88)));
        assert_eq!(app.bytes("/log/tile/entries/001"), (200, bundled(&app, 256, 256)));
        assert_eq!(app.bytes("/log/tile/entries/002.p/88"), (200, bundled(&app, 512, 88)));
        // What an older checkpoint had is there still, and so it is for whoever held it.
        assert_eq!(app.bytes("/log/tile/entries/001.p/7"), (200, bundled(&app, 256, 7)));
        assert_eq!(app.bytes("/log/tile/0/000.p/255"), (200, leaves(&app, 0, 255)));
        let (status, roots) = app.bytes("/log/tile/1/000.p/2");
        assert_eq!((status, roots.len()), (200, 64));
        let first = leaves(&app, 0, 256).chunks(32).map(|leaf| leaf.try_into().unwrap()).collect();
        assert_eq!(roots[..32], perfect_root(first));
    });
}

/// The root of a perfect tree over these hashes, as RFC 6962 defines it.
fn perfect_root(mut level: Vec<[u8; 32]>) -> [u8; 32] {
    while level.len() > 1 {
        let node = |pair: &[[u8; 32]]| Sha256::new().chain_update([1]).chain_update(pair.concat()).finalize().into();
        level = level.chunks(2).map(node).collect();
    }
    level[0]
}

#[test]
fn nothing_beyond_the_newest_published_checkpoint_is_there() {
    on_every_database(|database| {
        let app = TestApp::publishing(database);
        app.grow_to(600);
        app.publish();
        app.grow_to(800);
        let hidden = [
            "0/002.p/89",
            "0/002",
            "0/003.p/1",
            "1/000.p/3",
            "1/000",
            "2/000.p/1",
            "entries/002.p/89",
            "entries/002",
            "entries/003.p/32",
        ];
        for path in hidden {
            let reply = app.send("GET", &format!("/log/tile/{path}"), &[], b"");
            assert_problem(&reply, 404, "not-found");
        }
        assert_eq!(app.bytes("/log/tile/0/002.p/88").0, 200);
        app.publish();
        for path in ["0/002.p/89", "0/002", "1/000.p/3", "entries/002", "entries/003.p/32"] {
            assert_eq!(app.bytes(&format!("/log/tile/{path}")).0, 200, "{path}");
        }
        assert_eq!(app.bytes("/log/tile/entries/003.p/33").0, 404);
    });
}

#[test]
fn a_path_that_is_spelled_otherwise_is_not_there() {
    let database = TestDatabase::sqlite();
    let app = TestApp::publishing(&database);
    app.grow_to(600);
    app.publish();
    let spellings = [
        "0/0",
        "00/000",
        "0/x000/000",
        "0/000/",
        "0/000.p/256",
        "0/000.p/0",
        "0/000.p/01",
        "0/000.p/",
        "0/00%30",
        "%30/000",
        "0%2F000",
        "0//000",
        "64/000",
        "-1/000",
        "+0/000",
        "0/999/999",
        "0/../0/000",
        "entries/0",
        "entries/x000/000",
        "Entries/000",
        "data/000",
        "8/0/000",
        "0",
    ];
    for spelling in spellings {
        let reply = app.send("GET", &format!("/log/tile/{spelling}"), &[], b"");
        assert_problem(&reply, 404, "not-found");
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"), "{spelling}");
    }
    assert_eq!(app.bytes("/log/tile/0/000").0, 200);
}

#[test]
fn what_never_changes_is_cached_for_ever_and_read_from_any_page() {
    let database = TestDatabase::sqlite();
    let app = TestApp::publishing(&database);
    app.grow_to(300);
    app.publish();
    for path in ["/log/tile/0/000", "/log/tile/entries/000", "/log/tile/0/001.p/44"] {
        let head = raw_request(&app, "HEAD", path, "");
        assert_eq!((head.status, head.body.as_str()), (200, ""), "{path}");
        assert_eq!(head.header("content-type"), Some("application/octet-stream"), "{path}");
        assert_eq!(head.header("cache-control"), Some("public, max-age=31536000, immutable"), "{path}");
        assert_eq!(head.header("access-control-allow-origin"), Some("*"), "{path}");
    }
    assert_eq!(raw_request(&app, "HEAD", "/log/tile/0/000", "").header("content-length"), Some("8192"));
}

#[test]
fn a_full_piece_is_read_once_and_a_partial_one_is_not_kept() {
    on_every_database(|database| {
        let app = TestApp::publishing(database);
        app.grow_to(300);
        app.publish();
        let (full, partial) = (Piece::parse("tile/0/000").unwrap(), Piece::parse("tile/0/001.p/44").unwrap());
        assert!(app.app.held_piece(full).is_none());
        let first = app.bytes("/log/tile/0/000");
        assert_eq!(app.app.held_piece(full).as_deref(), Some(first.1.as_slice()));
        assert_eq!(app.bytes("/log/tile/0/000"), first);
        app.bytes("/log/tile/0/001.p/44");
        assert!(app.app.held_piece(partial).is_none());
    });
}

#[test]
fn however_many_read_the_public_log_decisions_are_made() {
    let Some(database) = TestDatabase::postgres() else { return };
    let app = TestApp::publishing(&database);
    app.grow_to(300);
    app.publish();
    // Whoever reads the tree hangs from now on.
    let mut lock = PgConnection::establish(&database.url()).unwrap();
    lock.batch_execute("BEGIN; LOCK TABLE audit_node IN ACCESS EXCLUSIVE MODE").unwrap();
    std::thread::scope(|scope| {
        // Whoever is turned away by the question below asks again.
        let read = || {
            let mut answers = std::iter::repeat_with(|| app.bytes("/log/tile/1/000.p/1").0);
            answers.find(|status| *status != 503).unwrap()
        };
        let hanging = [scope.spawn(read), scope.spawn(read)];
        eventually("the third is turned away", || app.bytes("/log/tile/0/000.p/1").0 == 503);
        let reply = app.send("GET", "/log/tile/0/000.p/1", &[], b"");
        assert_problem(&reply, 503, "overloaded");
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
        let decision = app.decide(&ask());
        assert_eq!(decision.status, 200, "{decision:?}");
        let path = format!("/api/v1/decisions/{}", decision.json()["id"].as_str().unwrap());
        assert_eq!(app.get(&path).status, 200);
        assert_eq!(app.bytes("/log/checkpoint").0, 200, "the last one that was read is still true");
        lock.batch_execute("ROLLBACK").unwrap();
        assert_eq!(hanging.map(|asked| asked.join().unwrap()), [200, 200]);
    });
}
