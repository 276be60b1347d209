//! `zaguan audit`: checking the log.

use std::process::ExitCode;

use clap::Subcommand;

use super::Common;
use super::verification::{self, VerifyArgs};

#[derive(Subcommand)]
pub(super) enum AuditCommand {
    /// Recompute everything from the records, and name the first row that does not fit. Works while the service runs.
    Verify(VerifyArgs),
}

pub(super) fn run(common: &Common, command: &AuditCommand) -> ExitCode {
    match command {
        AuditCommand::Verify(args) => verification::run(common, args),
    }
}
