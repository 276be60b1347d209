//! `zaguan audit export` and `zaguan audit prove`: what outsiders are given to check the log with.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use super::verification::{NOT_VERIFIED, existing, progress};
use super::{Common, environment, failed, open};
use crate::app::assemble::verifiers;
use crate::app::authority::Authority;
use crate::app::public_log::copy::{CopyError, write_copy};
use crate::app::witnesses::LogKeys;
use crate::ledger::Names;
use crate::storage::Store;

#[derive(Args)]
pub(super) struct ProveArgs {
    /// The entry's place in the log, from 0.
    index: u64,
    /// Prove it under the checkpoint that was published at this size, instead of the newest.
    #[arg(long, value_name = "ENTRIES")]
    size: Option<u64>,
}

pub(super) fn export(common: &Common, dir: &Path) -> ExitCode {
    let opened = || -> anyhow::Result<_> {
        let settings = environment::load(common)?;
        let store = Store::open(existing(&settings)?)?;
        let known = verifiers(&settings)?;
        let names = store.read(|conn| Names::load(conn, &known, &settings.audit.origin))?;
        Ok((store, names, settings.audit))
    };
    let (store, names, audit) = match opened() {
        Ok(opened) => opened,
        Err(error) => return failed(&error),
    };
    let witnesses: Vec<_> = audit.witnesses.into_iter().map(|witness| witness.key).collect();
    let keys = LogKeys { known: names.verifiers(), origin: names.base(), witnesses: &witnesses };
    match write_copy(&store, &keys, dir, progress(None)) {
        Ok(copied) => {
            println!("{} entries, root {}; {} file(s) written", copied.size, copied.root, copied.written);
            ExitCode::SUCCESS
        }
        Err(error) => {
            let status = if is_about_history(&error) { ExitCode::from(NOT_VERIFIED) } else { ExitCode::FAILURE };
            failed(&error.into());
            status
        }
    }
}

/// Whether copy and database tell of different histories: then somebody must look.
fn is_about_history(error: &CopyError) -> bool {
    matches!(
        error,
        CopyError::Foreign { .. }
            | CopyError::Later { .. }
            | CopyError::Forked(_)
            | CopyError::Altered(_)
            | CopyError::Root { .. }
    )
}

pub(super) fn prove(common: &Common, args: &ProveArgs) -> ExitCode {
    let proven = || {
        let app = open(common)?;
        let receipt = app.entry_receipt(&Authority::operator(), args.index, args.size)?;
        receipt.context("the log has no such entry, or no checkpoint was published at that size")
    };
    match proven() {
        Ok(Ok(receipt)) => {
            print!("{}", receipt.encode());
            ExitCode::SUCCESS
        }
        Ok(Err(why)) => {
            eprintln!("zaguan: the log cannot prove this entry: {why}");
            ExitCode::from(NOT_VERIFIED)
        }
        Err(error) => failed(&error),
    }
}
