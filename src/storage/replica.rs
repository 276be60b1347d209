//! A copy of the database that PostgreSQL keeps up by itself: for reading only, and perhaps old, away or another log's.
//! What may be read from it, and whether it is believed, is decided above.

use std::time::Duration;

use super::{AnyConnection, Location, Store, StoreError, StoreOptions};

/// Whoever waits for a replica could have asked the database itself.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// A replica. There is no way to write through it.
pub struct Replica(Store);

impl Replica {
    /// The replica at a place. Nothing is opened yet: the program begins, and goes on, without it.
    #[must_use]
    pub fn at(options: StoreOptions) -> Self {
        let busy_timeout = options.busy_timeout.min(LONGEST_WAIT);
        Self(Store::later(StoreOptions { busy_timeout, ..options }))
    }

    /// [`Store::read_at_once`].
    ///
    /// # Errors
    /// As there.
    pub fn read_at_once<T, E: From<StoreError>>(
        &self,
        query: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.0.read_at_once(query)
    }

    /// Where it is.
    #[must_use]
    pub fn location(&self) -> &Location {
        self.0.location()
    }
}
