//! `zaguan audit verify`: replaying the log, all of it or from where a verification ended before.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use clap::Args;

use super::{Common, environment, failed, open};
use crate::app::assemble::{anchor, find_master, log_signer, store_options, verifiers};
use crate::app::audit::{Check, Cosignatures, LinkKeys, Verified, VerifiedState, VerifyError, verify};
use crate::app::authority::Authority;
use crate::app::witnesses::LogKeys;
use crate::config::Settings;
use crate::keys::{MasterKeys, write_public};
use crate::ledger::{Anchor, Names};
use crate::storage::{Location, Store, StoreOptions, state};
use crate::tlog::WitnessKey;

/// The log does not verify.
pub(super) const NOT_VERIFIED: u8 = 3;

/// How often progress is told.
const PACE: Duration = Duration::from_secs(1);

#[derive(Args)]
pub(super) struct VerifyArgs {
    /// Keep the result: as an entry of the log, and for the console's page about it. Needs the key files, as `serve` does.
    #[arg(long, conflicts_with_all = ["since", "save"])]
    record: bool,
    /// Go on from the state that was verified and saved in this file.
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    /// Sign what was verified, and save it in this file to go on from. Keep it away from the database. Needs the log's key.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// How many threads read and hash; as many as there are processors if it is not said.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(1..))]
    threads: Option<u8>,
}

impl VerifyArgs {
    fn threads(&self) -> usize {
        let all = || available_parallelism().map_or(1, usize::from);
        self.threads.map_or_else(all, usize::from)
    }
}

pub(super) fn run(common: &Common, args: &VerifyArgs) -> ExitCode {
    if args.record {
        return verify_and_record(common, args).unwrap_or_else(|error| failed(&error));
    }
    match Log::open(common, args) {
        Ok(log) => log.verify(args),
        Err(error) => failed(&error),
    }
}

/// The log as it is opened to be read alone.
struct Log {
    settings: Settings,
    store: Store,
    names: Names,
    witnesses: Vec<WitnessKey>,
    anchor: Anchor,
    since: Option<VerifiedState>,
    links: Option<LinkKeys>,
}

impl Log {
    fn open(common: &Common, args: &VerifyArgs) -> anyhow::Result<Self> {
        let settings = environment::load(common)?;
        let mut options = existing(&settings)?;
        // Each thread has a connection, and so has whoever joins what they read.
        options.readers = u32::try_from(args.threads().saturating_add(1)).unwrap_or(u32::MAX);
        let store = Store::open(options)?;
        let known = verifiers(&settings)?;
        let names = store.read(|conn| Names::load(conn, &known, &settings.audit.origin))?;
        let since = args.since.as_deref().map(|path| verified_before(path, &names)).transpose()?;
        let anchor = anchor(&settings);
        let witnesses = settings.audit.witnesses.iter().map(|witness| witness.key.clone()).collect();
        let links = link_keys(&settings, &store)?;
        Ok(Self { settings, store, names, witnesses, anchor, since, links })
    }

    fn verify(&self, args: &VerifyArgs) -> ExitCode {
        let Self { settings, store, names, witnesses, anchor, since, links } = self;
        let keys = LogKeys { known: names.verifiers(), origin: names.base(), witnesses };
        let check = Check { keys, anchor, since: since.as_ref(), links: links.as_ref(), threads: args.threads() };
        match verify(store, &check, progress(since.as_ref())) {
            Ok(verified) => {
                say(&verified);
                let saved = args.save.as_deref().map_or(Ok(()), |path| save(&verified, path, settings, names));
                saved.map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS)
            }
            Err(error @ VerifyError::Store(_)) => failed(&error.into()),
            Err(error) => say_fault(&error),
        }
    }
}

/// The way to the database that is there; whoever only reads makes none.
pub(super) fn existing(settings: &Settings) -> anyhow::Result<StoreOptions> {
    let options = store_options(settings);
    if let Location::Sqlite(path) = &options.location
        && !path.exists()
    {
        bail!("there is no database at `{}`", path.display());
    }
    Ok(options)
}

/// What opens the links to residents, if the key that is here is that of this database.
fn link_keys(settings: &Settings, store: &Store) -> anyhow::Result<Option<LinkKeys>> {
    let in_force = store.read(state::load)?.master_key;
    let is_its_own = |master: &MasterKeys| master.ids().iter().any(|id| Some(id.to_string()) == in_force);
    Ok(find_master(settings)?.filter(is_its_own).as_ref().map(LinkKeys::of))
}

fn verified_before(path: &Path, names: &Names) -> anyhow::Result<VerifiedState> {
    let bytes = std::fs::read(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    VerifiedState::open(&bytes, names).with_context(|| format!("`{}` is no verified state of this log", path.display()))
}

fn save(verified: &Verified, path: &Path, settings: &Settings, names: &Names) -> anyhow::Result<()> {
    let Some(state) = verified.state() else {
        bail!("nothing is saved: the tallies do not cover the whole log yet; a restart of the service counts the rest");
    };
    let signer = log_signer(settings)?.named(names.origin_at(state.entries))?;
    write_public(path, &state.sign(&signer)?)?;
    println!("saved in `{}`; go on from there with `--since`", path.display());
    Ok(())
}

fn verify_and_record(common: &Common, args: &VerifyArgs) -> anyhow::Result<ExitCode> {
    let settings = environment::load(common)?;
    let app = open(common)?;
    let verification = app.verify_log(&Authority::operator(), &anchor(&settings), args.threads(), progress(None))?;
    println!("recorded as entry {}", verification.index);
    Ok(match verification.outcome {
        Ok(verified) => {
            say(&verified);
            ExitCode::SUCCESS
        }
        Err(fault) => say_fault(&fault),
    })
}

/// Tells how many entries are done, how fast, and how long the rest will take; once in a while, and at the end.
pub(super) fn progress(since: Option<&VerifiedState>) -> impl FnMut(u64, u64) {
    let first = since.map_or(0, |since| since.entries);
    let begun = Instant::now();
    let mut told = begun;
    move |done, of| {
        if told.elapsed() < PACE && done < of {
            return;
        }
        told = Instant::now();
        let elapsed = begun.elapsed().as_millis().max(1);
        let rate = u128::from(done - first) * 1_000 / elapsed;
        let left = u128::from(of - done) / rate.max(1);
        eprintln!("{done} of {of} entries, {rate} a second, {left} s left");
    }
}

fn say(verified: &Verified) {
    println!("{} entries in {} commits verify; root {}", verified.entries, verified.batches, verified.root);
    println!("{} published checkpoint(s) agree", verified.checkpoints);
    if verified.tallied == verified.entries {
        println!("the tallies of the reports are what the entries add up to");
    } else {
        println!("the tallies of the reports cover {} entries only; a restart counts the rest", verified.tallied);
    }
    match verified.links {
        Some(links) => println!("{links} link(s) to residents lead to whom the records commit to"),
        None => println!("whom the links to residents lead to was not checked: its master key is not here"),
    }
    say_cosignatures(&verified.cosignatures);
    match verified.anchored {
        Some(size) => println!("the anchor outside the database agrees at {size} entries"),
        None => println!("there is no anchor file to compare with"),
    }
}

fn say_cosignatures(cosignatures: &Cosignatures) {
    for (witness, count) in &cosignatures.verified {
        println!("{count} cosignature(s) by {witness} verify");
    }
    for (witness, count) in &cosignatures.unchecked {
        println!("{count} cosignature(s) by {witness} could not be checked: `audit.witnesses` does not name that key");
    }
}

fn say_fault(fault: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("zaguan: the audit log does NOT verify: {fault}");
    ExitCode::from(NOT_VERIFIED)
}
