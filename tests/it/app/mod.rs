//! Operations, as the rooms above them call them.

mod agenda;
mod authority;
mod find;
mod log;
mod referrals;
mod replica;
mod report;
mod witnesses;
