//! PostgreSQL that goes away, stands still, fails to write, is cut off, or is set up against us.

use std::time::Duration;

use diesel::connection::SimpleConnection as _;

use crate::city::{City, Recovery};
use crate::load::{Load, Seen};
use crate::proxy::{Cut, Proxy};
use crate::server::Server;
use crate::service::{LONG, Service, signal};
use crate::support::TestDatabase;
use crate::support::database::{execute, server};
use crate::support::wait::within;
use crate::tracer::Tracer;

/// A second for locks and a second for statements.
const IMPATIENT: [(&str, &str); 2] =
    [("ZAGUAN__DATABASE__BUSY_TIMEOUT_MS", "1000"), ("ZAGUAN__DATABASE__STATEMENT_TIMEOUT_MS", "1000")];

#[test]
fn a_server_that_is_restarted_is_found_again() {
    let Some(server) = Server::start() else { return };
    let city = City::found(server.database());
    let service = Service::start(&city, &[]);
    let load = Load::start(&service, &city, 6);
    for mode in ["fast", "immediate"] {
        load.until_answered(50);
        server.control("stop", &["-m", mode]);
        load.until_refused(20);
        service.wait_until_ready(false);
        server.control("start", &[]);
        load.until_answered(50);
        service.wait_until_ready(true);
    }
    let seen = load.stop();
    assert_eq!(seen.unheard, 0);
    city.account("PostgreSQL stopped and started, twice (fast, immediate)", &seen, Recovery::ByItself);
}

#[test]
fn a_server_that_stands_still_is_not_waited_for_without_end() {
    let Some(server) = Server::start() else { return };
    let city = City::found(server.database());
    let service = Service::start(&city, &IMPATIENT);
    let load = Load::start(&service, &city, 6);
    load.until_answered(50);
    let processes = server.processes();
    signal("STOP", &processes);
    load.until_refused(20);
    service.wait_until_ready(false);
    signal("CONT", &processes);
    load.until_answered(50);
    service.wait_until_ready(true);
    let seen = load.stop();
    assert_eq!(seen.unheard, 0);
    assert!(seen.longest < Duration::from_secs(12), "somebody waited {:?}", seen.longest);
    city.account("PostgreSQL paused for longer than anybody waits", &seen, Recovery::ByItself);
}

#[test]
fn a_server_that_fails_to_sync_acknowledges_nothing() {
    let Some(server) = Server::start() else { return };
    let city = City::found(server.database());
    let service = Service::start(&city, &[]);
    let load = Load::start(&service, &city, 6);
    load.until_answered(50);
    // Its own way out is to end all its processes and recover from its log.
    let Some(tracer) = Tracer::inject(&server.processes()[1..], "fsync,fdatasync,pwrite64", "EIO") else { return };
    load.until_refused(5);
    drop(tracer);
    server.wait();
    load.until_answered(50);
    service.wait_until_ready(true);
    let seen = load.stop();
    assert_eq!(seen.unheard, 0);
    city.account("PostgreSQL's writes and syncs fail (EIO)", &seen, Recovery::ByItself);
}

fn cut(when: Cut, fault: &str) -> Option<Seen> {
    let database = TestDatabase::postgres()?;
    let url = database.url();
    let (_, host) = url.split_once('@').unwrap();
    let (address, name) = host.split_once('/').unwrap();
    let proxy = Proxy::before(String::leak(address.to_owned()));
    let city = City::found(database);
    let through = url.replace(host, &format!("127.0.0.1:{}/{name}", proxy.port));
    let service = Service::start(&city, &[("ZAGUAN__DATABASE__URL", &through)]);
    let load = Load::start(&service, &city, 6);
    for _ in 0..5 {
        load.until_answered(20);
        proxy.arm(when);
        within(LONG, "a COMMIT is cut off", || proxy.has_cut());
    }
    load.until_answered(20);
    service.wait_until_ready(true);
    let seen = load.stop();
    assert_eq!(seen.unheard, 0);
    city.account(fault, &seen, Recovery::ByItself);
    Some(seen)
}

#[test]
fn a_commit_that_never_arrived_is_answered_with_a_refusal() {
    let seen = cut(Cut::Before, "connection cut before the COMMIT arrives, 5 times");
    assert!(seen.is_none_or(|seen| seen.refused > 0), "nobody was told");
}

#[test]
fn a_commit_whose_answer_was_lost_is_looked_up_and_answered() {
    let seen = cut(Cut::After, "connection cut after the COMMIT has arrived, 5 times");
    assert!(seen.is_none_or(|seen| seen.refused == 0), "the batch was there, and was not found");
}

#[test]
fn settings_of_the_server_that_weaken_it_do_not_reach_the_program() {
    let Some(database) = TestDatabase::postgres() else { return };
    let city = City::found(database);
    let url = city.database.url();
    let name = url.rsplit_once('/').unwrap().1;
    let service = Service::start(&city, &[]);
    let load = Load::start(&service, &city, 6);
    for setting in [
        "default_transaction_read_only = on",
        "default_transaction_isolation = 'serializable'",
        "default_transaction_isolation = 'repeatable read'",
        "synchronous_commit = off",
    ] {
        load.until_answered(30);
        execute(&server().unwrap(), &format!("ALTER DATABASE {name} SET {setting}"));
        // They count for new connections only, so every connection is made anew.
        let mut conn = city.database.connect();
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        conn.batch_execute(end).unwrap();
        load.until_answered(30);
        service.wait_until_ready(true);
    }
    execute(&server().unwrap(), &format!("ALTER DATABASE {name} RESET ALL"));
    let fault =
        "read-only, serializable, repeatable read, asynchronous commits by default; all connections ended, 4 times";
    city.account(fault, &load.stop(), Recovery::ByItself);
}

/// Settings of the role go over those of the database. Each counts for new connections only, so all are made anew.
fn role(server: &Server, setting: &str) {
    server.execute(&format!("ALTER ROLE zaguan {setting}"));
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
}

#[test]
fn settings_of_the_role_that_weaken_a_session_are_overridden_or_refused() {
    let Some(server) = Server::start() else { return };
    let city = City::found(server.database());
    server
        .execute("CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.audit_batch (LIKE public.audit_batch INCLUDING ALL)");
    let service = Service::start(&city, &[]);
    let load = Load::start(&service, &city, 6);
    for overridden in [
        "SET default_transaction_isolation = 'serializable'",
        "SET default_transaction_isolation = 'repeatable read'",
        "SET default_transaction_read_only = on",
        "SET synchronous_commit = off",
    ] {
        load.until_answered(20);
        role(&server, overridden);
        load.until_answered(30);
        service.wait_until_ready(true);
        server.execute("ALTER ROLE zaguan RESET ALL");
    }
    // Tables of other names, or of the same names elsewhere; and foreign keys that nobody checks.
    for refused in [
        "SET search_path = 'elsewhere', 'public'",
        "SET search_path = 'elsewhere'",
        "SET session_replication_role = replica",
    ] {
        load.until_answered(20);
        role(&server, refused);
        load.until_refused(20);
        service.wait_until_ready(false);
        let before = load.look(|seen| seen.answered.len());
        load.until_refused(20);
        assert_eq!(load.look(|seen| seen.answered.len()), before, "{refused}");
        role(&server, "RESET ALL");
        load.until_answered(30);
        service.wait_until_ready(true);
    }
    assert_eq!(server.number("SELECT count(*) FROM elsewhere.audit_batch"), 0);
    let seen = load.stop();
    assert_eq!(seen.unheard, 0);
    let fault = "the role's isolation, read-only, commits overridden; search_path, replication role refused";
    city.account(fault, &seen, Recovery::ByItself);
}
