//! The service over HTTP: durable decisions a second at 1, 16, 64 and 256 connections, against the same server answering
//! without the ledger, and against raw batched inserts of the same rows.
//!
//! `cargo bench --bench service`; PostgreSQL joins in when `ZAGUAN_BENCH_POSTGRES_URL` names an empty database whose
//! server has `fsync` on, and Cerbos when `ZAGUAN_BENCH_CERBOS` names its program. Machines are shared and noisy: compare
//! the ratios of one run, not figures of two.
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

#[path = "support/cerbos.rs"]
mod cerbos;
#[path = "support/load.rs"]
mod load;
#[path = "support/place.rs"]
mod place;
#[path = "support/stand.rs"]
mod stand;

use std::time::Duration;

use cerbos::Cerbos;
use load::load;
use stand::{Stand, append_raw};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CONNECTIONS: [usize; 4] = [1, 16, 64, 256];

fn main() {
    // `cargo bench --bench service -- SECONDS CONNECTIONS…`
    let numbers: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let length = Duration::from_secs(numbers.first().copied().unwrap_or(4) as u64);
    let connections = if numbers.len() > 1 { &numbers[1..] } else { &CONNECTIONS };
    let neighbour = beside(connections, length);
    for stand in Stand::all() {
        println!("\n## {}\n", stand.kind);
        println!("| connections | without ledger /s | durable decisions /s | ratio | p50 ms | p99 ms |");
        println!("|---:|---:|---:|---:|---:|---:|");
        let mut at_64 = 0.0;
        for connections in connections.iter().copied() {
            let bare = load(stand.address, stand.request("/bench/without-ledger"), connections, length);
            let durable = load(stand.address, stand.request("/api/v1/decisions"), connections, length);
            let ratio = durable.per_second / bare.per_second;
            let millis = |share| durable.quantile(share).as_secs_f64() * 1e3;
            println!(
                "| {connections} | {:.0} | {:.0} | {ratio:.2} | {:.2} | {:.2} |",
                bare.per_second,
                durable.per_second,
                millis(0.5),
                millis(0.99),
            );
            if let Some((_, theirs)) = neighbour.iter().find(|(of, _)| *of == connections) {
                println!("{:.1} times Cerbos with as many connections", durable.per_second / theirs);
            }
            if connections == 64 {
                at_64 = durable.per_second;
            }
        }
        let raw = append_raw(&stand.raw_store(), 64, length);
        println!(
            "\nraw batched inserts of the same rows, 64 a commit: {raw:.0}/s; the service at 64 connections does {:.2} of that",
            at_64 / raw
        );
    }
}

/// What Cerbos answers, by the number of connections; nothing when it is not there.
fn beside(connections: &[usize], length: Duration) -> Vec<(usize, f64)> {
    let Some(cerbos) = Cerbos::from_environment() else { return Vec::new() };
    println!("\n## Cerbos, its log on local disk and not waited for\n");
    println!("| connections | answers /s | p50 ms | p99 ms |\n|---:|---:|---:|---:|");
    let measure = |&connections: &usize| {
        let measured = load(cerbos.address, Cerbos::request(), connections, length);
        let millis = |share| measured.quantile(share).as_secs_f64() * 1e3;
        let (per_second, p50, p99) = (measured.per_second, millis(0.5), millis(0.99));
        println!("| {connections} | {per_second:.0} | {p50:.2} | {p99:.2} |");
        (connections, per_second)
    };
    connections.iter().map(measure).collect()
}
