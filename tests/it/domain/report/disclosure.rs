//! Somebody collects every table of every period, knows how figures are made, and tries to tell small counts. Harm comes
//! first here: these tests look for the counterexample to the proof in `docs/council-report.md`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use proptest::prelude::*;
use zaguan::domain::report::{
    Counted, Counts, Day, FIVE, Period, Range, Report, ReportSecret, Section, Shown, fives, shown,
};

/// Events of four kinds (who asked × what became of it) on each of two days.
type World = [[i64; 4]; 2];

/// What is published: who asked, what became of it, all of them; each over the first day, the second, and both.
const FIGURES: [&[usize]; 5] = [&[0, 1], &[2, 3], &[0, 2], &[1, 3], &[0, 1, 2, 3]];
const PERIODS: [(usize, usize); 3] = [(0, 1), (1, 2), (0, 2)];

/// How many events of these kinds there were before each midnight.
fn totals(world: &World, kinds: &[usize]) -> [i64; 3] {
    let day = |day: usize| kinds.iter().map(|kind| world[day][*kind]).sum::<i64>();
    [0, day(0), day(0) + day(1)]
}

/// Everything that is ever published about a world, by the way of showing that is tried.
fn published(world: &World, show: &dyn Fn(usize, i64, i64) -> Shown) -> Vec<Shown> {
    let figures = FIGURES.iter().enumerate();
    let figures = figures.flat_map(|(figure, kinds)| {
        let totals = totals(world, kinds);
        PERIODS.map(|(from, to)| show(figure, totals[from], totals[to]))
    });
    figures.collect()
}

/// Every world with at most three events of a kind a day.
fn worlds() -> Vec<World> {
    let of = |number: usize| [0, 1, 2, 3].map(|place| i64::from(u8::try_from(number >> (2 * place) & 3).unwrap()));
    (0..1 << 16).map(|number: usize| [of(number & 0xff), of(number >> 8)]).collect()
}

/// Counts that the attacker wants: each kind, and each published sum, over each period.
fn wanted(world: &World) -> Vec<i64> {
    let kinds: [&[usize]; 4] = [&[0], &[1], &[2], &[3]];
    let sums = kinds.iter().chain(&FIGURES).flat_map(|kinds| {
        let totals = totals(world, kinds);
        PERIODS.map(|(from, to)| totals[to] - totals[from])
    });
    sums.collect()
}

/// The small counts of the true world that are the same in every world that could have been published like this.
fn told(truth: &World, all: &[World], could_be: impl Fn(&World) -> bool) -> Vec<(usize, i64)> {
    let mut possible: Vec<BTreeSet<i64>> = vec![BTreeSet::new(); wanted(truth).len()];
    for world in all.iter().filter(|world| could_be(world)) {
        possible.iter_mut().zip(wanted(world)).for_each(|(values, value)| values.extend([value]));
    }
    let is_told = |(place, value): &(usize, i64)| (1..5).contains(value) && possible[*place].len() < 2;
    wanted(truth).into_iter().enumerate().filter(is_told).collect()
}

/// A few worlds with many small counts in them.
fn truths() -> Vec<World> {
    let dice = |number: u64| i64::try_from(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 62).unwrap();
    let world = |seed: u64| [[0, 1, 2, 3], [4, 5, 6, 7]].map(|day| day.map(|place| dice(seed * 8 + place + 1)));
    (0..12).map(world).collect()
}

/// What is often done: a count under five is left out, every other is shown as it is.
fn left_out(_: usize, begin: i64, end: i64) -> Shown {
    match end - begin {
        0 => Shown::None,
        1..5 => Shown::Few,
        count => Shown::Exact(count),
    }
}

#[test]
fn leaving_out_small_counts_alone_tells_some_of_them() {
    let all = worlds();
    let is_broken = |truth: &World| {
        let seen = published(truth, &left_out);
        !told(truth, &all, |world| published(world, &left_out) == seen).is_empty()
    };
    assert!(truths().iter().any(is_broken), "this attacker is too weak to prove anything");
}

/// Whether some reserves make this world look like what was seen: zeros are zeros, and wherever another five was reached,
/// there were that many events by then, and one more than the day before.
fn could_be(world: &World, seen: &[[i64; 3]], zeros: &[bool]) -> bool {
    let figures = FIGURES.iter().zip(seen);
    let mut reachable = figures.map(|(kinds, fives)| {
        let totals = totals(world, kinds);
        (1..3).all(|day| {
            let is_new = fives[day] > fives[day - 1];
            fives[day] * FIVE <= totals[day] && (!is_new || totals[day] > totals[day - 1])
        })
    });
    let flags = published(world, &left_out).into_iter().map(|shown| shown == Shown::None);
    reachable.all(|could| could) && flags.eq(zeros.iter().copied())
}

#[test]
fn no_small_count_is_told_by_all_tables_of_all_periods() {
    let all = worlds();
    for (seed, truth) in truths().iter().enumerate() {
        let secret = ReportSecret::of(&[u8::try_from(seed).unwrap(); 32]);
        let seen: Vec<[i64; 3]> = FIGURES
            .iter()
            .enumerate()
            .map(|(figure, kinds)| {
                totals(truth, kinds).map(|total| fives(total, |five| secret.reserve(&figure.to_string(), five)))
            })
            .collect();
        let show = |figure: usize, begin, end| shown(begin, end, |five| secret.reserve(&figure.to_string(), five));
        let zeros: Vec<bool> = published(truth, &show).into_iter().map(|shown| shown == Shown::None).collect();
        assert!(could_be(truth, &seen, &zeros), "the attacker's own sums are wrong: {truth:?}");
        let told = told(truth, &all, |world| could_be(world, &seen, &zeros));
        assert!(told.is_empty(), "{truth:?} tells {told:?}");
    }
}

/// Reserves under which `more` looks like `less` did under `secret`: each five is reached on the same day.
fn disguise(less: &[i64], more: &[i64], secret: &ReportSecret, figure: &str) -> BTreeMap<i64, i64> {
    let most = more.last().unwrap() / FIVE;
    let reserve = |five: i64| {
        let reached = less.iter().position(|count| five * FIVE + secret.reserve(figure, five) <= *count);
        let threshold = reached.map_or(more.last().unwrap() + 1, |day| more[day]);
        (five, threshold - five * FIVE)
    };
    (1..=most).map(reserve).collect()
}

proptest! {
    /// The proof, played through: add any events to days that had some, and there are reserves, none of them negative, under
    /// which every figure of every period is what it was.
    #[test]
    fn any_history_with_more_of_the_same_could_look_the_same(
        days in prop::collection::vec([0_i64..6, 0..3, 0..40], 1..12),
        added in prop::collection::vec([0_i64..50, 0..50, 0..50], 12),
        seed in any::<[u8; 32]>(),
    ) {
        let secret = ReportSecret::of(&seed);
        for figure in [&[0_usize][..], &[1], &[2], &[0, 1], &[1, 2], &[0, 1, 2]] {
            let name = format!("{figure:?}");
            let (mut less, mut more) = (vec![0], vec![0]);
            for (day, extra) in days.iter().zip(&added) {
                let count: i64 = figure.iter().map(|kind| day[*kind]).sum();
                let grown: i64 = figure.iter().filter(|kind| day[**kind] > 0).map(|kind| day[*kind] + extra[*kind]).sum();
                less.push(less.last().unwrap() + count);
                more.push(more.last().unwrap() + grown);
            }
            let disguised = disguise(&less, &more, &secret, &name);
            prop_assert!(disguised.values().all(|reserve| *reserve >= 0), "{disguised:?}");
            for from in 0..less.len() {
                for to in from + 1..less.len() {
                    let true_figure = shown(less[from], less[to], |five| secret.reserve(&name, five));
                    let same = shown(more[from], more[to], |five| disguised[&five]);
                    prop_assert_eq!(true_figure, same, "from {} to {}", from, to);
                }
            }
        }
    }

    /// A figure of two periods one after the other is the sum of theirs: asking often gives nothing to average.
    #[test]
    fn figures_of_periods_add_up_whatever_the_periods(
        events in prop::collection::vec((0_i64..90, 0_usize..3), 0..120),
        cut in 1_i64..89,
        seed in any::<[u8; 32]>(),
    ) {
        let secret = ReportSecret::of(&seed);
        let kinds = ["federal_immigration", "court", "city_department"];
        let of = |from: i64, to: i64| {
            let begin = NaiveDate::from_ymd_opt(2031, 1, 1).unwrap();
            let day = |days: i64| begin + chrono::TimeDelta::days(days);
            let period = Period::new(day(from), day(to - 1)).unwrap();
            let mut counts = Counts::new(period.marks(Day::from(day(90))));
            for (at, kind) in &events {
                counts.add(Counted::Request, &format!("{} audit denied", kinds[*kind]), Day::from(day(*at)), 1);
            }
            let log = Range { entries: 1, root: String::new(), last_at: String::new(), through: day(89) };
            let report = Report::new(period, &counts, log, &secret);
            kinds.map(|kind| report.figure(Section::Requesters, &[kind]))
        };
        let number = |shown: Shown| shown.number().unwrap_or_default();
        for ((first, second), both) in of(0, cut).into_iter().zip(of(cut, 90)).zip(of(0, 90)) {
            prop_assert_eq!(number(first) + number(second), number(both));
            prop_assert_eq!(first.is_none() && second.is_none(), both.is_none());
        }
    }

    /// More events never show less, nothing shows as nothing and only nothing does, and what is shown is whole fives.
    #[test]
    fn what_is_shown_is_whole_fives_and_never_falls(begin in 0_i64..2_000, more in 0_i64..2_000, seed in any::<[u8; 32]>()) {
        let secret = ReportSecret::of(&seed);
        let reserve = |five| secret.reserve("figure", five);
        let figure = shown(begin, begin + more, reserve);
        prop_assert_eq!(figure == Shown::None, more == 0);
        if let Shown::About(number) = figure {
            prop_assert!(number > 0 && number % FIVE == 0);
        }
        prop_assert!(fives(begin + more, reserve) >= fives(begin, reserve));
        prop_assert!(fives(begin, reserve) * FIVE <= begin);
        // Half of the reserves are 0: it is all but impossible that twelve in a row are larger than the count lacks.
        prop_assert!(fives(begin, reserve) * FIVE >= begin - 5 * 12, "a figure that lags far behind");
    }
}

#[test]
fn reserves_are_halved_with_each_step_and_differ_from_secret_to_secret() {
    let count =
        |secret: &ReportSecret, wanted: i64| (0..4_000).filter(|five| secret.reserve("x", *five) == wanted).count();
    let secret = ReportSecret::of(&[7; 32]);
    for (wanted, expected) in [(0, 2_000_usize), (1, 1_000), (2, 500), (3, 250)] {
        let found = count(&secret, wanted);
        assert!(found.abs_diff(expected) < 150, "{wanted}: {found} of 4000");
    }
    let draws =
        |secret: &ReportSecret, figure: &str| (0..64).map(|five| secret.reserve(figure, five)).collect::<Vec<_>>();
    assert_ne!(draws(&secret, "x"), draws(&ReportSecret::of(&[8; 32]), "x"));
    assert_ne!(draws(&secret, "x"), draws(&secret, "y"));
    assert_eq!(format!("{secret:?}"), "ReportSecret(hidden)");
}
