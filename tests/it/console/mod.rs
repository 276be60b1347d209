//! The console as people meet it: pages over a socket, without JavaScript.

mod catalog;
mod clients;
mod counsel;
mod counter;
mod decisions;
mod enrol;
mod forms;
mod headers;
mod locales;
mod log;
mod once;
mod pages;
mod public_log;
pub mod records;
mod report;
mod sign_in;
mod staff;
