//! Searching a long log: how long a page of rare decisions takes with and without segments, and what making the segments
//! costs beside appending. `cargo bench --bench search -- 1000000` on SQLite.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark prints, rounds, and may stop"
)]

#[path = "support/place.rs"]
mod place;
#[path = "support/stand.rs"]
mod stand;

use std::sync::Arc;
use std::time::{Duration, Instant};

use stand::Stand;
use zaguan::app::App;
use zaguan::app::authority::Authority;
use zaguan::app::decisions::{Details, Request, Requester, Search};
use zaguan::app::tokens::Caller;
use zaguan::domain::decision::DecisionFilter;
use zaguan::domain::field::FieldName;
use zaguan::domain::{Agency, Purpose, RequesterKind, ResidentId};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Decisions in one commit.
const AT_ONCE: usize = 1_000;

fn main() {
    let entries = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(100_000);
    let stand = Stand::all().remove(0);
    let app = &stand.app;
    let (rare, begun) = (request(0, RequesterKind::Court), Instant::now());
    append(app, vec![(0, rare)]);
    for batch in 0..entries / AT_ONCE {
        let requests =
            (0..AT_ONCE).map(|item| (item, request(batch * AT_ONCE + item + 1, RequesterKind::FederalOther)));
        append(app, requests.collect());
    }
    let appending = begun.elapsed();
    println!("{entries} decisions in {appending:.1?}");
    let before: Vec<_> = questions().map(|(name, search)| (name, ask(app, &search))).collect();
    let begun = Instant::now();
    let segments = app.make_segments().unwrap();
    let making = begun.elapsed();
    println!("{segments} segments in {making:.1?}: {:.3} of appending", making.as_secs_f64() / appending.as_secs_f64());
    println!("\n| question | walking | by segments | ratio |\n|---|---:|---:|---:|");
    for ((name, walked), (_, search)) in before.into_iter().zip(questions()) {
        let found = ask(app, &search);
        assert_eq!(found.1, walked.1, "{name}");
        let ratio = found.0.as_secs_f64() / walked.0.as_secs_f64();
        println!("| {name} | {:.1?} | {:.1?} | {ratio:.4} |", walked.0, found.0);
    }
}

/// The fastest of three, and what was found.
fn ask(app: &App, search: &Search) -> (Duration, usize) {
    let times = (0..3).map(|_| {
        let begun = Instant::now();
        let page = app.search_decisions(&Authority::operator(), search).unwrap();
        (begun.elapsed(), page.decisions.len())
    });
    times.min().unwrap()
}

fn questions() -> impl Iterator<Item = (&'static str, Search)> {
    let search = |filter, resident: Option<&str>| Search {
        filter,
        resident: resident.map(|id| ("utility-billing".parse().unwrap(), ResidentId::new(id).unwrap())),
        before: None,
        limit: 25,
        reach: 100_000_000,
    };
    let none = DecisionFilter::default;
    [
        ("the newest", search(none(), None)),
        (
            "one kind of requester, once at the very beginning",
            search(DecisionFilter { requester_kind: Some(RequesterKind::Court), ..none() }, None),
        ),
        (
            "a reason that nobody was given",
            search(DecisionFilter { reason: Some("basis_expired".parse().unwrap()), ..none() }, None),
        ),
        ("one resident, once at the very beginning", search(none(), Some("ACCT-0000000"))),
        ("a resident of whom nobody asked", search(none(), Some("ACCT-9999999"))),
    ]
    .into_iter()
}

fn append(app: &Arc<App>, requests: Vec<(usize, Request)>) {
    let caller = Caller { client: "bench".parse().unwrap(), issued_at: app.now() };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(app.decide_all(caller, requests, None)).unwrap().unwrap();
}

fn request(number: usize, kind: RequesterKind) -> Request {
    let fields = ["account_no", "service_address", "employer_name", "customer_name", "account_status"];
    Request {
        store: "utility-billing".parse().unwrap(),
        resident: ResidentId::new(format!("ACCT-{number:07}")).unwrap(),
        fields: fields.iter().map(|name| FieldName::new(*name).unwrap()).collect(),
        requester: Requester { kind, agency: Some(Agency::new(&format!("Example Agency {}", number % 200)).unwrap()) },
        purpose: Purpose::CriminalInvestigation,
        legal_bases: Vec::new(),
        details: Details::default(),
    }
}
