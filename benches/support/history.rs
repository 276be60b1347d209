//! A long history, written through the real ledger: decisions of three record stores, spread over three years.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use zaguan::app::App;
use zaguan::app::assemble::{Migrations, World};
use zaguan::app::authority::Authority;
use zaguan::app::clients::NewClient;
use zaguan::app::decisions::{Details, Request, Requester};
use zaguan::app::tokens::Caller;
use zaguan::clock::{Clock, System};
use zaguan::config::Settings;
use zaguan::domain::field::{FieldName, StoreCatalog};
use zaguan::domain::{Agency, Purpose, RequesterKind, ResidentId};
use zaguan::ledger::NoProbe;

const DAYS: i64 = 3 * 365;
/// Decisions in a commit.
pub const BATCH: u64 = 500;

/// Stands where it was put.
struct Past(AtomicI64);

impl Clock for Past {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// A program whose log holds so many decisions, and how long writing them took: unless they stood there already.
pub fn open(settings: &Settings, decisions: u64) -> (App, Option<Duration>) {
    let begin: DateTime<Utc> = "2023-01-01T12:00:00Z".parse().unwrap();
    let clock = Arc::new(Past(AtomicI64::new(begin.timestamp_micros())));
    let world = World { clock: clock.clone(), entropy: Arc::new(System), probe: Arc::new(NoProbe) };
    let app = App::open(settings, Migrations::Apply, world).unwrap();
    let begun = Instant::now();
    let is_written = app.ledger().head().size >= decisions;
    if is_written {
        clock.0.store((begin + TimeDelta::days(DAYS)).timestamp_micros(), Ordering::SeqCst);
    } else {
        furnish(&app);
        live(&app, &clock, begin, decisions);
    }
    (app, (!is_written).then(|| begun.elapsed()))
}

const STORES: [(&str, &str, &[&str]); 3] = [
    (
        "utility-billing",
        include_str!("../../config/catalog/utility-billing.toml"),
        &["account_no", "service_address", "employer_name", "customer_name", "account_status"],
    ),
    ("library", include_str!("../../config/catalog/library.toml"), &["card_no", "patron.home_address", "patron.email"]),
    (
        "municipal-court",
        include_str!("../../config/catalog/municipal-court.toml"),
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
