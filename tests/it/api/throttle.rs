//! Guessing at the token endpoint is slowed down.

use super::assert_problem;
use crate::support::app::{FORM, Reply};
use crate::support::{TestApp, TestDatabase};
use std::sync::Arc;
use zaguan::ledger::NoProbe;

fn attempt(app: &TestApp, client: &str) -> Reply {
    let form = format!("grant_type=client_credentials&client_id={client}&client_secret=guess");
    app.send("POST", "/oauth/token", &[("Content-Type", FORM)], form.as_bytes())
}

#[test]
fn who_guesses_too_often_is_told_to_wait() {
    let limit = [("ZAGUAN__OAUTH__ATTEMPTS_PER_MINUTE", "5")];
    let database = TestDatabase::sqlite();
    let app = TestApp::start_with(&database, &limit, Arc::new(NoProbe));
    // The start itself was the first attempt of this address.
    for _ in 0..4 {
        assert_problem(&attempt(&app, "nobody"), 401, "unauthenticated");
    }
    // One guess may come back in 12 seconds of real time: ten more cannot all have passed.
    let replies: Vec<Reply> = (0..10).map(|number| attempt(&app, &format!("other-{number}"))).collect();
    let refused: Vec<&Reply> = replies.iter().filter(|reply| reply.status == 429).collect();
    assert!(refused.len() >= 5, "{replies:?}");
    for reply in refused {
        assert_problem(reply, 429, "too-many-attempts");
        assert_eq!(reply.header("retry-after"), Some("60"));
    }
    // Decisions are not slowed down.
    assert_eq!(app.decide(&crate::support::app::ask()).status, 200);
}
