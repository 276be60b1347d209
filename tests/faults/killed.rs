//! SIGKILL in the middle of work, and SIGTERM.

use crate::city::{City, Recovery};
use crate::load::{Load, Seen};
use crate::service::Service;
use crate::support::{TestDatabase, on_every_database};

/// More with `ZAGUAN_TEST_KILLS`.
#[expect(clippy::disallowed_methods, reason = "heavier repetitions are asked for by the environment")]
fn rounds() -> usize {
    std::env::var("ZAGUAN_TEST_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(5)
}

fn taken(database: TestDatabase) {
    let city = City::found(database);
    let mut seen = Seen::default();
    for _ in 0..rounds() {
        // Each start compares the log with the anchor that the killed process left.
        let service = Service::start(&city, &[("ZAGUAN__AUDIT__ANCHOR_INTERVAL_MS", "100")]);
        let load = Load::start(&service, &city, 8);
        load.until_answered(60);
        service.kill();
        seen = seen.and(load.stop());
    }
    assert!(seen.unheard > 0, "nobody was cut off");
    drop(Service::start(&city, &[]));
    city.account(&format!("killed under load, {} times", rounds()), &seen, Recovery::Restarted);
}

#[test]
fn a_process_that_is_killed_again_and_again_takes_nothing_with_it_on_sqlite() {
    taken(TestDatabase::sqlite());
}

#[test]
fn a_process_that_is_killed_again_and_again_takes_nothing_with_it_on_postgres() {
    if let Some(database) = TestDatabase::postgres() {
        taken(database);
    }
}

#[test]
fn of_three_instances_one_is_killed_and_the_others_go_on_with_one_history() {
    let Some(database) = TestDatabase::postgres() else { return };
    let city = City::found(database);
    let [first, second, third] = [(); 3].map(|()| Service::start(&city, &[]));
    let loads = [&first, &second, &third].map(|service| Load::start(service, &city, 4));
    for load in &loads {
        load.until_answered(30);
    }
    first.kill();
    for load in &loads[1..] {
        load.until_answered(60);
    }
    let [of_first, of_second, of_third] = loads.map(Load::stop);
    assert!(of_first.unheard > 0, "nobody was cut off");
    let others = of_second.and(of_third);
    assert_eq!((others.refused, others.unheard), (0, 0), "the others were troubled");
    city.account("one of three instances killed under load", &of_first.and(others), Recovery::NotNeeded);
}

#[test]
fn a_service_that_is_told_to_stop_under_load_keeps_its_word_and_ends_well() {
    on_every_database(|database| {
        let city = City::found(TestDatabase::like(database));
        let service = Service::start(&city, &[]);
        let load = Load::start(&service, &city, 16);
        load.until_answered(100);
        assert_eq!(service.terminate(), Some(0));
        let seen = load.stop();
        let last = "SELECT kind AS value FROM audit_entry ORDER BY seq DESC LIMIT 1";
        assert_eq!(city.database.texts(last), ["service_stopped"]);
        city.account("told to stop under load (exit code 0)", &seen, Recovery::Restarted);
    });
}
