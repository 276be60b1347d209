//! Zaguán: the one way in and out for resident data held by a city.
//!
//! A city application asks before any resident data leaves. Zaguán classifies every requested field, denies what the
//! policy protects unless a legal basis has been recorded and verified, and writes the decision to a tamper-evident
//! log before it answers.
//!
//! The rooms, floor by floor; a floor names only floors below it:
//! - floor 0: [`domain`] (the rules), [`tlog`] (trees and proofs): pure
//! - floor 1: [`storage`], [`keys`], [`config`], [`clock`], [`outbound`]: what the rules stand on
//! - floor 2: [`ledger`]: the single writer
//! - floor 3: [`app`]: operations
//! - floor 4: [`http`], [`i18n`], [`telemetry`]: what web rooms share
//! - floor 5: [`api`]: JSON for city applications; [`console`]: pages for staff
//! - floor 6: [`cli`]: the program

pub mod api;
pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod console;
pub mod domain;
pub mod http;
pub mod i18n;
pub mod keys;
pub mod ledger;
pub mod outbound;
pub mod storage;
pub mod telemetry;
pub mod tlog;
