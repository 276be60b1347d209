//! `zaguan policy`: the decision table, checked and read.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use clap::{Subcommand, ValueEnum};

use super::{Common, environment};
use crate::app::assemble::load_policy;
use crate::app::policy::LoadedPolicy;
use crate::domain::language::Language;

#[derive(Subcommand)]
pub(super) enum PolicyCommand {
    /// Check a policy file; every fault is named with its line.
    Check {
        /// A TOML file.
        file: PathBuf,
    },
    /// Show the policy as a lawyer would read it: the one in force, or a file.
    Show {
        /// A TOML file instead of the policy in force.
        file: Option<PathBuf>,
        /// The language.
        #[arg(long, value_enum, default_value_t = Tongue::En)]
        language: Tongue,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Tongue {
    En,
    Es,
}

pub(super) fn run(common: &Common, command: PolicyCommand) -> anyhow::Result<()> {
    match command {
        PolicyCommand::Check { file } => {
            let policy = read(&file)?;
            println!("`{}` is a sound policy: {}, sha256 {}", file.display(), policy.id, policy.sha256);
        }
        PolicyCommand::Show { file, language } => {
            let policy = match file {
                Some(file) => read(&file)?,
                None => load_policy(&environment::load(common)?)?,
            };
            let language = match language {
                Tongue::En => Language::English,
                Tongue::Es => Language::Spanish,
            };
            println!("{}", policy.policy.to_table(language));
            println!("sha256 {}", policy.sha256);
        }
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<LoadedPolicy> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    LoadedPolicy::parse(&text).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(|fault| format!("  {fault}")).collect();
        anyhow!("`{}` is not a sound policy:\n{}", path.display(), faults.join("\n"))
    })
}
