//! `zaguan audit`: checking the log.

use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;

use super::{Common, environment, failed};
use crate::app::assemble::{anchor, store_options, verifiers};
use crate::app::audit::{VerifyError, verify};
use crate::storage::{Location, Store};

/// The log does not verify.
const NOT_VERIFIED: u8 = 3;

#[derive(Subcommand)]
pub(super) enum AuditCommand {
    /// Recompute everything from the records, and name the first row that does not fit. Works while the service runs.
    Verify,
}

pub(super) fn run(common: &Common, command: &AuditCommand) -> ExitCode {
    let AuditCommand::Verify = command;
    let opened = || -> anyhow::Result<_> {
        let settings = environment::load(common)?;
        let options = store_options(&settings);
        if let Location::Sqlite(path) = &options.location
            && !path.exists()
        {
            bail!("there is no database at `{}`", path.display());
        }
        let store = Store::open(options)?;
        let known = verifiers(&settings)?;
        Ok((settings, store, known))
    };
    let (settings, store, known) = match opened() {
        Ok(opened) => opened,
        Err(error) => return failed(&error),
    };
    let outcome = verify(&store, &known, &settings.audit.origin, &anchor(&settings), |done, of| {
        eprintln!("{done} of {of} entries");
    });
    match outcome {
        Ok(verified) => {
            println!("{} entries in {} commits verify; root {}", verified.entries, verified.batches, verified.root);
            println!("{} published checkpoint(s) agree", verified.checkpoints);
            match verified.tallied == verified.entries {
                true => println!("the tallies of the reports are what the entries add up to"),
                false => println!(
                    "the tallies of the reports cover {} entries only; a restart counts the rest",
                    verified.tallied
                ),
            }
            match verified.anchored {
                Some(size) => println!("the anchor outside the database agrees at {size} entries"),
                None => println!("there is no anchor file to compare with"),
            }
            ExitCode::SUCCESS
        }
        Err(error @ VerifyError::Store(_)) => failed(&error.into()),
        Err(error) => {
            eprintln!("zaguan: the audit log does NOT verify: {error}");
            ExitCode::from(NOT_VERIFIED)
        }
    }
}
