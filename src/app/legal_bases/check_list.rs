//! The check list of a basis: as the program sees it now, and as it is kept when somebody has answered it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::sealed_paper::SaltedPaper;
use super::{BasisRules, HandlingRefused};
use crate::app::App;
use crate::app::authority::{Authority, ReadBasis, StaffFailure, StaffRefusal};
use crate::app::sealing::Notes;
use crate::domain::LegalBasisId;
use crate::domain::legal_basis::Paper;
use crate::domain::legal_basis::check::{
    CallBack, CheckId, DocumentFacts, Evidence, How, Judgement, Settled, judge_by_program,
};
use crate::storage::documents::{self, StoredDocument};
use crate::storage::legal_bases::{self, StoredBasis, StoredCheck};
use crate::storage::sealed::places;
use crate::storage::{AnyConnection, StoreError};

/// What the program finds now, check by check.
pub type CheckList = BTreeMap<CheckId, Judgement>;

/// What is sealed beside an answered check.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SealedAnswer {
    /// What the program found.
    pub(super) how: Option<How>,
    /// The person's note.
    pub(super) note: Option<String>,
    /// The call to the clerk.
    pub(super) call_back: Option<CallBack>,
}

impl App {
    /// The check list of a basis as the program sees it now, for whoever will answer it. Blocks.
    ///
    /// # Errors
    /// Why there is none.
    pub fn check_list(
        &self,
        _: &Authority<ReadBasis>,
        id: LegalBasisId,
    ) -> Result<CheckList, StaffFailure<HandlingRefused>> {
        let refused = |refused| StaffFailure::Refused(StaffRefusal::Change(refused));
        let notes = self.notes()?;
        self.store.read(|conn| {
            let stored = legal_bases::find(conn, id)?.ok_or_else(|| refused(HandlingRefused::NotFound))?;
            let paper = SaltedPaper::load(conn, &notes, id)?.map_err(refused)?;
            let now = self.clock.now();
            Ok(found_by_program(conn, &stored, &paper.paper, &self.basis_rules, None, now)?)
        })
    }
}

/// Judges all checks by what is recorded.
pub(super) fn found_by_program(
    conn: &mut AnyConnection,
    stored: &StoredBasis,
    paper: &Paper,
    rules: &BasisRules,
    verifier: Option<&str>,
    now: DateTime<Utc>,
) -> Result<CheckList, StoreError> {
    let document = documents::find(conn, stored.basis.id)?;
    let document = facts_of(document.as_ref());
    Ok(judge_by_program(&Evidence {
        basis: &stored.basis,
        paper,
        courts: &rules.courts,
        document: document.as_ref(),
        registrar: &stored.people.registrar,
        verifier,
        max_verification_age: rules.max_verification_age,
        now,
    }))
}

/// What the check list asks of a scan. One that was erased is there no more.
pub(super) fn facts_of(document: Option<&StoredDocument>) -> Option<DocumentFacts> {
    let document = document.filter(|document| document.erased_at.is_none())?;
    let media_type = document.facts.media_type.to_string();
    Some(DocumentFacts { media_type, pages: document.facts.pages, sha256: document.sha256 })
}

/// A settled list as rows of one round.
pub(super) fn stored_checks(
    settled: &Settled,
    basis: LegalBasisId,
    round: i64,
    answered_by: &str,
    now: DateTime<Utc>,
    notes: &mut Notes,
) -> Vec<StoredCheck> {
    let row = |check: &crate::domain::legal_basis::check::SettledCheck| {
        let answer =
            SealedAnswer { how: Some(check.how), note: check.note.clone(), call_back: check.call_back.clone() };
        let answer = serde_json::to_vec(&answer).unwrap_or_default();
        StoredCheck {
            round,
            check: check.id.to_string(),
            severity: check.severity.to_string(),
            outcome: check.outcome.to_string(),
            judged_by: check.judged_by.to_string(),
            answered_by: answered_by.to_owned(),
            answered_at: now,
            sealed_note: Some(notes.seal(&places::check_note(basis, round, check.id.as_str()), &answer)),
        }
    };
    settled.checks.iter().map(row).collect()
}
