//! What stands beside the log so that decisions are found: which wait for a person, and which rest on a legal basis. All of
//! it follows from the records, and a row that was taken away would hide a decision from whoever looks for it.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::VerifyError;
use crate::domain::decision::Obligation;
use crate::domain::record::EventKind;
use crate::domain::referral::ReferralKind;
use crate::storage::audit::EntryRow;
use crate::storage::{AnyConnection, legal_bases, referrals};

/// What a decision's record says of this. Words only: whatever holds an escape is none of ours.
#[derive(Deserialize)]
struct Decision<'a> {
    #[serde(borrow)]
    fields: Vec<Field<'a>>,
    obligations: Vec<Obligation>,
}

#[derive(Deserialize)]
struct Field<'a> {
    legal_basis: Option<&'a str>,
}

/// Rows as the entries call for them.
#[derive(Default)]
struct Expected {
    referrals: BTreeSet<(i64, String)>,
    uses: BTreeSet<(i64, String)>,
}

impl Expected {
    fn of(entries: &[EntryRow]) -> Self {
        let mut expected = Self::default();
        entries.iter().filter(|entry| entry.kind == EventKind::Decision.as_str()).for_each(|entry| expected.add(entry));
        expected
    }

    fn add(&mut self, entry: &EntryRow) {
        let Ok(decision) = serde_json::from_slice::<Decision<'_>>(&entry.record) else { return };
        let kinds = decision.obligations.into_iter().filter_map(ReferralKind::of);
        self.referrals.extend(kinds.map(|kind| (entry.seq, kind.to_string())));
        let bases = decision.fields.into_iter().filter_map(|field| field.legal_basis);
        self.uses.extend(bases.map(|basis| (entry.seq, basis.to_owned())));
    }
}

/// Compares the rows about the entries from `first` up to, and without, `end`.
pub(super) fn check(
    conn: &mut AnyConnection,
    (first, end): (i64, i64),
    entries: &[EntryRow],
) -> Result<(), VerifyError> {
    let expected = Expected::of(entries);
    compare("referral", &expected.referrals, referrals::list_between(conn, first, end)?)?;
    compare("legal_basis_use", &expected.uses, legal_bases::list_uses_between(conn, first, end)?)
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
