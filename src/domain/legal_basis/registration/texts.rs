//! Texts of a form: trimmed, not blank, not too long, without characters that a reader cannot see.

use super::fault::{Fault, Faults};
use super::form::{OfficerForm, RequesterForm};
use super::{EmergencyRequester, Officer};
use crate::domain::fold::is_invisible;

/// The longest name of a person, a court or an office, in characters.
const NAME_CHARS: usize = 200;

/// The fewest characters in which facts can be told.
pub(super) const FACTS_CHARS: usize = 40;

/// Reads texts and notes their faults.
pub(super) struct Texts<'f> {
    pub(super) faults: &'f mut Faults,
    /// The longest running text, in characters.
    pub(super) text_chars: usize,
}

impl Texts<'_> {
    /// One line: a name, a number.
    pub(super) fn line(&mut self, member: &str, text: Option<String>) -> Option<String> {
        self.read(member, &text?, NAME_CHARS.min(self.text_chars), char::is_control)
    }

    /// Running text, which may have line breaks.
    pub(super) fn running(&mut self, member: &str, text: Option<String>) -> Option<String> {
        self.read(member, &text?, self.text_chars, |c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    }

    fn read(&mut self, member: &str, text: &str, longest: usize, is_refused: fn(char) -> bool) -> Option<String> {
        let text = text.trim();
        let fault = if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
            Fault::Empty
        } else if text.chars().count() > longest {
            Fault::TooLong(longest)
        } else if text.chars().any(is_refused) {
            Fault::ControlCharacter
        } else {
            return Some(text.to_owned());
        };
        self.faults.add(member, fault);
        None
    }

    /// Who served the paper.
    pub(super) fn officer(&mut self, form: OfficerForm) -> Officer {
        Officer {
            name: self.line("/serving_officer/name", form.name),
            agency: self.line("/serving_officer/agency", form.agency),
            badge: self.line("/serving_officer/badge", form.badge),
            phone: self.line("/serving_officer/phone", form.phone),
        }
    }

    /// Who asks, in an emergency.
    pub(super) fn requester(&mut self, form: RequesterForm) -> EmergencyRequester {
        EmergencyRequester {
            name: self.line("/requester/name", form.name),
            agency: self.line("/requester/agency", form.agency),
            call_back_number: self.line("/requester/call_back_number", form.call_back_number),
        }
    }

    /// The facts of an emergency, told at some length.
    pub(super) fn facts(&mut self, text: Option<String>) -> Option<String> {
        let text = self.running("/facts", text)?;
        // Blanks and repeated line breaks tell nothing.
        let told = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !is_invisible(*c)).count();
        self.faults.require(told >= FACTS_CHARS, "/facts", Fault::FactsTooShort);
        Some(text)
    }
}
