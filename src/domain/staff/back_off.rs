//! How long whoever fails to sign in has to wait.

use chrono::TimeDelta;

/// When failures make somebody wait, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackOffRules {
    /// Failures in a row before the first wait.
    pub failures_before_wait: u32,
    /// The first wait; each further failure doubles it.
    pub first_wait: TimeDelta,
    /// The longest wait, however many failures there were: nobody is locked out for ever.
    pub longest_wait: TimeDelta,
}

impl BackOffRules {
    /// The wait after this many failures in a row; none yet while they are few.
    #[must_use]
    pub fn wait_after(self, failures: u32) -> Option<TimeDelta> {
        let doublings = failures.checked_sub(self.failures_before_wait)?;
        let factor = 1_i32.checked_shl(doublings).filter(|factor| *factor > 0);
        let wait = factor.and_then(|factor| self.first_wait.checked_mul(factor)).unwrap_or(self.longest_wait);
        Some(wait.min(self.longest_wait))
    }
}
