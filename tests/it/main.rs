//! The integration tests: one binary, one room for each room of the program.

#[cfg(test)]
mod api;
#[cfg(test)]
mod app;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod benches;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod config;
#[cfg(test)]
mod console;
#[cfg(test)]
mod domain;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod outside;
#[cfg(test)]
mod reseal;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod storage;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tlog;
