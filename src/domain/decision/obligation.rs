//! What the parties must do because of a decision.
//!
//! Must never change an effect: an obligation follows from the answer, it does not make it.

use super::{Ask, Effect, Facts, FieldDecision, Reason};
use crate::domain::closed_set::closed_set;
use crate::domain::field::FieldClass;
use crate::domain::language::Language;
use crate::domain::legal_basis::BasisKind;
use crate::domain::requester::{Purpose, RequesterKind};

/// Something that is owed because of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Obligation {
    /// Counsel looks at a denial of immigration status to a federal immigration agency (8 U.S.C. 1373, 1644).
    CounselReview1373,
    /// The recipient may not pass on a confidential address (NMSA 40-13B).
    RedisclosureProhibited,
    /// The denied fields of a public-records request go to the City Clerk (NMSA 14-2).
    ReferToClerk,
    /// A single-use warrant goes back to the court with its return.
    ReturnToCourt,
    /// A release in an emergency is reviewed afterwards.
    ReviewAfterRelease,
}

closed_set!(Obligation, "obligation", {
    CounselReview1373 => "counsel_review_1373",
    RedisclosureProhibited => "redisclosure_prohibited",
    ReferToClerk => "refer_to_clerk",
    ReturnToCourt => "return_to_court",
    ReviewAfterRelease => "review_after_release",
});

impl Obligation {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.as_str()
    }

    /// A sentence that a clerk can read out.
    #[must_use]
    pub const fn sentence(self, language: Language) -> &'static str {
        match language {
            Language::English => self.english(),
            Language::Spanish => self.spanish(),
        }
    }

    const fn english(self) -> &'static str {
        match self {
            Self::CounselReview1373 => {
                "The City Attorney will review this denial under 8 U.S.C. 1373; nothing is released in the meantime."
            }
            Self::RedisclosureProhibited => "The law forbids whoever receives this information to pass it on.",
            Self::ReferToClerk => {
                "Please hand this request to the City Clerk, who answers it under the Inspection of Public Records Act."
            }
            Self::ReturnToCourt => {
                "This warrant is good for one use; please see that its return is filed with the court that issued it."
            }
            Self::ReviewAfterRelease => {
                "This release was made in an emergency and must be reviewed by counsel or a supervisor afterwards."
            }
        }
    }

    const fn spanish(self) -> &'static str {
        match self {
            Self::CounselReview1373 => {
                "La Procuraduría Municipal revisará esta negativa conforme a 8 U.S.C. 1373; mientras tanto no se \
                 entrega nada."
            }
            Self::RedisclosureProhibited => "La ley prohíbe a quien recibe esta información transmitirla a otros.",
            Self::ReferToClerk => {
                "Pase esta solicitud a la Secretaría Municipal, que la contesta conforme a la Ley de Inspección de \
                 Registros Públicos."
            }
            Self::ReturnToCourt => {
                "Esta orden sirve para un solo uso; asegúrese de que se devuelva diligenciada al tribunal que la emitió."
            }
            Self::ReviewAfterRelease => {
                "Esta entrega se hizo en una emergencia y después la debe revisar la asesoría legal o una persona \
                 supervisora."
            }
        }
    }
}

/// What the answers to the fields of `ask` oblige to; sorted, each once.
pub(super) fn owed(ask: &Ask, facts: &Facts<'_>, fields: &[FieldDecision]) -> Vec<Obligation> {
    let mut owed = Vec::new();
    let is_public_records =
        ask.purpose == Purpose::PublicRecordsRequest || ask.requester_kind == RequesterKind::PublicRecords;
    for field in fields {
        match field.effect {
            Effect::Deny => {
                let is_1373 = ask.requester_kind == RequesterKind::FederalImmigration
                    && field.class == FieldClass::ImmigrationStatus;
                owed.extend(is_1373.then_some(Obligation::CounselReview1373));
                owed.extend(is_public_records.then_some(Obligation::ReferToClerk));
            }
            Effect::Permit => owed_for_release(facts, field, &mut owed),
        }
    }
    owed.sort_unstable();
    owed.dedup();
    owed
}

fn owed_for_release(facts: &Facts<'_>, field: &FieldDecision, owed: &mut Vec<Obligation>) {
    let basis = field.legal_basis.and_then(|id| facts.bases.get(&id));
    let Some(basis) = basis.filter(|_| field.reason == Reason::LegalBasis) else { return };
    let is_confidential = facts.is_confidential && super::is_confidential_class(field.class);
    let is_single_warrant = basis.kind == BasisKind::JudicialWarrant && basis.is_single_use();
    let is_emergency = basis.kind == BasisKind::EmergencyException;
    owed.extend(is_confidential.then_some(Obligation::RedisclosureProhibited));
    owed.extend(is_single_warrant.then_some(Obligation::ReturnToCourt));
    owed.extend(is_emergency.then_some(Obligation::ReviewAfterRelease));
}
