//! Every route that is not for everybody is closed: without credentials, with the wrong role, with a session that has run
//! out, and with one that was ended.

use chrono::TimeDelta;

use super::{House, Who, assert_refused, call_with, is_for_staff, is_let_through, reviewed, split};
use crate::api::{count, last_record};
use crate::support::TestDatabase;

#[test]
fn without_credentials_nothing_opens_that_is_not_for_everybody() {
    let database = TestDatabase::sqlite();
    let house = House::open(&database);
    for (route, _) in reviewed().into_iter().filter(|(_, marks)| !marks[0]) {
        let (method, path) = split(&route);
        assert_refused(method, path, &house.call(Who::Nobody, method, path), 401, "unauthenticated");
        let reply = call_with(&house.app, Some("zgs_nobody-s-session"), method, path);
        assert_refused(method, path, &reply, 401, "unauthenticated");
    }
}

#[test]
fn the_wrong_role_is_told_so_and_leaves_an_entry() {
    let database = TestDatabase::sqlite();
    let house = House::open(&database);
    let mut tried = 0;
    for (route, marks) in reviewed().into_iter().filter(|(_, marks)| is_for_staff(marks)) {
        let (method, path) = split(&route);
        for (who, _) in Who::all().into_iter().zip(&marks).skip(2).filter(|(_, may)| !**may) {
            let before = count(&house.app, "call_refused");
            assert_refused(method, path, &house.call(who, method, path), 403, "forbidden");
            assert_eq!(count(&house.app, "call_refused"), before + 1, "{route} by {who:?}");
            assert_eq!(last_record(&house.app)["about"]["reason"], "forbidden");
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
}

/// How sessions end, and how that comes about.
type End = (&'static str, fn(&House));

#[test]
fn a_session_that_ran_out_was_left_unused_or_was_ended_opens_nothing() {
    let database = TestDatabase::sqlite();
    let ends: [End; 3] = [
        ("left unused", |house| house.app.clock.advance(TimeDelta::minutes(30))),
        ("ran out", |house| {
            // Those who signed in first are four minutes ahead of the last one.
            for _ in 0..28 {
                house.app.clock.advance(TimeDelta::minutes(25));
                let account = |token: &String| house.app.as_staff(token).get("/api/v1/account").status;
                let in_use: Vec<u16> = house.tokens.values().map(account).collect();
                assert!(in_use.iter().all(|status| *status == 200), "{in_use:?}");
            }
            house.app.clock.advance(TimeDelta::hours(12) - TimeDelta::minutes(28 * 25));
        }),
        ("ended", |house| {
            for token in house.tokens.values() {
                assert_eq!(house.app.as_staff(token).delete("/api/v1/sessions/current").status, 204);
            }
        }),
    ];
    let mut house = House::open(&database);
    for (what, end) in ends {
        end(&house);
        for (route, marks) in reviewed().into_iter().filter(|(_, marks)| is_for_staff(marks)) {
            let (method, path) = split(&route);
            for (who, _) in Who::all().into_iter().zip(&marks).skip(2).filter(|(_, may)| **may) {
                let reply = house.call(who, method, path);
                let is_open = is_let_through(path, &reply);
                assert!(!is_open, "{route} by {who:?}, {what}: {reply:?}");
            }
        }
        for role in zaguan::domain::staff::Role::ALL {
            house.sign_in_again(role);
        }
    }
}
