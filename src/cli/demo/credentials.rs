//! `credentials.json`: what a visitor needs to try the demonstration. Mode 0600.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::domain::{ClientId, LegalBasisId};
use crate::keys::write_private;

/// The file's shape.
#[derive(Serialize, Deserialize)]
pub(super) struct Credentials {
    base_url: String,
    clients: BTreeMap<String, ClientCredentials>,
    /// By role.
    staff: BTreeMap<String, StaffCredentials>,
    /// Ids of the legal bases that were made, by what became of them.
    legal_bases: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct ClientCredentials {
    client_id: String,
    client_secret: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct StaffCredentials {
    pub(super) username: String,
    pub(super) password: String,
    /// Base32, as authenticator apps take it.
    pub(super) totp_secret: String,
}

impl Credentials {
    pub(super) fn of(
        clients: BTreeMap<ClientId, Zeroizing<String>>,
        staff: BTreeMap<String, StaffCredentials>,
        bases: impl IntoIterator<Item = (&'static str, LegalBasisId)>,
    ) -> Self {
        let clients = clients.into_iter().map(|(id, secret)| {
            let client = ClientCredentials { client_id: id.to_string(), client_secret: secret.to_string() };
            (id.to_string(), client)
        });
        let legal_bases = bases.into_iter().map(|(title, id)| (title.to_owned(), id.to_string()));
        Self { base_url: String::new(), clients: clients.collect(), staff, legal_bases: legal_bases.collect() }
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

    /// Who signs in, by role: username, password, secret of the authenticator app.
    pub(super) fn staff(&self) -> impl Iterator<Item = (&str, &StaffCredentials)> {
        self.staff.iter().map(|(role, member)| (role.as_str(), member))
    }

    /// The legal bases that were made: what became of each, and its id.
    pub(super) fn legal_bases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.legal_bases.iter().map(|(title, id)| (title.as_str(), id.as_str()))
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
