//! One greedy client beside modest ones: how long each waits, and what the modest ones would wait if there were no greedy one.
//! `cargo bench --bench fairness -- SECONDS CONNECTIONS`
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark prints, rounds, and may stop"
)]

#[path = "support/load.rs"]
mod load;
#[path = "support/place.rs"]
mod place;
#[path = "support/stand.rs"]
mod stand;

use std::thread;
use std::time::Duration;

use load::{Measured, load};
use stand::Stand;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Clients that ask one thing at a time.
const MODEST: usize = 3;

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let length = Duration::from_secs(numbers.first().copied().unwrap_or(5) as u64);
    let greedy = numbers.get(1).copied().unwrap_or(256);
    for stand in Stand::all() {
        println!("\n## {}\n", stand.kind);
        println!("| who | connections | decisions /s | p50 ms | p99 ms |\n|---|---:|---:|---:|---:|");
        let alone = modest(&stand, length);
        say("a modest client, alone with its like", 1, &alone);
        let (theirs, beside) = thread::scope(|scope| {
            let request = stand.request("/api/v1/decisions");
            let busy = scope.spawn(move || load(stand.address, request, greedy, length));
            let beside = modest(&stand, length);
            (busy.join().unwrap(), beside)
        });
        say("a modest client, beside a greedy one", 1, &beside);
        say("the greedy one", greedy, &theirs);
        let waits = theirs.quantile(0.5).as_secs_f64() / beside.quantile(0.5).as_secs_f64();
        println!("\nthe greedy one waits {waits:.1} times as long as a modest one for each of its answers");
    }
}

/// Several modest clients at once; what the first of them met.
fn modest(stand: &Stand, length: Duration) -> Measured {
    let requests: Vec<_> = (0..MODEST).map(|_| stand.request_by_another()).collect();
    thread::scope(|scope| {
        let loads = requests.into_iter().map(|request| scope.spawn(move || load(stand.address, request, 1, length)));
        let mut loads: Vec<_> = loads.collect();
        let first = loads.swap_remove(0).join().unwrap();
        for load in loads {
            load.join().unwrap();
        }
        first
    })
}

fn say(who: &str, connections: usize, measured: &Measured) {
    let millis = |share| measured.quantile(share).as_secs_f64() * 1e3;
    println!("| {who} | {connections} | {:.0} | {:.2} | {:.2} |", measured.per_second, millis(0.5), millis(0.99));
}
