//! `zaguan audit`: checking the log, copying what is published, proving an entry, going on after a loss.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::Common;
use super::epoch::{self, OpenEpochArgs};
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
    /// Go on from a database that is older than what was acknowledged, under a new name, with an entry that admits it.
    /// The service must be stopped.
    OpenEpoch(OpenEpochArgs),
    /// Print the receipt of an entry: proof that it is in the log. The reading is an entry, too.
    Prove(ProveArgs),
}

pub(super) fn run(common: &Common, command: &AuditCommand) -> ExitCode {
    match command {
        AuditCommand::Verify(args) => verification::run(common, args),
        AuditCommand::Export { dir } => public_log::export(common, dir),
        AuditCommand::OpenEpoch(args) => epoch::run(common, args),
        AuditCommand::Prove(args) => public_log::prove(common, args),
    }
}
