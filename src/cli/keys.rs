//! `zaguan keys`: the master key ring and the log's signing key.

use clap::Subcommand;

use super::{Common, environment, open_with};
use crate::app::assemble::{open_log_key, open_master};
use crate::clock::{Entropy as _, System};
use crate::config::{LogLevel, Settings};
use crate::keys::{LogKey, MasterKeys};

#[derive(Subcommand)]
pub(super) enum KeysCommand {
    /// Make the keys that are missing. Existing ones are left as they are. `serve` does this, too.
    Init,
    /// Put a new key in the place of the one in force. Running services refuse to work until they are restarted.
    Rotate {
        /// Rotate the log's signing key instead of the master key.
        #[arg(long)]
        log: bool,
    },
}

pub(super) fn run(common: &Common, command: &KeysCommand) -> anyhow::Result<()> {
    let mut settings = environment::load(common)?;
    settings.log.level = LogLevel::Warn;
    match command {
        KeysCommand::Init => show(&settings),
        KeysCommand::Rotate { log } => {
            rotate(&settings, *log)?;
            // Opening puts the new key in force, with an entry; a crash before that is made good at the next start.
            drop(open_with(&settings)?);
            show(&settings)?;
            println!("restart every running service: with the old key it refuses to work");
            Ok(())
        }
    }
}

fn rotate(settings: &Settings, log: bool) -> anyhow::Result<()> {
    if log {
        LogKey::rotate(&settings.keys.log_file, &settings.audit.origin, |bytes| System.fill(bytes))?;
    } else if settings.keys.master.is_set() {
        anyhow::bail!("the master key ring comes from the environment: put the new key before the old one there");
    } else {
        MasterKeys::rotate(&settings.keys.master_file, |bytes| System.fill(bytes))?;
    }
    Ok(())
}

fn show(settings: &Settings) -> anyhow::Result<()> {
    let master = open_master(settings, &System)?;
    let log = open_log_key(settings, &System)?;
    let ids: Vec<String> = master.ids().iter().map(ToString::to_string).collect();
    println!("master keys, the one in force first: {}", ids.join(" "));
    println!("log key: {}", log.vkey());
    log.retired_vkeys().iter().for_each(|vkey| println!("retired log key: {vkey}"));
    Ok(())
}
