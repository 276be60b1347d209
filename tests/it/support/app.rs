//! The whole program on a port of its own, driven as its callers drive it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, mpsc};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::web;
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::{Value, json};
use zaguan::app::App;
use zaguan::app::assemble::{Migrations, World};
use zaguan::app::authority::Authority;
use zaguan::app::clients::NewClient;
use zaguan::config::Settings;
use zaguan::domain::RequesterKind;
use zaguan::domain::field::StoreCatalog;
use zaguan::http::{Site, server};
use zaguan::ledger::{NoProbe, Probe};

use super::{ManualClock, SeededEntropy, TestDatabase, contract};

/// A running program with two catalogued stores and one client for both.
pub struct TestApp {
    pub app: Arc<App>,
    pub clock: Arc<ManualClock>,
    pub address: SocketAddr,
    pub client_secret: String,
    pub token: String,
    /// The file of the master key ring.
    pub keys: PathBuf,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

/// An answer as it came over the wire.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// Settings as a test wants them: everything in the test's own directory, secrets hashed cheaply.
pub fn settings(database: &TestDatabase, more: &[(&str, &str)]) -> Settings {
    let dir = database.dir.path().to_string_lossy().into_owned();
    let url = database.url();
    let base = [
        ("ZAGUAN__DATA__DIR", dir.as_str()),
        ("ZAGUAN__DATABASE__URL", url.as_str()),
        ("ZAGUAN__SERVER__LISTEN", "127.0.0.1:0"),
        ("ZAGUAN__SERVER__WORKERS", "2"),
        ("ZAGUAN__OAUTH__ARGON2_MEMORY_KIB", "7168"),
        ("ZAGUAN__OAUTH__ARGON2_ITERATIONS", "1"),
    ];
    let env = base.iter().chain(more).map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    Settings::load(None, env).unwrap()
}

pub fn metrics() -> PrometheusHandle {
    static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();
    METRICS.get_or_init(|| zaguan::telemetry::init_metrics().unwrap()).clone()
}

impl TestApp {
    pub fn start(database: &TestDatabase) -> Self {
        Self::start_with(database, &[], Arc::new(NoProbe))
    }

    pub fn start_with(database: &TestDatabase, more: &[(&str, &str)], probe: Arc<dyn Probe>) -> Self {
        let clock = Arc::new(ManualClock::new());
        let world = World { clock: clock.clone(), entropy: Arc::new(SeededEntropy::new(1)), probe };
        Self::start_in(database, more, world, clock)
    }

    pub fn start_in(database: &TestDatabase, more: &[(&str, &str)], world: World, clock: Arc<ManualClock>) -> Self {
        let settings = settings(database, more);
        let app = Arc::new(App::open(&settings, Migrations::Apply, world).unwrap());
        app.record_start().unwrap();
        let client_secret = furnish(&app);
        let keys = settings.keys.master_file.clone();
        let site = Site::new(Arc::clone(&app), settings, metrics());
        let (sender, receiver) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let bound =
                    server::bind(web::Data::new(site), &[zaguan::api::routes, zaguan::console::routes]).unwrap();
                sender.send((bound.address, bound.server.handle())).unwrap();
                bound.server.await.unwrap();
            });
        });
        let (address, server) = receiver.recv().unwrap();
        let mut started =
            Self { app, clock, address, client_secret, token: String::new(), keys, server, thread: Some(thread) };
        started.token = started.new_token();
        started
    }

    /// A new access token of the client.
    pub fn new_token(&self) -> String {
        let form = format!("grant_type=client_credentials&client_id=billing&client_secret={}", self.client_secret);
        let reply = self.send("POST", "/oauth/token", &[("Content-Type", FORM)], form.as_bytes());
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// What stands at a path, byte for byte, with its status.
    pub fn bytes(&self, path: &str) -> (u16, Vec<u8>) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut response = agent.get(format!("http://{}{path}", self.address)).call().unwrap();
        (response.status().as_u16(), response.body_mut().read_to_vec().unwrap())
    }

    /// Sends a request exactly as given.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build()
            .into();
        let mut request = ureq::http::Request::builder().method(method).uri(format!("http://{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = agent.run(request.body(body.to_vec()).unwrap()).unwrap();
        let headers = response.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned())).collect();
        let text = response.body_mut().with_config().limit(64 << 20).read_to_string().unwrap();
        let reply = Reply { status: response.status().as_u16(), headers, body: text };
        contract::demand_described(method, path, body, &reply);
        reply
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[("Authorization", &format!("Bearer {}", self.token))], b"")
    }

    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.post_with(path, &[], body)
    }

    pub fn post_with(&self, path: &str, more: &[(&str, &str)], body: &Value) -> Reply {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        headers.extend(more);
        self.send("POST", path, &headers, body.to_string().as_bytes())
    }

    /// Asks for a decision.
    pub fn decide(&self, ask: &Value) -> Reply {
        self.post("/api/v1/decisions", ask)
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // Fire and forget: the server stops by itself, then its thread ends.
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub const FORM: &str = "application/x-www-form-urlencoded";

/// A request that the policy denies: immigration enforcement asks for a home address.
pub fn ask() -> Value {
    json!({
        "store": "utility-billing",
        "resident": "ACCT-0048213",
        "fields": ["account_no", "service_address", "employer_name"],
        "requester": { "kind": "federal_immigration", "agency": "ICE ERO El Paso" },
        "purpose": "immigration_enforcement",
    })
}

/// Catalogues of two stores, and the client `billing` that may ask about one of them for every kind but two.
fn furnish(app: &App) -> String {
    if let Some(secret) = already_furnished(app) {
        return secret;
    }
    for text in [
        include_str!("../../../config/catalog/utility-billing.toml"),
        include_str!("../../../config/catalog/library.toml"),
    ] {
        app.import_catalog("test", StoreCatalog::parse(text).unwrap()).unwrap();
    }
    let kinds = RequesterKind::ALL.into_iter();
    let kinds = kinds.filter(|kind| !matches!(kind, RequesterKind::Contractor | RequesterKind::PrivateParty));
    let new = NewClient {
        id: "billing".parse().unwrap(),
        name: "Utility billing".to_owned(),
        stores: ["utility-billing".parse().unwrap()].into(),
        requester_kinds: kinds.collect(),
    };
    app.add_client(&Authority::operator(), new).unwrap().to_string()
}

/// A second start on the same database: the client gets a new secret.
fn already_furnished(app: &App) -> Option<String> {
    let id = "billing".parse().unwrap();
    let is_there = app.list_clients(&Authority::operator()).unwrap().iter().any(|client| client.id == id);
    is_there.then(|| app.rotate_client(&Authority::operator(), id).unwrap().to_string())
}
