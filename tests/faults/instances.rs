//! Several instances on one PostgreSQL: one history, nobody starved, and one of them killed.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::city::{City, Recovery};
use crate::load::{Load, Seen};
use crate::service::{Service, agent};
use crate::support::TestDatabase;

/// Callers of each instance.
const CALLERS: usize = 8;

/// What the default settings let anybody wait for an entry: five seconds for locks and ten for a statement.
const PATIENCE: Duration = Duration::from_secs(15);

/// Size and root of every checkpoint that any instance shows while `is_over` is not set.
fn watch(services: &[Service], is_over: &AtomicBool) -> BTreeSet<(String, String)> {
    let agent = agent(Duration::from_secs(10));
    let mut seen = BTreeSet::new();
    while !is_over.load(Ordering::SeqCst) {
        for service in services {
            let reply = agent.get(format!("http://{}/log/checkpoint", service.address)).call();
            let Ok(mut reply) = reply else { continue };
            if reply.status() == 200 {
                let note = reply.body_mut().read_to_string().unwrap();
                let mut lines = note.lines().skip(1).map(str::to_owned);
                seen.insert((lines.next().unwrap(), lines.next().unwrap()));
            }
        }
        std::thread::park_timeout(Duration::from_millis(50));
    }
    seen
}

/// Each instance has one writer, which takes all that waits. The database lets writers in one after the other, first come
/// first served. Whoever has just been in may miss the next round while its callers come back, and no more than that one:
/// so it has at least half as many turns as each of the others, which is one in `2n - 1`.
fn demand_fairness(shares: &[usize]) {
    let (all, parts) = (shares.iter().sum::<usize>(), 2 * shares.len() - 1);
    for share in shares {
        assert!(share * parts >= all, "one of {shares:?} got less than one in {parts}");
    }
}

/// Decisions a second of so many instances.
#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn served(count: usize) -> Option<f64> {
    let city = City::found(TestDatabase::postgres()?);
    let mut services: Vec<Service> =
        (0..count).map(|_| Service::start(&city, &[("ZAGUAN__AUDIT__PUBLISH_INTERVAL_S", "1")])).collect();
    let mut loads: Vec<Load> = services.iter().map(|service| Load::start(service, &city, CALLERS)).collect();
    let answered = |loads: &[Load]| loads.iter().map(|load| load.look(|seen| seen.answered.len())).collect::<Vec<_>>();
    let is_over = AtomicBool::new(false);
    let (rate, checkpoints) = std::thread::scope(|scope| {
        let watching = scope.spawn(|| watch(&services, &is_over));
        for load in &loads {
            load.until_answered(20);
        }
        let (begun, before) = (Instant::now(), answered(&loads));
        for load in &loads {
            load.until_answered(200);
        }
        let shares: Vec<usize> = answered(&loads).iter().zip(before).map(|(now, before)| now - before).collect();
        let rate = shares.iter().sum::<usize>() as f64 / begun.elapsed().as_secs_f64();
        println!("{count} instances: {rate:.0} decisions a second, {shares:?}");
        demand_fairness(&shares);
        is_over.store(true, Ordering::SeqCst);
        (rate, watching.join().unwrap())
    });
    let mut seen = Seen::default();
    if count > 1 {
        services.pop().unwrap().kill();
        for load in loads.iter().take(count - 1) {
            load.until_answered(60);
        }
        let killed = loads.pop().unwrap().stop();
        assert!(killed.unheard > 0, "nobody was cut off");
        seen = seen.and(killed);
    }
    let others = loads.into_iter().map(Load::stop).reduce(Seen::and).unwrap();
    assert_eq!((others.refused, others.unheard), (0, 0), "the others were troubled");
    assert!(others.longest < PATIENCE, "somebody waited {:?}", others.longest);
    let stood = "SELECT size_after || ' ' || replace(encode(root, 'base64'), chr(10), '') AS value FROM audit_batch";
    let stood: BTreeSet<String> = city.database.texts(stood).into_iter().collect();
    assert!(!checkpoints.is_empty(), "no checkpoint was seen");
    for (size, root) in &checkpoints {
        assert!(stood.contains(&format!("{size} {root}")), "the log never had this root at {size}");
    }
    let writers = city.database.count("(SELECT DISTINCT instance FROM audit_batch) AS writers");
    assert!(writers >= i64::try_from(count).unwrap(), "only {writers} wrote");
    let fault = if count == 1 {
        "one instance under load".to_owned()
    } else {
        format!("{count} instances under load, then one killed")
    };
    city.account(&fault, &seen.and(others), Recovery::NotNeeded);
    Some(rate)
}

#[test]
fn two_and_three_instances_share_one_history_and_none_is_starved() {
    let Some(alone) = served(1) else { return };
    for count in [2, 3] {
        let rate = served(count).unwrap();
        println!("{count} instances do {:.2} of one", rate / alone);
    }
}
