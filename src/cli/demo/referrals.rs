//! What counsel and the clerks have already looked at: everything but the newest, as in a house that keeps up.

use super::past::PastClock;
use super::staff::People;
use crate::app::App;
use crate::app::authority::{HandToClerk, ReviewDenial};
use crate::app::referrals::{ReferralGrant, ReferralState};
use crate::domain::referral::ReferralOutcome;
use crate::domain::staff::Role;

/// How many of each kind still wait.
const STILL_OPEN: usize = 3;

/// More than a made-up history has.
const ALL: usize = 10_000;

/// Closes what was handed over in the made-up months.
pub(super) fn settle(app: &App, people: &People, clock: &PastClock) -> anyhow::Result<()> {
    let note = "the denial stands: nothing compels the city to disclose (fictional)";
    close_all::<ReviewDenial>(app, people, clock, Role::Counsel, ReferralOutcome::DenialStands, note)?;
    let note = "taken to the City Clerk with the request (fictional)";
    close_all::<HandToClerk>(app, people, clock, Role::Records, ReferralOutcome::HandedOver, note)
}

fn close_all<P: ReferralGrant>(
    app: &App,
    people: &People,
    clock: &PastClock,
    role: Role,
    outcome: ReferralOutcome,
    note: &str,
) -> anyhow::Result<()> {
    let who = people.act::<P>(role, app, clock)?;
    let waiting = app.list_referrals(&who, ReferralState::Open, None, ALL)?.items;
    let done = waiting.len().saturating_sub(STILL_OPEN);
    for referral in waiting.into_iter().take(done) {
        app.close_referral(&who, u64::try_from(referral.seq)?, outcome, note.to_owned())?;
    }
    Ok(())
}
