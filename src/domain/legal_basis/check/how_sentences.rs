//! What the program found, in plain sentences.
//!
//! Must never blame who recorded the paper, nor promise what counsel will say.

use super::how::How;

pub(super) const fn english(how: How) -> &'static str {
    match how {
        How::InstrumentCanUnlock => "This kind of paper can open records.",
        How::InstrumentNeverUnlocks => "This kind of paper never opens records, whoever brings it.",
        How::NoPaper => "An emergency rests on facts and has no paper.",
        How::NoProcess => "A law, a rule or an agreement is not issued by a court in a case.",
        How::NotJudged => "Nobody has judged this yet.",
        How::HeaderNamesCourt => "The court recorded is one of the city's registry.",
        How::HeaderToBeSeen => "The court recorded is not in the city's registry: read the header of the paper.",
        How::ImmigrationAuthority => "What was recorded names an immigration authority, which is not a court.",
        How::CourtKnown => "The court is in the city's registry.",
        How::CourtUnknown => "The city's registry does not know this court.",
        How::CourtNotStated => "No court was recorded.",
        How::JudgeMissing => "The name or the title of the judge was not recorded.",
        How::SignatureToBeSeen => "Look at the paper: is it signed, and is the signer a judge of that court?",
        How::SignedByClerk => {
            "A subpoena may be signed by a clerk or an attorney; counsel weighs it as a legal mandate."
        }
        How::DhsFormFound => "What was recorded holds the number of a form of the Department of Homeland Security.",
        How::FormsToBeSeen => "Nothing recorded looks like a form number; look at every page of the paper.",
        How::IssueDatePresent => "The date of issue is recorded and not in the future.",
        How::IssueDateMissing => "No date of issue was recorded.",
        How::IssueDateInFuture => "The date of issue is in the future.",
        How::IssueTimeMissing => {
            "A search warrant of New Mexico states the time of issue; midnight was recorded, which looks like no \
             time at all."
        }
        How::InWindow => "It has not expired.",
        How::WindowOver => "It has expired.",
        How::NoEnd => "It states no end.",
        How::NobodyNamed => "No resident was recorded.",
        How::MatchNotRecorded => {
            "How the resident was matched with the paper was not recorded: compare the names and dates yourself."
        }
        How::MatchToBeCompared => "How the resident was matched is recorded: compare it with the paper.",
        How::StandingNamesNobody => "A standing mandate covers every resident and names nobody.",
        How::NoClasses => "No kind of information was recorded.",
        How::RecordsToBeCompared => "Compare the kinds of information recorded with those the paper describes.",
        How::PeriodToBeCompared => "Compare the period recorded with the one the paper states.",
        How::NoPeriod => "No period was recorded; if the paper states one, answer that this fails.",
        How::DirectedToCity => "It is directed to the City of Las Cruces, as recorded.",
        How::DirectedElsewhere => {
            "What was recorded does not name the City of Las Cruces as the one it is directed to."
        }
        How::DirectionNotRecorded => "To whom it is directed was not recorded.",
        How::OfficerRecorded => "The officer, the agency and the badge are recorded.",
        How::OfficerIncomplete => "The officer, the agency or the badge was not recorded.",
        How::ServedByDay => "It was served between 6 in the morning and 10 at night.",
        How::ServedAtNight => "It was served at night, and no authority to do so was recorded.",
        How::AnyTimeAuthorized => "It may be served at any hour, as recorded.",
        How::ServiceTimeNotRecorded => "When it was served was not recorded.",
        How::OnlySearchWarrants => "Only a search warrant is bound to the hours of the day.",
        How::SwornStatementRecorded => "The sworn statement is attached and who swore is named, as recorded.",
        How::SwornStatementMissing => "The sworn statement, or who swore to it, was not recorded.",
        How::OnlyNewMexicoWarrants => "Only a search warrant of a court of New Mexico needs this.",
        How::DocketFits => "The docket number is well-formed and fits the court and the date.",
        How::DocketMissing => "No docket number was recorded.",
        How::DocketMalformed => "The docket number is not written as any court of the registry writes it.",
        How::DocketOfOtherCourt => "The docket number belongs to another court.",
        How::DocketOfOtherYear => "The year of the docket number does not fit the date of issue.",
        How::DocketNotCompared => {
            "The docket number is well-formed, but the court or the date to compare it with is not known."
        }
        How::ScanStored => "The scanned copy is stored, with its hash and number of pages.",
        How::ScanMissing => "No scanned copy is stored.",
        How::CopyToBeFound => "No copy of the agreement is stored: say where the city keeps it.",
        How::ClerkToBeCalled => "Call the clerk of the court on a number from the city's own directory.",
        How::AgencyToBeCalled => "Call the requester's agency on a number from the city's own directory.",
        How::SecondPerson => "Somebody other than the registrar verifies it.",
        How::SamePerson => "Whoever registered it cannot verify it.",
        How::NobodyYet => "Nobody is verifying it yet.",
        How::UsesLeft => "It may still be used.",
        How::NoUsesLeft => "It has been used as often as it allows.",
        How::NothingWithdrawn => "Nothing recorded says that it was withdrawn or quashed.",
        How::Withdrawn => "It was withdrawn, replaced or rejected.",
        How::VerificationTooOld => "It was verified too long ago: verify it again.",
    }
}

pub(super) const fn spanish(how: How) -> &'static str {
    match how {
        How::InstrumentCanUnlock => "Este tipo de documento puede abrir registros.",
        How::InstrumentNeverUnlocks => "Este tipo de documento nunca abre registros, lo traiga quien lo traiga.",
        How::NoPaper => "Una emergencia se basa en hechos y no tiene documento.",
        How::NoProcess => "Una ley, una regla o un convenio no lo emite un tribunal en un caso.",
        How::NotJudged => "Nadie lo ha revisado todavía.",
        How::HeaderNamesCourt => "El tribunal anotado está en el registro de la ciudad.",
        How::HeaderToBeSeen => {
            "El tribunal anotado no está en el registro de la ciudad: lea el encabezado del documento."
        }
        How::ImmigrationAuthority => "Lo anotado nombra a una autoridad migratoria, que no es un tribunal.",
        How::CourtKnown => "El tribunal está en el registro de la ciudad.",
        How::CourtUnknown => "El registro de la ciudad no conoce este tribunal.",
        How::CourtNotStated => "No se anotó ningún tribunal.",
        How::JudgeMissing => "No se anotó el nombre o el cargo del juez o la jueza.",
        How::SignatureToBeSeen => "Mire el documento: ¿está firmado, y quien firma es juez o jueza de ese tribunal?",
        How::SignedByClerk => {
            "Una citación puede ir firmada por la secretaría o por un abogado; se valora como mandato legal."
        }
        How::DhsFormFound => "Lo anotado contiene el número de un formulario del Departamento de Seguridad Nacional.",
        How::FormsToBeSeen => {
            "Nada de lo anotado parece un número de formulario; mire todas las páginas del documento."
        }
        How::IssueDatePresent => "La fecha de emisión está anotada y no está en el futuro.",
        How::IssueDateMissing => "No se anotó la fecha de emisión.",
        How::IssueDateInFuture => "La fecha de emisión está en el futuro.",
        How::IssueTimeMissing => {
            "Una orden de cateo de Nuevo México indica la hora de emisión; se anotó la medianoche, que parece no ser \
             una hora."
        }
        How::InWindow => "No ha vencido.",
        How::WindowOver => "Ha vencido.",
        How::NoEnd => "No indica ningún vencimiento.",
        How::NobodyNamed => "No se anotó a ninguna persona residente.",
        How::MatchNotRecorded => {
            "No se anotó cómo se identificó a la persona residente: compare usted los nombres y las fechas."
        }
        How::MatchToBeCompared => "Está anotado cómo se identificó a la persona residente: compárelo con el documento.",
        How::StandingNamesNobody => {
            "Un mandato permanente abarca a todas las personas residentes y no nombra a ninguna."
        }
        How::NoClasses => "No se anotó ningún tipo de información.",
        How::RecordsToBeCompared => "Compare los tipos de información anotados con los que describe el documento.",
        How::PeriodToBeCompared => "Compare el periodo anotado con el que indica el documento.",
        How::NoPeriod => "No se anotó ningún periodo; si el documento indica uno, responda que no se cumple.",
        How::DirectedToCity => "Va dirigido a la Ciudad de Las Cruces, según lo anotado.",
        How::DirectedElsewhere => "Lo anotado no nombra a la Ciudad de Las Cruces como destinataria.",
        How::DirectionNotRecorded => "No se anotó a quién va dirigido.",
        How::OfficerRecorded => "Están anotados el agente, la agencia y la placa.",
        How::OfficerIncomplete => "No se anotó el agente, la agencia o la placa.",
        How::ServedByDay => "Se entregó entre las 6 de la mañana y las 10 de la noche.",
        How::ServedAtNight => "Se entregó de noche, y no se anotó autorización para ello.",
        How::AnyTimeAuthorized => "Se puede entregar a cualquier hora, según lo anotado.",
        How::ServiceTimeNotRecorded => "No se anotó cuándo se entregó.",
        How::OnlySearchWarrants => "Solo una orden de cateo está sujeta a un horario.",
        How::SwornStatementRecorded => "La declaración jurada está adjunta y consta quién la prestó, según lo anotado.",
        How::SwornStatementMissing => "No se anotó la declaración jurada o quién la prestó.",
        How::OnlyNewMexicoWarrants => "Solo lo necesita una orden de cateo de un tribunal de Nuevo México.",
        How::DocketFits => "El número de expediente está bien formado y concuerda con el tribunal y la fecha.",
        How::DocketMissing => "No se anotó ningún número de expediente.",
        How::DocketMalformed => "El número de expediente no está escrito como lo escribe ningún tribunal del registro.",
        How::DocketOfOtherCourt => "El número de expediente es de otro tribunal.",
        How::DocketOfOtherYear => "El año del número de expediente no concuerda con la fecha de emisión.",
        How::DocketNotCompared => {
            "El número de expediente está bien formado, pero no se conoce el tribunal o la fecha con que compararlo."
        }
        How::ScanStored => "La copia escaneada está guardada, con su huella y su número de páginas.",
        How::ScanMissing => "No hay ninguna copia escaneada guardada.",
        How::CopyToBeFound => "No hay copia del convenio guardada: indique dónde la tiene la ciudad.",
        How::ClerkToBeCalled => "Llame a la secretaría del tribunal a un número del directorio de la ciudad.",
        How::AgencyToBeCalled => "Llame a la agencia solicitante a un número del directorio de la ciudad.",
        How::SecondPerson => "Lo verifica una persona distinta de quien lo registró.",
        How::SamePerson => "Quien lo registró no lo puede verificar.",
        How::NobodyYet => "Todavía no lo verifica nadie.",
        How::UsesLeft => "Todavía se puede usar.",
        How::NoUsesLeft => "Ya se usó tantas veces como permite.",
        How::NothingWithdrawn => "Nada de lo anotado indica que se haya retirado o anulado.",
        How::Withdrawn => "Se retiró, se reemplazó o se rechazó.",
        How::VerificationTooOld => "Se verificó hace demasiado tiempo: verifíquelo de nuevo.",
    }
}
