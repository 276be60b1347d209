//! What may be shown of a count, so that nobody learns how many when there are few.
//!
//! A figure is shown in whole fives. The fives of one kind of event are numbered from the beginning of the log, and the
//! `j`-th is shown from the day on which there are `5 j` events *and a reserve more*: a number that is drawn from the figure,
//! from `j`, and from a secret of the log; half of the reserves are 0, a quarter 1, an eighth 2, and so on without an end.
//! What a period shows is the fives that were reached in it.
//!
//! Because a reserve may be as large as one likes, any history that had more of something, on the same days, could have
//! been shown in the very same figures. So no count but zero can be told from all reports of all periods together, whatever
//! is subtracted from whatever. `docs/council-report.md` has the proof, and `tests/it/domain/report/disclosure.rs` looks
//! for a counterexample.
//!
//! Must never show a count by any other way: one exact figure beside the rounded ones would give away its neighbours.

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

/// What counts are shown in.
pub const FIVE: i64 = 5;

/// What keeps the reserves from being known: drawn from the nonce of the log's first entry, which never leaves the log.
#[derive(Clone)]
pub struct ReportSecret([u8; 32]);

impl ReportSecret {
    /// The secret of the log that begins with an entry of this nonce.
    #[must_use]
    pub fn of(nonce: &[u8]) -> Self {
        Self(Sha256::new().chain_update(b"zaguan/report/v1\0").chain_update(nonce).finalize().into())
    }

    /// The reserve of a figure's five: `k` with a chance of 1 in 2^(k+1).
    #[must_use]
    pub fn reserve(&self, figure: &str, five: i64) -> i64 {
        let hash = Sha256::new().chain_update(self.0).chain_update(five.to_be_bytes()).chain_update(figure).finalize();
        let mut zeros = 0;
        for byte in hash {
            zeros += i64::from(byte.leading_zeros());
            if byte != 0 {
                break;
            }
        }
        zeros
    }
}

impl std::fmt::Debug for ReportSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReportSecret(hidden)")
    }
}

/// A figure as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// There was none.
    None,
    /// There were some, and too few were reached to show a number.
    Few,
    /// So many whole fives, times five.
    About(i64),
    /// Exactly so many. Only for what is not about residents: accounts, sign-ins.
    Exact(i64),
    /// No figure: the time within which half of the requests were decided.
    Within(super::Delay),
}

impl Shown {
    /// The number, as far as one is shown.
    #[must_use]
    pub const fn number(self) -> Option<i64> {
        match self {
            Self::None => Some(0),
            Self::About(number) | Self::Exact(number) => Some(number),
            Self::Few | Self::Within(_) => None,
        }
    }

    /// Whether there was none, for certain.
    #[must_use]
    pub const fn is_none(self) -> bool {
        matches!(self, Self::None | Self::Exact(0))
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => f.pad("0"),
            Self::Few => f.pad("few"),
            Self::About(number) | Self::Exact(number) => f.pad(&number.to_string()),
            Self::Within(delay) => f.pad(delay.as_str()),
        }
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.number() {
            Some(number) => serializer.serialize_i64(number),
            None => serializer.collect_str(self),
        }
    }
}

/// How many fives of a figure are shown when there were `count` events since the beginning of the log: the largest that,
/// with its reserve, has been reached. Never less for more events.
pub fn fives(count: i64, reserve: impl Fn(i64) -> i64) -> i64 {
    let reached = |five: &i64| five.saturating_mul(FIVE).saturating_add(reserve(*five)) <= count;
    (1..=count / FIVE).rev().find(reached).unwrap_or(0)
}

/// What a period shows, from the counts at its begin and at its end.
pub fn shown(begin: i64, end: i64, reserve: impl Fn(i64) -> i64) -> Shown {
    if end <= begin {
        return Shown::None;
    }
    match fives(end, &reserve) - fives(begin, &reserve) {
        0 => Shown::Few,
        fives => Shown::About(fives * FIVE),
    }
}
