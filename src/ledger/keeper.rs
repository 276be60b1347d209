//! Work that follows every commit, but off the answer's path: on a thread of its own, with the newest state, and at most once
//! in an interval.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Does its work with the newest `T` it was handed.
pub(super) struct Keeper<T> {
    shared: Arc<Shared<T>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

struct Shared<T> {
    interval: Duration,
    state: Mutex<State<T>>,
    moved: Condvar,
}

struct State<T> {
    newest: Option<T>,
    is_closed: bool,
}

impl<T: Send + 'static> Keeper<T> {
    pub(super) fn start(name: &str, interval: Duration, work: impl Fn(T) + Send + 'static) -> io::Result<Self> {
        let state = Mutex::new(State { newest: None, is_closed: false });
        let shared = Arc::new(Shared { interval, state, moved: Condvar::new() });
        let kept = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || kept.keep(work))?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    /// Hands over what is newer. Never waits for the work.
    pub(super) fn hand(&self, newest: T) {
        self.shared.lock().newest = Some(newest);
        self.shared.moved.notify_one();
    }
}

impl<T> Keeper<T> {
    /// Does the last work and ends.
    pub(super) fn close(&self) {
        self.shared.lock().is_closed = true;
        self.shared.moved.notify_one();
        if let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = thread.join();
        }
    }
}

impl<T> Drop for Keeper<T> {
    fn drop(&mut self) {
        self.close();
    }
}

impl<T> Shared<T> {
    fn keep(&self, work: impl Fn(T)) {
        loop {
            let state = self.lock();
            let mut state = self
                .moved
                .wait_while(state, |state| state.newest.is_none() && !state.is_closed)
                .unwrap_or_else(PoisonError::into_inner);
            let (newest, is_closed) = (state.newest.take(), state.is_closed);
            drop(state);
            newest.into_iter().for_each(&work);
            if is_closed {
                return;
            }
            self.rest();
        }
    }

    /// Waits out the interval, or until the end.
    fn rest(&self) {
        let _ = self.moved.wait_timeout_while(self.lock(), self.interval, |state| !state.is_closed);
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
