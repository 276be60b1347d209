//! Witnesses over TLS, as the service meets them: it believes the certificates that its machine trusts, and for the
//! machines that they are for.

use std::fs;

use tempfile::TempDir;

use super::{Serving, zaguan};
use crate::support::ready::address_in;
use crate::support::wait::eventually;
use crate::support::witness::{Certificate, TestWitness};

#[test]
fn a_witness_is_asked_over_tls_if_its_certificate_is_trusted_and_its_own() {
    let dir = TempDir::new().unwrap();
    let (own, of_another) = (Certificate::for_address("127.0.0.1"), Certificate::for_name("elsewhere.example"));
    let unknown = Certificate::for_address("127.0.0.1");
    fs::write(dir.path().join("trusted.pem"), [own.pem.as_str(), &of_another.pem].concat()).unwrap();
    let witness = TestWitness::start_with_tls("witness.example/own", &own);
    let refused = [("witness.example/another", of_another), ("witness.example/unknown", unknown)]
        .map(|(name, certificate)| TestWitness::start_with_tls(name, &certificate));
    let settings: Vec<String> = refused.iter().chain([&witness]).map(TestWitness::setting).collect();

    let mut command = zaguan(dir.path());
    command.env("ZAGUAN__SERVER__LISTEN", "127.0.0.1:0").env("ZAGUAN__AUDIT__PUBLISH_INTERVAL_S", "1");
    command.env("ZAGUAN__AUDIT__WITNESSES", settings.join("\n")).env("SSL_CERT_FILE", dir.path().join("trusted.pem"));
    let serving = Serving::of_service(command.arg("serve"));
    let address = serving.printed.lines().find_map(address_in).unwrap();
    let get = |path: &str| {
        let reply = ureq::get(format!("http://{address}{path}")).call();
        reply.ok().and_then(|mut reply| reply.body_mut().read_to_string().ok()).unwrap_or_default()
    };
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    witness.state.lock().unwrap().now = now;
    let key = get("/log/vkey");
    refused.iter().chain([&witness]).for_each(|witness| witness.trust(key.trim_end()));

    eventually("cosigned", || witness.size() > 0);
    eventually("served", || get("/log/checkpoint").contains("— witness.example/own "));
    // Asked at the same time as the first, and answered no question.
    assert!(refused.iter().all(|witness| witness.asked().is_empty()));
    assert_eq!(serving.terminate(), 0);
}
