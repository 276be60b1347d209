//! The list: filters in the address, residents only in forms, page after page.

use zaguan::domain::staff::Role;

use super::{begin, filled, records, register, registered};
use crate::api::count;
use crate::support::{TestApp, TestDatabase, on_every_database};

const LIST: &str = "/console/legal-bases";

fn lists(page: &str, basis: &str) -> bool {
    page.contains(&format!("href=\"{basis}\""))
}

#[test]
fn bases_are_found_by_state_kind_court_docket_registrar_period_and_store() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let basis = registered(&app);
        let registrar = records(&app, "legal_basis_registered")[0]["actor"].as_str().unwrap().to_owned();
        let desk = app.desk(Role::Auditor);
        let found = [
            "state=registered",
            "kind=judicial_warrant",
            "court=Third+Judicial+District+Court",
            "docket=d-307-cr-2031-00042",
            &format!("registrar={registrar}"),
            "from=2031-03-04&until=2031-03-04",
            "store=utility-billing",
        ];
        for query in found {
            assert!(lists(&desk.get(&format!("{LIST}?{query}")).body, &basis), "{query}");
        }
        let others = [
            "state=verified",
            "kind=legal_mandate",
            "docket=D-307-CR-2031-00043",
            "registrar=nobody",
            "from=2031-03-05",
            "until=2031-03-03",
            "store=library",
        ];
        for query in others {
            let page = desk.get(&format!("{LIST}?{query}"));
            assert!(page.status == 200 && !lists(&page.body, &basis), "{query}");
        }
        for (query, field) in
            [("docket=17", "docket"), ("court=Nowhere", "court"), ("from=soon", "from"), ("state=x", "state")]
        {
            let page = desk.get(&format!("{LIST}?{query}"));
            assert_eq!(page.status, 422, "{query}");
            assert!(page.body.contains(&format!("id=\"{field}-fault\"")), "{query}");
        }
    });
}

#[test]
fn a_resident_is_looked_for_by_form_and_that_is_an_entry_without_their_name() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let basis = registered(&app);
        let desk = app.desk(Role::Counsel);
        let search = |resident: &str| {
            desk.post("/console/legal-bases/search", &[("store", "utility-billing"), ("resident", resident)])
        };
        assert!(lists(&search("ACCT-0048213").body, &basis));
        assert!(!lists(&search("ACCT-0048214").body, &basis));
        assert_eq!(count(&app, "legal_bases_searched"), 2);
        for record in records(&app, "legal_bases_searched") {
            assert_eq!(record["about"]["resident_in"], "utility-billing");
            assert!(!record.to_string().contains("ACCT-"));
        }
        let page = desk.get(&format!("{LIST}?store=utility-billing&resident=ACCT-0048214"));
        assert!(lists(&page.body, &basis), "a resident in the address is not read");
        let reply = desk.post("/console/legal-bases/search", &[("resident", "ACCT-0048213")]);
        assert_eq!(reply.status, 422, "a number without its store is nobody's");
    });
}

#[test]
fn a_long_list_goes_on_behind_its_last_line() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records);
    for _ in 0..26 {
        let draft = begin(&desk, "ice_i205");
        assert_eq!(register(&desk, &draft).status, 303);
    }
    let first = desk.get(LIST).body;
    assert_eq!(first.matches("href=\"/console/legal-bases/0").count(), 25);
    let after = first.split("name=\"after\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = desk.get(&format!("{LIST}?after={after}")).body;
    assert_eq!(second.matches("href=\"/console/legal-bases/0").count(), 1);
    assert!(!second.contains("name=\"after\""));
}

#[test]
fn a_draft_is_on_nobodys_list_of_bases() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records);
    let draft = filled(&desk);
    let id = draft.rsplit('/').next().unwrap();
    assert!(!desk.get(LIST).body.contains(id));
    assert_eq!(desk.get(&format!("{LIST}/{id}")).status, 404);
}
