//! `zaguan backup`: a copy of the database while it is served.

use std::path::PathBuf;

use clap::Args;

use super::verification::existing;
use super::{Common, environment};
use crate::app::assemble::log_signer;
use crate::app::backup::{BackupError, write_backup};

/// What saves a PostgreSQL database whole, with its guards and rights.
const ON_POSTGRES: &str = "\
this database is on a PostgreSQL server: back it up there, as its owner or as a superuser:
  pg_dump --format=custom --file=zaguan.dump --dbname=zaguan --username=zaguan_owner
without --clean, --data-only, --no-privileges, --schema or --table: guards and rights belong to it.
docs/operations.md says how to restore it";

#[derive(Args)]
pub(super) struct BackupArgs {
    /// The copy; there must be nothing of this name. Beside it, FILE.checkpoint: hold that somewhere else.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(common: &Common, args: &BackupArgs) -> anyhow::Result<()> {
    let settings = environment::load(common)?;
    let (options, signer) = (existing(&settings)?, log_signer(&settings)?);
    let backup = match write_backup(&options, &signer, &args.file) {
        Err(BackupError::Server) => anyhow::bail!("{ON_POSTGRES}"),
        written => written?,
    };
    println!("`{}`: {} entries, {} bytes", args.file.display(), backup.head.size, backup.bytes);
    println!("root {}", backup.head.root);
    println!("`{}`, to be held elsewhere:", backup.checkpoint.display());
    print!("{}", backup.head.note);
    println!("keys, settings and the anchor are not in it");
    Ok(())
}
