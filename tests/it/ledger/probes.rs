//! Probes that make a step fail, count steps, or hold the writer at one.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use zaguan::ledger::{Probe, Step};
use zaguan::storage::StoreError;

/// Fails at one step, some times, after letting it pass some times.
pub struct FailAt {
    step: Step,
    passes: AtomicU64,
    failures: AtomicU64,
}

impl FailAt {
    pub fn new(step: Step, passes: u64, failures: u64) -> Arc<Self> {
        Arc::new(Self { step, passes: AtomicU64::new(passes), failures: AtomicU64::new(failures) })
    }

    /// From now on it fails this often.
    pub fn fail(&self, times: u64) {
        self.failures.store(times, Ordering::SeqCst);
    }

    pub fn is_spent(&self) -> bool {
        self.failures.load(Ordering::SeqCst) == 0
    }
}

fn take_one(from: &AtomicU64) -> bool {
    from.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
}

impl Probe for FailAt {
    fn reached(&self, step: Step) -> Result<(), StoreError> {
        if step == self.step && !take_one(&self.passes) && take_one(&self.failures) {
            return Err(StoreError::Corrupt("a planted failure"));
        }
        Ok(())
    }
}

/// Holds the writer before a batch while it is shut.
#[derive(Default)]
pub struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Default)]
struct GateState {
    is_shut: bool,
    is_held: bool,
    batches: u64,
}

impl Gate {
    pub fn open() -> Arc<Self> {
        Arc::default()
    }

    /// Holds the writer from its next batch on, until what is returned is dropped: also by a test that fails, whose
    /// threads would otherwise wait for ever.
    pub fn shut(&self) -> Shut<'_> {
        self.state.lock().unwrap().is_shut = true;
        Shut(self)
    }

    pub fn is_held(&self) -> bool {
        self.state.lock().unwrap().is_held
    }

    /// Batches begun so far.
    pub fn batches(&self) -> u64 {
        self.state.lock().unwrap().batches
    }
}

/// A gate that is shut.
pub struct Shut<'a>(&'a Gate);

impl Drop for Shut<'_> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap().is_shut = false;
        self.0.changed.notify_all();
    }
}

impl Probe for Gate {
    fn reached(&self, step: Step) -> Result<(), StoreError> {
        if step == Step::Connect {
            let mut state = self.state.lock().unwrap();
            state.batches += 1;
            state.is_held = state.is_shut;
            let mut state = self.changed.wait_while(state, |state| state.is_shut).unwrap();
            state.is_held = false;
        }
        Ok(())
    }
}
