//! Nothing about a resident leaves in logs, metrics or errors, nor stands in the database in the clear (promise P6).
//!
//! A process of its own, because it listens to everything that the program logs.

#[cfg(test)]
mod nothing_leaves;
#[cfg(test)]
#[allow(dead_code, unused_imports, reason = "shared with the other integration tests")]
#[path = "../it/support/mod.rs"]
mod support;
