//! What waits for whom: right at the edges of time and number, and never more than the reader may act on.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use zaguan::app::agenda::{AgendaItem, Bounded};
use zaguan::app::authority::{Authority, UseOwnAccount};
use zaguan::domain::agenda::Task;
use zaguan::domain::staff::Role;

use crate::api::legal_bases::{Hall, emergency, mandate, warrant};
use crate::support::app::ask;
use crate::support::staff::enrol;
use crate::support::{TestApp, on_every_database};

fn agenda(app: &TestApp, token: &str) -> BTreeMap<Task, AgendaItem> {
    let who = app.app.authorize::<UseOwnAccount>(token).unwrap();
    let agenda = app.app.agenda(&who).unwrap();
    assert_eq!(agenda.now, app.app.now());
    let order: Vec<Task> = agenda.items.iter().map(|item| item.task).collect();
    assert!(order.is_sorted(), "the most pressing first: {order:?}");
    agenda.items.into_iter().map(|item| (item.task, item)).collect()
}

fn tasks(app: &TestApp, token: &str) -> Vec<(Task, usize)> {
    let exact = |item: &AgendaItem| match item.count {
        Bounded::Exactly(count) => (item.task, count),
        Bounded::MoreThan(_) => panic!("{item:?}"),
    };
    agenda(app, token).values().map(exact).collect()
}

fn due(app: &TestApp, token: &str, task: Task) -> Option<DateTime<Utc>> {
    agenda(app, token).get(&task).and_then(|item| item.first_due_at)
}

#[test]
fn nothing_waits_in_a_new_house() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        for role in Role::ALL {
            assert_eq!(tasks(&app, &app.staff(role)), [], "{role}");
        }
    });
}

#[test]
fn bases_wait_for_whoever_may_verify_them_and_not_for_their_registrar() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let (papers, emergencies) = (hall.register(&warrant()), hall.register(&emergency()));
        hall.register(&mandate());
        let counsel = [(Task::EmergenciesToVerify, 1), (Task::WarrantsToVerify, 1), (Task::MandatesToVerify, 1)];
        assert_eq!(tasks(&hall.app, hall.token(Role::Counsel)), counsel);
        assert_eq!(tasks(&hall.app, hall.token(Role::Supervisor)), [(Task::EmergenciesToVerify, 1)]);
        assert_eq!(tasks(&hall.app, hall.token(Role::Auditor)), []);
        assert_eq!(tasks(&hall.app, hall.token(Role::Records)), [(Task::ScansMissing, 2)]);

        let both = enrol(&hall.app.app, "r-and-c", &[Role::Records, Role::Counsel]).sign_in(&hall.app.app);
        let own = hall.app.as_staff(&both).post("/api/v1/legal-bases", &warrant());
        assert_eq!(own.status, 201, "{own:?}");
        let expected = [
            (Task::EmergenciesToVerify, 1),
            (Task::WarrantsToVerify, 1),
            (Task::MandatesToVerify, 1),
            (Task::ScansMissing, 1),
        ];
        assert_eq!(tasks(&hall.app, &both), expected, "not their own warrant, but its scan");
        assert_eq!(tasks(&hall.app, hall.token(Role::Counsel))[1], (Task::WarrantsToVerify, 2));

        hall.scan(&papers);
        assert_eq!(tasks(&hall.app, hall.token(Role::Records)), [(Task::ScansMissing, 1)]);
        hall.verify(Role::Counsel, &papers);
        hall.verify(Role::Supervisor, &emergencies);
        let counsel = [(Task::WarrantsToVerify, 1), (Task::MandatesToVerify, 1), (Task::ReviewsOwed, 1)];
        assert_eq!(tasks(&hall.app, hall.token(Role::Counsel)), counsel);
    });
}

#[test]
fn a_review_is_owed_until_its_last_microsecond_and_from_then_on_it_is_late_for_the_whole_house() {
    on_every_database(|database| {
        let mut hall = Hall::open(database);
        let id = hall.verified(&emergency());
        let due_at: DateTime<Utc> = "2031-03-07T12:00:00Z".parse().unwrap();
        assert_eq!(due(&hall.app, hall.token(Role::Supervisor), Task::ReviewsOwed), Some(due_at));
        hall.go_to(due_at - TimeDelta::microseconds(1));
        assert_eq!(tasks(&hall.app, hall.token(Role::Counsel)), [(Task::ReviewsOwed, 1)]);
        assert_eq!(tasks(&hall.app, hall.token(Role::Auditor)), []);
        hall.app.clock.advance(TimeDelta::microseconds(1));
        for role in Role::ALL {
            let token = hall.app.staff(role);
            assert_eq!(tasks(&hall.app, &token), [(Task::ReviewsOverdue, 1)], "{role}");
            assert_eq!(due(&hall.app, &token, Task::ReviewsOverdue), Some(due_at));
        }
        let review = json!({ "outcome": "not_justified", "note": "nobody was in danger" });
        assert_eq!(hall.act(Role::Counsel, &id, "review", &review).status, 200);
        assert_eq!(tasks(&hall.app, hall.token(Role::Counsel)), [(Task::ViolationsOpen, 1)]);
        assert_eq!(tasks(&hall.app, hall.token(Role::Auditor)), [(Task::ViolationsOpen, 1)]);
        assert_eq!(tasks(&hall.app, hall.token(Role::Records)), []);
    });
}

#[test]
fn a_standing_mandate_asks_for_counsel_thirty_days_before_it_ends_and_not_after() {
    on_every_database(|database| {
        let mut hall = Hall::open(database);
        hall.verified(&mandate());
        let ends_at: DateTime<Utc> = "2031-09-01T06:00:00Z".parse().unwrap();
        // Meanwhile everybody's access is certified anew.
        let certify = |hall: &Hall| {
            let operator = Authority::operator();
            for account in hall.app.app.list_staff(&Authority::operator()).unwrap() {
                hall.app.app.certify_staff(&operator, account.id).unwrap();
            }
            hall.app.app.certify_client(&operator, "billing".parse().unwrap()).unwrap();
        };
        for days in [80, 60, 31] {
            hall.app.clock.set(ends_at - TimeDelta::days(days));
            certify(&hall);
        }
        hall.go_to(ends_at - TimeDelta::days(30) - TimeDelta::microseconds(1));
        assert_eq!(tasks(&hall.app, hall.token(Role::Counsel)), []);
        hall.app.clock.advance(TimeDelta::microseconds(1));
        assert_eq!(due(&hall.app, hall.token(Role::Counsel), Task::RenewalsDue), Some(ends_at));
        assert_eq!(tasks(&hall.app, hall.token(Role::Supervisor)), []);
        hall.go_to(ends_at - TimeDelta::microseconds(1));
        assert_eq!(tasks(&hall.app, hall.token(Role::Counsel)), [(Task::RenewalsDue, 1)]);
        hall.app.clock.advance(TimeDelta::microseconds(1));
        assert_eq!(tasks(&hall.app, hall.token(Role::Counsel)), []);
    });
}

#[test]
fn counts_are_exact_up_to_ninety_nine() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let steward = app.staff(Role::Steward);
        let ask_for = |names: std::ops::Range<u32>| {
            let mut ask = ask();
            ask["fields"] = names.map(|number| Value::from(format!("unheard_of_{number}"))).collect();
            assert_eq!(app.decide(&ask).status, 200);
        };
        ask_for(0..99);
        assert_eq!(agenda(&app, &steward)[&Task::UnknownFields].count, Bounded::Exactly(99));
        ask_for(99..101);
        assert_eq!(agenda(&app, &steward)[&Task::UnknownFields].count, Bounded::MoreThan(99));
    });
}

#[test]
fn the_log_is_to_be_verified_every_week_and_a_fault_in_it_is_told() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let auditor = app.enrol(Role::Auditor);
        let week = app.app.now() + TimeDelta::days(7);
        app.clock.set(week - TimeDelta::microseconds(1));
        assert_eq!(tasks(&app, &auditor.sign_in(&app.app)), []);
        app.clock.set(week + TimeDelta::seconds(30));
        let auditor = auditor.sign_in(&app.app);
        assert_eq!(tasks(&app, &auditor), [(Task::LogUnverified, 1)]);
        assert_eq!(tasks(&app, &app.staff(Role::Counsel)), []);
        let anchor = zaguan::app::assemble::anchor(&crate::support::app::settings(database, &[]));
        let verify = || app.app.verify_log(&app.app.authorize(&auditor).unwrap(), &anchor, 2, |_, _| {}).unwrap();
        assert!(verify().outcome.is_ok());
        assert_eq!(tasks(&app, &auditor), []);
        let fault = "fault = 'a planted fault', entries = NULL, root = NULL";
        database.tamper(&format!("UPDATE log_verification SET {fault}")).unwrap();
        assert_eq!(tasks(&app, &auditor), [(Task::LogAltered, 1)]);
        assert_eq!(tasks(&app, &app.staff(Role::Admin)), [(Task::LogAltered, 1)]);
    });
}

#[test]
fn a_proposed_class_waits_for_somebody_other_than_who_proposed_it() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (steward, other) = (app.staff(Role::Steward), app.staff(Role::Steward));
        let proposal = json!({
            "store": "utility-billing", "field": "employer_name", "class": "contact", "reason": "a telephone, in truth",
        });
        let reply = app.as_staff(&steward).post("/api/v1/class-proposals", &proposal);
        assert_eq!(reply.status, 201, "{reply:?}");
        assert_eq!(tasks(&app, &steward), []);
        assert_eq!(tasks(&app, &other), [(Task::ProposalsOpen, 1)]);
        assert_eq!(tasks(&app, &app.staff(Role::Counsel)), [(Task::ProposalsOpen, 1)]);
    });
}

#[test]
fn what_counsel_and_clerk_look_at_is_counted_for_each() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut denial = ask();
        denial["fields"] = json!(["itin"]);
        let mut request = ask();
        request["requester"] = json!({ "kind": "public_records" });
        request["purpose"] = json!("public_records_request");
        for ask in [&denial, &denial, &request] {
            assert_eq!(app.decide(ask).status, 200);
        }
        assert_eq!(tasks(&app, &app.staff(Role::Counsel)), [(Task::Denials1373, 2), (Task::ClerkReferrals, 1)]);
        assert_eq!(tasks(&app, &app.staff(Role::Records)), [(Task::ClerkReferrals, 1)]);
        assert_eq!(tasks(&app, &app.staff(Role::Supervisor)), []);
    });
}

#[test]
fn access_that_is_due_waits_for_an_admin_and_its_holder_is_warned() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (admin, clerk) = (app.enrol(Role::Admin), app.enrol(Role::Records));
        let go_to = |days: i64, early: i64| {
            let start: DateTime<Utc> = "2031-03-04T12:00:00Z".parse().unwrap();
            app.clock.set(start + TimeDelta::days(days) - TimeDelta::microseconds(early));
        };
        go_to(90, 1);
        assert_eq!(tasks(&app, &admin.sign_in(&app.app)), []);
        go_to(90, 0);
        app.clock.advance(TimeDelta::minutes(1));
        let (admin, clerk) = (admin.sign_in(&app.app), clerk.sign_in(&app.app));
        let waiting = [(Task::AccountsDue, 1), (Task::ClientsDue, 1), (Task::OwnAccess, 1)];
        assert_eq!(tasks(&app, &admin), waiting);
        assert_eq!(tasks(&app, &clerk), [(Task::OwnAccess, 1)]);
        assert!(due(&app, &clerk, Task::OwnAccess).is_some_and(|at| at > app.app.now()), "from then on suspended");
        app.app.certify_client(&Authority::operator(), "billing".parse().unwrap()).unwrap();
        assert_eq!(tasks(&app, &admin), [(Task::AccountsDue, 1), (Task::OwnAccess, 1)]);
    });
}
