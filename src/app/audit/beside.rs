//! What stands beside the log so that decisions are found: which wait for a person, and which rest on a legal basis. All of
//! it follows from the records, and a row that was taken away would hide a decision from whoever looks for it.

use std::collections::BTreeSet;

use super::VerifyError;
use crate::domain::record::DecisionWords;
use crate::domain::referral::ReferralKind;
use crate::storage::{AnyConnection, legal_bases, referrals};

/// Rows as the entries call for them. Words only: whatever holds an escape is none of ours.
#[derive(Default)]
pub(super) struct Beside {
    referrals: BTreeSet<(i64, String)>,
    uses: BTreeSet<(i64, String)>,
}

impl Beside {
    /// Notes what a decision calls for that names these legal bases.
    pub(super) fn expect(&mut self, seq: i64, words: &DecisionWords<'_>, bases: &[&str]) {
        let kinds = words.obligations().into_iter().filter_map(|word| ReferralKind::of(word.parse().ok()?));
        self.referrals.extend(kinds.map(|kind| (seq, kind.to_string())));
        self.uses.extend(bases.iter().map(|basis| (seq, (*basis).to_owned())));
    }

    /// Compares with the rows about the entries from `first` up to, and without, `end`.
    pub(super) fn check(&self, conn: &mut AnyConnection, first: i64, end: i64) -> Result<(), VerifyError> {
        compare("referral", &self.referrals, referrals::list_between(conn, first, end)?)?;
        compare("legal_basis_use", &self.uses, legal_bases::list_uses_between(conn, first, end)?)
    }
}

fn compare(
    table: &'static str,
    expected: &BTreeSet<(i64, String)>,
    kept: Vec<(i64, String)>,
) -> Result<(), VerifyError> {
    let kept: BTreeSet<_> = kept.into_iter().collect();
    let Some(row @ (seq, word)) = expected.symmetric_difference(&kept).next() else { return Ok(()) };
    let what = if expected.contains(row) { "it is missing" } else { "the entry does not call for it" };
    Err(VerifyError::row(table, format!("{word}, entry {seq}"), what))
}
