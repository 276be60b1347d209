//! A process of the built program that serves.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, PipeReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::Value;

use crate::city::City;
use crate::support::ready::address_in;
use crate::support::wait::within;

/// How long a machine that does other things may take to do one thing.
pub const LONG: Duration = Duration::from_secs(60);

/// A process that serves; killed with the test if it does not stop by itself.
pub struct Service {
    child: Child,
    log: PathBuf,
    pub address: SocketAddr,
}

impl Service {
    pub fn start(city: &City, more: &[(&str, &str)]) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        // Beside the data, which may be on a disk that is filled.
        let log = std::env::temp_dir().join(format!(
            "zaguan-faults-{}-{}.log",
            std::process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        ));
        let out = File::create(&log).unwrap();
        let child = spawn(city, more, out.try_clone().unwrap().into(), out.into());
        let mut service = Self { child, log, address: ([127, 0, 0, 1], 0).into() };
        within(LONG, "the service is ready", || {
            assert!(service.child.try_wait().unwrap().is_none(), "it ended: {}", service.said());
            let address = service.said().lines().find_map(address_in);
            service.address = address.unwrap_or(service.address);
            address.is_some()
        });
        service
    }

    /// Starts it with a log that is read up to the line that says "ready", and no further.
    pub fn start_unread(city: &City) -> (Self, BufReader<PipeReader>) {
        let (reader, writer) = std::io::pipe().unwrap();
        let child = spawn(city, &[], writer.try_clone().unwrap().into(), writer.into());
        let (mut reader, mut line) = (BufReader::new(reader), String::new());
        let address = loop {
            assert_ne!(reader.read_line(&mut line).unwrap(), 0, "it ended: {line}");
            if let Some(address) = address_in(line.lines().last().unwrap_or_default()) {
                break address;
            }
        };
        (Self { child, log: PathBuf::new(), address }, reader)
    }

    /// What it has logged.
    pub fn said(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap()).into_owned()
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What `/health/ready` says.
    pub fn is_ready(&self) -> bool {
        let agent = agent(Duration::from_secs(5));
        agent.get(format!("http://{}/health/ready", self.address)).call().is_ok_and(|reply| reply.status() == 200)
    }

    pub fn wait_until_ready(&self, is_ready: bool) {
        within(LONG, if is_ready { "it is ready again" } else { "it says that it is not ready" }, || {
            self.is_ready() == is_ready
        });
    }

    /// An access token of the city's client.
    pub fn token(&self, city: &City) -> String {
        let form = [("grant_type", "client_credentials"), ("client_id", "billing"), ("client_secret", &city.secret)];
        let url = format!("http://{}/oauth/token", self.address);
        let mut reply = agent(LONG).post(url).send_form(form).unwrap();
        let said: Value = serde_json::from_str(&reply.body_mut().read_to_string().unwrap()).unwrap();
        said["access_token"].as_str().unwrap_or_else(|| panic!("no token: {said}")).to_owned()
    }

    /// SIGKILL, and its end.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and the code it ends with.
    pub fn terminate(mut self) -> Option<i32> {
        signal("TERM", &[self.id()]);
        self.child.wait().unwrap().code()
    }
}

fn spawn(city: &City, more: &[(&str, &str)], out: Stdio, err: Stdio) -> Child {
    let mut command = city.command();
    command.env("ZAGUAN__SERVER__LISTEN", "127.0.0.1:0").env("ZAGUAN__SERVER__WORKERS", "2");
    command.env("ZAGUAN__OAUTH__ATTEMPTS_PER_MINUTE", "1000").envs(more.iter().copied());
    command.arg("serve").stdout(out).stderr(err).stdin(Stdio::null()).spawn().unwrap()
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.log);
    }
}

/// Sends a signal to processes of the test's own.
pub fn signal(name: &str, ids: &[u32]) {
    let ids: Vec<String> = ids.iter().map(u32::to_string).collect();
    assert!(Command::new("kill").arg(format!("-{name}")).args(&ids).status().unwrap().success(), "kill {ids:?}");
}

/// A client that takes any status for an answer.
pub fn agent(timeout: Duration) -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(timeout)).build().into()
}
