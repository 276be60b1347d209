//! The group-commit queue as a simulation: instances that take turns with one lock, and callers who wait for them.
//!
//! A turn costs a fixed time and a little for each entry. As in the program, a writer takes what waits before it asks for
//! the lock; whoever comes meanwhile waits for its next turn. Nothing here measures: the two costs are handed in, and the
//! same seed gives the same run.

use std::collections::VecDeque;

/// What is simulated.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// Seconds of a turn, however many entries it has.
    pub fixed: f64,
    /// Seconds more for each entry.
    pub per_entry: f64,
    /// Entries in one turn at most.
    pub max_batch: usize,
    /// Requests that may wait in each instance; others are refused.
    pub capacity: usize,
    /// Processes that take turns.
    pub instances: usize,
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub enum Callers {
    /// So many at each instance, who ask anew as soon as they are answered.
    Closed(usize),
    /// Strangers: so many a second at all instances together, by chance.
    Poisson { per_second: f64, seed: u64 },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub seconds: f64,
    /// Answered requests of each instance.
    pub answered: Vec<u64>,
    pub refused: u64,
    pub turns: u64,
    /// Seconds from asking to the answer, of those who were answered.
    pub mean_wait: f64,
    pub longest_wait: f64,
    /// Requests that were in the service, over all time.
    pub mean_inside: f64,
}

impl Model {
    /// The model through two measured points: how many callers, and how many were answered a second.
    pub fn through([few, many]: [(f64, f64); 2]) -> Self {
        let turn = |(callers, rate): (f64, f64)| callers / rate;
        let per_entry = (turn(many) - turn(few)) / (many.0 - few.0);
        Self { fixed: turn(few) - per_entry * few.0, per_entry, max_batch: 1024, capacity: 8192, instances: 1 }
    }

    /// Lets callers ask for so many seconds.
    pub fn run(self, callers: Callers, seconds: f64) -> Outcome {
        let mut run = Run::new(self, callers);
        while run.step(seconds) {}
        run.outcome()
    }

    fn turn(&self, entries: usize) -> f64 {
        self.fixed + self.per_entry * entries as f64
    }
}

impl Outcome {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.answered.iter().sum::<u64>() as f64 / self.seconds
    }

    /// Entries in a turn.
    pub fn mean_batch(&self) -> f64 {
        self.answered.iter().sum::<u64>() as f64 / self.turns as f64
    }
}

/// One instance: when those who wait asked, and what its writer has taken.
#[derive(Clone, Default)]
struct Instance {
    waiting: VecDeque<f64>,
    taken: Vec<f64>,
}

struct Run {
    model: Model,
    callers: Callers,
    dice: u64,
    now: f64,
    instances: Vec<Instance>,
    /// Writers at the lock, first come first served; the first holds it.
    at_lock: VecDeque<usize>,
    /// When the turn at hand ends.
    turn_ends: f64,
    next_arrival: f64,
    inside: u64,
    /// Requests inside, summed over time.
    presence: f64,
    waited: f64,
    outcome: Outcome,
}

impl Run {
    fn new(model: Model, callers: Callers) -> Self {
        let outcome = Outcome {
            seconds: 0.0,
            answered: vec![0; model.instances],
            refused: 0,
            turns: 0,
            mean_wait: 0.0,
            longest_wait: 0.0,
            mean_inside: 0.0,
        };
        let mut run = Self {
            model,
            callers,
            dice: 0,
            now: 0.0,
            instances: vec![Instance::default(); model.instances],
            at_lock: VecDeque::new(),
            turn_ends: f64::INFINITY,
            next_arrival: f64::INFINITY,
            inside: 0,
            presence: 0.0,
            waited: 0.0,
            outcome,
        };
        match callers {
            Callers::Closed(each) => (0..model.instances).for_each(|to| run.ask(to, each)),
            Callers::Poisson { per_second, seed } => {
                run.dice = seed;
                run.next_arrival = run.pause(per_second);
            }
        }
        run
    }

    /// The next thing that happens; false when time is up.
    fn step(&mut self, seconds: f64) -> bool {
        let next = self.turn_ends.min(self.next_arrival);
        let until = next.min(seconds);
        self.presence += self.inside as f64 * (until - self.now);
        self.now = until;
        if next > seconds {
            return false;
        }
        if self.turn_ends <= self.next_arrival {
            self.end_turn();
        } else {
            self.arrive();
        }
        true
    }

    fn arrive(&mut self) {
        let Callers::Poisson { per_second, .. } = self.callers else { return };
        let to = (self.roll() * self.model.instances as f64) as usize;
        self.ask(to.min(self.model.instances - 1), 1);
        self.next_arrival = self.now + self.pause(per_second);
    }

    fn end_turn(&mut self) {
        self.turn_ends = f64::INFINITY;
        let Some(of) = self.at_lock.pop_front() else { return };
        let answered = std::mem::take(&mut self.instances[of].taken);
        for asked in &answered {
            self.waited += self.now - asked;
            self.outcome.longest_wait = self.outcome.longest_wait.max(self.now - asked);
        }
        self.inside -= answered.len() as u64;
        self.outcome.answered[of] += answered.len() as u64;
        self.outcome.turns += 1;
        let again = if matches!(self.callers, Callers::Closed(_)) { answered.len() } else { 0 };
        self.ask(of, again);
        self.begin_turn();
    }

    fn ask(&mut self, to: usize, count: usize) {
        for _ in 0..count {
            if self.instances[to].waiting.len() < self.model.capacity {
                self.instances[to].waiting.push_back(self.now);
                self.inside += 1;
            } else {
                self.outcome.refused += 1;
            }
        }
        self.take(to);
    }

    /// The writer takes what waits, unless it has something in hand, and goes to the lock.
    fn take(&mut self, of: usize) {
        let instance = &mut self.instances[of];
        if !instance.taken.is_empty() || instance.waiting.is_empty() {
            return;
        }
        let count = instance.waiting.len().min(self.model.max_batch);
        instance.taken = instance.waiting.drain(..count).collect();
        self.at_lock.push_back(of);
        self.begin_turn();
    }

    fn begin_turn(&mut self) {
        let Some(first) = self.at_lock.front() else { return };
        if self.turn_ends.is_infinite() {
            self.turn_ends = self.now + self.model.turn(self.instances[*first].taken.len());
        }
    }

    /// How long until somebody asks, by chance.
    fn pause(&mut self, per_second: f64) -> f64 {
        -(1.0 - self.roll()).ln() / per_second
    }

    /// A number from 0 up to 1 (splitmix64).
    fn roll(&mut self) -> f64 {
        self.dice = self.dice.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.dice ^ (self.dice >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn outcome(self) -> Outcome {
        let answered = self.outcome.answered.iter().sum::<u64>() as f64;
        let (mean_wait, mean_inside) = (self.waited / answered, self.presence / self.now);
        Outcome { seconds: self.now, mean_wait, mean_inside, ..self.outcome }
    }
}
