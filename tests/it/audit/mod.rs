//! Checking the log: whatever is altered, dropped, added or exchanged is found, and the row is named.

mod deeds;
mod resuming;
mod sound;
mod tampering;
