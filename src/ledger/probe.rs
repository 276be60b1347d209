//! Named steps of a batch, so that a test can make each of them fail.

use crate::storage::StoreError;

/// A step the writer has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Before the connection is used.
    Connect,
    /// The transaction is open.
    Begun,
    /// Head and facts are read.
    FactsLoaded,
    /// Everything is judged, nothing is written.
    Judged,
    /// The commit's rows of the log are inserted.
    Appended,
    /// So is what stands beside the log.
    Written,
    /// COMMIT has returned; a failure here is an answer that was lost on the way.
    Committed,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 7] =
        [Self::Connect, Self::Begun, Self::FactsLoaded, Self::Judged, Self::Appended, Self::Written, Self::Committed];
}

/// Watches the writer, and may make a step fail.
pub trait Probe: Send + Sync {
    /// Called as each step is reached.
    ///
    /// # Errors
    /// Whatever the writer shall meet at this step.
    fn reached(&self, step: Step) -> Result<(), StoreError>;
}

/// Watches nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProbe;

impl Probe for NoProbe {
    fn reached(&self, _: Step) -> Result<(), StoreError> {
        Ok(())
    }
}
