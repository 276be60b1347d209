//! `credentials.json`: what a visitor needs to try the demonstration. Mode 0600.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::domain::ClientId;
use crate::keys::write_private;

/// The file's shape.
#[derive(Serialize, Deserialize)]
pub(super) struct Credentials {
    base_url: String,
    clients: BTreeMap<String, ClientCredentials>,
    /// By role. There are no staff accounts yet, so there are no credentials either.
    staff: BTreeMap<String, StaffCredentials>,
}

#[derive(Serialize, Deserialize)]
struct ClientCredentials {
    client_id: String,
    client_secret: String,
}

#[derive(Serialize, Deserialize)]
struct StaffCredentials {
    username: String,
    password: String,
    totp_secret: String,
}

impl Credentials {
    pub(super) fn of(clients: BTreeMap<ClientId, Zeroizing<String>>) -> Self {
        let clients = clients.into_iter().map(|(id, secret)| {
            let client = ClientCredentials { client_id: id.to_string(), client_secret: secret.to_string() };
            (id.to_string(), client)
        });
        Self { base_url: String::new(), clients: clients.collect(), staff: BTreeMap::new() }
    }

    /// The same credentials for a server at this address.
    pub(super) fn at(mut self, address: SocketAddr) -> Self {
        self.base_url = format!("http://{address}");
        self
    }

    /// A client's id and secret.
    pub(super) fn client(&self, id: &str) -> Option<(&str, &str)> {
        self.clients.get(id).map(|client| (client.client_id.as_str(), client.client_secret.as_str()))
    }

    /// The credentials of an earlier run, if it finished making the city.
    pub(super) fn load(path: &Path) -> anyhow::Result<Option<Self>> {
        match std::fs::read(path) {
            Ok(bytes) => {
                let advice = "delete it, and the demonstration gives its clients new secrets";
                let read = serde_json::from_slice(&bytes);
                Ok(Some(read.with_context(|| format!("`{}` cannot be read; {advice}", path.display()))?))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
        }
    }

    pub(super) fn store(&self, path: &Path) -> anyhow::Result<()> {
        let text = Zeroizing::new(serde_json::to_string_pretty(self)?);
        Ok(write_private(path, &text)?)
    }
}
