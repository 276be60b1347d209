//! The integration tests: one binary, one room for each room of the program.

#[cfg(test)]
mod api;
#[cfg(test)]
mod config;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tlog;
