//! Telling the papers of the immigration authorities from those of a court.
//!
//! The test is the issuer, not the word "warrant". Must never miss a name for being spaced out, dotted, in capitals or in
//! Spanish; and never take the highway for a form.

use super::name::words_of;
use crate::domain::fold::folded;

/// Short names, met as a word of their own; also behind `US`.
const SHORT_NAMES: [(&str, &str); 8] = [
    ("dhs", "DHS"),
    ("ice", "ICE"),
    ("cbp", "CBP"),
    ("uscis", "USCIS"),
    ("eoir", "EOIR"),
    ("ero", "ICE"),
    ("hsi", "ICE"),
    ("usbp", "CBP"),
];

/// Long names, written together without spaces: that is how they are found in letters that are spaced out.
const LONG_NAMES: [(&str, &str); 25] = [
    ("homelandsecurity", "DHS"),
    ("seguridadnacional", "DHS"),
    ("seguridadinterior", "DHS"),
    ("immigrationandcustomsenforcement", "ICE"),
    ("immigrationcustomsenforcement", "ICE"),
    ("enforcementandremovaloperations", "ICE"),
    ("inmigracionycontroldeaduanas", "ICE"),
    ("controldeinmigracionyaduanas", "ICE"),
    ("customsandborderprotection", "CBP"),
    ("customsborderprotection", "CBP"),
    ("borderpatrol", "CBP"),
    ("patrullafronteriza", "CBP"),
    ("aduanasyproteccionfronteriza", "CBP"),
    ("citizenshipandimmigrationservices", "USCIS"),
    ("ciudadaniaeinmigracion", "USCIS"),
    ("officeforimmigrationreview", "EOIR"),
    ("revisiondecasosdeinmigracion", "EOIR"),
    ("immigrationcourt", "Immigration Court"),
    ("tribunaldeinmigracion", "Immigration Court"),
    ("cortedeinmigracion", "Immigration Court"),
    ("immigrationjudge", "Immigration Judge"),
    ("juezdeinmigracion", "Immigration Judge"),
    ("juezadeinmigracion", "Immigration Judge"),
    ("boardofimmigrationappeals", "Board of Immigration Appeals"),
    ("apelacionesdeinmigracion", "Board of Immigration Appeals"),
];

/// Titles and spellings that no judge of a court bears.
const TITLES: [(&str, &str); 8] = [
    ("immigrationofficer", "Immigration Officer"),
    ("deportationofficer", "Immigration Officer"),
    ("detentionanddeportation", "Immigration Officer"),
    ("oficialdeinmigracion", "Immigration Officer"),
    ("agentedeinmigracion", "Immigration Officer"),
    ("immigrationcourts", "Immigration Court"),
    ("tribunalmigratorio", "Immigration Court"),
    ("juezmigratorio", "Immigration Judge"),
];

/// The numbers of the forms that can never unlock anything.
const FORMS: [&str; 8] = ["200", "203", "205", "247", "286", "138", "860", "862"];

/// The immigration authority that a text names, in English or Spanish, whatever its spacing, dots, accents and letter case.
///
/// None of them is a court: the immigration judges belong to the Department of Justice (8 CFR 1003.9, 1003.10).
#[must_use]
pub fn names_immigration_authority(text: &str) -> Option<&'static str> {
    let words = words_of(text);
    let together = words.concat();
    let mut long = LONG_NAMES.iter().chain(&TITLES).filter(|(name, _)| together.contains(name));
    let short = |word: &String| {
        let bare = word.strip_prefix("us").unwrap_or(word);
        SHORT_NAMES.iter().find(|(name, _)| *name == word || *name == bare)
    };
    let found = long.next().or_else(|| words.iter().find_map(short));
    found.map(|(_, authority)| *authority)
}

/// The number of a form of the Department of Homeland Security in a text, as the department writes it: `I-200`, `I-247A`.
///
/// Found with or without the dash, with white space in its place, and with the word `Form` before it or without.
#[must_use]
pub fn dhs_form_number(text: &str) -> Option<String> {
    let folded = folded(text);
    let chars: Vec<char> = folded.chars().filter(|c| !crate::domain::fold::is_invisible(*c)).collect();
    let starts = chars.iter().enumerate().filter(|(_, c)| **c == 'i').map(|(at, _)| at);
    starts.filter(|at| is_edge(at.checked_sub(1).and_then(|before| chars.get(before)))).find_map(|at| {
        let rest = chars.get(at + 1..).unwrap_or_default();
        let gap = rest.iter().take_while(|c| !c.is_alphanumeric()).count();
        if gap > LONGEST_GAP {
            return None;
        }
        let code: String = rest.iter().skip(gap).take_while(|c| c.is_alphanumeric()).collect();
        form_of(&code)
    })
}

/// What may stand between the letter and the number: a dash with white space around it.
const LONGEST_GAP: usize = 3;

/// `247a` is `I-247A`; `2005`, `25` and `200th` are no forms.
fn form_of(code: &str) -> Option<String> {
    let number = FORMS.into_iter().find(|number| code.starts_with(number))?;
    let suffix = code.strip_prefix(number)?;
    let is_detainer = number == "247" && suffix.len() == 1 && suffix.bytes().all(|byte| byte.is_ascii_lowercase());
    (suffix.is_empty() || is_detainer).then(|| format!("I-{number}{}", suffix.to_ascii_uppercase()))
}

fn is_edge(before: Option<&char>) -> bool {
    before.is_none_or(|c| !c.is_alphanumeric())
}
