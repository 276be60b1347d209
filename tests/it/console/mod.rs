//! The console as people meet it: pages over a socket, without JavaScript.

mod catalog;
mod clients;
mod counsel;
mod decisions;
mod enrol;
mod counter;
mod forms;
mod headers;
mod locales;
mod log;
mod pages;
mod report;
pub mod records;
mod sign_in;
mod staff;
