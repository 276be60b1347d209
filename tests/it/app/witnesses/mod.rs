//! Witnesses: honest ones, and all others.

mod asking;
mod epochs;
mod misbehaving;
mod shown;

use chrono::TimeDelta;
use zaguan::app::assemble::{World, anchor};
use zaguan::app::log::LogHealth;
use zaguan::app::witnesses::{Trouble, WitnessHealth, WitnessKeeper};
use zaguan::ledger::NoProbe;
use zaguan::storage::audit;

use crate::support::app::settings;
use crate::support::wait::eventually;
use crate::support::witness::TestWitness;
use crate::support::{ManualClock, SeededEntropy, TestApp, TestDatabase};

/// A program that publishes, and asks these witnesses, who know its log.
struct Scene<'a> {
    app: TestApp,
    keeper: Option<WitnessKeeper>,
    database: &'a TestDatabase,
}

impl<'a> Scene<'a> {
    fn of(database: &'a TestDatabase, witnesses: &[&TestWitness]) -> Self {
        let list: Vec<String> = witnesses.iter().map(|witness| witness.setting()).collect();
        let clock = std::sync::Arc::new(ManualClock::new());
        let entropy = std::sync::Arc::new(SeededEntropy::new(1));
        let world = World { clock: clock.clone(), entropy, probe: std::sync::Arc::new(NoProbe) };
        let more = [
            ("ZAGUAN__AUDIT__PUBLISH_INTERVAL_S", "1"),
            ("ZAGUAN__AUDIT__WITNESSES", &list.join("\n")),
            ("ZAGUAN__AUDIT__WITNESS_TIMEOUT_S", "3"),
        ];
        let app = TestApp::start_in(database, &more, world, clock);
        for witness in witnesses {
            witness.trust(&app.app.verifiers()[0].to_string());
        }
        let keeper = Some(WitnessKeeper::start(&app.app).unwrap());
        Self { app, keeper, database }
    }

    /// Publishes a longer log; gives its size.
    fn publish(&self) -> u64 {
        self.app.grow_to(self.app.length() + 5);
        let size = self.app.length();
        self.app.publish();
        size
    }

    fn health(&self) -> LogHealth {
        let anchor = anchor(&settings(self.database, &[]));
        self.app.app.log_health(&anchor).unwrap()
    }

    fn health_of(&self, witness: &TestWitness) -> WitnessHealth {
        self.health().witnesses.into_iter().find(|health| health.seen.name == witness.name).unwrap()
    }

    /// The size that is stored as this witness's last.
    fn kept(&self, witness: &TestWitness) -> Option<i64> {
        self.app.app.store().read(|conn| audit::find_last_cosignature(conn, &witness.name)).unwrap().map(|row| row.size)
    }

    fn eventually_kept(&self, witness: &TestWitness, size: u64) {
        eventually("cosigned", || self.kept(witness) == i64::try_from(size).ok());
    }

    fn eventually_failed(&self, witness: &TestWitness, failures: u32) -> Trouble {
        eventually("a failed attempt", || self.health_of(witness).failures >= failures);
        self.health_of(witness).trouble.unwrap()
    }

    /// Lets those be asked again who were left alone.
    fn wait_out(&self) {
        self.app.clock.advance(TimeDelta::hours(2));
    }
}
