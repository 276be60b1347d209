//! Two ledgers on one database take turns: one history, and each sees at once what the other changed.

use std::sync::Arc;

use chrono::TimeDelta;
use zaguan::app::App;
use zaguan::app::assemble::{Migrations, World};
use zaguan::app::authority::Authority;
use zaguan::app::decisions::{Answer, Details, Request, Requester, WithheldReason};
use zaguan::app::tokens::Caller;
use zaguan::clock::Clock;
use zaguan::domain::client::ClientRefusal;
use zaguan::domain::decision::{Effect, Outcome, Reason};
use zaguan::domain::field::{FieldName, StoreCatalog};
use zaguan::domain::{Purpose, RequesterKind, ResidentId};
use zaguan::ledger::NoProbe;

use super::{Plan, hammer};
use crate::support::app::settings;
use crate::support::{ManualClock, SeededEntropy, TestDatabase, on_every_database};

#[test]
fn two_writers_make_one_history() {
    on_every_database(|database| {
        let one = Plan::on(database).start().unwrap();
        let other = Plan::on(database).elsewhere().start().unwrap();
        let (first, second) = std::thread::scope(|scope| {
            let first = scope.spawn(|| hammer(&one, "one", 4, 25));
            let second = scope.spawn(|| hammer(&other, "other", 4, 25));
            (first.join().unwrap(), second.join().unwrap())
        });
        assert_eq!((first.1.len(), second.1.len()), (0, 0), "{:?} {:?}", first.1, second.1);
        let all = [first.0, second.0].concat();
        let verified = one.demand(&all);
        other.demand(&all);
        assert_eq!((all.len(), verified.entries), (200, 200));
        let instances = database.texts("SELECT DISTINCT instance AS value FROM audit_batch");
        assert_eq!(instances.len(), 2, "both have written");
        one.ledger.close();
        other.ledger.close();
        one.demand(&all);
        other.demand(&all);
    });
}

fn app(database: &TestDatabase, seed: u64, clock: &Arc<ManualClock>) -> App {
    let world = World { clock: clock.clone(), entropy: Arc::new(SeededEntropy::new(seed)), probe: Arc::new(NoProbe) };
    App::open(&settings(database, &[]), Migrations::Apply, world).unwrap()
}

fn catalog(class: &str) -> StoreCatalog {
    let text = format!(
        "[store]\nid = \"library\"\nname = \"Library\"\ndepartment = \"Library\"\ndescription = \"Cards.\"\n\n\
         [[field]]\nname = \"address\"\nclass = \"{class}\"\n"
    );
    StoreCatalog::parse(&text).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn request() -> Request {
    Request {
        store: "library".parse().unwrap(),
        resident: ResidentId::new("P-1").unwrap(),
        fields: vec![FieldName::new("address").unwrap()],
        requester: Requester { kind: RequesterKind::Court, agency: None },
        purpose: Purpose::CourtProceeding,
        legal_bases: Vec::new(),
        details: Details::default(),
    }
}

fn decide(app: &App, clock: &ManualClock) -> Answer {
    let caller = Caller { client: "desk".parse().unwrap(), issued_at: clock.now() };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(app.decide(caller, request(), None)).unwrap()
}

fn reason(answer: &Answer) -> (Effect, Reason) {
    let Answer::Recorded(recorded) = answer else { panic!("{answer:?}") };
    (recorded.record.fields[0].effect, recorded.record.fields[0].reason)
}

#[test]
fn what_one_process_changes_the_other_judges_by_at_once() {
    on_every_database(|database| {
        let clock = Arc::new(ManualClock::new());
        let (one, other) = (app(database, 1, &clock), app(database, 2, &clock));
        one.import_catalog("test", catalog("unprotected")).unwrap();
        let new = zaguan::app::clients::NewClient {
            id: "desk".parse().unwrap(),
            name: "Desk".to_owned(),
            stores: ["library".parse().unwrap()].into(),
            requester_kinds: RequesterKind::ALL.into(),
        };
        one.add_client(&Authority::operator(), new).unwrap();
        assert_eq!(reason(&decide(&other, &clock)), (Effect::Permit, Reason::NotProtected));
        one.import_catalog("test", catalog("home_address")).unwrap();
        assert_eq!(reason(&decide(&other, &clock)), (Effect::Deny, Reason::NoLegalBasis));
        assert!(
            other
                .mark_confidential(&Authority::operator(), "library".parse().unwrap(), &ResidentId::new("P-1").unwrap())
                .unwrap()
        );
        assert_eq!(reason(&decide(&one, &clock)), (Effect::Deny, Reason::ConfidentialAddress));
        clock.advance(TimeDelta::seconds(1));
        one.set_client_enabled(&Authority::operator(), "desk".parse().unwrap(), false).unwrap();
        let refused = decide(&other, &clock);
        assert!(
            matches!(refused, Answer::Withheld(WithheldReason::Client(ClientRefusal::NotAuthorized))),
            "{refused:?}"
        );
        other.set_client_enabled(&Authority::operator(), "desk".parse().unwrap(), true).unwrap();
        let Answer::Recorded(recorded) = decide(&one, &clock) else { panic!("the client is enabled again") };
        assert_eq!(recorded.record.outcome, Outcome::Denied);
    });
}

#[test]
fn a_basis_that_one_process_revokes_opens_nothing_in_the_other() {
    use zaguan::domain::LegalBasisId;
    use zaguan::domain::legal_basis::{BasisKind, Instrument, LegalBasis, ResidentScope, Scope, Status};
    on_every_database(|database| {
        let clock = Arc::new(ManualClock::new());
        let (one, other) = (app(database, 1, &clock), app(database, 2, &clock));
        one.import_catalog("test", catalog("home_address")).unwrap();
        let new = zaguan::app::clients::NewClient {
            id: "desk".parse().unwrap(),
            name: "Desk".to_owned(),
            stores: ["library".parse().unwrap()].into(),
            requester_kinds: RequesterKind::ALL.into(),
        };
        one.add_client(&Authority::operator(), new).unwrap();
        let id = LegalBasisId::new(uuid::Uuid::from_u128(7));
        let basis = LegalBasis {
            id,
            kind: BasisKind::JudicialWarrant,
            instrument: Some(Instrument::SearchWarrant),
            status: Status::Verified { at: clock.now() },
            valid_from: clock.now() - TimeDelta::hours(1),
            valid_until: Some(clock.now() + TimeDelta::hours(1)),
            max_uses: None,
            uses: 0,
            scope: Scope {
                residents: ResidentScope::Listed([].into()),
                classes: zaguan::domain::field::FieldClass::ALL.into(),
                stores: ["library".parse().unwrap()].into(),
                requester_kinds: RequesterKind::ALL.into(),
                requester_agency: None,
                purposes: Purpose::ALL.into(),
            },
        };
        let paper = crate::support::planted::Planted {
            basis,
            residents: vec![("library".parse().unwrap(), ResidentId::new("P-1").unwrap())],
            registrar: "ana".to_owned(),
            registered_at: clock.now(),
            verifier: Some("ben".to_owned()),
        };
        crate::support::planted::plant(&one, &settings(database, &[]).keys.master_file, paper);
        let caller = || Caller { client: "desk".parse().unwrap(), issued_at: clock.now() };
        let ask = |app: &App| {
            let request = Request { legal_bases: vec![id], ..request() };
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            reason(&runtime.block_on(app.decide(caller(), request, None)).unwrap())
        };
        assert_eq!(ask(&other), (Effect::Permit, Reason::LegalBasis));
        assert_eq!(ask(&one), (Effect::Permit, Reason::LegalBasis));
        database.tamper("UPDATE legal_basis SET status = 'revoked', ended_at = 1").unwrap();
        assert_eq!(ask(&other), (Effect::Deny, Reason::BasisRevoked));
        assert_eq!(ask(&one), (Effect::Deny, Reason::BasisRevoked));
    });
}
