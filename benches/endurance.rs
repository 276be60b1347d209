//! How a long history and a long day weigh: start-up, throughput and latency on a log that holds so many decisions
//! already, and the memory of the process while it is under load.
//!
//! `cargo bench --bench endurance -- ENTRIES SECONDS CONNECTIONS`, one million, 10 and 64 unless said otherwise. With
//! `ZAGUAN_BENCH_DIR` the history is written once and kept.
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
#[path = "support/load.rs"]
mod load;
#[path = "support/place.rs"]
mod place;
#[path = "support/stand.rs"]
mod stand;

use std::time::{Duration, Instant};

use zaguan::app::App;
use zaguan::app::assemble::{Migrations, World};

use load::load;
use place::Place;
use stand::Stand;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Into so many parts the time is cut.
const PARTS: u32 = 12;

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let number = |place: usize, otherwise| numbers.get(place).copied().unwrap_or(otherwise);
    let (entries, seconds, connections) = (number(0, 1_000_000), number(1, 10), number(2, 64));
    let empty = start_up(&Place::of_its_own());
    println!("\nstart-up on an empty log: {:.0} ms", empty.as_secs_f64() * 1e3);

    let place = Place::from_environment();
    drop(history::open(&place.settings(None), entries));
    let long = start_up(&place);
    println!("start-up with {entries} entries: {:.0} ms", long.as_secs_f64() * 1e3);

    let stand = Stand::start("SQLite", None, place);
    println!("\n| entries | durable decisions /s | p50 ms | p99 ms | memory MiB |\n|---:|---:|---:|---:|---:|");
    let part = Duration::from_secs(seconds) / PARTS;
    for _ in 0..PARTS {
        // By a client of its own, because a token does not live as long as a long measurement.
        let measured = load(stand.address, stand.request_by_another(), connections as usize, part);
        let millis = |share| measured.quantile(share).as_secs_f64() * 1e3;
        let size = stand.app.ledger().head().size;
        println!(
            "| {size} | {:.0} | {:.2} | {:.2} | {:.0} |",
            measured.per_second,
            millis(0.5),
            millis(0.99),
            memory()
        );
    }
}

/// From nothing to a service that records.
fn start_up(place: &Place) -> Duration {
    let settings = place.settings(None);
    drop(App::open(&settings, Migrations::Apply, World::default()).unwrap());
    let begun = Instant::now();
    let app = App::open(&settings, Migrations::Apply, World::default()).unwrap();
    app.record_start().unwrap();
    begun.elapsed()
}

/// What the process holds in memory, in MiB; the load generator's share, which stays the same, included.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}
