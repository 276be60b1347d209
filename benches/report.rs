//! A long history, written through the real ledger on SQLite, and what it costs to report on it: a million decisions over
//! three years unless another number is given. `cargo bench --bench report -- 1000000`
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "a benchmark prints, rounds, and may stop"
)]

#[path = "support/history.rs"]
mod history;
#[path = "support/place.rs"]
mod place;

use std::time::{Duration, Instant};

use zaguan::app::assemble::{anchor, open_master};
use zaguan::app::audit::{Check, LinkKeys, verify};
use zaguan::app::authority::Authority;
use zaguan::app::decisions::Search;
use zaguan::clock::System;
use zaguan::domain::decision::{DecisionFilter, Outcome};
use zaguan::domain::report::Period;

use place::Place;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let decisions: u64 = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(1_000_000);
    let place = Place::from_environment();
    let settings = place.settings(None);
    let (app, took) = history::open(&settings, decisions);
    println!("\n| what | time |\n|---|---:|");
    if let Some(took) = took {
        let per_second = decisions as f64 / took.as_secs_f64();
        println!("| writing {decisions} decisions, {} a commit | {per_second:.0}/s |", history::BATCH);
    }

    let day = |text: &str| text.parse().unwrap();
    let year = Period::new(day("2024-06-01"), day("2025-05-31")).unwrap();
    let all = Period::new(day("2023-01-01"), day("2025-12-30")).unwrap();
    let who = Authority::operator();
    for (name, period) in [("twelve months", year), ("everything", all)] {
        let (took, report) = best_of(7, || app.report(&who, period).unwrap());
        println!("| report over {name}, its entry included | {:.1} ms |", took.as_secs_f64() * 1e3);
        let (took, again) = best_of(1, || app.report_at(&who, period, report.log.entries, |_| {}).unwrap());
        assert_eq!(report.to_json(), again.to_json());
        println!("| the same bytes, counted anew from the records | {:.2} s |", took.as_secs_f64());
    }
    let filter = DecisionFilter { outcome: Some(Outcome::Partial), ..DecisionFilter::default() };
    let search = Search { filter, resident: None, before: None, limit: 100, reach: 1_000_000 };
    let (took, _) = best_of(7, || app.search_decisions(&Authority::operator(), &search).unwrap());
    println!("| first page of a search by outcome | {:.1} ms |", took.as_secs_f64() * 1e3);
    let from = Some("2024-02-01T00:00:00Z".parse().unwrap());
    let until = Some("2024-02-02T00:00:00Z".parse().unwrap());
    let search = Search { filter: DecisionFilter { from, until, ..DecisionFilter::default() }, ..search };
    let (took, _) = best_of(7, || app.search_decisions(&Authority::operator(), &search).unwrap());
    println!("| first page of a day two years ago | {:.1} ms |", took.as_secs_f64() * 1e3);
    let anchor = anchor(&settings);
    let master = open_master(&settings, &System).unwrap();
    let links = LinkKeys::of(&master);
    for (links, with) in [(None, "without the master key"), (Some(&links), "links to residents opened")] {
        for threads in [1, 2] {
            let check = Check { keys: app.log_keys(), anchor: &anchor, since: None, links, threads };
            let (took, verified) = best_of(1, || verify(app.store(), &check, |_, _| {}).unwrap());
            assert_eq!(verified.tallied, verified.entries);
            let rate = verified.entries as f64 / took.as_secs_f64();
            println!("| `audit verify` on {threads} threads, {with} | {rate:.0} entries/s |");
        }
    }
}

fn best_of<T>(times: u32, what: impl Fn() -> T) -> (Duration, T) {
    let run = || {
        let begun = Instant::now();
        let made = what();
        (begun.elapsed(), made)
    };
    (0..times).map(|_| run()).min_by_key(|(took, _)| *took).unwrap()
}
