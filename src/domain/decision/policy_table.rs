//! The policy as a table that a lawyer can read, for a terminal or a print-out.
//!
//! Must never be read back: the file is the source, this is its picture.

use std::fmt::Write as _;

use super::policy::{Policy, PolicyScope};
use crate::domain::language::Language;
use crate::domain::legal_basis::BasisKind;

/// Widths that leave two spaces between columns and stay within 100.
const CLASS_COLUMNS: [usize; 5] = [23, 9, 23, 11, 26];
const REQUESTER_COLUMNS: [usize; 2] = [34, 30];

impl Policy {
    /// The table in words, at most 100 columns wide, in plain text.
    #[must_use]
    pub fn to_table(&self, language: Language) -> String {
        let words = words(language);
        let mut out = String::new();
        let hash = self.sha256().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        let scope = match self.scope() {
            PolicyScope::AllExternal => words.all_external,
            PolicyScope::SolelyFederalImmigration => words.solely_federal_immigration,
        };
        for (label, text) in [(words.policy, self.id()), (words.title, self.title()), (words.scope, scope)] {
            line(&mut out, &[10, 88], &[&format!("{label}:"), text]);
        }
        line(&mut out, &[10, 88], &["SHA-256:", &hash]);
        out.push('\n');
        self.class_rows(language, &words, &mut out);
        out.push('\n');
        self.requester_rows(language, &words, &mut out);
        out.push('\n');
        line(&mut out, &[100], &[words.confidential]);
        out
    }

    fn class_rows(&self, language: Language, words: &Words, out: &mut String) {
        line(out, &CLASS_COLUMNS, &words.class_heads);
        rule(out, &CLASS_COLUMNS);
        for row in self.classes() {
            let kinds = BasisKind::ALL.into_iter().filter(|kind| row.accepts(*kind));
            let accepts = kinds.map(|kind| kind.label(language)).collect::<Vec<_>>().join(", ");
            let age = format!("{} h", row.max_verification_age().num_hours());
            let protected = if row.is_protected() { words.yes } else { words.no };
            let opened_by = if row.is_protected() { &accepts } else { "—" };
            let cells = [row.class().label(language), protected, opened_by, &age, row.citation().unwrap_or("—")];
            line(out, &CLASS_COLUMNS, &cells);
        }
    }

    fn requester_rows(&self, language: Language, words: &Words, out: &mut String) {
        line(out, &REQUESTER_COLUMNS, &words.requester_heads);
        rule(out, &REQUESTER_COLUMNS);
        for kind in crate::domain::requester::RequesterKind::ALL {
            let place = if self.is_outbound(kind) { words.outside } else { words.inside };
            line(out, &REQUESTER_COLUMNS, &[kind.label(language), place]);
        }
    }
}

/// The words of the table itself.
struct Words {
    policy: &'static str,
    title: &'static str,
    scope: &'static str,
    all_external: &'static str,
    solely_federal_immigration: &'static str,
    class_heads: [&'static str; 5],
    requester_heads: [&'static str; 2],
    yes: &'static str,
    no: &'static str,
    outside: &'static str,
    inside: &'static str,
    confidential: &'static str,
}

const fn words(language: Language) -> Words {
    match language {
        Language::English => Words {
            policy: "Policy",
            title: "Title",
            scope: "Scope",
            all_external: "every request from outside the city",
            solely_federal_immigration: "only requests for federal immigration enforcement",
            class_heads: ["Information", "Protected", "Opened by", "Verified in", "Source"],
            requester_heads: ["Requester", "A release to them"],
            yes: "yes",
            no: "no",
            outside: "leaves the city",
            inside: "stays inside",
            confidential: "Participants in the Confidential Substitute Address program: home address, phone and e-mail are \
                opened by a warrant or order of a judge only, whatever this table says (NMSA 40-13B).",
        },
        Language::Spanish => Words {
            policy: "Política",
            title: "Título",
            scope: "Alcance",
            all_external: "toda solicitud de fuera de la ciudad",
            solely_federal_immigration: "solo solicitudes para el control migratorio federal",
            class_heads: ["Información", "Protegida", "La abre", "Verificada", "Fuente"],
            requester_heads: ["Solicitante", "Una entrega"],
            yes: "sí",
            no: "no",
            outside: "sale de la ciudad",
            inside: "se queda dentro",
            confidential: "Participantes del programa de dirección sustituta confidencial: domicilio, teléfono y correo solo \
                los abre una orden judicial, diga lo que diga esta tabla (NMSA 40-13B).",
        },
    }
}

fn rule(out: &mut String, widths: &[usize]) {
    let dashes: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    out.push_str(&dashes.join("  "));
    out.push('\n');
}

/// One row; a cell that is too long goes on in the lines below.
fn line(out: &mut String, widths: &[usize], cells: &[&str]) {
    let columns: Vec<Vec<String>> = widths.iter().zip(cells).map(|(width, cell)| wrapped(cell, *width)).collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or_default();
    for row in 0..height {
        let mut text = String::new();
        for (column, width) in columns.iter().zip(widths) {
            let cell = column.get(row).map_or("", String::as_str);
            // Writing into a String cannot fail.
            let _ = write!(text, "{cell:width$}  ");
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace().flat_map(|word| pieces(word, width)) {
        let Some(last) = lines.last_mut() else { break };
        if last.is_empty() {
            *last = word;
        } else if last.chars().count() + 1 + word.chars().count() <= width {
            last.push(' ');
            last.push_str(&word);
        } else {
            lines.push(word);
        }
    }
    lines
}

/// A word cut into pieces that fit, so that no text can break the table.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(width.max(1)).map(|piece| piece.iter().collect()).collect()
}
