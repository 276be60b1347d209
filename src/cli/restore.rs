//! `zaguan restore`: is a restored database whole and this log's, what does it lack, and putting a file in its place.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::available_parallelism;

use anyhow::{Context as _, bail};
use clap::Args;

use super::verification::{NOT_VERIFIED, existing, progress};
use super::{Common, environment, failed};
use crate::app::assemble::{anchor, find_master, keys_in_use, store_options, verifiers};
use crate::app::audit::{Check, LinkKeys};
use crate::app::backup::beside;
use crate::app::restored::{Examined, Standing, Unfit, examine};
use crate::app::witnesses::LogKeys;
use crate::config::Settings;
use crate::domain::record::instant_text;
use crate::storage::{Location, Store, StoreError, StoreOptions, Unfinished};

/// The database is whole, and acknowledged entries are missing from it: `serve` refuses it.
const BEHIND: u8 = 4;

#[derive(Args)]
pub(super) struct RestoreArgs {
    /// Only look, and change nothing. Exit codes: 0 it may be served; 3 it is damaged, or not this log; 4 acknowledged
    /// entries are missing; 1 it cannot be looked at. Without FILE it looks at the settings' database.
    #[arg(long)]
    check: bool,
    /// A copy of an SQLite database, as `zaguan backup` writes it.
    #[arg(value_name = "FILE", required_unless_present = "check")]
    file: Option<PathBuf>,
    /// Look at this PostgreSQL database instead of the settings'.
    #[arg(long, value_name = "URL", requires = "check", conflicts_with = "file")]
    database_url: Option<String>,
}

pub(super) fn run(common: &Common, args: &RestoreArgs) -> ExitCode {
    let settings = match environment::load(common) {
        Ok(settings) => settings,
        Err(error) => return failed(&error.into()),
    };
    let looked = match &args.file {
        Some(file) if !args.check => put_in_place(&settings, file),
        _ => options(&settings, args).and_then(|options| look(&settings, options)),
    };
    looked.unwrap_or_else(|error| {
        let is_unfit = error.downcast_ref().is_some_and(is_about_the_database);
        let code = failed(&error);
        if is_unfit { ExitCode::from(NOT_VERIFIED) } else { code }
    })
}

/// A file that SQLite cannot read to its end is damaged, too; what cannot be reached or is of an older version is not.
fn is_about_the_database(unfit: &Unfit) -> bool {
    !matches!(unfit, Unfit::Store(error) if !matches!(error, StoreError::Statement(_) | StoreError::Corrupt(_)))
}

fn options(settings: &Settings, args: &RestoreArgs) -> anyhow::Result<StoreOptions> {
    let location = match (&args.file, &args.database_url) {
        (Some(file), _) => {
            demand_still(file)?;
            Location::Still(file.clone())
        }
        (None, Some(url)) => Location::Postgres(url.clone()),
        (None, None) => return existing(settings),
    };
    Ok(StoreOptions { location, ..store_options(settings) })
}

/// What SQLite keeps beside a database may hold its newest entries.
fn demand_still(file: &Path) -> anyhow::Result<()> {
    if !file.is_file() {
        bail!("there is no file `{}`", file.display());
    }
    let wal = beside(file, "-wal");
    if fs::metadata(&wal).is_ok_and(|wal| wal.len() > 0) {
        bail!(
            "`{}` holds entries that are not in the file yet: sqlite3 FILE 'PRAGMA wal_checkpoint(TRUNCATE)'",
            wal.display()
        );
    }
    Ok(())
}

fn look(settings: &Settings, mut options: StoreOptions) -> anyhow::Result<ExitCode> {
    let threads = available_parallelism().map_or(1, usize::from);
    options.readers = u32::try_from(threads.saturating_add(1)).unwrap_or(u32::MAX);
    let store = Store::open(options).map_err(Unfit::from)?;
    let (known, anchor, keys) = (verifiers(settings)?, anchor(settings), keys_in_use(settings)?);
    let witnesses: Vec<_> = settings.audit.witnesses.iter().map(|witness| witness.key.clone()).collect();
    let log = LogKeys { known: &known, origin: &settings.audit.origin, witnesses: &witnesses };
    let links = find_master(settings)?.as_ref().map(LinkKeys::of);
    let check = Check { keys: log, anchor: &anchor, since: None, links: links.as_ref(), threads };
    Ok(say(&examine(&store, &keys, &check, progress(None))?))
}

fn say(examined: &Examined) -> ExitCode {
    let Examined { entries, last_at, standing } = examined;
    let last = last_at.map_or_else(|| "never".to_owned(), instant_text);
    println!("it is whole, and its keys are here: {entries} entries verify, the last of {last}");
    match *standing {
        Standing::Equal => println!("it ends where the anchor says: nothing that was acknowledged is missing"),
        Standing::Ahead { by } => {
            println!("it has {by} entries after the anchor: nothing that was acknowledged is missing");
        }
        Standing::Unknown => {
            println!("there is no anchor file: nobody can say here whether acknowledged entries are missing");
        }
        Standing::Behind { first, anchored } => {
            let (missing, end) = (anchored - first, anchored - 1);
            println!("BEHIND by {missing} acknowledged entries: {first} to {end}, all made after {last}");
            println!(
                "`serve` refuses it. Look for a newer one; if there is none: zaguan audit open-epoch --giving-up {missing}"
            );
            return ExitCode::from(BEHIND);
        }
    }
    ExitCode::SUCCESS
}

/// What is examined is the copy that will be served, not the file that it was made from.
fn put_in_place(settings: &Settings, file: &Path) -> anyhow::Result<ExitCode> {
    let Location::Sqlite(target) = store_options(settings).location else {
        bail!("the settings name a PostgreSQL database: restore it with pg_restore, then `zaguan restore --check`");
    };
    demand_still(file)?;
    demand_nothing_at(&target)?;
    let unwritable = || format!("`{}` cannot be written", target.display());
    let unfinished = Unfinished::beside(&target).with_context(unwritable)?;
    let mut from = File::open(file).with_context(|| format!("`{}` cannot be read", file.display()))?;
    let copied = OpenOptions::new().write(true).open(unfinished.path());
    copied.and_then(|mut copy| io::copy(&mut from, &mut copy)).with_context(unwritable)?;
    let location = Location::Still(unfinished.path().to_owned());
    let code = look(settings, StoreOptions { location, ..store_options(settings) })?;
    unfinished.place().with_context(unwritable)?;
    println!("it is in its place: `{}`", target.display());
    Ok(code)
}

/// The directory is made when it is missing; whatever stands in it is somebody's evidence.
fn demand_nothing_at(target: &Path) -> anyhow::Result<()> {
    let there = [target.to_owned(), beside(target, "-wal"), beside(target, "-shm")];
    if let Some(path) = there.iter().find(|path| path.symlink_metadata().is_ok()) {
        bail!("`{}` is there: stop the service, and move it away as evidence; nothing is written over", path.display());
    }
    let directory = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(directory).with_context(|| format!("`{}` cannot be made", directory.display()))
}
