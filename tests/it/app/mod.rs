//! Operations, as the rooms above them call them.

mod agenda;
mod authority;
mod referrals;
mod report;
