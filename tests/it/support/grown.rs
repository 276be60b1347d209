//! A log of some length, published, without asking for every entry over a socket.

use std::convert::Infallible;
use std::sync::Arc;

use chrono::TimeDelta;
use zaguan::app::assemble::World;
use zaguan::domain::record::EventKind;
use zaguan::ledger::{Change, ChangeError, NoProbe, Stamp, Turn};
use zaguan::storage::audit;

use super::wait::eventually;
use super::{ManualClock, SeededEntropy, TestApp, TestDatabase};

/// Entries of one commit.
const AT_ONCE: u64 = 8_192;

/// Appends entries, all in one commit.
struct Many(Vec<Stamp>);

impl Change for Many {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        for stamp in self.0 {
            let none: [(&str, String); 0] = [];
            turn.entries.append(stamp.event(turn.now, EventKind::CallRefused, "test", none));
        }
        Ok(())
    }
}

impl TestApp {
    /// A program that publishes once a second, by its own clock.
    pub fn publishing(database: &TestDatabase) -> Self {
        Self::publishing_with(database, 1)
    }

    /// As before, with other dice: another log, with other keys.
    pub fn publishing_with(database: &TestDatabase, seed: u64) -> Self {
        let clock = Arc::new(ManualClock::new());
        let world =
            World { clock: clock.clone(), entropy: Arc::new(SeededEntropy::new(seed)), probe: Arc::new(NoProbe) };
        Self::start_in(database, &[("ZAGUAN__AUDIT__PUBLISH_INTERVAL_S", "1")], world, clock)
    }

    /// Entries in the log.
    pub fn length(&self) -> u64 {
        self.app.store().read(audit::length).unwrap().try_into().unwrap()
    }

    /// Appends entries until the log has so many.
    pub fn grow_to(&self, size: u64) {
        let entropy = SeededEntropy::new(self.length());
        while self.length() < size {
            let more = (size - self.length()).min(AT_ONCE);
            let stamps = (0..more).map(|_| Stamp::draw(self.app.now(), &entropy).unwrap()).collect();
            self.app.ledger().change_blocking(Many(stamps)).unwrap().unwrap();
        }
        assert_eq!(self.length(), size);
    }

    /// Lets the writer publish a checkpoint of the whole log; it looks every second when nobody asks.
    pub fn publish(&self) {
        let size = i64::try_from(self.length()).unwrap();
        self.clock.advance(TimeDelta::minutes(2));
        eventually("published", || {
            let last = self.app.store().read(audit::find_last_checkpoint).unwrap();
            last.is_some_and(|last| last.size == size)
        });
    }
}
