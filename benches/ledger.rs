//! The ledger in-process: durable five-field decisions a second from 1, 16 and 64 callers, against raw batched inserts of
//! the same rows. `cargo bench --bench ledger`
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

#[path = "support/place.rs"]
mod place;
#[path = "support/stand.rs"]
mod stand;

use std::sync::Arc;
use std::time::{Duration, Instant};

use stand::{Stand, append_raw};
use zaguan::app::App;
use zaguan::app::decisions::{Answer, Details, Request, Requester};
use zaguan::app::tokens::Caller;
use zaguan::domain::field::FieldName;
use zaguan::domain::report::Tally;
use zaguan::domain::{Agency, Purpose, RequesterKind, ResidentId};
use zaguan::storage::tallies;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let seconds = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(3);
    let length = Duration::from_secs(seconds);
    for stand in Stand::all() {
        println!("\n## {}\n\n| callers | decisions /s | of raw inserts |\n|---:|---:|---:|", stand.kind);
        let measured: Vec<_> = [1, 16, 64].map(|callers| (callers, decide_for(&stand, callers, length))).into();
        let raw = append_raw(&stand.raw_store(), 64, length);
        let with = measured.last().map_or(0.0, |(_, per_second)| *per_second);
        for (callers, per_second) in measured {
            println!("| {callers} | {per_second:.0} | {:.2} |", per_second / raw);
        }
        // From here on the tallies lack what came before, and nothing is added to them.
        leave_tallies_behind(&stand);
        let without = decide_for(&stand, 64, length);
        println!("\nwith tallies: {:.2} of {without:.0}/s without", with / without);
        println!("\nraw batched inserts, 64 a commit: {raw:.0}/s");
    }
}

fn leave_tallies_behind(stand: &Stand) {
    let mut writer = stand.app.store().open_writer().unwrap();
    let mut tx = writer.begin().unwrap();
    let size = tallies::find_size(tx.conn()).unwrap();
    assert!(tallies::add(&mut tx, size, i64::MAX, &Tally::default()).unwrap());
    tx.commit().unwrap();
}

fn decide_for(stand: &Stand, callers: usize, length: Duration) -> f64 {
    let app = &stand.app;
    let caller = Caller { client: stand.client.clone(), issued_at: app.now() };
    let end = Instant::now() + length;
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let tasks = tokio::task::LocalSet::new();
    let handles: Vec<_> =
        (0..callers).map(|_| tasks.spawn_local(keep_asking(Arc::clone(app), caller.clone(), end))).collect();
    let total: u64 = runtime.block_on(tasks.run_until(async {
        let mut total = 0;
        for handle in handles {
            total += handle.await.unwrap();
        }
        total
    }));
    total as f64 / length.as_secs_f64()
}

async fn keep_asking(app: Arc<App>, caller: Caller, end: Instant) -> u64 {
    let mut done = 0;
    while Instant::now() < end {
        let answer = app.decide(caller.clone(), request(), None).await.unwrap();
        assert!(matches!(answer, Answer::Recorded(_)), "{answer:?}");
        done += 1;
    }
    done
}

fn request() -> Request {
    let fields = ["account_no", "service_address", "employer_name", "customer_name", "account_status"];
    Request {
        store: "utility-billing".parse().unwrap(),
        resident: ResidentId::new("ACCT-0048213").unwrap(),
        fields: fields.iter().map(|name| FieldName::new(*name).unwrap()).collect(),
        requester: Requester {
            kind: RequesterKind::FederalImmigration,
            agency: Some(Agency::new("ICE ERO El Paso").unwrap()),
        },
        purpose: Purpose::ImmigrationEnforcement,
        legal_bases: Vec::new(),
        details: Details { reference: Some("2031-104".to_owned()), ..Details::default() },
    }
}
