//! The console as people meet it: pages over a socket, without JavaScript.

mod counsel;
mod forms;
mod headers;
mod locales;
mod pages;
mod report;
mod sign_in;
