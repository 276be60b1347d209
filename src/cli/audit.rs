//! `zaguan audit`: checking the log.

use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;

use super::{Common, environment, failed, open};
use crate::app::assemble::{anchor, store_options, verifiers};
use crate::app::audit::{Verified, VerifyError, verify};
use crate::app::authority::Authority;
use crate::storage::{Location, Store};

/// The log does not verify.
const NOT_VERIFIED: u8 = 3;

#[derive(Subcommand)]
pub(super) enum AuditCommand {
    /// Recompute everything from the records, and name the first row that does not fit. Works while the service runs.
    Verify {
        /// Keep the result: as an entry of the log, and for the console's page about it. Needs the key files, as `serve` does.
        #[arg(long)]
        record: bool,
    },
}

pub(super) fn run(common: &Common, command: &AuditCommand) -> ExitCode {
    let AuditCommand::Verify { record } = command;
    if *record {
        return verify_and_record(common).unwrap_or_else(|error| failed(&error));
    }
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
    match verify(&store, &known, &settings.audit.origin, &anchor(&settings), progress) {
        Ok(verified) => say(&verified),
        Err(error @ VerifyError::Store(_)) => failed(&error.into()),
        Err(error) => say_fault(&error),
    }
}

fn verify_and_record(common: &Common) -> anyhow::Result<ExitCode> {
    let settings = environment::load(common)?;
    let app = open(common)?;
    let verification = app.verify_log(&Authority::operator(), &anchor(&settings), progress)?;
    println!("recorded as entry {}", verification.index);
    Ok(match verification.outcome {
        Ok(verified) => say(&verified),
        Err(fault) => say_fault(&fault),
    })
}

fn progress(done: u64, of: u64) {
    eprintln!("{done} of {of} entries");
}

fn say(verified: &Verified) -> ExitCode {
    println!("{} entries in {} commits verify; root {}", verified.entries, verified.batches, verified.root);
    println!("{} published checkpoint(s) agree", verified.checkpoints);
    if verified.tallied == verified.entries {
        println!("the tallies of the reports are what the entries add up to");
    } else {
        println!("the tallies of the reports cover {} entries only; a restart counts the rest", verified.tallied);
    }
    match verified.anchored {
        Some(size) => println!("the anchor outside the database agrees at {size} entries"),
        None => println!("there is no anchor file to compare with"),
    }
    ExitCode::SUCCESS
}

fn say_fault(fault: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("zaguan: the audit log does NOT verify: {fault}");
    ExitCode::from(NOT_VERIFIED)
}
