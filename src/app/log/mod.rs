//! The log itself, for those who watch over it: how it is, whether it verifies, what an entry says and whether it is there.

mod entries;
mod health;
mod inclusion;
mod verification;

pub use entries::{EntryFilter, EntryPage, EntrySearch, ReadEntry};
pub use health::{LogHealth, Published};
pub use inclusion::{Inclusion, NotIncluded};
pub use verification::{LogCheck, LogVerification, Progress};
