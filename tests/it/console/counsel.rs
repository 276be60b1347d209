//! Counsel and supervisors at work: verification beside the paper, reviews, withdrawals, denials, violations.

use chrono::TimeDelta;
use serde_json::json;
use zaguan::domain::staff::Role;

use crate::api::legal_bases::{Hall, RESIDENT, emergency, mandate, warrant, with};
use crate::api::{count, last_record};
use crate::support::app::{Reply, ask};
use crate::support::staff::enrol;
use crate::support::{Browser, TestApp, TestDatabase, on_every_database};

/// The browser of whoever holds a role.
fn desk(hall: &Hall, role: Role) -> Browser<'_> {
    Browser::new(&hall.app, Some(hall.token(role)))
}

/// Answers on the page that verify a warrant which is in order.
fn answers() -> Vec<(&'static str, &'static str)> {
    let mut answers: Vec<(&str, &str)> =
        ["W02", "W04", "W05", "W08", "W09", "W10", "W17"].map(|id| (outcome_of(id), "pass")).into();
    answers.extend([
        ("number", "575 555 0199"),
        ("number_source", "city_directory"),
        ("spoken_with", "the clerk on duty"),
        // Five minutes before noon UTC, on the wall in Las Cruces.
        ("called_at", "2031-03-04T04:55"),
        ("note", "called the clerk"),
        ("outcome", "verified"),
    ]);
    answers
}

fn outcome_of(id: &str) -> &'static str {
    match id {
        "W02" => "W02-outcome",
        "W04" => "W04-outcome",
        "W05" => "W05-outcome",
        "W08" => "W08-outcome",
        "W09" => "W09-outcome",
        "W10" => "W10-outcome",
        _ => "W17-outcome",
    }
}

/// The answers with others in the place of some, or added.
fn but(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut answers = answers();
    answers.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    answers.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    answers
}

fn page(id: &str, what: &str) -> String {
    format!("/console/legal-bases/{id}/{what}")
}

#[track_caller]
fn assert_shows(reply: &Reply, status: u16, texts: &[&str]) {
    assert_eq!(reply.status, status, "{reply:?}");
    for text in texts {
        assert!(reply.body.contains(text), "no `{text}` in {}", reply.body);
    }
}

#[track_caller]
fn assert_went(reply: &Reply, to: &str) {
    assert_eq!((reply.status, reply.header("location")), (303, Some(to)), "{reply:?}");
}

#[test]
fn a_warrant_is_verified_on_one_page_with_the_paper_beside_the_list() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.register(&warrant());
        hall.scan(&id);
        let counsel = desk(&hall, Role::Counsel);
        let shown = counsel.get(&page(&id, "verification"));
        let paper = format!("<iframe class=\"paper\" src=\"/console/legal-bases/{id}/document\"");
        let call = "Do not call +1 915 555 0100";
        assert_shows(
            &shown,
            200,
            &[&paper, call, "A judge of that court signed it", "Look at the paper: is it signed"],
        );
        assert_eq!(last_record(&hall.app)["kind"], "legal_basis_read", "whoever sees the paper stands in the log");
        assert!(!shown.body.contains("id=\"barred\""));
        let reply = counsel.post(&page(&id, "verification"), &answers());
        assert_went(&reply, &format!("/console/legal-bases/{id}"));
        let entry = last_record(&hall.app);
        assert_eq!((&entry["kind"], &entry["about"]["legal_basis"]), (&json!("legal_basis_verified"), &json!(id)));
        assert_eq!(hall.show(&id)["status"], "verified");
    });
}

#[test]
fn the_registrar_is_told_why_somebody_else_must_verify() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let both = enrol(&hall.app.app, "r-and-c", &[Role::Records, Role::Counsel]).sign_in(&hall.app.app);
        let own = hall.app.as_staff(&both).post("/api/v1/legal-bases", &warrant()).json();
        let own = own["id"].as_str().unwrap();
        let both = Browser::new(&hall.app, Some(&both));
        let shown = both.get(&page(own, "verification"));
        assert_shows(&shown, 200, &["id=\"barred\"", "r-and-c registered this"]);
        assert!(!shown.body.contains("value=\"verified\""), "there is no form to fill in for nothing");
        let reply = both.post(&page(own, "verification"), &answers());
        assert_shows(&reply, 409, &["data-problem=\"same-person\""]);
        let entry = last_record(&hall.app);
        assert_eq!(
            (&entry["kind"], &entry["about"]["change"]),
            (&json!("change_refused"), &json!("legal_basis_verified"))
        );
        assert_eq!(hall.show(own)["status"], "registered");
        // Whoever has the wrong role may look, and is told, too.
        let id = hall.register(&warrant());
        for role in [Role::Supervisor, Role::Auditor, Role::Records] {
            let shown = desk(&hall, role).get(&page(&id, "verification"));
            assert_shows(&shown, 200, &["id=\"barred\"", "Warrants and mandates are for counsel"]);
        }
        let shown = both.in_spanish().get(&page(own, "verification"));
        assert_shows(&shown, 200, &["quien registra una base legal nunca la verifica"]);
    });
}

#[test]
fn what_is_still_open_is_named_and_linked_and_nothing_that_was_typed_is_lost() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.register(&warrant());
        let counsel = desk(&hall, Role::Counsel);
        let typed = but(&[
            ("W04-outcome", "fail"),
            ("W05-outcome", ""),
            ("W09-outcome", "unknown"),
            ("W04-note", "the signature is <missing>"),
        ]);
        let reply = counsel.post(&page(&id, "verification"), &typed);
        let links = ["href=\"#W04\"", "href=\"#W05\"", "href=\"#W09\"", "href=\"#W16\""];
        assert_shows(&reply, 422, &links);
        assert!(!reply.body.contains("href=\"#W08\""), "what was answered is not open");
        let kept = [
            "value=\"the signature is &#60;missing&#62;\"",
            "value=\"575 555 0199\"",
            "value=\"the clerk on duty\"",
            "value=\"2031-03-04T04:55\"",
            "<option value=\"city_directory\" selected>",
            "name=\"W04-outcome\" value=\"fail\" checked",
            ">called the clerk</textarea>",
        ];
        assert_shows(&reply, 422, &kept);
        assert_eq!(count(&hall.app, "change_refused"), 1);
        assert_eq!(hall.show(&id)["status"], "registered");
    });
}

#[test]
fn a_call_that_does_not_count_is_said_at_its_field() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.register(&warrant());
    hall.scan(&id);
    let counsel = desk(&hall, Role::Counsel);
    let cases = [
        (("called_at", "yesterday"), "href=\"#called_at\""),
        (("number_source", ""), "href=\"#number_source\""),
        (("number", "(915) 555-0100"), "came with the paper"),
        (("number_source", "other"), "must come from the city"),
        (("called_at", "2031-03-04T05:01"), "dated in the future"),
        (("W17-outcome", "splendid"), "not an answer that the list knows"),
    ];
    for (change, text) in cases {
        let reply = counsel.post(&page(&id, "verification"), &but(&[change]));
        assert_shows(&reply, 422, &[text]);
    }
    assert_eq!(hall.show(&id)["status"], "registered");
    let reply = counsel.post(&page(&id, "verification"), &but(&[("called_at", "2031-03-04T05:00")]));
    assert_eq!(reply.status, 303, "at this very minute: {reply:?}");
}

#[test]
fn a_rejection_needs_a_reason_in_words() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.register(&warrant());
        hall.scan(&id);
        let counsel = desk(&hall, Role::Counsel);
        let refused = counsel.post(&page(&id, "verification"), &[("outcome", "rejected"), ("note", "…")]);
        assert_shows(&refused, 422, &["href=\"#note\"", "Please say why, in words."]);
        assert_eq!(last_record(&hall.app)["kind"], "legal_basis_read", "the form is shown once more");
        let note = "FREE-TEXT: the signature is a stamp";
        let reply = counsel
            .post(&page(&id, "verification"), &[("outcome", "rejected"), ("note", note), ("W04-outcome", "fail")]);
        assert_went(&reply, &format!("/console/legal-bases/{id}"));
        let entry = last_record(&hall.app);
        assert_eq!((&entry["kind"], &entry["about"]["failed_checks"]), (&json!("legal_basis_rejected"), &json!("W04")));
        assert!(!entry.to_string().contains("FREE-TEXT"));
        let shown = counsel.get(&page(&id, "verification"));
        assert_shows(&shown, 200, &["id=\"barred\"", "It was rejected, for good."]);
    });
}

#[test]
fn a_form_that_is_sent_twice_is_carried_out_once() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.register(&warrant());
        hall.scan(&id);
        let counsel = desk(&hall, Role::Counsel);
        let token = counsel.form_token();
        assert_eq!(counsel.post_with(&page(&id, "verification"), &token, &answers()).status, 303);
        let again = counsel.post_with(&page(&id, "verification"), &token, &answers());
        assert_shows(&again, 409, &["data-problem=\"already-done\""]);
        assert_eq!(count(&hall.app, "legal_basis_verified"), 1);
    });
}

#[test]
fn a_withdrawal_needs_a_reason_and_takes_effect_at_once() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.verified(&warrant());
        let counsel = desk(&hall, Role::Counsel);
        assert_shows(&counsel.get(&page(&id, "revocation")), 200, &["Withdraw it for good"]);
        let refused = counsel.post(&page(&id, "revocation"), &[("note", " - ")]);
        assert_shows(&refused, 422, &["href=\"#note\""]);
        let reply = counsel.post(&page(&id, "revocation"), &[("note", "quashed by the court")]);
        assert_went(&reply, &format!("/console/legal-bases/{id}"));
        assert_eq!(last_record(&hall.app)["kind"], "legal_basis_revoked");
        assert_eq!(hall.show(&id)["status"], "revoked");
        let again = counsel.post(&page(&id, "revocation"), &[("note", "quashed by the court")]);
        assert_shows(&again, 409, &["data-problem=\"conflict\""]);
        let id = hall.verified(&warrant());
        assert_shows(&desk(&hall, Role::Supervisor).get(&page(&id, "revocation")), 200, &["id=\"barred\""]);
    });
}

#[test]
fn an_emergency_that_was_none_opens_a_violation_which_counsel_closes() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.verified(&emergency());
        let supervisor = desk(&hall, Role::Supervisor);
        assert_shows(&supervisor.get(&page(&id, "review")), 200, &["A caller heard shouting", "There is one review."]);
        let refused = supervisor.post(&page(&id, "review"), &[("note", "I know it")]);
        assert_shows(&refused, 422, &["href=\"#outcome\"", ">I know it</textarea>"]);
        let refused = supervisor.post(&page(&id, "review"), &[("outcome", "not_justified"), ("note", "")]);
        assert_shows(&refused, 422, &["href=\"#note\"", "value=\"not_justified\" checked"]);
        let note = "FREE-TEXT: nobody was in danger";
        let reply = supervisor.post(&page(&id, "review"), &[("outcome", "not_justified"), ("note", note)]);
        let violation = reply.header("location").unwrap_or_default().to_owned();
        assert!(violation.starts_with("/console/violations/"), "{reply:?}");
        assert_eq!(last_record(&hall.app)["kind"], "violation_opened");
        let shown = supervisor.get(&violation);
        assert_shows(&shown, 200, &[note, "Counsel closes it."]);
        assert_eq!(last_record(&hall.app)["kind"], "violation_read");
        let list = supervisor.get("/console/violations");
        assert_shows(&list, 200, &[&violation]);
        assert!(!list.body.contains("FREE-TEXT"), "a list shows nothing of what was noted");

        let counsel = desk(&hall, Role::Counsel);
        let closing = format!("{violation}/closing");
        assert_shows(&counsel.post(&closing, &[("outcome", "?")]), 422, &["href=\"#outcome\"", ">?</textarea>"]);
        assert_went(&counsel.post(&closing, &[("outcome", "staff were trained anew")]), &violation);
        assert_eq!(last_record(&hall.app)["kind"], "violation_closed");
        assert_shows(&counsel.get(&violation), 200, &["staff were trained anew"]);
        let again = counsel.post(&closing, &[("outcome", "once more")]);
        assert_shows(&again, 409, &["data-problem=\"conflict\""]);
        assert!(!counsel.get("/console/violations").body.contains(&violation));
        assert_shows(&counsel.get("/console/violations?state=closed"), 200, &[&violation]);
    });
}

#[test]
fn a_standing_mandate_is_renewed_for_a_day_that_is_neither_past_nor_too_far() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.verified(&mandate());
        let counsel = desk(&hall, Role::Counsel);
        let renew = |day| counsel.post(&page(&id, "renewal"), &[("review_by", day), ("note", "still the law")]);
        for (day, text) in [
            ("", "Please choose a day."),
            ("2031-03-04", "must be in the future"),
            ("2032-03-05", "at most twelve months ahead"),
        ] {
            assert_shows(&renew(day), 422, &["href=\"#review_by\"", text, ">still the law</textarea>"]);
        }
        assert_went(&renew("2032-03-04"), &format!("/console/legal-bases/{id}"));
        // The day begins at midnight in Las Cruces.
        assert_eq!(hall.show(&id)["valid_until"], "2032-03-04T07:00:00.000000Z");
        assert_eq!(last_record(&hall.app)["kind"], "legal_basis_read");
        assert_eq!(count(&hall.app, "legal_basis_renewed"), 1);
        let warrant = hall.verified(&warrant());
        assert_shows(&counsel.get(&page(&warrant, "renewal")), 200, &["id=\"barred\"", "Only a standing mandate"]);
    });
}

#[test]
fn the_queue_begins_with_what_waits_longest_and_tells_the_time_that_is_left() {
    on_every_database(|database| {
        let mut hall = Hall::open(database);
        let first = hall.register(&emergency());
        hall.go_to("2031-03-04T13:00:00Z".parse().unwrap());
        let second = hall.register(&with(&emergency(), "/expires_at", json!("2031-03-04T21:30:00Z")));
        let shown = desk(&hall, Role::Supervisor).get("/console/queue");
        assert_shows(&shown, 200, &["7 hours left", "8 hours 30 minutes left"]);
        let at = |id: &str| shown.body.find(&page(id, "verification")).unwrap();
        assert!(at(&first) < at(&second));
        assert!(!shown.body.contains("list=warrants"), "a supervisor has no warrants to verify");
        hall.go_to("2031-03-04T19:59:59.999999Z".parse().unwrap());
        assert_shows(&desk(&hall, Role::Supervisor).get("/console/queue"), 200, &["less than a minute left"]);
        hall.app.clock.advance(TimeDelta::microseconds(1));
        let over = desk(&hall, Role::Supervisor).get("/console/queue");
        assert_shows(&over, 200, &["Passed less than a minute ago", "1 hour 30 minutes left"]);
        assert!(over.body.contains("badge-warning\">2<"), "two wait: {}", over.body);
    });
}

#[test]
fn a_long_queue_goes_on_page_by_page() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let all: Vec<String> = (0..27).map(|_| hall.register(&emergency())).collect();
    let supervisor = desk(&hall, Role::Supervisor);
    let first = supervisor.get("/console/queue?list=emergencies");
    let next = first.body.split("href=\"").find(|rest| rest.contains("rel=\"next\"")).unwrap();
    let next = next.split('"').next().unwrap().replace("&amp;", "&");
    let second = supervisor.get(&next);
    for id in &all {
        let (here, there) = (first.body.contains(id.as_str()), second.body.contains(&page(id, "verification")));
        assert!(here || there, "{id} is nowhere");
    }
    assert!(!second.body.contains("rel=\"next\""), "that was all");
}

/// Immigration enforcement asks for what class `immigration_status` is.
fn denied(app: &TestApp) -> u64 {
    let mut ask = ask();
    ask["fields"] = json!(["itin"]);
    ask["requester"]["name"] = json!("A fictional officer");
    app.decide(&ask).json()["entry"]["index"].as_u64().unwrap()
}

#[test]
fn counsel_looks_at_a_denial_and_says_what_came_of_it() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let counsel = app.desk(Role::Counsel);
        let index = denied(&app);
        let item = format!("/console/review-1373/{index}");
        let list = counsel.get("/console/review-1373");
        assert_shows(&list, 200, &[&format!("href=\"{item}\""), "ICE ERO El Paso"]);
        assert!(!list.body.contains(RESIDENT) && !list.body.contains("fictional officer"), "a list names nobody");
        let shown = counsel.get(&item);
        assert_shows(&shown, 200, &[RESIDENT, "A fictional officer", "itin"]);
        assert_eq!(last_record(&app)["kind"], "referral_read");
        for (values, link) in [
            ([("outcome", ""), ("note", "nothing compels it")], "href=\"#outcome\""),
            ([("outcome", "denial_stands"), ("note", "?")], "href=\"#note\""),
            ([("outcome", "handed_over"), ("note", "nothing compels it")], "href=\"#outcome\""),
        ] {
            assert_shows(&counsel.post(&item, &values), 422, &[link, &format!(">{}</textarea>", values[1].1)]);
        }
        let token = counsel.form_token();
        let values = [("outcome", "denial_stands"), ("note", "FREE-TEXT: nothing compels it")];
        assert_went(&counsel.post_with(&item, &token, &values), "/console/review-1373");
        let entry = last_record(&app);
        assert_eq!((&entry["kind"], &entry["about"]["outcome"]), (&json!("referral_closed"), &json!("denial_stands")));
        assert!(!entry.to_string().contains("FREE-TEXT"));
        assert_shows(&counsel.post_with(&item, &token, &values), 409, &["data-problem=\"already-done\""]);
        assert_shows(&counsel.post(&item, &values), 409, &["data-problem=\"conflict\""]);
        assert!(!counsel.get("/console/review-1373").body.contains(&item));
        assert_shows(&counsel.get("/console/review-1373?state=closed"), 200, &[&item, "the denial stands"]);
        assert_shows(&counsel.get(&item), 200, &["FREE-TEXT: nothing compels it"]);
        assert_eq!(counsel.get("/console/review-1373/999999").status, 404);
        assert_eq!(counsel.get("/console/review-1373/x").status, 404);
    });
}

#[test]
fn a_clerk_hands_public_records_requests_over() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut request = ask();
        request["requester"] = json!({ "kind": "public_records" });
        request["purpose"] = json!("public_records_request");
        let index = app.decide(&request).json()["entry"]["index"].as_u64().unwrap();
        let item = format!("/console/clerk-referrals/{index}");
        let records = app.desk(Role::Records);
        assert_shows(&records.get("/console"), 200, &["request for the City Clerk", "/console/clerk-referrals"]);
        assert_shows(&records.get("/console/clerk-referrals"), 200, &[&item]);
        let values = [("outcome", "handed_over"), ("note", "by the internal mail of today")];
        assert_went(&records.post(&item, &values), "/console/clerk-referrals");
        assert!(!records.get("/console").body.contains("request for the City Clerk"));
    });
}

#[test]
fn home_says_to_each_what_needs_them_and_is_calm_when_nothing_does() {
    on_every_database(|database| {
        let mut hall = Hall::open(database);
        for role in Role::ALL {
            assert_shows(&hall.app.desk(role).get("/console"), 200, &["Nothing is waiting for you."]);
        }
        hall.register(&warrant());
        let id = hall.register(&emergency());
        let counsel = desk(&hall, Role::Counsel).get("/console");
        assert_shows(&counsel, 200, &["warrant to verify", "emergency to verify", "list=warrants"]);
        let supervisor = desk(&hall, Role::Supervisor).get("/console");
        assert!(supervisor.body.contains("emergency to verify") && !supervisor.body.contains("warrant to verify"));
        assert_shows(&desk(&hall, Role::Records).get("/console"), 200, &["paper without its scan"]);
        hall.verify(Role::Supervisor, &id);
        hall.go_to("2031-03-07T12:00:00Z".parse().unwrap());
        for role in Role::ALL {
            let shown = hall.app.desk(role).get("/console");
            assert_shows(&shown, 200, &["review overdue", "card-bad"]);
            let has_link = shown.body.contains("href=\"/console/queue?list=reviews\"");
            assert_eq!(has_link, matches!(role, Role::Counsel | Role::Supervisor), "{role}");
        }
        let spanish = desk(&hall, Role::Counsel).in_spanish().get("/console");
        assert_shows(&spanish, 200, &["revisión atrasada", "orden judicial por verificar"]);
    });
}
