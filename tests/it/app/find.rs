//! Finding entries in a log of which a part stands in segments: the same as without them, and never what was erased.

use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::app::authority::Authority;
use zaguan::app::decisions::Search;
use zaguan::app::log::{EntryFilter, EntrySearch};
use zaguan::domain::decision::DecisionFilter;
use zaguan::domain::record::EventKind;
use zaguan::domain::segment::{ColumnName, LENGTH};
use zaguan::domain::{Agency, ResidentId, StoreId};
use zaguan::ledger::NoProbe;
use zaguan::storage::segments;

use crate::support::app::ask;
use crate::support::{TestApp, TestDatabase, on_every_database};

const RESIDENT: &str = "ACCT-0048213";

/// A log of more than two segments, with a rare decision in each and one in the part behind them.
fn long_log(app: &TestApp) {
    for number in 0..3 {
        app.clock.advance(TimeDelta::minutes(1));
        decide(app, &rare(number));
        for _ in 0..4 {
            fill(app, 1_000);
        }
    }
    app.clock.advance(TimeDelta::minutes(1));
    decide(app, &rare(3));
}

fn decide(app: &TestApp, ask: &Value) {
    assert_eq!(app.decide(ask).status, 200);
}

fn rare(number: u32) -> Value {
    let mut rare = ask();
    rare["resident"] = json!("ACCT-0000777");
    rare["requester"] = json!({ "kind": "court", "agency": format!("Example Court {number}") });
    rare["purpose"] = json!("court_proceeding");
    rare["fields"] = json!(["employer_name"]);
    rare["legal_bases"] = json!([format!("0197aaaa-bbbb-7ccc-8ddd-eeeeffff000{number}")]);
    rare
}

/// Many decisions that are alike.
fn fill(app: &TestApp, count: usize) {
    let reply = app.post("/api/v1/decisions/batch", &json!({ "decisions": vec![ask(); count] }));
    assert_eq!(reply.status, 200, "{reply:?}");
}

fn search(filter: DecisionFilter, resident: Option<&str>, before: Option<u64>, limit: usize) -> Search {
    let store: StoreId = "utility-billing".parse().unwrap();
    let resident = resident.map(|id| (store, ResidentId::new(id).unwrap()));
    Search { filter, resident, before, limit, reach: 1_000_000 }
}

/// Positions of everything that a search finds, page after page.
fn found(app: &TestApp, filter: &DecisionFilter, resident: Option<&str>, limit: usize) -> Vec<u64> {
    let (mut all, mut before) = (Vec::new(), None);
    loop {
        let search = search(filter.clone(), resident, before, limit);
        let page = app.app.search_decisions(&Authority::operator(), &search).unwrap();
        assert!(page.decisions.len() <= limit);
        all.extend(page.decisions.iter().map(|decision| decision.index));
        before = page.next;
        if before.is_none() {
            return all;
        }
    }
}

fn filters() -> Vec<(DecisionFilter, Option<&'static str>)> {
    let none = DecisionFilter::default();
    let word = |text: &str| text.parse().unwrap();
    let agency = Some(Agency::new("EXAMPLE court 1").unwrap());
    let bases = [DecisionFilter { legal_basis: Some(word("0197aaaa-bbbb-7ccc-8ddd-eeeeffff0002")), ..none.clone() }];
    let mut filters = vec![
        (DecisionFilter { requester_kind: Some("court".parse().unwrap()), ..none.clone() }, None),
        (DecisionFilter { agency, ..none.clone() }, None),
        (DecisionFilter { purpose: Some("court_proceeding".parse().unwrap()), ..none.clone() }, None),
        (DecisionFilter { outcome: Some("denied".parse().unwrap()), ..none.clone() }, None),
        (DecisionFilter { reason: Some("basis_not_found".parse().unwrap()), ..none.clone() }, None),
        (
            DecisionFilter {
                class: Some("employment".parse().unwrap()),
                reason: Some("basis_not_found".parse().unwrap()),
                ..none.clone()
            },
            None,
        ),
        (DecisionFilter { client: Some("nobody".parse().unwrap()), ..none.clone() }, None),
        (DecisionFilter { store: Some("library".parse().unwrap()), ..none.clone() }, None),
        (none.clone(), Some("ACCT-0000777")),
        (none.clone(), Some("ACCT-0000778")),
        (DecisionFilter { requester_kind: Some("federal_other".parse().unwrap()), ..none }, Some("ACCT-0000777")),
    ];
    filters.extend(bases.into_iter().map(|filter| (filter, None)));
    filters
}

#[test]
fn segments_change_how_fast_a_search_is_and_nothing_else() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        long_log(&app);
        let before: Vec<Vec<u64>> =
            filters().iter().map(|(filter, resident)| found(&app, filter, *resident, 25)).collect();
        assert_eq!(before[0].len(), 4, "the courts");
        assert_eq!(before[8].len(), 4, "the resident");
        assert_eq!(before[6].len() + before[7].len() + before[9].len() + before[10].len(), 0);
        assert_eq!(app.app.make_segments().unwrap(), 2);
        assert_eq!(app.app.make_segments().unwrap(), 0);
        for ((filter, resident), before) in filters().iter().zip(&before) {
            assert_eq!(&found(&app, filter, *resident, 25), before, "{filter:?}");
            assert_eq!(&found(&app, filter, *resident, 1), before, "{filter:?}, one to a page");
        }
        let all = found(&app, &DecisionFilter::default(), None, 1_000);
        assert_eq!(all.len(), 12_004);
        assert!(all.is_sorted_by(|newer, older| newer > older));
        // A period that begins in one segment and ends in another.
        let since = app.app.now() - TimeDelta::minutes(2);
        let courts = DecisionFilter {
            from: Some(since),
            until: Some(app.app.now()),
            requester_kind: Some("court".parse().unwrap()),
            ..DecisionFilter::default()
        };
        assert_eq!(found(&app, &courts, None, 25), before[0][1..3]);
    });
}

#[test]
fn what_is_offered_by_a_segment_that_lies_is_compared_with_the_record() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        long_log(&app);
        let rare = DecisionFilter { requester_kind: Some("court".parse().unwrap()), ..DecisionFilter::default() };
        let honest = found(&app, &rare, None, 25);
        app.app.make_segments().unwrap();
        // Words that are not so: what is found by them does not fit.
        let swapped = "UPDATE search_column SET words = '[\"court\"]', marks = (SELECT marks FROM search_column AS other \
                       WHERE other.name = 'kind' AND other.first = search_column.first) WHERE name = 'requester_kind'";
        database.tamper(swapped).unwrap();
        assert!(found(&app, &rare, None, 25).iter().all(|index| honest.contains(index)));
        // Without a column nothing is narrowed.
        database.tamper("DELETE FROM search_column WHERE name = 'requester_kind'").unwrap();
        assert_eq!(found(&app, &rare, None, 25), honest);
        database.tamper("UPDATE search_column SET words = 'nonsense'").unwrap();
        assert_eq!(found(&app, &rare, None, 25), honest);
    });
}

#[test]
fn what_a_retention_rule_erased_is_wiped_from_the_segments_in_the_same_change() {
    on_every_database(|database| {
        let retention = [("ZAGUAN__RETENTION__DECISION_RESIDENTS_DAYS", "1")];
        let app = TestApp::start_with(database, &retention, Arc::new(NoProbe));
        long_log(&app);
        app.app.make_segments().unwrap();
        let marks = |app: &TestApp| {
            let column = app.app.store().read(|conn| segments::list(conn, ColumnName::Resident, 0, 1)).unwrap();
            column[&0].marks.clone()
        };
        assert!(marks(&app).iter().filter(|byte| **byte != 0).count() > LENGTH);
        app.clock.advance(TimeDelta::days(2));
        app.app.run_retention("operator").unwrap();
        assert!(marks(&app).iter().all(|byte| *byte == 0), "nothing tells any more whom the entries were about");
        assert_eq!(found(&app, &DecisionFilter::default(), Some(RESIDENT), 25), Vec::<u64>::new());
    });
}

#[test]
fn a_link_that_was_erased_before_its_segment_is_made_does_not_come_back() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    long_log(&app);
    database.tamper("DELETE FROM audit_resident WHERE seq < 1000").unwrap();
    app.app.make_segments().unwrap();
    let rare = found(&app, &DecisionFilter::default(), Some("ACCT-0000777"), 25);
    assert_eq!(rare.len(), 3, "the first of four was erased");
}

#[test]
fn entries_are_found_by_kind_and_by_whoever_caused_them() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        long_log(&app);
        let find = |kind: Option<EventKind>, actor: Option<&str>| {
            let filter = EntryFilter { kind, actor: actor.map(str::to_owned), ..EntryFilter::default() };
            let search = EntrySearch { filter, before: None, limit: 20, reach: 1_000_000 };
            let page = app.app.search_entries(&Authority::operator(), &search).unwrap();
            page.entries.into_iter().map(|row| (row.kind, row.actor)).collect::<Vec<_>>()
        };
        for _ in 0..2 {
            let added = find(Some(EventKind::ClientAdded), None);
            assert_eq!(added.len(), 1, "{added:?}");
            let by_test = find(Some(EventKind::CatalogImported), Some("test"));
            assert_eq!(by_test.len(), 2, "{by_test:?}");
            assert_eq!(find(Some(EventKind::Decision), None).len(), 20);
            app.app.make_segments().unwrap();
        }
        assert_eq!(find(Some(EventKind::EntriesSearched), None).len(), 7);
    });
}
