//! The report, from tallies that are kept and from records that are counted anew; and what happens when the two differ.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use zaguan::app::App;
use zaguan::app::assemble::{Migrations, World, anchor};
use zaguan::app::audit::{Verified, VerifyError, verify};
use zaguan::app::authority::Authority;
use zaguan::app::clients::NewClient;
use zaguan::app::decisions::{Answer, Details, IdempotencyKey, Request, Requester};
use zaguan::app::report::ReportError;
use zaguan::app::tokens::Caller;
use zaguan::clock::Clock;
use zaguan::domain::field::{FieldName, StoreCatalog};
use zaguan::domain::report::{Counted, Period, Report, Section, Shown};
use zaguan::domain::{Purpose, RequesterKind, ResidentId};
use zaguan::ledger::NoProbe;
use zaguan::storage::{Store, StoreError, tallies};

use crate::support::app::settings;
use crate::support::{ManualClock, SeededEntropy, TestDatabase, on_every_database, whole};

const FIELDS: [&str; 4] = ["card_no", "patron.home_address", "patron.email", "nobody knows this"];

fn open(database: &TestDatabase, seed: u64, clock: &Arc<ManualClock>) -> App {
    let world = World { clock: clock.clone(), entropy: Arc::new(SeededEntropy::new(seed)), probe: Arc::new(NoProbe) };
    App::open(&settings(database, &[]), Migrations::Apply, world).unwrap()
}

fn furnish(app: &App) {
    let catalog = StoreCatalog::parse(include_str!("../../../config/catalog/library.toml")).unwrap();
    app.import_catalog("test", catalog).unwrap();
    let new = NewClient {
        id: "desk".parse().unwrap(),
        name: "Desk".to_owned(),
        stores: ["library".parse().unwrap()].into(),
        requester_kinds: [RequesterKind::FederalImmigration, RequesterKind::Court, RequesterKind::CityDepartment]
            .into(),
    };
    app.add_client(&Authority::operator(), new).unwrap();
}

/// The same dice in every run.
fn dice(number: u64, sides: u64) -> u64 {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) % sides
}

fn request(number: u64) -> Request {
    // One of five may not be asked for by this client: a call that is refused.
    let kinds = [
        (RequesterKind::FederalImmigration, Purpose::ImmigrationEnforcement),
        (RequesterKind::Court, Purpose::CourtProceeding),
        (RequesterKind::CityDepartment, Purpose::ServiceDelivery),
        (RequesterKind::CityDepartment, Purpose::Audit),
        (RequesterKind::PrivateParty, Purpose::Other),
    ];
    let (kind, purpose) = kinds[usize::try_from(dice(number, 5)).unwrap()];
    let count = 1 + usize::try_from(dice(number + 1, 4)).unwrap();
    Request {
        store: "library".parse().unwrap(),
        resident: ResidentId::new(format!("P-{number}")).unwrap(),
        fields: FIELDS[..count].iter().map(|name| FieldName::new(*name).unwrap()).collect(),
        requester: Requester { kind, agency: None },
        purpose,
        legal_bases: Vec::new(),
        details: Details::default(),
    }
}

/// Some days of requests: alone, in batches, repeated under a key, some of them refused. Returns how many answers were
/// given again.
fn live(app: &App, clock: &ManualClock, days: u64, seed: u64) -> usize {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut replays = 0;
    for number in (seed..seed + days * 6).step_by(2) {
        let caller = Caller { client: "desk".parse().unwrap(), issued_at: clock.now() };
        let key = (number % 4 == 0).then(|| IdempotencyKey { key: format!("key {number}"), body: [1; 32] });
        let requests =
            || (0..=usize::try_from(dice(number, 4)).unwrap()).map(|item| (item, request(number + item as u64)));
        let ask =
            || runtime.block_on(app.decide_all(caller.clone(), requests().collect(), key.clone())).unwrap().unwrap();
        ask();
        if key.is_some() {
            let is_replay = |answer: &Answer| matches!(answer, Answer::Recorded(recorded) if recorded.is_replay);
            replays += ask().iter().filter(|answer| is_replay(answer)).count();
        }
        clock.advance(TimeDelta::hours(8));
    }
    replays
}

fn period() -> Period {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    Period::new(day("2031-03-10"), day("2031-04-20")).unwrap()
}

fn report(app: &App) -> Result<Report, ReportError> {
    app.report(&Authority::operator(), period())
}

/// The same report, counted from nothing but the records.
fn recounted(app: &App, entries: u64) -> Report {
    app.report_at(&Authority::operator(), period(), entries, |_| {}).unwrap()
}

fn verified(database: &TestDatabase, app: &App) -> Result<Verified, VerifyError> {
    let settings = settings(database, &[]);
    let store = Store::open(database.options()).unwrap();
    let (origin, anchor) = (&settings.audit.origin, anchor(&settings));
    verify(&store, &whole(app.verifiers(), origin, &anchor), |_, _| {})
}

#[test]
fn what_is_kept_is_what_the_records_add_up_to_whoever_wrote_them() {
    on_every_database(|database| {
        let clock = Arc::new(ManualClock::new());
        let (one, other) = (open(database, 1, &clock), open(database, 2, &clock));
        furnish(&one);
        let mut replays = 0;
        for turn in 0..4 {
            replays += live(&one, &clock, 4, turn * 1_000);
            replays += live(&other, &clock, 4, turn * 1_000 + 500);
        }
        assert!(replays > 20, "{replays}");
        std::thread::scope(|scope| {
            scope.spawn(|| live(&one, &clock, 5, 7_000));
            scope.spawn(|| live(&other, &clock, 5, 8_000));
        });
        let kept = report(&one).unwrap();
        let again = recounted(&other, kept.log.entries);
        assert_eq!(kept.to_json(), again.to_json(), "on {}", database.kind());
        assert_eq!(kept.to_csv(), again.to_csv());
        let asked = kept.figure(Section::Requesters, &["city_department"]).number();
        assert!(asked.is_some_and(|asked| asked > 20), "{kept:?}");
        assert_eq!(kept.figure(Section::Requesters, &["private_party"]), Shown::None);
        assert!(
            !kept.figure(Section::Refusals, &["not_allowed"]).is_none() || !kept.rows(Section::Refusals).is_empty()
        );
        let verified = verified(database, &one).unwrap();
        assert_eq!(verified.tallied, verified.entries);
    });
}

#[test]
fn a_report_at_an_index_has_the_bytes_of_the_report_that_was_given_then() {
    on_every_database(|database| {
        let clock = Arc::new(ManualClock::new());
        let app = open(database, 1, &clock);
        furnish(&app);
        live(&app, &clock, 12, 0);
        let then = report(&app).unwrap();
        live(&app, &clock, 12, 1_000);
        let now = report(&app).unwrap();
        assert_ne!(then.tables, now.tables);
        assert_eq!(recounted(&app, then.log.entries).to_json(), then.to_json());
        assert_eq!(recounted(&app, now.log.entries).to_json(), now.to_json());
        let beyond = app.report_at(&Authority::operator(), period(), now.log.entries + 100, |_| {});
        assert!(matches!(beyond, Err(ReportError::Beyond { .. })), "{beyond:?}");
    });
}

#[test]
fn the_reading_is_an_entry() {
    on_every_database(|database| {
        let clock = Arc::new(ManualClock::new());
        let app = open(database, 1, &clock);
        let read = "audit_entry WHERE kind = 'report_read'";
        assert_eq!(database.count(read), 0);
        let report = report(&app).unwrap();
        assert_eq!(database.count(read), 1);
        assert_eq!(i64::try_from(report.log.entries).unwrap(), database.count("audit_entry"));
    });
}

/// What somebody does to the tallies, and the row that must be named.
#[test]
fn a_tally_that_was_altered_is_found_and_named() {
    on_every_database(|database| {
        let clock = Arc::new(ManualClock::new());
        let app = open(database, 1, &clock);
        furnish(&app);
        live(&app, &clock, 6, 0);
        assert!(verified(database, &app).is_ok());
        let denied = "counted = 'request' AND key = (SELECT min(key) FROM tally WHERE counted = 'request')";
        let day = "day = (SELECT min(day) FROM tally WHERE counted = 'request')";
        let deeds = [
            (format!("UPDATE tally SET count = count + 1 WHERE {denied}"), "request "),
            (format!("UPDATE tally SET count = count - 1 WHERE {denied}"), "request "),
            (format!("DELETE FROM tally WHERE {denied}"), "request "),
            (format!("UPDATE tally SET day = day - 400 WHERE {denied}"), "request "),
            ("INSERT INTO tally VALUES ('violation', 'x', 1, 1)".to_owned(), ""),
            ("INSERT INTO tally VALUES ('flag', 'refer_to_clerk', 1, 1)".to_owned(), "flag refer_to_clerk"),
            (format!("UPDATE tally SET count = 0 WHERE counted = 'entry' AND {day}"), "entry"),
            ("UPDATE tally_size SET size = size + 1".to_owned(), ""),
        ];
        for (sql, named) in deeds {
            let before = database.texts("SELECT counted || '|' || key || '|' || CAST(day AS TEXT) || '|' || CAST(count AS TEXT) AS value FROM tally");
            database.tamper(&sql).unwrap();
            match verified(database, &app) {
                Err(VerifyError::Row { table: "tally" | "tally_size", row, .. }) if row.starts_with(named) => {}
                Err(VerifyError::Store(StoreError::Corrupt("a tally"))) if named.is_empty() => {}
                other => panic!("{sql} on {}: {other:?}", database.kind()),
            }
            restore(database, &before);
        }
        assert!(verified(database, &app).is_ok());
    });
}

fn restore(database: &TestDatabase, rows: &[String]) {
    database.tamper("DELETE FROM tally").unwrap();
    for row in rows {
        let [counted, key, day, count] = row.split('|').collect::<Vec<_>>().try_into().unwrap();
        database.tamper(&format!("INSERT INTO tally VALUES ('{counted}', '{key}', {day}, {count})")).unwrap();
    }
    database.tamper("UPDATE tally_size SET size = (SELECT count(*) FROM audit_entry)").unwrap();
}

#[test]
fn no_report_is_made_of_tallies_that_are_behind_and_a_start_brings_them_up() {
    on_every_database(|database| {
        let clock = Arc::new(ManualClock::new());
        let app = open(database, 1, &clock);
        furnish(&app);
        live(&app, &clock, 8, 0);
        let right = report(&app).unwrap();
        // As an update leaves them: the tables are new and empty.
        database.tamper("DELETE FROM tally; UPDATE tally_size SET size = 0").unwrap();
        assert!(matches!(report(&app), Err(ReportError::Behind { counted: 0, .. })));
        live(&app, &clock, 1, 1_000);
        assert_eq!(database.count("tally"), 0, "nothing is added to tallies that lack what came before");
        let behind = verified(database, &app).unwrap();
        assert!(behind.tallied < behind.entries);
        let started = open(database, 2, &clock);
        let again = report(&started).unwrap();
        assert_eq!(recounted(&started, right.log.entries).to_json(), right.to_json());
        assert_eq!(again.to_json(), recounted(&app, again.log.entries).to_json());
        let verified = verified(database, &app).unwrap();
        assert_eq!(verified.tallied, verified.entries);
        let entries = |conn: &mut _| -> Result<i64, StoreError> {
            let all = tallies::load_all(conn)?;
            Ok(all.cells().filter(|(cell, _)| cell.counted == Counted::Entry).map(|(_, count)| count).sum())
        };
        assert_eq!(app.store().read(entries).unwrap(), database.count("audit_entry"), "each entry was counted once");
    });
}
