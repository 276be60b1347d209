//! `zaguan client`: city applications.

use clap::Subcommand;

use super::{Common, open};
use crate::app::authority::Authority;
use crate::app::clients::NewClient;
use crate::domain::{ClientId, RequesterKind, StoreId};

#[derive(Subcommand)]
pub(super) enum ClientCommand {
    /// Register a client. Its secret is printed once and kept nowhere.
    Add {
        /// Its id: 1 to 64 of a-z, 0-9 and -.
        id: ClientId,
        /// What people call it.
        #[arg(long)]
        name: String,
        /// A record store it may ask about. May be given several times.
        #[arg(long = "store", required = true, value_name = "STORE")]
        stores: Vec<StoreId>,
        /// A kind of requester it may speak for. May be given several times.
        #[arg(long = "requester-kind", required = true, value_name = "KIND")]
        requester_kinds: Vec<RequesterKind>,
    },
    /// List clients with what they are registered for.
    List,
    /// Give a client a new secret; the old one and its tokens stop working at once.
    Rotate {
        /// The client.
        id: ClientId,
    },
    /// Switch a client off; its tokens stop working at once.
    Disable {
        /// The client.
        id: ClientId,
    },
    /// Say that a client is still needed.
    Certify {
        /// The client.
        id: ClientId,
    },
    /// Switch a client on again.
    Enable {
        /// The client.
        id: ClientId,
    },
}

pub(super) fn run(common: &Common, command: ClientCommand) -> anyhow::Result<()> {
    let app = open(common)?;
    let by = &Authority::operator();
    match command {
        ClientCommand::Add { id, name, stores, requester_kinds } => {
            let (stores, requester_kinds) = (stores.into_iter().collect(), requester_kinds.into_iter().collect());
            let secret = app.add_client(by, NewClient { id: id.clone(), name, stores, requester_kinds })?;
            show_secret(&id, &secret);
        }
        ClientCommand::Rotate { id } => show_secret(&id, &app.rotate_client(by, id.clone())?),
        ClientCommand::Disable { id } => {
            app.set_client_enabled(by, id.clone(), false)?;
            println!("client `{id}` is switched off");
        }
        ClientCommand::Enable { id } => {
            app.set_client_enabled(by, id.clone(), true)?;
            println!("client `{id}` is switched on");
        }
        ClientCommand::Certify { id } => {
            app.certify_client(&Authority::operator(), id.clone())?;
            println!("client `{id}` is certified");
        }
        ClientCommand::List => {
            for client in app.list_clients(by)? {
                let words = |set: &mut dyn Iterator<Item = String>| set.collect::<Vec<_>>().join(" ");
                println!("{} ({}){}", client.id, client.name, if client.is_enabled { "" } else { ", switched off" });
                println!("  stores: {}", words(&mut client.stores.iter().map(ToString::to_string)));
                println!("  speaks for: {}", words(&mut client.requester_kinds.iter().map(ToString::to_string)));
            }
        }
    }
    Ok(())
}

/// The secret alone on standard output, so that a script can catch it.
fn show_secret(id: &ClientId, secret: &str) {
    eprintln!("the secret of client `{id}`, shown this once:");
    println!("{secret}");
}
