//! What the simulated group-commit queue foretells, beside what `docs/performance.md` says was measured, and what it
//! foretells of strangers and of several instances. Measures nothing itself: `cargo bench --bench queue --profile dev`.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark, which reckons in fractions"
)]

#[path = "support/queue.rs"]
mod queue;

use queue::{Callers, Model};

/// Connections and durable decisions a second: the two points that the costs are taken from, and those foretold.
struct Measured {
    database: &'static str,
    known: [(f64, f64); 2],
    foretold: &'static [(usize, f64)],
}

const MEASURED: [Measured; 2] = [
    Measured {
        database: "SQLite",
        known: [(1.0, 1_819.0), (64.0, 20_367.0)],
        foretold: &[(16, 13_366.0), (256, 23_744.0)],
    },
    Measured {
        database: "PostgreSQL",
        known: [(1.0, 633.0), (64.0, 15_466.0)],
        foretold: &[(16, 5_136.0), (256, 21_451.0)],
    },
];

fn main() {
    for Measured { database, known, foretold } in MEASURED {
        let model = Model::through(known);
        println!("{database}: a turn {:.0} µs, an entry {:.1} µs", model.fixed * 1e6, model.per_entry * 1e6);
        for &(callers, measured) in foretold {
            let rate = model.run(Callers::Closed(callers), 20.0).rate();
            let off = (rate / measured - 1.0) * 100.0;
            println!("  {callers} connections: foretold {rate:.0}/s, measured {measured:.0}/s, off by {off:+.0} %");
        }
        strangers(model);
        instances(model);
    }
}

fn strangers(model: Model) {
    let most = model.max_batch as f64 / (model.fixed + model.per_entry * model.max_batch as f64);
    println!("  at most {most:.0}/s, {} entries a turn; strangers who ask by chance:", model.max_batch);
    for part in [0.25, 0.5, 0.75, 0.9, 0.99, 1.1] {
        let seen = model.run(Callers::Poisson { per_second: most * part, seed: 1 }, 60.0);
        println!(
            "  {:>6.0}/s: mean {:.2} ms, longest {:.1} ms, {:.1} entries a turn, {} refused",
            most * part,
            seen.mean_wait * 1e3,
            seen.longest_wait * 1e3,
            seen.mean_batch(),
            seen.refused,
        );
    }
}

fn instances(model: Model) {
    println!("  64 connections over several instances:");
    for instances in [1, 2, 4, 8] {
        let seen = Model { instances, ..model }.run(Callers::Closed(64 / instances), 20.0);
        println!("  {instances} instances: {:.0}/s, longest {:.1} ms", seen.rate(), seen.longest_wait * 1e3);
    }
}
