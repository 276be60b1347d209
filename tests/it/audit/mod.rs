//! Checking the log: whatever is altered, dropped, added or exchanged is found, and the row is named.

mod resuming;
mod tampering;
