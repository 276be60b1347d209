//! Cerbos as a neighbour to measure against: the same five fields, with its decision log on local disk, which it does not
//! wait for.

use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const POLICY: &str = include_str!("../cerbos/utility-billing.yaml");
const REQUEST: &str = include_str!("../cerbos/request.json");

/// A running server, ended when this goes.
pub struct Cerbos {
    process: Child,
    _place: TempDir,
    pub address: SocketAddr,
}

impl Cerbos {
    /// Starts the program that `ZAGUAN_BENCH_CERBOS` names.
    pub fn from_environment() -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "benchmarks take their neighbours from the environment")]
        let program = std::env::var("ZAGUAN_BENCH_CERBOS").ok()?;
        let place = TempDir::new_in(".").unwrap();
        let address: SocketAddr = ([127, 0, 0, 1], 3_592).into();
        let (policies, audit, settings) = ("policies", "audit", "settings.yaml");
        std::fs::create_dir(place.path().join(policies)).unwrap();
        std::fs::write(place.path().join(policies).join("utility-billing.yaml"), POLICY).unwrap();
        let text = format!(
            "server: {{httpListenAddr: '{address}', grpcListenAddr: '127.0.0.1:3593'}}\n\
             storage: {{driver: disk, disk: {{directory: {policies}, watchForChanges: false}}}}\n\
             audit: {{enabled: true, accessLogsEnabled: false, decisionLogsEnabled: true, backend: local, \
             local: {{storagePath: {audit}}}}}\n\
             telemetry: {{disabled: true}}\n"
        );
        std::fs::write(place.path().join(settings), text).unwrap();
        let process = Command::new(std::fs::canonicalize(program).unwrap())
            .args(["server", "--config", settings, "--log-level=error"])
            .current_dir(place.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let cerbos = Self { process, _place: place, address };
        cerbos.wait();
        Some(cerbos)
    }

    fn wait(&self) {
        let end = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(self.address).is_err() {
            assert!(Instant::now() < end, "it does not listen");
            std::thread::park_timeout(Duration::from_millis(50));
        }
    }

    /// The request, as it goes over the wire.
    pub fn request() -> Vec<u8> {
        let length = REQUEST.len();
        format!(
            "POST /api/check/resources HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n\r\n{REQUEST}"
        )
        .into_bytes()
    }
}

impl Drop for Cerbos {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
