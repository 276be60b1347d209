//! The numbers that courts give to their cases.
//!
//! A well-formed number is weak evidence: whoever forges a warrant can count, too. Must never be all that speaks for a
//! paper; the call to the clerk decides.

use std::fmt;

use chrono::{DateTime, Datelike as _, Utc};

use super::{Court, CourtLevel, CourtSystem};
use crate::domain::legal_basis::window::on_the_wall;

/// The types of case that a federal docket number may state.
const FEDERAL_TYPES: [&str; 7] = ["mj", "cr", "cv", "mc", "sw", "po", "gj"];

/// A docket number that is well-formed. Shown in the court's own spelling, whatever way it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Docket {
    /// Of a United States district court: `2:25-mj-01234-ABC`.
    Federal {
        /// Number of the office within the district.
        office: u8,
        /// Year of filing, four digits.
        year: i32,
        /// `mj`, `cr`, `cv`, `mc`, `sw`, `po` or `gj`.
        case_type: &'static str,
        /// Running number of the year, from 1.
        number: u32,
        /// Initials of the judges, in the order given.
        initials: Option<String>,
    },
    /// Of the Supreme Court of the United States or a court of appeals: `25-1234`.
    FederalAppellate {
        /// Year of filing, four digits.
        year: i32,
        /// Running number of the year, from 1.
        number: u32,
    },
    /// Of a trial court of New Mexico: `D-307-CR-2025-00123`.
    NewMexico {
        /// Letter and number of the court: `D-307`.
        prefix: String,
        /// Two letters: `CR`.
        case_type: String,
        /// Year of filing.
        year: i32,
        /// Running number of the year, from 1.
        number: u32,
        /// Digits of the running number as courts write it: five, six for the metropolitan court.
        digits: usize,
    },
    /// Of an appellate court of New Mexico: `S-1-SC-12345`, `A-1-CA-12345`. It states no year.
    NewMexicoAppellate {
        /// `S-1-SC` or `A-1-CA`.
        prefix: &'static str,
        /// Running number, from 1.
        number: u32,
    },
}

/// What is wrong with a docket number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocketFault {
    /// No court of the registry writes its numbers so.
    #[error("the docket number is not written as a federal court or a court of New Mexico writes it")]
    Malformed,
    /// A running number of nothing but zeros.
    #[error("the running number of the docket is zero")]
    Zero,
    /// A federal number on a paper of the state, or the other way round.
    #[error("the docket number belongs to the other court system, federal or state")]
    OtherSystem,
    /// A number of another court.
    #[error("the docket number belongs to another court")]
    OtherCourt,
    /// A year that does not fit the day of issue.
    #[error("the year of the docket number is more than one year from the year of issue")]
    OtherYear,
}

impl Docket {
    /// Reads a docket number: letter case, white space at its ends and the kind of dash do not matter.
    ///
    /// # Errors
    /// [`DocketFault::Malformed`] or [`DocketFault::Zero`].
    pub fn parse(text: &str) -> Result<Self, DocketFault> {
        let text: String = text.trim().chars().map(plain).collect();
        let docket = federal(&text).or_else(|| new_mexico(&text)).ok_or(DocketFault::Malformed)?;
        if docket.number() == 0 { Err(DocketFault::Zero) } else { Ok(docket) }
    }

    /// Whether the number can be this court's, on a paper issued at that instant.
    ///
    /// # Errors
    /// The first that does not hold: system, court, year.
    pub fn check(&self, court: &Court, issued_at: DateTime<Utc>) -> Result<(), DocketFault> {
        if self.system() != court.system {
            return Err(DocketFault::OtherSystem);
        }
        if !self.is_of(court) {
            return Err(DocketFault::OtherCourt);
        }
        let issued = on_the_wall(issued_at).year();
        match self.year() {
            Some(year) if year.abs_diff(issued) > 1 => Err(DocketFault::OtherYear),
            _ => Ok(()),
        }
    }

    /// The running number.
    const fn number(&self) -> u32 {
        match self {
            Self::Federal { number, .. }
            | Self::FederalAppellate { number, .. }
            | Self::NewMexico { number, .. }
            | Self::NewMexicoAppellate { number, .. } => *number,
        }
    }

    /// The year of filing, where the number states one.
    #[must_use]
    pub const fn year(&self) -> Option<i32> {
        match self {
            Self::Federal { year, .. } | Self::FederalAppellate { year, .. } | Self::NewMexico { year, .. } => {
                Some(*year)
            }
            Self::NewMexicoAppellate { .. } => None,
        }
    }

    /// Which system writes its numbers so.
    #[must_use]
    pub const fn system(&self) -> CourtSystem {
        match self {
            Self::Federal { .. } | Self::FederalAppellate { .. } => CourtSystem::Federal,
            Self::NewMexico { .. } | Self::NewMexicoAppellate { .. } => CourtSystem::State,
        }
    }

    /// Whether courts of this level, with these prefixes, write such numbers. The system has been compared.
    fn is_of(&self, court: &Court) -> bool {
        match self {
            Self::Federal { .. } => court.level == CourtLevel::District,
            Self::FederalAppellate { .. } => matches!(court.level, CourtLevel::Supreme | CourtLevel::Appeals),
            Self::NewMexicoAppellate { prefix, .. } => court.docket_prefixes.iter().any(|known| known == prefix),
            Self::NewMexico { prefix, .. } if court.docket_prefixes.is_empty() => {
                level_of(prefix).is_some_and(|level| level == court.level)
            }
            Self::NewMexico { prefix, .. } => court.docket_prefixes.contains(prefix),
        }
    }
}

impl fmt::Display for Docket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Federal { office, year, case_type, number, initials } => {
                write!(f, "{office}:{:02}-{case_type}-{number:05}", year % 100)?;
                initials.iter().try_for_each(|initials| write!(f, "-{initials}"))
            }
            Self::FederalAppellate { year, number } => write!(f, "{:02}-{number}", year % 100),
            Self::NewMexico { prefix, case_type, year, number, digits } => {
                write!(f, "{prefix}-{case_type}-{year:04}-{number:0digits$}")
            }
            Self::NewMexicoAppellate { prefix, number } => write!(f, "{prefix}-{number:05}"),
        }
    }
}

/// One kind of dash, one letter case.
fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        other => other.to_ascii_uppercase(),
    }
}

fn federal(text: &str) -> Option<Docket> {
    let Some((office, rest)) = text.split_once(':') else { return federal_appellate(text) };
    let office = digits(office, 1..=2)?.try_into().ok().filter(|office| *office > 0)?;
    let mut parts = rest.splitn(4, '-');
    let year = two_digit_year(parts.next()?)?;
    let written = parts.next()?;
    let case_type = FEDERAL_TYPES.into_iter().find(|known| written.eq_ignore_ascii_case(known))?;
    let number = digits(parts.next()?, 5..=5)?;
    let initials = parts.next().map(str::to_owned);
    let are_initials = |text: &String| {
        text.split('-').all(|part| (1..=5).contains(&part.len()) && is_letters(part)) && text.len() <= 16
    };
    initials.as_ref().is_none_or(are_initials).then_some(Docket::Federal { office, year, case_type, number, initials })
}

fn federal_appellate(text: &str) -> Option<Docket> {
    let (year, number) = text.split_once('-')?;
    Some(Docket::FederalAppellate { year: two_digit_year(year)?, number: digits(number, 1..=5)? })
}

fn new_mexico(text: &str) -> Option<Docket> {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        ["S", "1", "SC", number] => Some(appellate("S-1-SC", digits(number, 5..=5)?)),
        ["A", "1", "CA", number] => Some(appellate("A-1-CA", digits(number, 5..=5)?)),
        [letter, court, case_type, year, number] => {
            let (lengths, running) = match *letter {
                "D" => (3..=4, 5),
                "M" => (1..=4, 5),
                "T" => (1..=2, 6),
                _ => return None,
            };
            digits(court, lengths)?;
            let is_type = case_type.len() == 2 && is_letters(case_type);
            let year = is_type.then(|| digits(year, 4..=4)).flatten()?;
            Some(Docket::NewMexico {
                prefix: format!("{letter}-{court}"),
                case_type: (*case_type).to_owned(),
                year: i32::try_from(year).ok()?,
                number: digits(number, running..=running)?,
                digits: running,
            })
        }
        _ => None,
    }
}

const fn appellate(prefix: &'static str, number: u32) -> Docket {
    Docket::NewMexicoAppellate { prefix, number }
}

/// The level of trial courts whose numbers begin with this letter.
fn level_of(prefix: &str) -> Option<CourtLevel> {
    match prefix.chars().next()? {
        'D' => Some(CourtLevel::District),
        'M' => Some(CourtLevel::Magistrate),
        'T' => Some(CourtLevel::Metropolitan),
        _ => None,
    }
}

fn two_digit_year(text: &str) -> Option<i32> {
    // The form with two digits came with the electronic case files of this century.
    digits(text, 2..=2).and_then(|year| i32::try_from(2000 + year).ok())
}

/// A number written with as many ASCII digits as `lengths` allows.
fn digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let is_number = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn is_letters(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether a court's numbers can begin so.
pub(super) fn is_docket_prefix(text: &str) -> bool {
    matches!(text, "S-1-SC" | "A-1-CA") || new_mexico(&format!("{text}-CR-2025-00001")).is_some() || {
        new_mexico(&format!("{text}-CR-2025-000001")).is_some()
    }
}
