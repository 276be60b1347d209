//! `/api/v1/sessions`: signing in, and out again.

pub(super) mod create;
pub(super) mod end;
