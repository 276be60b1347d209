//! `zaguan demo`: a fictional city, made once and served, so that the main job can be tried in a minute.
//!
//! Everything here is plainly fictional. Nothing of it exists outside the demonstration's data directory.

mod bases;
mod city;
mod credentials;
mod history;
mod paper;
mod past;
mod referrals;
mod staff;
mod stewardship;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use chrono::TimeDelta;
use clap::Args;

use super::serve::serve;
use super::start_log;
use crate::app::App;
use crate::app::assemble::{Migrations, World};
use crate::app::authority::Authority;
use crate::app::staff::TotpSecret;
use crate::clock::{Clock as _, System};
use crate::config::Settings;

use credentials::Credentials;
use past::PastClock;

/// How far back the made-up history begins.
const HISTORY: TimeDelta = TimeDelta::days(150);

#[derive(Args)]
pub(super) struct DemoArgs {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Where everything is kept: keys, database, credentials.
    #[arg(long, default_value = "data/demo", value_name = "DIR")]
    data_dir: PathBuf,
    /// Only print what an authenticator app would show now, for everybody in the city that was made, and end.
    #[arg(long)]
    codes: bool,
    /// A PostgreSQL database (`postgres://…`) instead of the embedded one.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

pub(super) fn run(args: &DemoArgs) -> anyhow::Result<()> {
    let path = args.data_dir.join("credentials.json");
    if args.codes {
        return show_codes(&path);
    }
    let settings = settings(args)?;
    start_log(&settings)?;
    let known = Credentials::load(&path)?;
    let credentials = match known {
        Some(known) => known,
        None => make(&settings)?,
    };
    let app = App::open(&settings, Migrations::Apply, World::default())?;
    city::certify(&app)?;
    serve(settings, app, |address| {
        let credentials = credentials.at(address);
        match credentials.store(&path) {
            Ok(()) => show(address, &path, &credentials),
            Err(error) => tracing::error!(%error, path = %path.display(), "the credentials cannot be written"),
        }
    })
}

fn settings(args: &DemoArgs) -> anyhow::Result<Settings> {
    std::fs::create_dir_all(&args.data_dir).with_context(|| format!("cannot make `{}`", args.data_dir.display()))?;
    let base_url = format!("http://{}", args.listen);
    let mut variables = vec![
        ("ZAGUAN__SERVER__LISTEN", args.listen.to_string()),
        ("ZAGUAN__SERVER__PUBLIC_URL", base_url),
        ("ZAGUAN__DATA__DIR", args.data_dir.display().to_string()),
        ("ZAGUAN__LOG__LEVEL", "warn".to_owned()),
        ("ZAGUAN__LOG__FORMAT", "text".to_owned()),
    ];
    variables.extend(args.database_url.clone().map(|url| ("ZAGUAN__DATABASE__URL", url)));
    let variables = variables.into_iter().map(|(name, value)| (name.to_owned(), value));
    Ok(Settings::load(None, variables)?)
}

/// Makes the city as it would have grown: first the past months on a clock of their own, then the present. A city that is
/// there already, but whose credentials are lost, only gets new ones.
fn make(settings: &Settings) -> anyhow::Result<Credentials> {
    println!("making a fictional city …");
    let now = System.now();
    let clock = Arc::new(PastClock::at(now - HISTORY));
    let app = App::open(settings, Migrations::Apply, World { clock: clock.clone(), ..World::default() })?;
    let is_new = app.list_clients(&Authority::operator())?.is_empty();
    if !is_new {
        clock.move_to(now);
    }
    app.record_start()?;
    let clients = city::found(&app)?;
    let people = staff::hire(&app)?;
    let bases = if is_new { history::live_through(&app, &people, &clock, now)? } else { Vec::new() };
    app.record_stop()?;
    app.ledger().close();
    Ok(Credentials::of(clients, people.credentials(), bases))
}

/// Says where to click and what to try. Nobody may be listening: that is no reason to stop serving.
fn show(address: SocketAddr, path: &Path, credentials: &Credentials) {
    let Some((id, secret)) = credentials.client(city::BILLING) else { return };
    let staff = credentials.staff().map(|(role, member)| {
        format!("  {role:<11} {:<13} {}  {}\n", member.username, member.password, member.totp_secret)
    });
    let bases = credentials.legal_bases().map(|(title, id)| format!("  {id}  {title}\n"));
    let text = format!(
        "Zaguán serves a fictional city at http://{address} (Ctrl-C stops it)

  console      http://{address}/console
  codes        `zaguan demo --codes` prints what their authenticator apps show
  ready?       http://{address}/health/ready
  public log   http://{address}/log/checkpoint
  API          http://{address}/api/v1/openapi.json
  metrics      http://{address}/metrics
  credentials  {path}

Staff: role, username, password, secret for an authenticator app
{staff}
Legal bases
{bases}
May immigration enforcement have a customer's address and employer? Ask it from another terminal:

  TOKEN=$(curl -s -u '{id}:{secret}' -d grant_type=client_credentials http://{address}/oauth/token \\
    | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')
  curl -s http://{address}/api/v1/decisions -H \"Authorization: Bearer $TOKEN\" \\
    -H 'Content-Type: application/json' -d '{EXAMPLE}'
",
        path = path.display(),
        staff = staff.collect::<String>(),
        bases = bases.collect::<String>(),
    );
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// The authenticator app of whoever tries the demonstration without one.
fn show_codes(path: &Path) -> anyhow::Result<()> {
    let credentials = Credentials::load(path)?;
    let credentials =
        credentials.with_context(|| format!("there is no `{}`: run `zaguan demo` first", path.display()))?;
    let now = System.now();
    for (role, member) in credentials.staff() {
        let secret = TotpSecret::of_base32(&member.totp_secret);
        let secret = secret.with_context(|| format!("the secret of `{role}` cannot be read"))?;
        writeln!(std::io::stdout(), "{role:<11} {:<13} {}", member.username, secret.code_at(now))?;
    }
    Ok(())
}

/// The request that is printed to be tried.
const EXAMPLE: &str = r#"{ "store": "utility-billing", "resident": "ACCT-0048213",
      "fields": ["account_no", "service_address", "employer_name"],
      "requester": { "kind": "federal_immigration", "agency": "ICE ERO El Paso" },
      "purpose": "immigration_enforcement" }"#;
