//! Lists of referrals: no resident, no free text, and therefore no entries.

use super::{ReferralGrant, seq_of};
use crate::app::App;
use crate::app::authority::Authority;
use crate::app::legal_bases::{Page, one_more};
use crate::storage::StoreError;
use crate::storage::referrals::{self, StoredReferral};

/// Which referrals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReferralState {
    /// Those that wait, the longest waiting first.
    #[default]
    Open,
    /// Those that were closed, the newest decision first.
    Closed,
}

impl App {
    /// At most `limit` referrals of the kind that the authority is about, behind the one at the index `after`. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list_referrals<P: ReferralGrant>(
        &self,
        _: &Authority<P>,
        state: ReferralState,
        after: Option<u64>,
        limit: usize,
    ) -> Result<Page<StoredReferral, i64>, StoreError> {
        let after = after.map(seq_of);
        let rows = self.store.read(|conn| match state {
            ReferralState::Open => referrals::list_open(conn, P::KIND, after, one_more(limit)),
            ReferralState::Closed => referrals::list_closed(conn, P::KIND, after, one_more(limit)),
        })?;
        Ok(Page::of(rows, limit, |referral| referral.seq))
    }
}
