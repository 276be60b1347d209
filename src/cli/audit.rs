//! `zaguan audit`: checking the log, copying what is published, proving an entry.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::Common;
use super::public_log::{self, ProveArgs};
use super::verification::{self, VerifyArgs};

#[derive(Subcommand)]
pub(super) enum AuditCommand {
    /// Recompute everything from the records, and name the first row that does not fit. Works while the service runs.
    Verify(VerifyArgs),
    /// Bring a static copy of the published log up to date, for any web server to host. Works while the service runs.
    Export {
        /// The copy's directory; made if it is not there.
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
    /// Print the receipt of an entry: proof that it is in the log. The reading is an entry, too.
    Prove(ProveArgs),
}

pub(super) fn run(common: &Common, command: &AuditCommand) -> ExitCode {
    match command {
        AuditCommand::Verify(args) => verification::run(common, args),
        AuditCommand::Export { dir } => public_log::export(common, dir),
        AuditCommand::Prove(args) => public_log::prove(common, args),
    }
}
