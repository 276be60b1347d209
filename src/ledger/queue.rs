//! The bounded queue between the web threads and the writer.
//!
//! Each client's jobs stand in a line of their own, and the lines take turns: one that sends far more than all others fills
//! its own line, and holds nobody else up. What the city itself does stands in one more line.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::job::Job;
use crate::domain::ClientId;

/// Jobs waiting for the writer.
pub(super) struct Queue {
    state: Mutex<State>,
    filled: Condvar,
    capacity: usize,
}

#[derive(Default)]
struct State {
    lines: HashMap<Option<ClientId>, Line>,
    /// Whose turn it is next: every line that is not empty, once.
    turns: VecDeque<Option<ClientId>>,
    jobs: usize,
    /// What the waiting jobs weigh together.
    weight: usize,
    is_closed: bool,
}

#[derive(Default)]
struct Line {
    jobs: VecDeque<Box<dyn Job>>,
    weight: usize,
}

/// Why a job was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotTaken {
    /// The queue is full.
    Full,
    /// What is left of it is for others than this client.
    Crowded,
    Closed,
}

/// What the writer found.
pub(super) enum Drained {
    Jobs(Vec<Box<dyn Job>>),
    Idle,
    Closed,
}

impl Queue {
    pub(super) fn new(capacity: usize) -> Self {
        Self { state: Mutex::default(), filled: Condvar::new(), capacity }
    }

    pub(super) fn push(&self, job: Box<dyn Job>) -> Result<(), NotTaken> {
        let mut state = self.lock();
        state.admit(job.as_ref(), self.capacity)?;
        let was_empty = state.jobs == 0;
        state.take_in(job);
        drop(state);
        // The writer sleeps only on an empty queue.
        if was_empty {
            self.filled.notify_one();
        }
        Ok(())
    }

    /// Takes what is there, up to a weight of `most` and at least one job; waits up to `patience` for the first job.
    pub(super) fn drain(&self, most: usize, patience: Duration) -> Drained {
        let state = self.lock();
        let (mut state, _) = self
            .filled
            .wait_timeout_while(state, patience, |state| state.jobs == 0 && !state.is_closed)
            .unwrap_or_else(PoisonError::into_inner);
        match (state.jobs, state.is_closed) {
            (0, true) => Drained::Closed,
            (0, false) => Drained::Idle,
            _ => Drained::Jobs(state.take_out(most)),
        }
    }

    /// Takes no more jobs; those already there are still done.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.filled.notify_all();
    }

    pub(super) fn len(&self) -> usize {
        self.lock().jobs
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds this lock, so a poisoned one still holds a sound queue.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The last quarter of the queue is for whoever holds less than a quarter of it.
    fn admit(&self, job: &dyn Job, capacity: usize) -> Result<(), NotTaken> {
        if self.is_closed {
            return Err(NotTaken::Closed);
        }
        // One that is heavier than the whole queue is taken when nothing else waits, or it would never be.
        if self.jobs == 0 {
            return Ok(());
        }
        let weight = self.weight.saturating_add(job.weight());
        if weight > capacity {
            return Err(NotTaken::Full);
        }
        let quarter = capacity / 4;
        let Some(caller) = job.caller().filter(|_| weight > capacity - quarter) else { return Ok(()) };
        let own = self.lines.get(&Some(caller.clone())).map_or(0, |line| line.weight);
        if own.saturating_add(job.weight()) > quarter { Err(NotTaken::Crowded) } else { Ok(()) }
    }

    fn take_in(&mut self, job: Box<dyn Job>) {
        let (caller, weight) = (job.caller().cloned(), job.weight());
        let line = self.lines.entry(caller.clone()).or_default();
        if line.jobs.is_empty() {
            self.turns.push_back(caller);
        }
        line.weight = line.weight.saturating_add(weight);
        line.jobs.push_back(job);
        self.jobs += 1;
        self.weight = self.weight.saturating_add(weight);
    }

    /// One job of each line in turn. A line whose next job is too heavy for what is left waits at the front: it goes first
    /// the next time.
    fn take_out(&mut self, most: usize) -> Vec<Box<dyn Job>> {
        let mut taken = 0_usize;
        let mut jobs = Vec::with_capacity(self.jobs.min(most));
        let mut passed_over = Vec::new();
        while let Some(caller) = self.turns.pop_front() {
            let Some(line) = self.lines.get_mut(&caller) else { continue };
            let weight = line.jobs.front().map_or(0, |job| job.weight());
            if !jobs.is_empty() && taken.saturating_add(weight) > most {
                passed_over.push(caller);
                continue;
            }
            jobs.extend(line.jobs.pop_front());
            taken = taken.saturating_add(weight);
            line.weight = line.weight.saturating_sub(weight);
            if line.jobs.is_empty() {
                self.lines.remove(&caller);
            } else {
                self.turns.push_back(caller);
            }
        }
        self.turns.extend(passed_over);
        self.jobs -= jobs.len();
        self.weight = self.weight.saturating_sub(taken);
        jobs
    }
}
