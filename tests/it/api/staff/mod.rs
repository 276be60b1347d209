//! People as the API sees them.

mod account;
mod administration;
mod back_off;
mod enrolment;
mod review;
mod sign_in;

use std::sync::Arc;

use serde_json::Value;
use zaguan::app::assemble::World;
use zaguan::ledger::NoProbe;

use crate::support::app::Reply;
use crate::support::{ManualClock, SeededEntropy, TestApp, TestDatabase};

/// Without the limit on attempts that stands in front: what is behind it is looked at here.
const UNSLOWED: (&str, &str) = ("ZAGUAN__OAUTH__ATTEMPTS_PER_MINUTE", "10000");

pub fn start(database: &TestDatabase) -> TestApp {
    start_with(database, &[])
}

pub fn start_with(database: &TestDatabase, more: &[(&str, &str)]) -> TestApp {
    TestApp::start_with(database, &[&[UNSLOWED], more].concat(), Arc::new(NoProbe))
}

/// The program once more on the same database, with other dice.
pub fn start_again(database: &TestDatabase, clock: &Arc<ManualClock>, more: &[(&str, &str)]) -> TestApp {
    let world = World { clock: clock.clone(), entropy: Arc::new(SeededEntropy::new(2)), probe: Arc::new(NoProbe) };
    TestApp::start_in(database, &[&[UNSLOWED], more].concat(), world, clock.clone())
}

/// A call by nobody in particular.
pub fn post(app: &TestApp, path: &str, body: &Value) -> Reply {
    app.send("POST", path, &[("Content-Type", "application/json")], body.to_string().as_bytes())
}

pub fn sign_in(app: &TestApp, body: &Value) -> Reply {
    post(app, "/api/v1/sessions", body)
}
