//! A long history, written through the real ledger on SQLite, and what it costs to report on it: a million decisions over
//! three years unless another number is given. `cargo bench --bench report -- 1000000`
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "a benchmark prints, rounds, and may stop"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;
use zaguan::app::App;
use zaguan::app::assemble::{Migrations, World, anchor};
use zaguan::app::audit::{Check, verify};
use zaguan::app::authority::Authority;
use zaguan::app::clients::NewClient;
use zaguan::app::decisions::{Details, Request, Requester, Search};
use zaguan::app::tokens::Caller;
use zaguan::clock::{Clock, System};
use zaguan::config::Settings;
use zaguan::domain::decision::{DecisionFilter, Outcome};
use zaguan::domain::field::{FieldName, StoreCatalog};
use zaguan::domain::report::Period;
use zaguan::domain::{Agency, Purpose, RequesterKind, ResidentId};
use zaguan::ledger::NoProbe;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const DAYS: i64 = 3 * 365;
const BATCH: u64 = 500;

/// Stands where it was put.
struct Past(AtomicI64);

impl Clock for Past {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

fn main() {
    let decisions: u64 = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(1_000_000);
    let dir = TempDir::new_in(".").unwrap();
    let settings = settings(&dir);
    let begin: DateTime<Utc> = "2028-01-01T12:00:00Z".parse().unwrap();
    let clock = Arc::new(Past(AtomicI64::new(begin.timestamp_micros())));
    let world = World { clock: clock.clone(), entropy: Arc::new(System), probe: Arc::new(NoProbe) };
    let app = App::open(&settings, Migrations::Apply, world).unwrap();
    furnish(&app);
    let begun = Instant::now();
    live(&app, &clock, begin, decisions);
    let per_second = decisions as f64 / begun.elapsed().as_secs_f64();
    println!("\n| what | time |\n|---|---:|");
    println!("| writing {decisions} decisions, {BATCH} a commit | {per_second:.0}/s |");

    let day = |text: &str| text.parse().unwrap();
    let year = Period::new(day("2029-06-01"), day("2030-05-31")).unwrap();
    let all = Period::new(day("2028-01-01"), day("2030-12-31")).unwrap();
    let who = Authority::operator();
    for (name, period) in [("twelve months", year), ("everything", all)] {
        let (took, report) = best_of(7, || app.report(&who, period).unwrap());
        println!("| report over {name}, its entry included | {:.1} ms |", took.as_secs_f64() * 1e3);
        let (took, again) = best_of(1, || app.report_at(&who, period, report.log.entries, |_| {}).unwrap());
        assert_eq!(report.to_json(), again.to_json());
        println!("| the same bytes, counted anew from the records | {:.2} s |", took.as_secs_f64());
    }
    let filter = DecisionFilter { outcome: Some(Outcome::Partial), ..DecisionFilter::default() };
    let search = Search { filter, resident: None, before: None, limit: 100, reach: 1_000_000 };
    let (took, _) = best_of(7, || app.search_decisions(&Authority::operator(), &search).unwrap());
    println!("| first page of a search by outcome | {:.1} ms |", took.as_secs_f64() * 1e3);
    let from = Some("2029-02-01T00:00:00Z".parse().unwrap());
    let until = Some("2029-02-02T00:00:00Z".parse().unwrap());
    let search = Search { filter: DecisionFilter { from, until, ..DecisionFilter::default() }, ..search };
    let (took, _) = best_of(7, || app.search_decisions(&Authority::operator(), &search).unwrap());
    println!("| first page of a day two years ago | {:.1} ms |", took.as_secs_f64() * 1e3);
    let anchor = anchor(&settings);
    for threads in [1, 2] {
        let (origin, known) = (&settings.audit.origin, app.verifiers());
        let check = Check { known, origin, anchor: &anchor, since: None, threads };
        let (took, verified) = best_of(1, || verify(app.store(), &check, |_, _| {}).unwrap());
        assert_eq!(verified.tallied, verified.entries);
        let rate = verified.entries as f64 / took.as_secs_f64();
        println!("| `audit verify` on {threads} threads, tallies included | {rate:.0} entries/s |");
    }
}

fn best_of<T>(times: u32, what: impl Fn() -> T) -> (Duration, T) {
    let run = || {
        let begun = Instant::now();
        let made = what();
        (begun.elapsed(), made)
    };
    (0..times).map(|_| run()).min_by_key(|(took, _)| *took).unwrap()
}

fn settings(dir: &TempDir) -> Settings {
    let path = std::path::absolute(dir.path()).unwrap();
    let pairs = [("ZAGUAN__DATA__DIR", path.display().to_string())];
    Settings::load(None, pairs.into_iter().map(|(name, value)| (name.to_owned(), value))).unwrap()
}

const STORES: [(&str, &str, &[&str]); 3] = [
    (
        "utility-billing",
        include_str!("../config/catalog/utility-billing.toml"),
        &["account_no", "service_address", "employer_name", "customer_name", "account_status"],
    ),
    ("library", include_str!("../config/catalog/library.toml"), &["card_no", "patron.home_address", "patron.email"]),
    (
        "municipal-court",
        include_str!("../config/catalog/municipal-court.toml"),
        &["case_no", "party.res_addr", "party.employer.name", "party.a_number"],
    ),
];

fn furnish(app: &App) {
    for (store, catalog, _) in STORES {
        app.import_catalog("bench", StoreCatalog::parse(catalog).unwrap()).unwrap();
        let new = NewClient {
            id: store.parse().unwrap(),
            name: store.to_owned(),
            stores: [store.parse().unwrap()].into(),
            requester_kinds: RequesterKind::ALL.into(),
        };
        app.add_client(&Authority::operator(), new).unwrap();
    }
}

/// The same numbers in every run.
fn scatter(number: u64) -> u64 {
    let mixed = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 3
}

fn live(app: &App, clock: &Past, begin: DateTime<Utc>, decisions: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut certified_at = begin;
    for first in (0..decisions).step_by(BATCH as usize) {
        let at = begin + TimeDelta::seconds((DAYS * 86_400) * (first as i64) / (decisions as i64));
        clock.0.store(at.timestamp_micros(), Ordering::SeqCst);
        if at - certified_at >= TimeDelta::days(60) {
            certify(app);
            certified_at = at;
        }
        let (store, _, fields) = STORES[(scatter(first) % 3) as usize];
        let requests = (first..decisions.min(first + BATCH)).map(|number| (0, request(store, fields, scatter(number))));
        let caller = Caller { client: store.parse().unwrap(), issued_at: at };
        runtime.block_on(app.decide_all(caller, requests.collect(), None)).unwrap().unwrap();
    }
}

fn certify(app: &App) {
    for (store, ..) in STORES {
        app.certify_client(&Authority::operator(), store.parse().unwrap()).unwrap();
    }
}

fn request(store: &str, fields: &[&str], dice: u64) -> Request {
    let kind = RequesterKind::ALL[(dice % 10) as usize];
    let purpose = Purpose::ALL[(dice / 10 % 11) as usize];
    let count = 1 + (dice / 110) as usize % fields.len();
    Request {
        store: store.parse().unwrap(),
        resident: ResidentId::new(format!("R-{}", dice % 90_000)).unwrap(),
        fields: fields[..count].iter().map(|name| FieldName::new(*name).unwrap()).collect(),
        requester: Requester { kind, agency: Some(Agency::new("An agency").unwrap()) },
        purpose,
        legal_bases: Vec::new(),
        details: Details::default(),
    }
}
