//! A streaming replica that lags, goes away and comes back, while decisions are made on its primary.

use std::sync::Arc;

use chrono::NaiveDate;
use zaguan::app::authority::Authority;
use zaguan::app::decisions::{DecisionReader, FoundPage, Search};
use zaguan::domain::decision::DecisionFilter;
use zaguan::domain::report::Period;
use zaguan::domain::staff::Role;
use zaguan::domain::{ResidentId, StoreId};
use zaguan::ledger::NoProbe;

use crate::server::Server;
use crate::service::LONG;
use crate::support::TestApp;
use crate::support::app::ask;
use crate::support::wait::within;

/// Entries that the replica may lack here.
const LAG: usize = 40;

struct City {
    app: TestApp,
    primary: Server,
    replica: Server,
}

impl City {
    fn found() -> Option<Self> {
        let primary = Server::start()?;
        let replica = primary.replica();
        let (url, lag) = (replica.url("city"), LAG.to_string());
        let more = [("ZAGUAN__DATABASE__REPLICA_URL", url.as_str()), ("ZAGUAN__DATABASE__REPLICA_LAG_ENTRIES", &lag)];
        let app = TestApp::start_with(&primary.database(), &more, Arc::new(NoProbe));
        Some(Self { app, primary, replica })
    }

    fn decide(&self, count: usize) {
        for _ in 0..count {
            let reply = self.app.decide(&ask());
            assert_eq!(reply.status, 200, "{reply:?}");
        }
    }

    fn search(&self, before: Option<u64>, resident: Option<&str>) -> FoundPage {
        let store: StoreId = "utility-billing".parse().unwrap();
        let resident = resident.map(|id| (store, ResidentId::new(id).unwrap()));
        let search = Search { filter: DecisionFilter::default(), resident, before, limit: 1_000, reach: 1_000_000 };
        self.app.app.search_decisions(&Authority::operator(), &search).unwrap()
    }

    fn length(&self) -> u64 {
        self.app.app.ledger().head().size
    }

    fn until_the_replica_is_read(&self) {
        within(LONG, "the replica is read", || self.search(None, None).as_of.is_replica);
    }

    fn is_ready(&self) -> bool {
        self.app.get("/health/ready").status == 200
    }
}

#[test]
fn a_replica_that_lags_shows_an_older_log_whole_and_only_to_those_who_look_at_lists() {
    let Some(city) = City::found() else { return };
    city.decide(10);
    city.until_the_replica_is_read();
    city.replica.execute("SELECT pg_wal_replay_pause()");
    within(LONG, "replay stands still", || city.replica.is_replay_paused());
    let seen = city.search(None, None);
    assert!(seen.as_of.is_replica && seen.as_of.entries < city.length(), "its own entry is not in the replica yet");
    city.decide(12);

    let old = city.search(None, None);
    assert_eq!((old.as_of, old.decisions.len()), (seen.as_of, 10), "an older log, and all of it");
    assert!(old.decisions.iter().all(|decision| decision.index < old.as_of.entries));
    let newest = city.search(Some(city.length()), None);
    assert_eq!((newest.as_of.is_replica, newest.decisions.len()), (false, 22), "a page that begins beyond the replica");
    let of_one = city.search(None, Some("ACCT-0048213"));
    assert_eq!((of_one.as_of.is_replica, of_one.decisions.len()), (false, 22), "links may have been erased");
    let reader = DecisionReader::Staff(Authority::operator());
    let last = &newest.decisions[0];
    assert_eq!(city.app.app.find_decision(&reader, last.record.id).unwrap().index, last.index);
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let period = Period::new(day("2031-01-01"), day("2031-12-31")).unwrap();
    let report = city.app.app.report(&Authority::operator(), period).unwrap();
    assert_eq!(report.log.entries, old.as_of.entries, "a report says of how many entries it is");

    city.decide(LAG);
    let fresh = city.search(None, None);
    assert_eq!((fresh.as_of.is_replica, fresh.decisions.len()), (false, 22 + LAG), "it lacks more than it may");
    city.replica.execute("SELECT pg_wal_replay_resume()");
    city.until_the_replica_is_read();
    assert_eq!(city.search(None, None).decisions.len(), 22 + LAG);
}

#[test]
fn a_replica_that_goes_away_is_missed_by_nobody_and_is_found_again() {
    let Some(city) = City::found() else { return };
    city.decide(5);
    city.until_the_replica_is_read();
    city.replica.control("stop", &["-m", "immediate"]);
    let seen = city.search(None, None);
    assert_eq!((seen.as_of.is_replica, seen.decisions.len()), (false, 5));
    city.decide(5);
    assert!(city.is_ready());
    city.replica.control("start", &[]);
    city.until_the_replica_is_read();
    within(LONG, "it has caught up", || city.search(None, None).decisions.len() == 10);
}

#[test]
fn a_replica_decides_and_authorises_nothing() {
    let Some(city) = City::found() else { return };
    city.decide(5);
    city.until_the_replica_is_read();
    let clerk = city.app.staff(Role::Auditor);
    let sessions = |server: &Server| server.number("SELECT count(*) FROM session WHERE ended_at IS NULL");
    within(LONG, "the session is in the replica", || sessions(&city.replica) == 1);
    city.replica.execute("SELECT pg_wal_replay_pause()");
    within(LONG, "replay stands still", || city.replica.is_replay_paused());
    assert_eq!(city.app.as_staff(&clerk).get("/api/v1/decisions").status, 200);
    assert_eq!(city.app.as_staff(&clerk).delete("/api/v1/sessions/current").status, 204);
    assert_eq!((sessions(&city.replica), sessions(&city.primary)), (1, 0), "the replica still holds the session");
    assert_eq!(city.app.as_staff(&clerk).get("/api/v1/decisions").status, 401);
}
