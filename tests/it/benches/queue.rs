//! The simulated group-commit queue against results that are known without it.
#![expect(clippy::cast_precision_loss, reason = "queues are reckoned with in fractions")]

#[path = "../../../benches/support/queue.rs"]
#[allow(
    missing_docs,
    dead_code,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "shared with a benchmark, which reckons in fractions"
)]
mod simulated;

use simulated::{Callers, Model, Outcome};

const MODEL: Model = Model { fixed: 0.001, per_entry: 0.000_05, max_batch: 100, capacity: 10_000, instances: 1 };

#[track_caller]
fn assert_near(found: f64, expected: f64, tolerance: f64) {
    assert!((found / expected - 1.0).abs() <= tolerance, "found {found}, expected {expected}");
}

fn strangers(model: Model, per_second: f64) -> Outcome {
    model.run(Callers::Poisson { per_second, seed: 7 }, 500.0)
}

#[test]
fn one_caller_waits_for_one_turn_with_one_entry() {
    let seen = MODEL.run(Callers::Closed(1), 10.0);
    assert_near(seen.rate(), 1.0 / 0.001_05, 0.001);
    assert_near(seen.longest_wait, 0.001_05, 1e-6);
}

#[test]
fn callers_who_fill_every_turn_are_served_as_fast_as_turns_go() {
    let seen = MODEL.run(Callers::Closed(250), 20.0);
    assert_near(seen.rate(), 100.0 / (0.001 + 100.0 * 0.000_05), 0.001);
    assert_near(seen.mean_batch(), 100.0, 0.01);
}

#[test]
fn littles_law_holds_for_callers_and_for_strangers() {
    let three = Model { instances: 3, ..MODEL };
    for seen in [MODEL.run(Callers::Closed(40), 50.0), strangers(MODEL, 9_000.0), strangers(three, 5_000.0)] {
        assert_near(seen.rate() * seen.mean_wait, seen.mean_inside, 0.001);
    }
}

/// Turns of one entry are the queue M/D/1, whose mean wait Pollaczek and Khinchine knew.
#[test]
fn turns_of_one_entry_wait_as_the_formula_of_pollaczek_and_khinchine_says() {
    let (service, model) = (0.001_05, Model { max_batch: 1, ..MODEL });
    for load in [0.3, 0.6, 0.8] {
        let wait = service + load * service / (2.0 * (1.0 - load));
        assert_near(strangers(model, load / service).mean_wait, wait, 0.03);
    }
}

#[test]
fn beyond_what_turns_can_carry_the_queue_fills_and_the_rest_is_refused() {
    let most = 100.0 / 0.006;
    let seen = strangers(Model { capacity: 500, ..MODEL }, 1.5 * most);
    assert_near(seen.rate(), most, 0.005);
    assert_near(seen.refused as f64 / seen.seconds, 0.5 * most, 0.02);
    // Those who were let in: a full queue before them, the turn at hand and their own.
    assert!(seen.longest_wait <= 7.0 * 0.006 + 1e-9, "{seen:?}");
}

#[test]
fn instances_with_equally_many_callers_take_turns_and_pay_for_each() {
    let seen = Model { instances: 4, ..MODEL }.run(Callers::Closed(10), 20.0);
    assert_near(seen.rate(), 10.0 / (0.001 + 10.0 * 0.000_05), 0.001);
    let (least, most) = (seen.answered.iter().min().unwrap(), seen.answered.iter().max().unwrap());
    assert!(most - least <= 10, "{seen:?}");
}

#[test]
fn the_costs_are_found_again_from_two_points() {
    let rate = |callers: usize| (callers as f64, MODEL.run(Callers::Closed(callers), 100.0).rate());
    let found = Model::through([rate(1), rate(64)]);
    assert_near(found.fixed, MODEL.fixed, 0.01);
    assert_near(found.per_entry, MODEL.per_entry, 0.01);
}

#[test]
fn the_same_seed_gives_the_same_run() {
    assert_eq!(strangers(MODEL, 3_000.0), strangers(MODEL, 3_000.0));
}
