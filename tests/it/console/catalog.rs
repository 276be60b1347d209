//! The catalogue on pages: proposed by one person, settled by another.

use serde_json::json;
use zaguan::domain::field::FieldName;
use zaguan::domain::staff::Role;

use crate::api::count;
use crate::support::app::ask;
use crate::support::{Browser, TestApp, TestDatabase, on_every_database};

const BILLING: &str = "/console/catalog/stores/utility-billing";
const REASON: &str = "It tells a visa, so it tells a status.";

/// Proposes a class, and gives the proposal's page.
fn propose(desk: &Browser<'_>, field: &str, class: &str) -> String {
    let values = [("field", field), ("class", class), ("reason", REASON)];
    let reply = desk.post(&format!("{BILLING}/proposals"), &values);
    assert_eq!(reply.status, 303, "{reply:?}");
    reply.header("location").unwrap().to_owned()
}

/// The catalogue that a page says it shows.
fn seen(page: &str) -> String {
    page.split("name=\"seen\" value=\"")
        .nth(1)
        .unwrap_or_else(|| panic!("{page}"))
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

fn class_of(app: &TestApp, field: &str) -> String {
    let name = FieldName::new(field).unwrap();
    app.app.catalog().unwrap().find(&"utility-billing".parse().unwrap()).unwrap().classify(&name).to_string()
}

#[test]
fn an_unknown_field_is_classified_by_two_people() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut ask = ask();
        ask["fields"] = json!(["visa_no"]);
        app.decide(&ask);
        let (steward, counsel) = (app.desk(Role::Steward), app.desk(Role::Counsel));
        let list = steward.get("/console/catalog/unknown");
        let path = format!("{BILLING}/fields/{}", FieldName::new("visa_no").unwrap().key());
        assert!(list.body.contains("visa_no") && list.body.contains(&path), "{list:?}");
        assert!(steward.get(&path).body.contains("name=\"class\""), "the form to propose");
        assert!(!counsel.get(&path).body.contains("name=\"class\""), "counsel only settles");
        let proposal = propose(&steward, "visa_no", "immigration_status");
        assert!(steward.open("/console/catalog/unknown").body.contains(&proposal));
        assert!(counsel.get("/console/catalog/proposals").body.contains(&proposal));
        let page = counsel.get(&proposal);
        assert!(page.body.contains(REASON) && !page.body.contains("data-shift=\"lowers\""), "{page:?}");
        let seen = seen(&page.body);
        let approved = counsel.submit(&format!("{proposal}/approval"), &[("seen", &seen)]);
        assert!(approved.body.contains("Approved. The new class is in force."), "{approved:?}");
        assert_eq!(class_of(&app, "visa_no"), "immigration_status");
        assert!(!steward.get("/console/catalog/unknown").body.contains("visa_no"));
        assert!(steward.get(&path).body.contains("Reviewed by counsel-"));
    });
}

#[test]
fn whoever_proposed_is_told_that_another_person_must_settle_it() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let steward = app.desk(Role::Steward);
        let proposal = propose(&steward, "visa_no", "immigration_status");
        let page = steward.get(&proposal);
        assert!(page.body.contains("another person has to approve or decline it"), "{page:?}");
        assert!(!page.body.contains("/approval\""), "no button that cannot work: {page:?}");
        let other = app.desk(Role::Steward);
        let seen = seen(&other.get(&proposal).body);
        let refused = steward.post(&format!("{proposal}/approval"), &[("seen", &seen)]);
        assert_eq!(refused.status, 422, "{refused:?}");
        assert_eq!((count(&app, "class_approved"), class_of(&app, "visa_no").as_str()), (0, "unclassified"));
        let back = steward.submit(&format!("{proposal}/withdrawal"), &[]);
        assert!(back.body.contains("Taken back. The catalogue is as it was."), "{back:?}");
    });
}

#[test]
fn what_lowers_protection_is_shown_and_confirmed() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (steward, counsel) = (app.desk(Role::Steward), app.desk(Role::Counsel));
        let proposal = propose(&steward, "service_address", "unprotected");
        let page = counsel.get(&proposal);
        assert!(page.body.contains("data-shift=\"lowers\""), "{page:?}");
        assert!(page.body.contains("given out without any legal basis"), "{page:?}");
        assert!(page.body.contains("serv_addr_1"), "what changes with it: {page:?}");
        let seen = seen(&page.body);
        let unconfirmed = counsel.post(&format!("{proposal}/approval"), &[("seen", &seen)]);
        assert_eq!(unconfirmed.status, 422, "{unconfirmed:?}");
        assert!(unconfirmed.body.contains("Please confirm"), "{unconfirmed:?}");
        assert_eq!(class_of(&app, "service_address"), "home_address");
        let confirmed = counsel.submit(&format!("{proposal}/approval"), &[("seen", &seen), ("confirm", "yes")]);
        assert!(confirmed.body.contains("Approved."), "{confirmed:?}");
        assert_eq!(class_of(&app, "serv_addr_1"), "unprotected");
    });
}

#[test]
fn a_declined_proposal_changes_nothing_and_a_missing_reason_keeps_what_was_typed() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (steward, counsel) = (app.desk(Role::Steward), app.desk(Role::Counsel));
        let values = [("field", "visa_no"), ("class", "contact"), ("reason", "short")];
        let again = steward.post(&format!("{BILLING}/proposals"), &values);
        assert_eq!(again.status, 422, "{again:?}");
        for kept in ["value=\"visa_no\"", "value=\"contact\" selected", ">short</textarea>"] {
            assert!(again.body.contains(kept), "{kept}: {again:?}");
        }
        let proposal = propose(&steward, "visa_no", "contact");
        let before = app.app.catalog().unwrap();
        let refused = counsel.post(&format!("{proposal}/declining"), &[("reason", "no")]);
        assert_eq!(refused.status, 422, "{refused:?}");
        assert!(refused.body.contains(">no</textarea>"), "{refused:?}");
        let declined = counsel.submit(&format!("{proposal}/declining"), &[("reason", "It tells a status.")]);
        assert!(declined.body.contains("Declined.") && declined.body.contains("It tells a status."), "{declined:?}");
        assert_eq!(app.app.catalog().unwrap(), before);
        let late = counsel.post(&format!("{proposal}/declining"), &[("reason", "Once more, for good.")]);
        assert!(late.status == 422 && late.body.contains("settled this proposal meanwhile"), "{late:?}");
    });
}

#[test]
fn a_store_is_narrowed_by_class_and_name_and_goes_on_page_by_page() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let auditor = app.desk(Role::Auditor);
    let names = |page: &str| -> Vec<String> {
        page.split("<a class=\"mono\" href=\"/console/catalog/stores/utility-billing/fields/")
            .skip(1)
            .filter_map(|rest| rest.split('>').nth(1)?.split('<').next())
            .map(str::to_owned)
            .collect()
    };
    let catalog = app.app.catalog().unwrap();
    let all = catalog.find(&"utility-billing".parse().unwrap()).unwrap().fields().len();
    let (mut path, mut seen) = (BILLING.to_owned(), Vec::new());
    loop {
        let page = auditor.get(&path).body;
        seen.extend(names(&page));
        let Some(next) = page.split(&format!("href=\"{BILLING}?")).nth(1) else { break };
        path = format!("{BILLING}?{}", next.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&"));
    }
    assert_eq!(seen.len(), all, "every field once: {seen:?}");
    let narrowed = names(&auditor.get(&format!("{BILLING}?class=home_address&name=serv_addr")).body);
    assert_eq!(narrowed, ["serv_addr_1", "serv_addr_2"]);
    let page = auditor.get(BILLING).body;
    assert!(page.contains("Resolution 26-049"), "the citation stands beside the class: {page}");
    assert!(!page.contains("/proposals\""), "an auditor proposes nothing");
    assert_eq!(auditor.get("/console/catalog/stores/nowhere").status, 404);
    assert_eq!(app.desk(Role::Records).get("/console/catalog").status, 403);
}
