//! What is kept of a basis beside what decisions are judged by.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::LegalBasisId;
use crate::storage::schema::legal_basis;
use crate::storage::{StoreError, instant, word};

/// Court, docket, dates and reviews.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Particulars {
    /// Id of the court in the registry; a court that it does not know stands in the sealed paper only.
    pub court: Option<String>,
    /// The docket number in the court's own spelling; one that is not well-formed stands in the sealed paper only.
    pub docket: Option<String>,
    /// The law or agreement.
    pub citation: Option<String>,
    /// When the paper was issued.
    pub issued_at: Option<DateTime<Utc>>,
    /// By when a standing mandate is renewed, or over.
    pub review_by: Option<DateTime<Utc>>,
    /// By when an emergency is reviewed.
    pub review_due_at: Option<DateTime<Utc>>,
    /// When it was reviewed.
    pub reviewed_at: Option<DateTime<Utc>>,
    /// What came of the review: `justified` or `not_justified`.
    pub review_outcome: Option<String>,
    /// The basis that this one corrects.
    pub supersedes: Option<LegalBasisId>,
    /// The paper, sealed; `None` once erased.
    pub sealed_paper: Option<Vec<u8>>,
}

/// The columns, but for the paper.
#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = legal_basis)]
pub(super) struct ParticularsRow {
    court: Option<String>,
    docket: Option<String>,
    citation: Option<String>,
    issued_at: Option<i64>,
    review_by: Option<i64>,
    review_due_at: Option<i64>,
    reviewed_at: Option<i64>,
    review_outcome: Option<String>,
    supersedes: Option<String>,
}

impl Particulars {
    pub(super) fn row(&self) -> ParticularsRow {
        let micros = |at: Option<DateTime<Utc>>| at.map(|at| at.timestamp_micros());
        ParticularsRow {
            court: self.court.clone(),
            docket: self.docket.clone(),
            citation: self.citation.clone(),
            issued_at: micros(self.issued_at),
            review_by: micros(self.review_by),
            review_due_at: micros(self.review_due_at),
            reviewed_at: micros(self.reviewed_at),
            review_outcome: self.review_outcome.clone(),
            supersedes: self.supersedes.map(|id| id.to_string()),
        }
    }
}

impl TryFrom<ParticularsRow> for Particulars {
    type Error = StoreError;

    fn try_from(row: ParticularsRow) -> Result<Self, StoreError> {
        Ok(Self {
            court: row.court,
            docket: row.docket,
            citation: row.citation,
            issued_at: row.issued_at.map(instant).transpose()?,
            review_by: row.review_by.map(instant).transpose()?,
            review_due_at: row.review_due_at.map(instant).transpose()?,
            reviewed_at: row.reviewed_at.map(instant).transpose()?,
            review_outcome: row.review_outcome,
            supersedes: row.supersedes.as_deref().map(|id| word(id, "a legal basis id")).transpose()?,
            sealed_paper: None,
        })
    }
}
