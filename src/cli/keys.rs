//! `zaguan keys`: the master key ring and the log's signing key.

use clap::Subcommand;

use super::{ACTOR, Common, environment, open_with};
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
    /// Seal anew, under the key in force, whatever an older master key sealed. Works while the service runs.
    Reseal,
    /// Drop the older master keys from the ring, if nothing in the database needs them any more.
    Retire,
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
        KeysCommand::Reseal => {
            let total = open_with(&settings)?.reseal(ACTOR, |column, rows| println!("{}: {rows}", column.name()))?;
            println!("{total} rows sealed anew");
            Ok(())
        }
        KeysCommand::Retire => retire(&settings),
    }
}

/// Counts first: what a dropped key sealed would stay shut for ever.
fn retire(settings: &Settings) -> anyhow::Result<()> {
    let app = open_with(settings)?;
    let needed = app.count_under_older_keys()?;
    if !needed.is_empty() {
        let needed = needed.iter().map(|(column, rows)| format!("{}: {rows}", column.name()));
        let needed = needed.collect::<Vec<_>>().join(", ");
        anyhow::bail!("older keys are still needed ({needed}): run `zaguan keys reseal` first");
    }
    if settings.keys.master.is_set() {
        anyhow::bail!("nothing needs the older keys: take them out of the environment, all but the first");
    }
    let ring = open_master(settings, &System)?.ids();
    let older = ring.get(1..).unwrap_or_default();
    if older.is_empty() {
        println!("there are no older master keys");
        return Ok(());
    }
    let active = app.note_retirement(ACTOR, older)?;
    MasterKeys::retire(&settings.keys.master_file, active)?;
    show(settings)
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
