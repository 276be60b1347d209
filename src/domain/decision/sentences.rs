//! What a clerk reads out for each reason, in each language.
//!
//! Must never blame the person who asks, name a resident, or promise what the city cannot give.

use super::reason::Reason;

pub(super) const fn english(reason: Reason) -> &'static str {
    match reason {
        Reason::NotProtected => "This information may be released, because the city's policy does not protect it.",
        Reason::NotOutbound => {
            "This information may be released, because it stays inside the city or goes to the resident, and it is not \
             for immigration enforcement."
        }
        Reason::OutsideScope => {
            "This information may be released, because the city's policy is limited to immigration enforcement and this \
             request is for another purpose."
        }
        Reason::LegalBasis => "This information may be released, because a verified legal basis covers it.",
        Reason::UnclassifiedField => {
            "We cannot release this information, because the city has not yet classified this field. Please ask the data \
             steward of the department to classify it."
        }
        Reason::ConfidentialAddress => {
            "We cannot release this information, because the law keeps it confidential. Only a court order or a warrant \
             signed by a judge can open it; please bring one to the City Attorney."
        }
        Reason::NoLegalBasis => {
            "We cannot release this information, because it is protected and the request names no legal basis. Please \
             bring a warrant signed by a judge, or the law that requires the release."
        }
        Reason::BasisNotFound => {
            "We cannot release this information, because the legal basis named in the request is not registered with the \
             city. Please check its number, or ask records staff to register it."
        }
        Reason::InstrumentNotAccepted => {
            "We cannot release this information, because this kind of document cannot open it. Please bring a warrant or \
             an order signed by a judge, or ask the City Attorney what is accepted."
        }
        Reason::BasisRejected => {
            "We cannot release this information, because the legal basis was examined and not accepted. Please ask the \
             City Attorney why, and bring a new one."
        }
        Reason::BasisNotVerified => {
            "We cannot release this information yet, because the legal basis has not been verified, or was verified too \
             long ago. Please ask the City Attorney to verify it."
        }
        Reason::BasisRevoked => {
            "We cannot release this information, because the legal basis was withdrawn or replaced. Please name the one \
             that is in force now."
        }
        Reason::BasisNotYetValid => {
            "We cannot release this information yet, because the legal basis is not in force yet. Please ask again once \
             it is."
        }
        Reason::BasisExpired => {
            "We cannot release this information, because the legal basis has expired. Please bring a new one."
        }
        Reason::BasisUsedUp => {
            "We cannot release this information, because the legal basis has already been used as often as it allows. \
             Please bring a new one."
        }
        Reason::BasisOtherStore => {
            "We cannot release this information, because the legal basis is for other city records. Please bring one that \
             names these records."
        }
        Reason::BasisOtherResident => {
            "We cannot release this information, because the legal basis is not about this resident. Please check whom it \
             names."
        }
        Reason::BasisOtherRequester => {
            "We cannot release this information, because the legal basis was given to another agency or requester. Please \
             have that agency ask, or bring a legal basis of your own."
        }
        Reason::BasisOtherPurpose => {
            "We cannot release this information, because the legal basis is for another purpose. Please state the purpose \
             it was given for, or bring one for this purpose."
        }
        Reason::BasisClassNotInScope => {
            "We cannot release this information, because the legal basis does not cover this kind of information. Please \
             ask only for what it describes, or bring one that covers it."
        }
    }
}

pub(super) const fn spanish(reason: Reason) -> &'static str {
    match reason {
        Reason::NotProtected => "Esta información se puede entregar, porque la política de la ciudad no la protege.",
        Reason::NotOutbound => {
            "Esta información se puede entregar, porque se queda dentro de la ciudad o va a la persona residente, y no es \
             para el control migratorio."
        }
        Reason::OutsideScope => {
            "Esta información se puede entregar, porque la política de la ciudad se limita al control migratorio y esta \
             solicitud tiene otro fin."
        }
        Reason::LegalBasis => "Esta información se puede entregar, porque la ampara una base legal verificada.",
        Reason::UnclassifiedField => {
            "No podemos entregar esta información, porque la ciudad todavía no ha clasificado este dato. Pida a la persona \
             encargada de los datos del departamento que lo clasifique."
        }
        Reason::ConfidentialAddress => {
            "No podemos entregar esta información, porque la ley la mantiene confidencial. Solo la abre una orden firmada \
             por un juez o una jueza; preséntela en la Procuraduría Municipal."
        }
        Reason::NoLegalBasis => {
            "No podemos entregar esta información, porque está protegida y la solicitud no cita ninguna base legal. \
             Presente una orden firmada por un juez o una jueza, o la ley que obliga a entregarla."
        }
        Reason::BasisNotFound => {
            "No podemos entregar esta información, porque la base legal citada no está registrada en la ciudad. Revise su \
             número o pida al personal de registros que la registre."
        }
        Reason::InstrumentNotAccepted => {
            "No podemos entregar esta información, porque este tipo de documento no la puede abrir. Presente una orden \
             firmada por un juez o una jueza, o pregunte en la Procuraduría Municipal qué se acepta."
        }
        Reason::BasisRejected => {
            "No podemos entregar esta información, porque la base legal se examinó y no se aceptó. Pregunte el motivo en la \
             Procuraduría Municipal y presente una nueva."
        }
        Reason::BasisNotVerified => {
            "Todavía no podemos entregar esta información, porque la base legal no se ha verificado o se verificó hace \
             demasiado tiempo. Pida a la Procuraduría Municipal que la verifique."
        }
        Reason::BasisRevoked => {
            "No podemos entregar esta información, porque la base legal fue retirada o reemplazada. Cite la que está \
             vigente ahora."
        }
        Reason::BasisNotYetValid => {
            "Todavía no podemos entregar esta información, porque la base legal aún no está vigente. Vuelva a pedirla \
             cuando lo esté."
        }
        Reason::BasisExpired => {
            "No podemos entregar esta información, porque la base legal ha vencido. Presente una nueva."
        }
        Reason::BasisUsedUp => {
            "No podemos entregar esta información, porque la base legal ya se usó tantas veces como permite. Presente una \
             nueva."
        }
        Reason::BasisOtherStore => {
            "No podemos entregar esta información, porque la base legal es para otros registros de la ciudad. Presente una \
             que nombre estos registros."
        }
        Reason::BasisOtherResident => {
            "No podemos entregar esta información, porque la base legal no se refiere a esta persona residente. Revise a \
             quién nombra."
        }
        Reason::BasisOtherRequester => {
            "No podemos entregar esta información, porque la base legal se otorgó a otra agencia o a otra persona. Pida que \
             la solicite esa agencia, o presente una base legal propia."
        }
        Reason::BasisOtherPurpose => {
            "No podemos entregar esta información, porque la base legal es para otro fin. Indique el fin para el que se \
             otorgó, o presente una para este fin."
        }
        Reason::BasisClassNotInScope => {
            "No podemos entregar esta información, porque la base legal no abarca este tipo de información. Pida solo lo que \
             describe, o presente una que lo abarque."
        }
    }
}
