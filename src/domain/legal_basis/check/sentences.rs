//! What people call each check, and one plain sentence of help.
//!
//! Must never need a lawyer to be understood.

use super::CheckId;
use crate::domain::labels::in_language;
use crate::domain::language::Language;

impl CheckId {
    /// What people call this check.
    #[must_use]
    pub const fn title(self, language: Language) -> &'static str {
        let (english, spanish) = match self {
            Self::W01 => {
                ("The paper is of a kind that can open records", "El documento es de un tipo que puede abrir registros")
            }
            Self::W02 => ("The header names a court", "El encabezado nombra un tribunal"),
            Self::W03 => ("The court is known to the city", "La ciudad conoce el tribunal"),
            Self::W04 => ("A judge of that court signed it", "Lo firmó un juez o una jueza de ese tribunal"),
            Self::W05 => ("No form number of Homeland Security", "Ningún número de formulario de Seguridad Nacional"),
            Self::W06 => ("The date of issue is there", "Consta la fecha de emisión"),
            Self::W07 => ("It has not expired", "No ha vencido"),
            Self::W08 => ("It names the resident asked for", "Nombra a la persona residente que se busca"),
            Self::W09 => ("It describes the records asked for", "Describe los registros que se piden"),
            Self::W10 => {
                ("The period lies inside that of the paper", "El periodo está dentro del que indica el documento")
            }
            Self::W11 => ("It is directed to the city", "Va dirigido a la ciudad"),
            Self::W12 => ("A proper officer served it", "Lo entregó un agente autorizado"),
            Self::W13 => ("It was served by day", "Se entregó de día"),
            Self::W14 => ("The sworn statement is attached", "La declaración jurada está adjunta"),
            Self::W15 => ("The docket number fits the court", "El número de expediente concuerda con el tribunal"),
            Self::W16 => ("The scanned copy is stored", "La copia escaneada está guardada"),
            Self::W17 => ("The clerk of the court was called", "Se llamó a la secretaría del tribunal"),
            Self::W18 => ("A second person approves", "Lo aprueba una segunda persona"),
            Self::W19 => ("It is not used up", "No está agotado"),
            Self::W20 => ("It is not withdrawn", "No se ha retirado"),
        };
        in_language(language, english, spanish)
    }

    /// What to look for.
    #[must_use]
    pub const fn help(self, language: Language) -> &'static str {
        let (english, spanish) = match self {
            Self::W01 => (
                "The test is who issued it, not the word warrant.",
                "Lo que cuenta es quién lo emitió, no la palabra orden.",
            ),
            Self::W02 => (
                "Read the top of the first page: it names a court, not DHS, ICE, CBP, USCIS, EOIR or an immigration \
                 court.",
                "Lea la parte superior de la primera página: nombra un tribunal, no DHS, ICE, CBP, USCIS, EOIR ni un \
                 tribunal de inmigración.",
            ),
            Self::W03 => (
                "The court is in the city's registry, and is federal or of the state; counsel may look up one that \
                 is not.",
                "El tribunal está en el registro de la ciudad y es federal o estatal; la Procuraduría puede \
                 averiguar sobre uno que no esté.",
            ),
            Self::W04 => (
                "Name, title and signature of a judge or magistrate of that court are on the paper.",
                "En el documento constan el nombre, el cargo y la firma de un juez o magistrado de ese tribunal.",
            ),
            Self::W05 => (
                "Look at the corners of every page for I-200, I-203, I-205, I-247, I-286, I-138, I-860 or I-862.",
                "Busque en las esquinas de cada página I-200, I-203, I-205, I-247, I-286, I-138, I-860 o I-862.",
            ),
            Self::W06 => (
                "The date of issue is on the paper and not in the future; a search warrant of New Mexico also states \
                 the time.",
                "La fecha de emisión consta en el documento y no está en el futuro; una orden de cateo de Nuevo \
                 México indica también la hora.",
            ),
            Self::W07 => (
                "What counts is the instant of release, not the day on which it was brought.",
                "Lo que cuenta es el momento de la entrega, no el día en que se presentó.",
            ),
            Self::W08 => (
                "The paper names this resident, account or address, and it is written down how the match was made.",
                "El documento nombra a esta persona, cuenta o dirección, y consta cómo se hizo la identificación.",
            ),
            Self::W09 => (
                "Every kind of information recorded here lies inside what the paper describes.",
                "Todo tipo de información anotado aquí está dentro de lo que describe el documento.",
            ),
            Self::W10 => (
                "Nothing older or newer than the paper allows is asked for.",
                "No se pide nada anterior ni posterior a lo que permite el documento.",
            ),
            Self::W11 => (
                "The paper names the city, the right department or the right building.",
                "El documento nombra a la ciudad, al departamento correcto o al edificio correcto.",
            ),
            Self::W12 => (
                "The officer is one whom the rule allows, and agency and badge are written down.",
                "El agente es de los que permite la regla, y constan su agencia y su placa.",
            ),
            Self::W13 => (
                "Between 6 in the morning and 10 at night, unless the paper authorizes any hour.",
                "Entre las 6 de la mañana y las 10 de la noche, salvo que el documento autorice cualquier hora.",
            ),
            Self::W14 => (
                "A search warrant of New Mexico comes with the statement of somebody named who swore to the facts.",
                "Una orden de cateo de Nuevo México viene con la declaración de una persona nombrada que juró los \
                 hechos.",
            ),
            Self::W15 => (
                "A number that fits proves little, but one that does not fit is a warning.",
                "Un número que concuerda prueba poco, pero uno que no concuerda es una advertencia.",
            ),
            Self::W16 => (
                "Every page is scanned; the hash shows that nobody exchanged it later.",
                "Todas las páginas están escaneadas; la huella demuestra que nadie la cambió después.",
            ),
            Self::W17 => (
                "Call a number from the city's own directory, never one from the paper, and write down who answered \
                 and when.",
                "Llame a un número del directorio de la ciudad, nunca a uno del documento, y anote quién respondió y \
                 cuándo.",
            ),
            Self::W18 => {
                ("Whoever recorded the paper never verifies it.", "Quien registró el documento nunca lo verifica.")
            }
            Self::W19 => (
                "Some papers may be used only once or a few times.",
                "Algunos documentos solo se pueden usar una o pocas veces.",
            ),
            Self::W20 => (
                "It was not withdrawn or quashed, and was verified recently enough.",
                "No se retiró ni se anuló, y se verificó hace poco.",
            ),
        };
        in_language(language, english, spanish)
    }
}
