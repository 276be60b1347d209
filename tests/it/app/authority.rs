//! Authority lasts as long as session, account and roles do, and is judged again where the change is made.

use chrono::TimeDelta;
use zaguan::app::ChangeFailure;
use zaguan::app::authority::{
    Authority, AuthorityError, CertifyAccess, ManageStaff, RegisterBasis, StaffRefusal, UseOwnAccount, VerifyBasis,
};
use zaguan::app::staff::NewStaff;
use zaguan::domain::staff::{Role, Roles};
use zaguan::storage::audit::list_entries;

use crate::support::staff::Member;
use crate::support::{TestApp, on_every_database};

fn new_account(name: &str) -> NewStaff {
    let roles = Roles::new([Role::Council]).unwrap();
    NewStaff { username: name.parse().unwrap(), name: "Somebody new".to_owned(), roles }
}

fn last(app: &TestApp) -> serde_json::Value {
    let entries = app.app.store().read(|conn| list_entries(conn, 0, 100_000)).unwrap();
    serde_json::from_slice(&entries.last().unwrap().record).unwrap()
}

#[test]
fn a_session_is_over_to_the_microsecond_when_it_was_left_unused_and_when_it_has_lasted_long_enough() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let token = app.staff(Role::Records);
        let is_open = || app.app.authorize::<UseOwnAccount>(&token).is_ok();
        app.clock.advance(TimeDelta::minutes(30) - TimeDelta::microseconds(1));
        assert!(is_open());
        // That was a use: it counts from here.
        app.clock.advance(TimeDelta::minutes(30) - TimeDelta::microseconds(1));
        assert!(is_open());
        app.clock.advance(TimeDelta::minutes(30));
        assert!(!is_open());

        app.clock.set("2031-03-05T00:00:00Z".parse().unwrap());
        let token = app.staff(Role::Records);
        let is_open = || app.app.authorize::<UseOwnAccount>(&token).is_ok();
        for _ in 0..24 {
            app.clock.advance(TimeDelta::minutes(29));
            assert!(is_open());
        }
        app.clock.advance(TimeDelta::minutes(24) - TimeDelta::microseconds(1));
        assert!(is_open());
        app.clock.advance(TimeDelta::microseconds(1));
        assert!(!is_open());
    });
}

#[test]
fn roles_that_nobody_holds_give_no_authority_and_the_attempt_is_recorded() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let token = app.staff(Role::Records);
        assert!(app.app.authorize::<RegisterBasis>(&token).is_ok());
        assert!(matches!(app.app.authorize::<VerifyBasis>(&token), Err(AuthorityError::Forbidden)));
        let entry = last(&app);
        assert_eq!((&entry["kind"], &entry["about"]["permission"]), (&"call_refused".into(), &"verify_basis".into()));
        assert!(matches!(app.app.authorize::<RegisterBasis>("zgs_of-nobody"), Err(AuthorityError::NoSession)));
    });
}

/// What takes somebody's authority away.
type Loss<'a> = &'a dyn Fn(&Member);

#[test]
fn authority_that_was_lost_before_the_transaction_changes_nothing_and_says_so() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let operator = Authority::operator();
        let keeper = app.enrol(Role::Admin);
        let losses: [(&str, Loss<'_>); 4] = [
            ("roles.taken", &|admin| {
                app.app.set_staff_roles(&operator, admin.id, Roles::new([Role::Records]).unwrap()).unwrap();
            }),
            ("switched.off", &|admin| app.app.disable_staff(&operator, admin.id, None).unwrap()),
            ("sessions.ended", &|admin| app.app.end_staff_sessions(&operator, admin.id).unwrap()),
            ("left.unused", &|_| app.clock.advance(TimeDelta::minutes(30))),
        ];
        for (name, lose) in losses {
            let admin = app.enrol(Role::Admin);
            let who = app.app.authorize::<ManageStaff>(&admin.sign_in(&app.app)).unwrap();
            lose(&admin);
            let failure = app.app.invite_staff(&who, new_account(name)).err().expect(name);
            assert!(matches!(failure, ChangeFailure::Refused(StaffRefusal::AuthorityLost)), "{name}: {failure}");
            let entry = last(&app);
            assert_eq!((&entry["kind"], &entry["actor"]), (&"call_refused".into(), &admin.username.clone().into()));
            assert_eq!(entry["about"]["reason"], "authority_lost", "{name}");
        }
        assert_eq!(database.count("staff WHERE status = 'invited'"), 0);
        drop(keeper);
    });
}

#[test]
fn a_role_that_is_taken_away_while_the_session_goes_on_is_judged_in_the_transaction() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let _keeper = app.enrol(Role::Admin);
        let admin = app.enrol(Role::Admin);
        let who = app.app.authorize::<CertifyAccess>(&admin.sign_in(&app.app)).unwrap();
        // Past the program, so that the session goes on.
        database.tamper(&format!("UPDATE staff_role SET role = 'records' WHERE staff = '{}'", admin.id)).unwrap();
        let failure = app.app.certify_client(&who, "billing".parse().unwrap()).unwrap_err();
        assert!(matches!(failure, ChangeFailure::Refused(StaffRefusal::AuthorityLost)), "{failure}");
    });
}

#[test]
fn an_account_that_is_suspended_meanwhile_has_no_authority_unless_it_is_the_last_admin() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (admin, other) = (app.enrol(Role::Admin), app.enrol(Role::Admin));
        app.clock.advance(TimeDelta::days(104) - TimeDelta::microseconds(1));
        let token = admin.sign_in(&app.app);
        app.clock.advance(TimeDelta::microseconds(1));
        // Both are overdue: nobody could certify anybody.
        assert!(app.app.authorize::<ManageStaff>(&token).is_ok());
        app.app.certify_staff(&Authority::operator(), other.id).unwrap();
        assert!(matches!(app.app.authorize::<ManageStaff>(&token), Err(AuthorityError::NoAccount)));
        app.app.disable_staff(&Authority::operator(), other.id, None).unwrap();
        assert!(app.app.authorize::<ManageStaff>(&token).is_ok());
    });
}

#[test]
fn the_use_of_a_session_is_noted_once_a_minute_and_without_an_entry() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let token = app.staff(Role::Records);
        let entries = app.app.ledger().head().size;
        let seen = [30, 29, 1, 59, 1].map(|seconds| {
            app.clock.advance(TimeDelta::seconds(seconds));
            app.app.authorize::<UseOwnAccount>(&token).unwrap();
            database.texts("SELECT CAST(seen_at - created_at AS TEXT) AS value FROM session")[0].clone()
        });
        assert_eq!(seen, ["0", "0", "60000000", "60000000", "120000000"]);
        assert_eq!(app.app.ledger().head().size, entries);
    });
}

#[test]
fn of_one_form_that_is_sent_twice_at_once_one_is_carried_out() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let token = app.staff(Role::Admin);
        let who = app.app.authorize::<ManageStaff>(&token).unwrap();
        let form = app.app.form_of(&app.app.form_token(&token).unwrap(), &token).unwrap();
        let once = who.for_form(form);
        let invite = |name: &str| app.app.invite_staff(&once, new_account(name)).map(|_| ());
        let done: Vec<_> = std::thread::scope(|scope| {
            let sent = ["one.person", "other.person"].map(|name| scope.spawn(move || invite(name)));
            sent.into_iter().map(|sent| sent.join().unwrap()).collect()
        });
        assert_eq!(done.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{done:?}");
        let second = done.into_iter().find_map(Result::err).unwrap();
        assert!(matches!(second, ChangeFailure::Refused(StaffRefusal::AlreadyDone)), "{second:?}");
        assert_eq!(last(&app)["kind"], "staff_invited", "the second leaves nothing");
    });
}

#[test]
fn a_form_whose_change_was_refused_can_be_mended_and_sent_again() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let token = app.staff(Role::Admin);
        let who = app.app.authorize::<ManageStaff>(&token).unwrap();
        let form = app.app.form_of(&app.app.form_token(&token).unwrap(), &token).unwrap();
        app.app.invite_staff(&who, new_account("taken.name")).unwrap();
        let once = who.for_form(form);
        let refused = app.app.invite_staff(&once, new_account("taken.name")).map(|_| ()).unwrap_err();
        assert!(matches!(refused, ChangeFailure::Refused(StaffRefusal::Change(_))), "{refused:?}");
        app.app.invite_staff(&once, new_account("free.name")).unwrap();
    });
}
