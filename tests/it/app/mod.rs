//! Operations, as the rooms above them call them.

mod authority;
