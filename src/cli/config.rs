//! `zaguan config`: the settings in force, and where each came from.

use clap::Subcommand;

use super::{Common, environment};
use crate::app::assemble::load_policy;

#[derive(Subcommand)]
pub(super) enum ConfigCommand {
    /// Check the settings and the policy they name. Opens nothing and changes nothing.
    Check,
    /// Show every setting with its source. Secrets are not shown.
    Show,
}

pub(super) fn run(common: &Common, command: &ConfigCommand) -> anyhow::Result<()> {
    let settings = environment::load(common)?;
    match command {
        ConfigCommand::Check => {
            let policy = load_policy(&settings)?;
            println!("the settings are sound; the policy is {}, sha256 {}", policy.id, policy.sha256);
        }
        ConfigCommand::Show => print!("{}", settings.describe()),
    }
    Ok(())
}
