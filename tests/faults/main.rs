//! Every fault that can be produced here, against the built program and over HTTP. Each test says what was tried and
//! counts what was lost: of what was answered, nothing. `docs/faults.md` shows the counts.
//!
//! A process of its own, because it takes minutes and not seconds.

#[cfg(test)]
mod backup;
#[cfg(test)]
mod callers;
#[cfg(test)]
mod city;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod databases;
#[cfg(test)]
mod disk;
#[cfg(test)]
mod files;
#[cfg(test)]
mod instances;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod load;
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod proxy;
#[cfg(test)]
mod replica;
#[cfg(test)]
mod server;
#[cfg(test)]
mod service;
#[cfg(test)]
#[allow(dead_code, unused_imports, reason = "shared with the other integration tests")]
#[path = "../it/support/mod.rs"]
mod support;
#[cfg(test)]
mod tracer;
#[cfg(test)]
mod unread;
