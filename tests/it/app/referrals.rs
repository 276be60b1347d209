//! Decisions that oblige a person to look reach that person, with the decision's own commit, and are closed once.

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::app::authority::{Authority, AuthorityError, Grant, HandToClerk, ReviewDenial, StaffFailure, StaffRefusal};
use zaguan::app::referrals::{ReadReferralError, ReferralRefused, ReferralState};
use zaguan::domain::referral::ReferralOutcome;
use zaguan::domain::retention::HoldScope;
use zaguan::domain::staff::Role;

use crate::api::{count, entries, last_record};
use crate::support::app::ask;
use crate::support::{TestApp, TestDatabase, on_every_database};

/// Immigration enforcement asks for what class `immigration_status` is.
fn status_ask() -> Value {
    let mut ask = ask();
    ask["fields"] = json!(["itin", "service_address"]);
    ask["requester"]["name"] = json!("A fictional officer");
    ask["justification"] = json!("FREE-TEXT of the request");
    ask
}

/// Somebody asks under the Inspection of Public Records Act.
fn public_ask() -> Value {
    let mut ask = ask();
    ask["requester"] = json!({ "kind": "public_records" });
    ask["purpose"] = json!("public_records_request");
    ask
}

fn decided(app: &TestApp, ask: &Value) -> u64 {
    let reply = app.decide(ask);
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["entry"]["index"].as_u64().unwrap()
}

fn authority<P: Grant>(app: &TestApp, role: Role) -> Authority<P> {
    app.app.authorize(&app.staff(role)).unwrap()
}

fn rows(database: &TestDatabase) -> Vec<String> {
    database.texts("SELECT kind || ' ' || seq AS value FROM referral ORDER BY seq, kind")
}

fn refused<T: std::fmt::Debug>(result: Result<T, StaffFailure<ReferralRefused>>) -> ReferralRefused {
    match result {
        Err(StaffFailure::Refused(StaffRefusal::Change(refused))) => refused,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_denial_under_1373_waits_for_counsel_from_the_moment_of_its_own_entry() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        decided(&app, &ask());
        assert_eq!(rows(database), Vec::<String>::new(), "an address is not immigration status");
        let index = decided(&app, &status_ask());
        assert_eq!(rows(database), [format!("counsel_review_1373 {index}")]);
        let counsel = authority::<ReviewDenial>(&app, Role::Counsel);
        let page = app.app.list_referrals(&counsel, ReferralState::Open, None, 10).unwrap();
        let [listed] = page.items.as_slice() else { panic!("one waits: {page:?}") };
        assert_eq!(listed.decision.to_string(), entries(&app)[usize::try_from(index).unwrap()].id);
        assert_eq!(listed.opened_at, app.app.now());
        assert_eq!(listed.agency.as_deref(), Some("ICE ERO El Paso"));
    });
}

#[test]
fn an_answer_that_is_given_again_hands_nothing_over_again_and_each_of_a_batch_is_handed_over() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        for _ in 0..2 {
            let reply = app.post_with("/api/v1/decisions", &[("Idempotency-Key", "k-1")], &status_ask());
            assert_eq!(reply.status, 200, "{reply:?}");
        }
        assert_eq!(database.count("referral"), 1);
        let batch: Vec<Value> = (0..500).map(|_| status_ask()).collect();
        assert_eq!(app.post("/api/v1/decisions/batch", &json!({ "decisions": batch })).status, 200);
        assert_eq!(database.count("referral"), 501);
        assert_eq!(
            database.count("referral WHERE seq NOT IN (SELECT seq FROM audit_entry WHERE kind = 'decision')"),
            0
        );
    });
}

#[test]
fn each_kind_reaches_its_own_people_and_nobody_else() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let denial = decided(&app, &status_ask());
        let request = decided(&app, &public_ask());
        for role in Role::ALL {
            let token = app.staff(role);
            let sees_denials = app.app.authorize::<ReviewDenial>(&token).is_ok();
            let sees_requests = app.app.authorize::<HandToClerk>(&token).is_ok();
            let expected = (role == Role::Counsel, matches!(role, Role::Counsel | Role::Records));
            assert_eq!((sees_denials, sees_requests), expected, "{role}");
        }
        let clerk = authority::<HandToClerk>(&app, Role::Records);
        let page = app.app.list_referrals(&clerk, ReferralState::Open, None, 10).unwrap();
        assert_eq!(page.items.iter().map(|item| item.seq).collect::<Vec<_>>(), [i64::try_from(request).unwrap()]);
        let read = app.app.read_referral(&clerk, denial);
        let Err(ReadReferralError::Change(failure)) = read else { panic!("{read:?}") };
        assert_eq!(refused::<()>(Err(failure)), ReferralRefused::NotFound);
        assert_eq!(last_record(&app)["kind"], "change_refused");
    });
}

#[test]
fn counsel_sees_whom_it_is_about_only_behind_an_entry_that_names_nobody() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let index = decided(&app, &status_ask());
        let counsel = authority::<ReviewDenial>(&app, Role::Counsel);
        let full = app.app.read_referral(&counsel, index).unwrap();
        let link = full.link.as_ref().unwrap();
        assert_eq!(link.resident.expose(), "ACCT-0048213");
        assert_eq!(link.details.justification.as_deref(), Some("FREE-TEXT of the request"));
        assert_eq!(full.record.fields[0].field, "itin");
        let entry = last_record(&app);
        assert_eq!((&entry["kind"], &entry["actor"]), (&json!("referral_read"), &json!(counsel.actor())));
        let about = json!({
            "decision": full.record.id.to_string(), "index": index.to_string(), "referral": "counsel_review_1373",
        });
        assert_eq!(entry["about"], about);
        assert_eq!(format!("{full:?} {link:?}"), "ReferralInFull(hidden) OpenedLink(hidden)");
    });
}

#[test]
fn a_referral_is_closed_once_with_a_reason_and_the_reason_is_sealed() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let index = decided(&app, &status_ask());
        let counsel = authority::<ReviewDenial>(&app, Role::Counsel);
        let close = |outcome, note: &str| app.app.close_referral(&counsel, index, outcome, note.to_owned());
        assert_eq!(refused(close(ReferralOutcome::HandedOver, "to the clerk")), ReferralRefused::OtherKind);
        assert_eq!(refused(close(ReferralOutcome::DenialStands, " .. ")), ReferralRefused::NoReason);
        assert_eq!(count(&app, "change_refused"), 2);
        close(ReferralOutcome::DenialStands, "FREE-TEXT: nothing compels it").unwrap();
        let entry = last_record(&app);
        assert_eq!((&entry["kind"], &entry["about"]["outcome"]), (&json!("referral_closed"), &json!("denial_stands")));
        assert!(!entry.to_string().contains("FREE-TEXT"));
        assert_eq!(refused(close(ReferralOutcome::NothingHeld, "again")), ReferralRefused::Closed);
        let full = app.app.read_referral(&counsel, index).unwrap();
        assert_eq!(full.note.as_deref(), Some("FREE-TEXT: nothing compels it"));
        let closing = full.stored.closing.unwrap();
        assert_eq!((closing.by.as_str(), closing.outcome), (counsel.actor(), ReferralOutcome::DenialStands));
        let sealed = full.stored.sealed_note.unwrap();
        assert!(!sealed.windows(9).any(|bytes| bytes == b"FREE-TEXT"));
        let list = |state| app.app.list_referrals(&counsel, state, None, 10).unwrap().items.len();
        assert_eq!((list(ReferralState::Open), list(ReferralState::Closed)), (0, 1));
        let missing = app.app.close_referral(&counsel, index + 1, ReferralOutcome::DenialStands, "why".to_owned());
        assert_eq!(refused(missing), ReferralRefused::NotFound);
    });
}

#[test]
fn the_longest_waiting_come_first_page_by_page_and_the_newest_closed_first() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let all: Vec<i64> = (0..5).map(|_| i64::try_from(decided(&app, &status_ask())).unwrap()).collect();
        let counsel = authority::<ReviewDenial>(&app, Role::Counsel);
        let walk = |state| {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let page = app.app.list_referrals(&counsel, state, after, 2).unwrap();
                seen.extend(page.items.iter().map(|item| item.seq));
                let Some(next) = page.next else { return seen };
                after = Some(u64::try_from(next).unwrap());
            }
        };
        assert_eq!(walk(ReferralState::Open), all);
        for seq in &all[1..] {
            let index = u64::try_from(*seq).unwrap();
            app.app.close_referral(&counsel, index, ReferralOutcome::NothingHeld, "none held".to_owned()).unwrap();
        }
        assert_eq!(walk(ReferralState::Open), all[..1]);
        let newest_first: Vec<i64> = all[1..].iter().rev().copied().collect();
        assert_eq!(walk(ReferralState::Closed), newest_first);
    });
}

#[test]
fn decisions_from_before_the_table_are_handed_over_when_it_is_made() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        decided(&app, &ask());
        decided(&app, &status_ask());
        decided(&app, &public_ask());
        // A field of that name is not an obligation.
        let mut named = status_ask();
        named["fields"] = json!(["counsel_review_1373", "refer_to_clerk", "service_address"]);
        decided(&app, &named);
        let before = rows(database);
        assert_eq!(before.len(), 2, "{before:?}");
        let [down, up] = if database.is_postgres() {
            [
                include_str!("../../../migrations/postgres/2026-11-28-000007_reviews/down.sql"),
                include_str!("../../../migrations/postgres/2026-11-28-000007_reviews/up.sql"),
            ]
        } else {
            [
                include_str!("../../../migrations/sqlite/2026-11-28-000007_reviews/down.sql"),
                include_str!("../../../migrations/sqlite/2026-11-28-000007_reviews/up.sql"),
            ]
        };
        database.tamper(down).unwrap();
        database.tamper(up).unwrap();
        assert_eq!(rows(database), before);
    });
}

#[test]
fn authority_that_was_lost_closes_nothing() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let index = decided(&app, &status_ask());
    let token = app.staff(Role::Counsel);
    let counsel = app.app.authorize::<ReviewDenial>(&token).unwrap();
    app.app.sign_out(&app.app.authorize(&token).unwrap()).unwrap();
    let closed = app.app.close_referral(&counsel, index, ReferralOutcome::DenialStands, "why".to_owned());
    assert!(matches!(closed, Err(StaffFailure::Refused(StaffRefusal::AuthorityLost))));
    assert_eq!(database.count("referral WHERE closed_at IS NULL"), 1);
    assert!(matches!(app.app.authorize::<ReviewDenial>(&token), Err(AuthorityError::NoSession)));
}

#[test]
fn why_a_referral_was_closed_is_erased_with_the_link_to_the_person_and_what_came_of_it_stays() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (index, other) = (decided(&app, &status_ask()), decided(&app, &status_ask()));
        let close = |index| {
            let counsel = authority::<ReviewDenial>(&app, Role::Counsel);
            let note = "FREE-TEXT: nothing compels it".to_owned();
            app.app.close_referral(&counsel, index, ReferralOutcome::DenialStands, note).unwrap();
        };
        let noted = || database.count("referral WHERE sealed_note IS NOT NULL");
        close(index);
        app.clock.advance(TimeDelta::days(1095) + TimeDelta::seconds(1));
        let hold = app.app.place_hold("operator", HoldScope::Everything, "a fictional lawsuit").unwrap();
        app.app.run_retention("operator").unwrap();
        assert_eq!(noted(), 1, "what is held stays");
        app.app.release_hold("operator", hold).unwrap();
        app.app.run_retention("operator").unwrap();
        assert_eq!(noted(), 0);
        // Closed when the link was gone already: the note stays no longer than the link did.
        close(other);
        assert_eq!(noted(), 1);
        app.app.run_retention("operator").unwrap();
        assert_eq!(noted(), 0);
        assert_eq!(last_record(&app)["about"]["count"], "1", "the erasure is an entry");
        assert_eq!(database.count("referral WHERE outcome = 'denial_stands'"), 2);
        let counsel = authority::<ReviewDenial>(&app, Role::Counsel);
        let full = app.app.read_referral(&counsel, index).unwrap();
        assert!(full.link.is_none() && full.note.is_none() && full.stored.closing.is_some());
    });
}
