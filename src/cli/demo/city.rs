//! The city's record stores, and the applications that ask about them.

use std::collections::BTreeMap;

use anyhow::anyhow;
use zeroize::Zeroizing;

use crate::app::App;
use crate::app::authority::Authority;
use crate::app::clients::NewClient;
use crate::domain::field::StoreCatalog;
use crate::domain::{ClientId, RequesterKind};

/// The application of the example.
pub(super) const BILLING: &str = "utility-billing";

const ACTOR: &str = "demo";

const CATALOGS: [&str; 3] = [
    include_str!("../../../config/catalog/utility-billing.toml"),
    include_str!("../../../config/catalog/library.toml"),
    include_str!("../../../config/catalog/municipal-court.toml"),
];

/// Imports the catalogues and registers one client for each store. A client that is there already gets a new secret.
pub(super) fn found(app: &App) -> anyhow::Result<BTreeMap<ClientId, Zeroizing<String>>> {
    let by = &Authority::operator();
    let (registered, known) = (app.list_clients(by)?, app.catalog()?);
    let mut clients = BTreeMap::new();
    for text in CATALOGS {
        let catalog = StoreCatalog::parse(text).map_err(|errors| anyhow!("a built-in catalogue: {errors:?}"))?;
        let store = catalog.store().clone();
        // What stewards have changed since the first start stays as they left it.
        if known.find(&store.id).is_none() {
            app.import_catalog(ACTOR, catalog)?;
        }
        let id: ClientId = store.id.as_str().parse()?;
        let secret = if registered.iter().any(|client| client.id == id) {
            app.rotate_client(by, id.clone())?
        } else {
            app.add_client(
                by,
                NewClient {
                    id: id.clone(),
                    name: format!("{} application", store.name),
                    stores: [store.id].into(),
                    requester_kinds: RequesterKind::ALL.into(),
                },
            )?
        };
        clients.insert(id, secret);
    }
    Ok(clients)
}

/// The operator says that everybody, and every application, is still needed.
pub(super) fn certify(app: &App) -> anyhow::Result<()> {
    for client in app.list_clients(&Authority::operator())? {
        app.certify_client(&Authority::operator(), client.id)?;
    }
    for member in app.list_staff(&Authority::operator())? {
        app.certify_staff(&Authority::operator(), member.id)?;
    }
    Ok(())
}
