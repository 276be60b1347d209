//! `zaguan report`: the council's report.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{Common, open};
use crate::app::App;
use crate::app::authority::Authority;
use crate::console::report::text;
use crate::domain::language::Language;
use crate::domain::legal_basis::window::on_the_wall;
use crate::domain::report::Period;
use crate::i18n::Tongue;

#[derive(Args)]
pub(super) struct ReportArgs {
    /// The first day of the period, as 2026-01-31. Without it: twelve months before the last.
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// The last day of the period. Without it: today.
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,
    /// Count anew, from the records of the first so many entries: the bytes of the report that was given then.
    #[arg(long, value_name = "ENTRIES")]
    at_index: Option<u64>,
    /// The language of the text.
    #[arg(long, default_value = "en", value_name = "en|es")]
    language: Language,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Json,
    Csv,
    Text,
}

pub(super) fn run(common: &Common, args: &ReportArgs) -> anyhow::Result<()> {
    let app = open(common)?;
    let period = period(&app, args)?;
    let who = Authority::operator();
    let report = match args.at_index {
        None => app.report(&who, period)?,
        Some(entries) => app.report_at(&who, period, entries, |done| eprintln!("{done} of {entries} entries"))?,
    };
    match args.format {
        Format::Json => print!("{}", report.to_json()),
        Format::Csv => print!("{}", report.to_csv()),
        Format::Text => print!("{}", text(&report, Tongue::of(args.language))),
    }
    Ok(())
}

fn period(app: &App, args: &ReportArgs) -> anyhow::Result<Period> {
    let to = args.to.unwrap_or_else(|| on_the_wall(app.now()).date());
    Ok(args.from.map_or_else(|| Ok(Period::twelve_months_to(to)), |from| Period::new(from, to))?)
}
