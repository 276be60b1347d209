//! What people call the members of the closed sets that stand in the policy's table.
//!
//! Must never be parsed or stored: the stable words are those of `as_str`.

use super::field::FieldClass;
use super::language::Language;
use super::legal_basis::BasisKind;
use super::requester::RequesterKind;

pub(crate) const fn in_language(language: Language, english: &'static str, spanish: &'static str) -> &'static str {
    match language {
        Language::English => english,
        Language::Spanish => spanish,
    }
}

impl FieldClass {
    /// What people call this class.
    #[must_use]
    pub const fn label(self, language: Language) -> &'static str {
        let (english, spanish) = match self {
            Self::ImmigrationStatus => ("immigration status", "situación migratoria"),
            Self::HomeAddress => ("home address", "domicilio"),
            Self::Employment => ("employment", "empleo"),
            Self::SocialSecurityNumber => ("social security number", "número de seguro social"),
            Self::NationalOrigin => ("national origin", "origen nacional"),
            Self::Religion => ("religion", "religión"),
            Self::SexualOrientation => ("sexual orientation", "orientación sexual"),
            Self::GenderIdentity => ("gender identity", "identidad de género"),
            Self::Disability => ("disability", "discapacidad"),
            Self::Medical => ("medical condition", "condición médica"),
            Self::PublicAssistance => ("public assistance", "asistencia pública"),
            Self::CrimeVictim => ("victim of a crime", "víctima de un delito"),
            Self::Contact => ("phone and e-mail", "teléfono y correo"),
            Self::School => ("school", "escuela"),
            Self::VehicleLocation => ("vehicle location", "ubicación de vehículos"),
            Self::Unprotected => ("unprotected", "sin protección"),
            Self::Unclassified => ("not yet classified", "sin clasificar"),
        };
        in_language(language, english, spanish)
    }
}

impl RequesterKind {
    /// What people call this kind of requester.
    #[must_use]
    pub const fn label(self, language: Language) -> &'static str {
        let (english, spanish) = match self {
            Self::FederalImmigration => ("federal immigration agency", "agencia federal de inmigración"),
            Self::FederalOther => ("other federal agency", "otra agencia federal"),
            Self::StateOrLocalLawEnforcement => ("state or local law enforcement", "policía estatal o local"),
            Self::Court => ("court", "tribunal"),
            Self::OtherGovernment => ("other government body", "otro organismo público"),
            Self::Contractor => ("contractor of the city", "contratista de la ciudad"),
            Self::PrivateParty => ("private party", "particular"),
            Self::PublicRecords => ("public-records requester", "solicitante de registros públicos"),
            Self::CityDepartment => ("city department", "departamento de la ciudad"),
            Self::ResidentSelf => ("the resident", "la propia persona residente"),
        };
        in_language(language, english, spanish)
    }
}

impl BasisKind {
    /// What people call this kind of legal basis.
    #[must_use]
    pub const fn label(self, language: Language) -> &'static str {
        let (english, spanish) = match self {
            Self::JudicialWarrant => ("judicial warrant", "orden judicial"),
            Self::LegalMandate => ("legal mandate", "mandato legal"),
            Self::EmergencyException => ("emergency exception", "excepción de emergencia"),
        };
        in_language(language, english, spanish)
    }
}
