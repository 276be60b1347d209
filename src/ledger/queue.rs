//! The bounded queue between the web threads and the writer.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::job::Job;

/// Jobs waiting for the writer.
pub(super) struct Queue {
    state: Mutex<State>,
    filled: Condvar,
    capacity: usize,
}

struct State {
    jobs: VecDeque<Box<dyn Job>>,
    /// What the waiting jobs weigh together.
    weight: usize,
    is_closed: bool,
}

/// Why a job was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Full {
    Full,
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
        let state = State { jobs: VecDeque::with_capacity(capacity.min(1024)), weight: 0, is_closed: false };
        Self { state: Mutex::new(state), filled: Condvar::new(), capacity }
    }

    pub(super) fn push(&self, job: Box<dyn Job>) -> Result<(), (Full, Box<dyn Job>)> {
        let mut state = self.lock();
        if state.is_closed {
            return Err((Full::Closed, job));
        }
        let was_empty = state.jobs.is_empty();
        let weight = state.weight.saturating_add(job.weight());
        // One that is heavier than the whole queue is taken when nothing else waits, or it would never be.
        if weight > self.capacity && !was_empty {
            return Err((Full::Full, job));
        }
        state.weight = weight;
        state.jobs.push_back(job);
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
            .wait_timeout_while(state, patience, |state| state.jobs.is_empty() && !state.is_closed)
            .unwrap_or_else(PoisonError::into_inner);
        if state.jobs.is_empty() {
            return if state.is_closed { Drained::Closed } else { Drained::Idle };
        }
        let mut taken = 0;
        let mut jobs = Vec::new();
        while let Some(weight) = state.jobs.front().map(|job| job.weight())
            && (jobs.is_empty() || weight.saturating_add(taken) <= most)
        {
            taken += weight;
            jobs.extend(state.jobs.pop_front());
        }
        state.weight = state.weight.saturating_sub(taken);
        Drained::Jobs(jobs)
    }

    /// Takes no more jobs; those already there are still done.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.filled.notify_all();
    }

    pub(super) fn len(&self) -> usize {
        self.lock().jobs.len()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds this lock, so a poisoned one still holds a sound queue.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
