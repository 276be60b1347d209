//! A machine whose clock is set back while it works.

use chrono::TimeDelta;

use crate::city::{City, Recovery};
use crate::load::Load;
use crate::support::{TestApp, TestDatabase, on_every_database};

#[test]
fn a_clock_that_is_set_back_under_load_bends_no_history() {
    on_every_database(|database| {
        let city = City { database: TestDatabase::like(database), secret: String::new() };
        // In this process, because only here the clock is moved by hand.
        let app = TestApp::start(&city.database);
        let load = Load::at(app.address, &app.token, 6);
        for minutes in [-1, -30, 5, -300] {
            load.until_answered(25);
            app.clock.advance(TimeDelta::minutes(minutes));
        }
        load.until_answered(25);
        let seen = load.stop();
        drop(app);
        let backwards = "audit_entry a JOIN audit_entry b ON b.seq = a.seq + 1 WHERE b.at < a.at";
        assert_eq!(city.database.count(backwards), 0, "time runs backwards in the log");
        assert_eq!((seen.refused, seen.unheard), (0, 0));
        city.account("clock set back by 30 minutes and by 5 hours", &seen, Recovery::NotNeeded);
    });
}
