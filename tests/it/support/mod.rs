//! What tests stand on: databases of both kinds, a clock that is moved by hand, repeatable dice, and the whole program on
//! a port of its own.

pub mod app;
pub mod browser;
pub mod contract;
pub mod database;
pub mod grown;
pub mod planted;
pub mod raw;
pub mod ready;
pub mod staff;
pub mod wait;
pub mod witness;
pub mod world;

pub use app::TestApp;
pub use browser::Browser;
pub use database::{TestDatabase, on_every_database};
pub use world::{ManualClock, SeededEntropy};

use zaguan::app::audit::Check;
use zaguan::app::witnesses::LogKeys;
use zaguan::ledger::Anchor;
use zaguan::tlog::Verifier;

/// The whole of a log, on two threads.
pub fn whole<'a>(known: &'a [Verifier], origin: &'a str, anchor: &'a Anchor) -> Check<'a> {
    Check { keys: LogKeys { known, origin, witnesses: &[] }, anchor, since: None, links: None, threads: 2 }
}
