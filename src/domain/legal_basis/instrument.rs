//! The papers that people present, and which of them can open anything.
//!
//! The test is the issuer, not the word "warrant". Must never let an instrument of the Department of Homeland Security
//! or of its immigration judges unlock: they are registered so that they are counted, and that is all.

use crate::domain::closed_set::closed_set;

/// The three ways in that the resolution knows.
///
/// In the order in which a release names its basis when several would do: the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BasisKind {
    /// A warrant or order signed by a judge.
    JudicialWarrant,
    /// A law, rule, subpoena or agreement that obliges the city.
    LegalMandate,
    /// Danger of death or serious physical injury that leaves no time.
    EmergencyException,
}

closed_set!(BasisKind, "legal basis kind", {
    JudicialWarrant => "judicial_warrant",
    LegalMandate => "legal_mandate",
    EmergencyException => "emergency_exception",
});

/// A paper that is presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Instrument {
    /// Issued by a federal magistrate or a state judge.
    SearchWarrant,
    /// An order for records, by an Article III judge, a US magistrate or a state judge.
    CourtOrder,
    /// Issued in a court proceeding, often signed by a clerk or an attorney.
    JudicialSubpoena,
    /// Issued for a grand jury.
    GrandJurySubpoena,
    /// A judge's warrant to seize a person. It does not produce records.
    ArrestWarrant,
    /// Form I-200, warrant for arrest of alien: an immigration officer's.
    IceI200,
    /// Form I-205, warrant of removal: an immigration officer's.
    IceI205,
    /// Form I-203, order to detain or release: an immigration officer's.
    IceI203,
    /// Form I-286, notice of custody determination: an immigration officer's.
    IceI286,
    /// Form I-862, notice to appear: an immigration officer's.
    NoticeToAppear,
    /// Form I-860, expedited removal: an immigration officer's.
    ExpeditedRemoval,
    /// Form I-247A, D, N or X: a request, not an order.
    DetainerI247,
    /// An entry in a database.
    NcicHit,
    /// Form I-138 (8 CFR 287.4): needs a district court's order to be enforced.
    AdministrativeSubpoena,
    /// An order of the Executive Office for Immigration Review, which is not a court.
    ImmigrationJudgeOrder,
    /// A statute.
    Statute,
    /// A regulation.
    Regulation,
    /// A rule of court.
    CourtRule,
    /// A standing agreement.
    Agreement,
    /// A duty under the Inspection of Public Records Act (NMSA 14-2).
    PublicRecordsDuty,
}

closed_set!(Instrument, "instrument", {
    SearchWarrant => "search_warrant",
    CourtOrder => "court_order",
    JudicialSubpoena => "judicial_subpoena",
    GrandJurySubpoena => "grand_jury_subpoena",
    ArrestWarrant => "arrest_warrant",
    IceI200 => "ice_i200",
    IceI205 => "ice_i205",
    IceI203 => "ice_i203",
    IceI286 => "ice_i286",
    NoticeToAppear => "notice_to_appear",
    ExpeditedRemoval => "expedited_removal",
    DetainerI247 => "detainer_i247",
    NcicHit => "ncic_hit",
    AdministrativeSubpoena => "administrative_subpoena",
    ImmigrationJudgeOrder => "immigration_judge_order",
    Statute => "statute",
    Regulation => "regulation",
    CourtRule => "court_rule",
    Agreement => "agreement",
    PublicRecordsDuty => "public_records_duty",
});

impl Instrument {
    /// Whether this paper can stand behind a basis of that kind. Nothing stands behind an emergency.
    #[must_use]
    pub const fn can_unlock(self, kind: BasisKind) -> bool {
        match kind {
            BasisKind::JudicialWarrant => self.is_order_for_records(),
            BasisKind::LegalMandate => matches!(
                self,
                Self::JudicialSubpoena
                    | Self::GrandJurySubpoena
                    | Self::Statute
                    | Self::Regulation
                    | Self::CourtRule
                    | Self::Agreement
                    | Self::PublicRecordsDuty
            ),
            BasisKind::EmergencyException => false,
        }
    }

    /// Whether a judge orders the search of, or the release of, records by it.
    #[must_use]
    pub const fn is_order_for_records(self) -> bool {
        matches!(self, Self::SearchWarrant | Self::CourtOrder)
    }
}

impl BasisKind {
    /// Whether a basis of this kind may rest on that paper. An emergency rests on facts and has no paper; the other two
    /// need one that can unlock.
    #[must_use]
    pub fn may_rest_on(self, instrument: Option<Instrument>) -> bool {
        match (self, instrument) {
            (Self::EmergencyException, None) => true,
            (kind, Some(instrument)) => instrument.can_unlock(kind),
            (Self::JudicialWarrant | Self::LegalMandate, None) => false,
        }
    }
}
