//! Time and chance: the log's time never runs backwards, and without dice nothing is recorded or released.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use zaguan::app::App;
use zaguan::app::assemble::{AssembleError, Migrations, World};
use zaguan::clock::{Clock, Entropy, EntropyError};
use zaguan::ledger::{NoProbe, Stamp};

use super::{Fault, Plan};
use crate::support::app::{ask, settings};
use crate::support::world::NoEntropy;
use crate::support::{ManualClock, SeededEntropy, TestApp, on_every_database};

#[test]
fn entry_times_never_decrease_whatever_the_machines_clock_does() {
    on_every_database(|database| {
        let clock = Arc::new(ManualClock::new());
        let log = Plan { clock: clock.clone(), ..Plan::on(database) }.start().unwrap();
        let noon = clock.now();
        for (number, hours) in [0_i64, 1, -5, -4, 2, -1000].into_iter().enumerate() {
            clock.set(noon + TimeDelta::hours(hours));
            log.append(&format!("judged-{number}")).unwrap();
            log.change(&format!("changed-{number}"), Fault::None).unwrap().unwrap();
        }
        drop(log);
        clock.set(noon - TimeDelta::days(9));
        let log = Plan { clock: clock.clone(), ..Plan::on(database).elsewhere() }.start().unwrap();
        log.append("after a start").unwrap();
        let times = database.texts("SELECT CAST(at AS TEXT) AS value FROM audit_entry ORDER BY seq");
        let times: Vec<i64> = times.iter().map(|at| at.parse().unwrap()).collect();
        assert!(times.is_sorted(), "{times:?}");
        assert_eq!(times.last(), Some(&(noon + TimeDelta::hours(2)).timestamp_micros()));
        assert!(database.texts("SELECT CAST(at AS TEXT) AS value FROM audit_batch ORDER BY first_seq").is_sorted());
        log.demand(&[]);
    });
}

/// Dice that can run out.
struct Dice {
    inner: SeededEntropy,
    is_dry: AtomicBool,
}

impl Entropy for Dice {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        if self.is_dry.load(Ordering::SeqCst) { Err(EntropyError) } else { self.inner.fill(bytes) }
    }
}

#[test]
fn without_random_bytes_nothing_is_decided_or_recorded() {
    on_every_database(|database| {
        let clock = Arc::new(ManualClock::new());
        let dice = Arc::new(Dice { inner: SeededEntropy::new(1), is_dry: AtomicBool::new(false) });
        let world = World { clock: clock.clone(), entropy: dice.clone(), probe: Arc::new(NoProbe) };
        let app = TestApp::start_in(database, &[], world, clock);
        let before = database.count("audit_entry");
        dice.is_dry.store(true, Ordering::SeqCst);
        let refused = app.decide(&ask());
        assert_eq!(refused.status, 503, "{refused:?}");
        assert!(refused.json().get("fields").is_none());
        assert!(app.app.record_stop().is_err());
        assert_eq!(database.count("audit_entry"), before);
        dice.is_dry.store(false, Ordering::SeqCst);
        assert_eq!(app.decide(&ask()).status, 200);
    });
}

#[test]
fn without_random_bytes_there_is_no_stamp_and_no_start() {
    assert!(Stamp::draw(ManualClock::new().now(), &NoEntropy).is_err());
    on_every_database(|database| {
        let world = |entropy: Arc<dyn Entropy>| World {
            clock: Arc::new(ManualClock::new()),
            entropy,
            probe: Arc::new(NoProbe),
        };
        let open = |entropy| App::open(&settings(database, &[]), Migrations::Apply, world(entropy)).map(|_| ());
        assert!(open(Arc::new(NoEntropy)).is_err(), "keys were made without chance");
        assert!(open(Arc::new(SeededEntropy::new(1))).is_ok());
        let entries = database.count("audit_entry");
        assert!(matches!(open(Arc::new(NoEntropy)), Err(AssembleError::Entropy(_))));
        assert_eq!(database.count("audit_entry"), entries);
    });
}
