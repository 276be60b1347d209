//! Databases at places of a test's own choosing.

use tempfile::TempDir;
use zaguan::storage::Location;

use crate::support::TestDatabase;

impl TestDatabase {
    /// A database at a place of the test's own choosing; it goes with whatever holds it.
    pub fn at(location: Location, dir: TempDir) -> Self {
        Self { location, dir, dropped: None }
    }

    /// Another new one of the same kind.
    pub fn like(other: &Self) -> Self {
        if other.is_postgres() { Self::postgres().expect("the server is still there") } else { Self::sqlite() }
    }
}
