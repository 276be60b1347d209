//! Zaguán: the one way in and out for resident data held by a city.
//!
//! A city application asks before any resident data leaves. Zaguán classifies every requested field, denies what the
//! policy protects unless a legal basis has been recorded and verified, and writes the decision to a tamper-evident
//! log before it answers.
//!
//! The rooms, floor by floor; a floor names only floors below it:
//! 0. [`domain`] (the rules), [`tlog`] (trees and proofs): pure.
//! 1. [`storage`], [`keys`], [`config`], [`clock`]: what the rules stand on.
//! 2. [`ledger`]: the single writer.
//! 3. [`app`]: operations.
//! 4. [`http`]: what web rooms share.
//! 5. [`api`]: JSON for city applications.
//! 6. [`cli`]: the program.

pub mod api;
pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod http;
pub mod keys;
pub mod ledger;
pub mod storage;
pub mod telemetry;
pub mod tlog;
