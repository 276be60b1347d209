//! What is measured: the real program on a database of its own, with one more route that answers without the ledger.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;
use zaguan::app::App;
use zaguan::app::assemble::{Migrations, World};
use zaguan::app::authority::Authority;
use zaguan::app::clients::NewClient;
use zaguan::domain::decision::{Ask, AskedField, Facts, decide};
use zaguan::domain::field::{FieldName, StoreCatalog};
use zaguan::domain::language::Language;
use zaguan::domain::{Agency, ClientId, Purpose, RequesterKind, ResidentId, StoreId};
use zaguan::http::{Authenticated, Problem, Site, body, server};
use zaguan::storage::audit::{EntryRow, ResidentRow, append_entries, append_residents};
use zaguan::storage::{Location, Store, StoreOptions};

use super::place::Place;

/// A running program.
pub struct Stand {
    pub kind: &'static str,
    pub address: SocketAddr,
    pub app: Arc<App>,
    /// Who asks.
    pub client: ClientId,
    token: String,
    _place: Place,
}

impl Stand {
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::start("SQLite", None, Place::of_its_own())];
        #[expect(clippy::disallowed_methods, reason = "benchmarks take their server from the environment")]
        if let Ok(url) = std::env::var("ZAGUAN_BENCH_POSTGRES_URL") {
            all.push(Self::start("PostgreSQL", Some(&url), Place::of_its_own()));
        }
        all
    }

    pub fn start(kind: &'static str, url: Option<&str>, place: Place) -> Self {
        let settings = place.settings(url);
        let app = Arc::new(App::open(&settings, Migrations::Apply, World::default()).unwrap());
        app.record_start().unwrap();
        let (client, token) = furnish(&app);
        let metrics = metrics();
        let site = Site::new(Arc::clone(&app), settings, metrics.clone());
        // As `serve` does: samples that nobody asks for are added up, not kept.
        std::thread::spawn(move || {
            loop {
                std::thread::park_timeout(Duration::from_secs(5));
                metrics.run_upkeep();
            }
        });
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let bound = server::bind(web::Data::new(site), &[routes]).unwrap();
                sender.send(bound.address).unwrap();
                bound.server.await.unwrap();
            });
        });
        Self { kind, address: receiver.recv().unwrap(), app, client, token, _place: place }
    }

    /// The contract's five-field request as bytes on the wire.
    pub fn request(&self, path: &str) -> Vec<u8> {
        request(&self.token, path)
    }

    /// The same, by a client of its own.
    pub fn request_by_another(&self) -> Vec<u8> {
        request(&furnish(&self.app).1, "/api/v1/decisions")
    }

    /// An empty database of the same kind, for raw inserts. On PostgreSQL it is the same one: the rows go on.
    pub fn raw_store(&self) -> Store {
        match self.app.store().location() {
            Location::Sqlite(path) | Location::Still(path) => {
                let location = Location::Sqlite(path.with_file_name("raw.db"));
                Store::migrate_and_open(options(location)).unwrap()
            }
            Location::Postgres(url) => Store::open(options(Location::Postgres(url.clone()))).unwrap(),
        }
    }
}

fn request(token: &str, path: &str) -> Vec<u8> {
    let body = json!({
        "store": "utility-billing", "resident": "ACCT-0048213",
        "fields": ["account_no", "service_address", "employer_name", "customer_name", "account_status"],
        "requester": { "kind": "federal_immigration", "agency": "ICE ERO El Paso", "reference": "2031-104" },
        "purpose": "immigration_enforcement",
    })
    .to_string();
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        token,
        body.len(),
    )
    .into_bytes()
}

fn options(location: Location) -> StoreOptions {
    let long = Duration::from_secs(10);
    StoreOptions { location, readers: 2, busy_timeout: long, statement_timeout: long }
}

fn metrics() -> metrics_exporter_prometheus::PrometheusHandle {
    static METRICS: std::sync::OnceLock<metrics_exporter_prometheus::PrometheusHandle> = std::sync::OnceLock::new();
    METRICS.get_or_init(|| zaguan::telemetry::init_metrics().unwrap()).clone()
}

/// A new client and a token of it.
fn furnish(app: &App) -> (ClientId, String) {
    // Under a new name each time: the database may be one that stays.
    let id: ClientId = format!("bench-{}", app.ledger().head().size).parse().unwrap();
    let text = include_str!("../../config/catalog/utility-billing.toml");
    app.import_catalog("bench", StoreCatalog::parse(text).unwrap()).unwrap();
    let new = NewClient {
        id: id.clone(),
        name: id.to_string(),
        stores: ["utility-billing".parse().unwrap()].into(),
        requester_kinds: RequesterKind::ALL.into(),
    };
    let secret = app.add_client(&Authority::operator(), new).unwrap();
    let token = app.issue_token(id.as_str(), &secret).unwrap().token.to_string();
    (id, token)
}

fn routes(config: &mut web::ServiceConfig) {
    config.route("/bench/without-ledger", web::post().to(without_ledger));
    zaguan::api::routes(config);
}

#[derive(Deserialize)]
struct BareRequest {
    store: StoreId,
    resident: String,
    fields: Vec<String>,
    requester: BareRequester,
    purpose: Purpose,
}

#[derive(Deserialize)]
struct BareRequester {
    kind: RequesterKind,
    agency: Agency,
    reference: String,
}

/// The same work short of recording: authenticate, parse, classify, decide, answer in the same shape. A server that
/// answered like this would break its promise; it is here only to be compared with.
async fn without_ledger(
    site: web::Data<Site>,
    Authenticated(_): Authenticated,
    request: HttpRequest,
    bytes: web::Bytes,
) -> Result<HttpResponse, Problem> {
    body::demand_json(&request, &bytes, 1 << 20)?;
    let asked: BareRequest = body::parse(&bytes, "")?;
    let resident = ResidentId::new(asked.resident).unwrap();
    let snapshot = site.app.ledger().snapshot();
    let catalog = snapshot.catalog.find(&asked.store).unwrap();
    let field = |name: String| {
        let name = FieldName::new(name).unwrap();
        AskedField { class: catalog.classify(&name), name }
    };
    let ask = Ask {
        fields: asked.fields.into_iter().map(field).collect(),
        store: asked.store,
        resident_indexes: Vec::new(),
        requester_kind: asked.requester.kind,
        agency: Some(asked.requester.agency),
        purpose: asked.purpose,
        legal_bases: Vec::new(),
    };
    let facts = Facts { is_confidential: false, bases: &HashMap::new() };
    let decision = decide(&ask, &facts, &site.app.policy().policy, site.app.now());
    let fields: Vec<_> = ask
        .fields
        .iter()
        .zip(&decision.fields)
        .map(|(asked, field)| {
            json!({
                "field": asked.name.as_asked(), "class": field.class, "effect": field.effect, "reason": field.reason,
                "message": field.reason.sentence(Language::English),
                "message_es": field.reason.sentence(Language::Spanish), "legal_basis": field.legal_basis,
            })
        })
        .collect();
    let length = resident.expose().len() + asked.requester.reference.len();
    Ok(HttpResponse::Ok().json(json!({
        "id": "00000000-0000-7000-8000-000000000000", "decided_at": "2031-01-01T00:00:00.000000Z",
        "outcome": decision.outcome, "fields": fields, "obligations": decision.obligations,
        "policy": { "id": site.app.policy().id, "sha256": site.app.policy().sha256 }, "entry": { "index": length },
    })))
}

/// Rows like those of the service, inserted as fast as the database takes them, `rows` a commit; rows a second.
pub fn append_raw(store: &Store, rows: i64, length: Duration) -> f64 {
    let mut writer = store.open_writer().unwrap();
    let last = store.read(zaguan::storage::audit::find_last_batch);
    let mut next = last.unwrap().map_or(0, |row| row.size_after);
    let (first, begun) = (next, Instant::now());
    while begun.elapsed() < length {
        let entries: Vec<EntryRow> = (next..next + rows).map(entry).collect();
        let residents: Vec<ResidentRow> = (next..next + rows).map(resident).collect();
        let mut tx = writer.begin().unwrap();
        append_entries(&mut tx, &entries).unwrap();
        append_residents(&mut tx, &residents).unwrap();
        tx.commit().unwrap();
        next += rows;
    }
    (next - first) as f64 / begun.elapsed().as_secs_f64()
}

fn entry(seq: i64) -> EntryRow {
    let word = |text: &str| Some(text.to_owned());
    EntryRow {
        seq,
        leaf: vec![1; 32],
        nonce: vec![2; 32],
        record: vec![b'x'; 1_100],
        id: format!("{seq:036}"),
        at: seq,
        kind: "decision".to_owned(),
        actor: "bench".to_owned(),
        store: word("utility-billing"),
        requester_kind: word("federal_immigration"),
        agency: word("ICE ERO El Paso"),
        purpose: word("immigration_enforcement"),
        outcome: word("partial"),
    }
}

fn resident(seq: i64) -> ResidentRow {
    ResidentRow { seq, salt: vec![3; 32], resident_index: vec![4; 32], sealed: vec![5; 120] }
}
