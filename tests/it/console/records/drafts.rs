//! Drafts: saved whatever is wrong with them, seen by their registrar alone, sealed, registered once.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use zaguan::domain::language::Language;
use zaguan::domain::legal_basis::registration::{Fault, TypedForm};
use zaguan::domain::record::hex;
use zaguan::domain::requester::AgencyError;
use zaguan::domain::resident::ResidentIdError;
use zaguan::domain::retention::RetentionKind;
use zaguan::domain::staff::Role;
use zaguan::i18n::Tongue;

use super::{COURT, SCOPE, begin, filled, records, register, revision};
use crate::api::{count, entries};
use crate::domain::document::Pdf;
use crate::support::{TestApp, TestDatabase, on_every_database};

const RESIDENT: &str = "ACCT-0048213";

#[test]
fn a_warrant_is_logged_in_five_steps_with_its_scan() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let draft = filled(&desk);
        let paper = Pdf::of(3).bytes();
        let reply = desk.upload(&format!("{draft}/scan"), &[], "file", &paper);
        assert_eq!((reply.status, reply.header("location")), (303, Some(format!("{draft}/document").as_str())));
        let page = desk.get(&format!("{draft}/document")).body;
        assert!(page.contains("3 pages") && page.contains(&format!("src=\"{draft}/scan\"")), "{page}");
        let reply = register(&desk, &draft);
        assert_eq!(reply.status, 303, "{reply:?}");
        let page = desk.get(reply.header("location").unwrap());
        for shown in
            ["registered, waits for verification", "D-307-CR-2031-00042", RESIDENT, "Hon. A. Example", "3 pages"]
        {
            assert!(page.body.contains(shown), "{shown}: {page:?}");
        }
        let scan = desk.get(&format!("{}/document", reply.header("location").unwrap()));
        assert_eq!((scan.status, scan.header("content-type")), (200, Some("application/pdf")));
        assert!(scan.header("content-security-policy").unwrap().contains("frame-ancestors 'self'"));
        assert_eq!(count(&app, "document_read"), 1, "of a basis, looking at the scan is an entry");
        let kinds: Vec<String> = entries(&app).into_iter().rev().take(9).map(|entry| entry.kind).collect();
        assert!(kinds.contains(&"legal_basis_registered".to_owned()) && kinds.contains(&"document_stored".to_owned()));
        assert_eq!(database.count("basis_draft"), 0, "the draft ended with that");
        assert_eq!(database.count("basis_draft_document"), 0);
        assert_eq!(desk.get(&format!("{draft}/check")).status, 404);
    });
}

#[test]
fn before_it_is_registered_days_and_times_are_read_back_in_words() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records);
    let page = desk.get(&format!("{}/check", filled(&desk))).body;
    for said in ["March 3, 2031", "9:30\u{a0}a.m.", "March 10, 2031"] {
        assert!(page.contains(&format!("<dd>{said}</dd>")), "{said}: {page}");
    }
    assert!(!page.contains("2031-03-03") && page.contains("D-307-CR-2031-00042"), "a docket stays as it was typed");
}

#[test]
fn a_draft_is_seen_by_its_registrar_and_by_nobody_else() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (desk, other) = (app.desk(Role::Records), app.desk(Role::Records));
        let draft = filled(&desk);
        desk.upload(&format!("{draft}/scan"), &[], "file", &Pdf::of(1).bytes());
        for step in ["paper", "court", "scope", "document", "check", "scan"] {
            assert_eq!(desk.get(&format!("{draft}/{step}")).status, 200, "{step}");
            assert_eq!(other.get(&format!("{draft}/{step}")).status, 404, "{step}");
        }
        assert!(!other.get("/console/legal-bases/new").body.contains(&draft));
        assert!(desk.get("/console/legal-bases/new").body.contains(&draft));
        assert_eq!(other.post(&format!("{draft}/court"), &COURT).status, 404);
        assert_eq!(other.post(&format!("{draft}/registration"), &[("revision", "3")]).status, 404);
        assert_eq!(other.post(&format!("{draft}/discarding"), &[]).status, 404);
        assert_eq!(other.upload(&format!("{draft}/scan"), &[], "file", &Pdf::of(2).bytes()).status, 404);
        assert!(count(&app, "change_refused") >= 4, "what was tried on another's draft stands in the log");
        assert_eq!(register(&desk, &draft).status, 303, "and it is as it was");
    });
}

#[test]
fn what_is_typed_into_a_draft_is_sealed_and_stands_in_no_entry() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let draft = filled(&desk);
        let id = draft.rsplit('/').next().unwrap();
        assert_eq!(database.count(&format!("basis_draft WHERE id = '{id}'")), 1);
        for typed in [RESIDENT, "Example", "D-307"] {
            let bytes = database.bytes(&hex(typed.as_bytes()));
            let holds = if database.is_postgres() {
                format!("position({bytes} in sealed_form) > 0")
            } else {
                format!("instr(sealed_form, {bytes}) > 0")
            };
            assert_eq!(database.count(&format!("basis_draft WHERE {holds}")), 0, "{typed}");
            for entry in entries(&app) {
                assert!(!String::from_utf8_lossy(&entry.record).contains(typed), "{typed} in {}", entry.kind);
            }
        }
        assert_eq!(count(&app, "basis_draft_begun"), 1);
        assert_eq!(count(&app, "basis_draft_saved"), 2);
        assert_eq!(records(&app, "basis_draft_saved")[0]["about"]["draft"], id);
    });
}

#[test]
fn a_form_that_is_sent_twice_begins_and_registers_once() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let token = desk.form_token();
        let first = desk.post_with("/console/legal-bases/new", &token, &[("paper", "court_order")]);
        let again = desk.post_with("/console/legal-bases/new", &token, &[("paper", "court_order")]);
        assert_eq!(first.header("location"), again.header("location"));
        assert_eq!(database.count("basis_draft"), 1);
        let draft = filled(&desk);
        let page = desk.get(&format!("{draft}/check")).body;
        let sent = [("revision", revision(&page))];
        let token = desk.form_token();
        let first = desk.post_with(&format!("{draft}/registration"), &token, &sent);
        let again = desk.post_with(&format!("{draft}/registration"), &token, &sent);
        assert_eq!((first.status, again.status), (303, 303), "{again:?}");
        assert_eq!(first.header("location"), again.header("location"), "the second is led to what the first did");
        assert_eq!(count(&app, "legal_basis_registered"), 1);
        assert_eq!(database.count("legal_basis"), 1);
    });
}

#[test]
fn what_was_changed_in_another_window_is_looked_over_before_it_is_registered() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let draft = filled(&desk);
        let page = desk.get(&format!("{draft}/check")).body;
        let changed: Vec<(&str, &str)> = COURT
            .iter()
            .map(|(name, value)| (*name, if *name == "judge" { "Hon. C. Example" } else { *value }))
            .collect();
        assert_eq!(desk.post(&format!("{draft}/court"), &changed).status, 303);
        let reply = desk.post(&format!("{draft}/registration"), &[("revision", revision(&page))]);
        assert_eq!(reply.status, 409, "{reply:?}");
        assert_eq!(count(&app, "legal_basis_registered"), 0);
        assert_eq!(register(&desk, &draft).status, 303);
    });
}

#[test]
fn nothing_that_was_typed_is_lost_when_something_is_wrong() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records);
    let draft = begin(&desk, "search_warrant");
    let typed =
        [("court", "Tribunal of Nowhere"), ("docket", "17"), ("issued_on", "02/30/2031"), ("judge", "A. Example")];
    let reply = desk.post(&format!("{draft}/court"), &typed);
    assert_eq!(reply.status, 422, "{reply:?}");
    let again = desk.get(&format!("{draft}/court")).body;
    for (_, value) in typed {
        assert!(reply.body.contains(&format!("value=\"{value}\"")), "{value}");
        assert!(again.contains(&format!("value=\"{value}\"")), "{value} was saved all the same");
    }
    assert!(reply.body.contains("id=\"issued_on-fault\"") && reply.body.contains("href=\"#issued_on\""));
    assert!(reply.body.contains("id=\"judge_title-fault\""), "what is missing is told when somebody goes on");
    assert!(!again.contains("id=\"judge_title-fault\""), "and not before");
    assert_eq!(desk.post(&format!("{draft}/court"), &[("later", "yes")]).status, 303, "later is always possible");
}

#[test]
fn a_field_is_saved_and_looked_over_as_soon_as_it_is_left() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records);
    let draft = begin(&desk, "search_warrant");
    let reply =
        desk.post(&format!("{draft}/court"), &[("live", "yes"), ("issued_on", "2031-13-01"), ("judge", "A. Example")]);
    assert_eq!(reply.status, 200);
    let faults = reply.json()["faults"].clone();
    assert_eq!(faults.as_object().unwrap().len(), 1, "what is only missing is no fault yet: {faults}");
    assert!(faults["issued_on"].is_string());
    assert!(desk.get(&format!("{draft}/court")).body.contains("value=\"A. Example\""));
}

#[test]
fn a_paper_that_never_unlocks_is_counted_and_explained_kindly() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let draft = begin(&desk, "ice_i200");
        for step in ["court", "scope", "check"] {
            assert!(desk.get(&format!("{draft}/{step}")).body.contains("This is not a judicial warrant"), "{step}");
        }
        let reply = register(&desk, &draft);
        assert_eq!(reply.status, 303, "nearly nothing is demanded of it: {reply:?}");
        let page = desk.get(reply.header("location").unwrap()).body;
        assert!(page.contains("rejected") && page.contains("What you can say"), "{page}");
        assert_eq!(records(&app, "legal_basis_registered")[0]["about"]["reason"], "instrument_not_accepted");
    });
}

#[test]
fn the_same_court_and_docket_and_the_same_scan_are_pointed_out_before_registering() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let scan = Pdf::of(2).bytes();
        let first = filled(&desk);
        desk.upload(&format!("{first}/scan"), &[], "file", &scan);
        let basis = register(&desk, &first).header("location").unwrap().to_owned();
        let second = filled(&desk);
        let link = format!("href=\"{basis}\"");
        let count = |page: &str| page.matches(&link).count();
        assert_eq!(count(&desk.get(&format!("{second}/check")).body), 1, "court and docket");
        desk.upload(&format!("{second}/scan"), &[], "file", &scan);
        assert_eq!(count(&desk.get(&format!("{second}/check")).body), 2, "and the scan");
        let other = begin(&desk, "search_warrant");
        assert_eq!(count(&desk.get(&format!("{other}/check")).body), 0);
    });
}

#[test]
fn a_draft_that_is_thrown_away_is_gone_with_its_scan() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let draft = filled(&desk);
        desk.upload(&format!("{draft}/scan"), &[], "file", &Pdf::of(1).bytes());
        desk.upload(&format!("{draft}/scan"), &[], "file", &Pdf::of(4).bytes());
        assert_eq!(database.count("basis_draft_document"), 1, "a second scan takes the place of the first");
        assert_eq!(desk.post(&format!("{draft}/discarding"), &[]).status, 303);
        assert_eq!(database.count("legal_document_part"), 0);
        assert_eq!(database.count("basis_draft"), 0);
        assert_eq!(count(&app, "basis_draft_discarded"), 1);
    });
}

#[test]
fn a_draft_that_nobody_goes_on_with_is_erased_by_rule() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let draft = filled(&desk);
        desk.upload(&format!("{draft}/scan"), &[], "file", &Pdf::of(1).bytes());
        let run = || {
            let erased = app.app.run_retention("operator").unwrap();
            erased.into_iter().find(|due| due.kind == RetentionKind::BasisDrafts).unwrap().count
        };
        app.clock.advance(TimeDelta::days(30));
        assert_eq!(run(), 0, "thirty days to the instant");
        app.clock.advance(TimeDelta::microseconds(1));
        assert_eq!(run(), 1);
        assert_eq!((database.count("basis_draft"), database.count("legal_document_part")), (0, 0));
    });
}

#[test]
fn a_file_that_is_no_paper_is_refused_at_its_field() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records).in_spanish();
    let draft = begin(&desk, "search_warrant");
    let reply = desk.upload(&format!("{draft}/scan"), &[], "file", b"MZ, a program");
    assert_eq!(reply.status, 422);
    assert!(reply.body.contains("id=\"file-fault\">No es PDF, PNG ni JPEG."), "{reply:?}");
    assert_eq!(database.count("legal_document_part"), 0);
}

#[test]
fn an_emergency_and_a_mandate_are_logged_the_same_way() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let draft = begin(&desk, "emergency");
        let told = [
            ("facts", "A child of four has been missing since noon near the river."),
            ("person_in_danger", "the child"),
            ("why_delay_harms", "the water rises"),
            ("expires_on", "2031-03-04"),
            ("expires_time", "13:00"),
            ("asker_name", "D. Example"),
        ];
        let reply = desk.post(&format!("{draft}/court"), &told);
        assert_eq!(reply.status, 422, "nobody has attested anything");
        assert!(reply.body.contains("href=\"#not_for_immigration_enforcement\""), "{reply:?}");
        let told: Vec<_> = told.into_iter().chain([("not_for_immigration_enforcement", "yes")]).collect();
        assert_eq!(desk.post(&format!("{draft}/court"), &told).status, 303);
        let scope: Vec<_> = SCOPE
            .iter()
            .map(|(name, value)| (*name, if *name == "purposes" { "emergency_response" } else { *value }))
            .collect();
        assert_eq!(desk.post(&format!("{draft}/scope"), &scope).status, 303);
        assert_eq!(register(&desk, &draft).status, 303);
        let draft = begin(&desk, "statute");
        let law = [("citation", "NMSA 1978, 40-13B"), ("standing", "yes"), ("review_on", "2032-03-01")];
        assert_eq!(desk.post(&format!("{draft}/court"), &law).status, 303);
        let scope: Vec<_> = SCOPE.iter().filter(|(name, _)| !name.contains("resident")).copied().collect();
        assert_eq!(desk.post(&format!("{draft}/scope"), &scope).status, 303);
        assert_eq!(register(&desk, &draft).status, 303);
        let kinds: BTreeSet<String> = records(&app, "legal_basis_registered")
            .iter()
            .map(|record| record["about"]["kind"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(kinds, ["emergency_exception", "legal_mandate"].map(str::to_owned).into());
    });
}

/// Every fault that a form can have, once.
fn every_fault() -> Vec<Fault> {
    let (member, sort) = ("court", "a warrant");
    let residents = [
        ResidentIdError::Empty,
        ResidentIdError::TooLong,
        ResidentIdError::ControlCharacter,
        ResidentIdError::Untrimmed,
        ResidentIdError::NotComposed,
    ];
    let agencies = [AgencyError::Empty, AgencyError::TooLong, AgencyError::ControlCharacter];
    let others = [
        Fault::NoKind,
        Fault::UnknownWord,
        Fault::NoInstrument,
        Fault::EmergencyWithPaper,
        Fault::IsMandate,
        Fault::IsWarrant,
        Fault::DoesNotBelong { member, sort },
        Fault::Missing { member, sort },
        Fault::Empty,
        Fault::TooLong(200),
        Fault::ControlCharacter,
        Fault::FactsTooShort,
        Fault::IssuedInFuture,
        Fault::ExecuteBeforeIssue,
        Fault::CountsBeforeIssue,
        Fault::ServedInFuture,
        Fault::ServedBeforeIssue,
        Fault::NoReview,
        Fault::ReviewInPast,
        Fault::ReviewTooFar,
        Fault::EmergencyOver,
        Fault::EmergencyTooLong(24),
        Fault::NeverCounts,
        Fault::NotAttested,
        Fault::NoUse,
        Fault::UsesContradict,
        Fault::NotABasis,
        Fault::TooManyResidents(1_000),
        Fault::StandingNamesResidents,
        Fault::NoResidents,
        Fault::UnknownStore,
        Fault::StoreOutsideScope,
        Fault::ClassIsFixed,
        Fault::EmptyList,
        Fault::PurposeNotStated,
        Fault::EmergencyForEnforcement,
        Fault::PeriodBackwards,
        Fault::PeriodIncomplete,
        Fault::NotADate,
        Fault::NotANumber,
    ];
    let named = residents.map(Fault::Resident).into_iter().chain(agencies.map(Fault::Agency));
    named.chain(others).collect()
}

#[test]
fn every_fault_of_a_registration_has_its_sentence_in_both_languages() {
    for fault in every_fault() {
        let key = format!("records-fault-{}", fault.code());
        let said = Language::ALL.map(|language| {
            assert!(Tongue::of(language).knows(&key), "{key} in {language}");
            Tongue::of(language).say_with(&key, fault.bound().map(|bound| ("count", bound.into())))
        });
        assert!(said.iter().all(|said| !said.contains('{') && !said.contains('$')), "{said:?}");
        assert_ne!(said[0], said[1], "{key}");
    }
}

#[test]
fn each_fault_stands_at_a_field_of_the_page_that_it_leads_to() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    for (desk, missing) in
        [(app.desk(Role::Records), "Please fill this in."), (app.desk(Role::Records).in_spanish(), "Llene este campo.")]
    {
        for paper in ["search_warrant", "judicial_subpoena", "statute", "emergency", "detainer_i247"] {
            let draft = begin(&desk, paper);
            let wrong = [
                ("issued_on", "2099-01-01"),
                ("expires_on", "2001-01-01"),
                ("served_on", "x"),
                ("review_on", "2099-01-01"),
                ("facts", "too short"),
            ];
            desk.post(&format!("{draft}/court"), &[wrong.as_slice(), &[("later", "yes")]].concat());
            let wrong = [
                ("max_uses", "many"),
                ("resident", "ACCT-1"),
                ("resident_store", "nowhere"),
                ("period_from", "2031-01-01"),
            ];
            desk.post(&format!("{draft}/scope"), &[wrong.as_slice(), &[("later", "yes")]].concat());
            let page = desk.get(&format!("{draft}/check")).body;
            let list =
                page.split("id=\"faults\"").nth(1).and_then(|rest| rest.split("</ul>").next()).unwrap_or_default();
            let links: Vec<(&str, &str)> = list
                .split("href=\"")
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().split_once('#').unwrap())
                .collect();
            assert!(!links.is_empty(), "{paper}");
            for (path, field) in links {
                assert!(desk.get(path).body.contains(&format!("id=\"{field}\"")), "{paper}: {path} has no `{field}`");
            }
            let needs_judge = paper == "search_warrant";
            assert_eq!(
                list.contains(missing),
                needs_judge || paper == "statute" || paper == "emergency",
                "{paper}: {list}"
            );
        }
    }
}

#[test]
fn a_typed_day_is_read_in_the_citys_own_time() {
    let mut typed = TypedForm::default();
    let fields = ["kind", "instrument", "facts"];
    typed.put(&fields, [("kind".to_owned(), "judicial_warrant".to_owned()), ("other".to_owned(), "x".to_owned())]);
    assert_eq!((typed.first("kind"), typed.first("other")), ("judicial_warrant", ""), "other fields are left alone");
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records);
    let draft = filled(&desk);
    let page = desk.get(&format!("{draft}/check")).body;
    // Issued on 3 March at 09:30; "on or before 10 March" counts to the midnight that ends that day.
    assert!(page.contains("it counts from March 3, 2031, 9:30"), "{page}");
    assert!(page.contains("until March 11, 2031, 12:00"), "{page}");
}
