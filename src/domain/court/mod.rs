//! Courts, the numbers they give to their cases, and the papers of an authority that is no court.
//!
//! Must never hold a court that is not in the registry's file, and never take an immigration court for one: it is an
//! office of the Department of Justice (8 CFR 1003.9).

mod docket;
mod immigration;
mod name;
mod registry;
mod registry_text;

use super::closed_set::closed_set;
use super::ids::CourtId;

pub use docket::{Docket, DocketFault};
pub use immigration::{dhs_form_number, names_immigration_authority};
pub use registry::CourtRegistry;
pub use registry_text::CourtFault;

/// Whose court it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CourtSystem {
    /// Of the United States.
    Federal,
    /// Of New Mexico or one of its cities.
    State,
}

closed_set!(CourtSystem, "court system", {
    Federal => "federal",
    State => "state",
});

/// Where a court stands in its system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CourtLevel {
    /// The highest court of its system.
    Supreme,
    /// A court of appeals.
    Appeals,
    /// A trial court of general jurisdiction.
    District,
    /// A magistrate court of New Mexico. A United States magistrate judge sits in a district court.
    Magistrate,
    /// The metropolitan court of Bernalillo County.
    Metropolitan,
    /// A city's own court.
    Municipal,
}

closed_set!(CourtLevel, "court level", {
    Supreme => "supreme",
    Appeals => "appeals",
    District => "district",
    Magistrate => "magistrate",
    Metropolitan => "metropolitan",
    Municipal => "municipal",
});

/// A court of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Court {
    /// Its id.
    pub id: CourtId,
    /// Its full name.
    pub name: String,
    /// Other ways in which papers name it.
    pub variants: Vec<String>,
    /// Whose court it is.
    pub system: CourtSystem,
    /// Where it stands in its system.
    pub level: CourtLevel,
    /// What its docket numbers begin with, such as `D-307`: one for each county it sits for. Empty where no prefix tells
    /// this court from others of its level.
    pub docket_prefixes: Vec<String>,
}
