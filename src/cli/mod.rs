//! The program as operators meet it: one file per command, plain errors, exit codes that scripts can rely on.
//!
//! Exit codes: 0 done; 1 refused or failed, and the reason is on standard error; 2 the command line is not right;
//! 3 the audit log, or a receipt, does not verify; 4 a restored database lacks entries that were acknowledged.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this room talks to a terminal")]

mod audit;
mod backup;
mod basis;
mod catalog;
mod client;
mod config;
mod demo;
mod environment;
mod epoch;
mod keys;
mod migrate;
mod policy;
mod public_log;
mod receipt;
mod report;
mod restore;
mod retention;
mod serve;
mod staff;
mod verification;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

use crate::app::App;
use crate::app::assemble::{Migrations, World};
use crate::config::{LogLevel, Settings};
use crate::telemetry;

/// Who the log names for changes made on the command line.
const ACTOR: &str = "operator";

/// Zaguán: the one way in and out for resident data.
///
/// City applications ask it before any resident data leaves. It decides field by field, and records every decision
/// in a tamper-evident log before it answers.
#[derive(Parser)]
#[command(name = "zaguan", version, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Args)]
struct Common {
    /// Settings file. Without it `config/zaguan.toml`, then `zaguan.toml`, if there is one; otherwise the defaults.
    /// Environment variables (`ZAGUAN__SECTION__KEY`) go over the file.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API. The first start makes the keys and, for the embedded database, the tables.
    Serve,
    /// Make a fictional city once, serve it, and print what to try.
    Demo(demo::DemoArgs),
    /// Bring the database's tables up to this version, with the owner's credentials.
    Migrate,
    /// City applications: register, list, give a new secret, switch off and on.
    #[command(subcommand)]
    Client(client::ClientCommand),
    /// Accounts of staff: invite, list, roles, reset, switch off and on, certify, review.
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// Legal bases: list, show.
    #[command(subcommand)]
    Basis(basis::BasisCommand),
    /// Record stores and the classes of their fields.
    #[command(subcommand)]
    Catalog(catalog::CatalogCommand),
    /// The decision table.
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
    /// The audit log.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Receipts: what they prove.
    #[command(subcommand)]
    Receipt(receipt::ReceiptCommand),
    /// Copy an SQLite database, whole and as of one instant, while it is served. On PostgreSQL: say what to run.
    Backup(backup::BackupArgs),
    /// Examine a restored database, or put a copy of an SQLite database in its place.
    Restore(restore::RestoreArgs),
    /// The council's report over a period: aggregates, without a name. Works while the service runs.
    Report(report::ReportArgs),
    /// How long what is about people is kept, and holds.
    #[command(subcommand)]
    Retention(retention::RetentionCommand),
    /// The master key ring and the log's signing key.
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// The settings in force.
    #[command(subcommand)]
    Config(config::ConfigCommand),
}

/// Parses, runs, and turns the outcome into an exit code.
#[must_use]
pub fn main() -> ExitCode {
    let Cli { common, command } = Cli::parse();
    let code = run(&common, command);
    telemetry::flush_log();
    code
}

fn run(common: &Common, command: Command) -> ExitCode {
    let outcome = match command {
        Command::Serve => serve::run(common),
        Command::Demo(args) => demo::run(&args),
        Command::Migrate => migrate::run(common),
        Command::Client(command) => client::run(common, command),
        Command::Staff(command) => staff::run(common, command),
        Command::Basis(command) => basis::run(common, &command),
        Command::Catalog(command) => catalog::run(common, command),
        Command::Policy(command) => policy::run(common, command),
        Command::Audit(command) => return audit::run(common, &command),
        Command::Receipt(command) => return receipt::run(&command),
        Command::Backup(args) => backup::run(common, &args),
        Command::Restore(args) => return restore::run(common, &args),
        Command::Report(args) => report::run(common, &args),
        Command::Retention(command) => retention::run(common, command),
        Command::Keys(command) => keys::run(common, &command),
        Command::Config(command) => config::run(common, &command),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

/// Says what went wrong, each cause on a line of its own.
fn failed(error: &anyhow::Error) -> ExitCode {
    // What was logged on the way explains it, and comes first.
    telemetry::flush_log();
    eprintln!("zaguan: {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  because: {cause}");
    }
    ExitCode::FAILURE
}

/// Opens everything for a command that changes something. Only warnings are logged, so that its output stays readable.
fn open(common: &Common) -> anyhow::Result<App> {
    let mut settings = environment::load(common)?;
    settings.log.level = LogLevel::Warn;
    open_with(&settings)
}

fn open_with(settings: &Settings) -> anyhow::Result<App> {
    start_log(settings)?;
    Ok(App::open(settings, Migrations::ApplyIfEmbedded, World::default())?)
}

fn start_log(settings: &Settings) -> anyhow::Result<()> {
    telemetry::init_log(&settings.log).context("there is no thread to write the log on")
}
