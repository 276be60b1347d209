//! Keeps the house as it was built: which floor names which, who may name the database, the web and the clock.
//!
//! The checks read the source as text. Each is itself tested with planted faults, so that it can be seen to fail.

#[cfg(test)]
#[path = "architecture/house.rs"]
mod house;
#[cfg(test)]
#[path = "architecture/planted.rs"]
mod planted;
#[cfg(test)]
#[path = "architecture/rules.rs"]
mod rules;
#[cfg(test)]
#[path = "architecture/source.rs"]
mod source;
