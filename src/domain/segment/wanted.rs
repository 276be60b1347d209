//! What the columns of an entry must say for it to be found.

use super::ColumnName;
use crate::domain::decision::{DecisionFilter, Reason};
use crate::domain::field::FieldClass;
use crate::domain::record::EventKind;
use crate::domain::{Agency, LegalBasisId, ResidentIndex};

/// Every part that is given must fit.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Columns that hold exactly this word.
    pub words: Vec<(ColumnName, String)>,
    /// The agency, however it was capitalised.
    pub agency: Option<Agency>,
    /// One answer to a field, of this class and for this reason.
    pub answer: Option<(Option<FieldClass>, Option<Reason>)>,
    /// A basis that is cited.
    pub legal_basis: Option<LegalBasisId>,
    /// One of these residents.
    pub residents: Option<Vec<ResidentIndex>>,
}

impl Wanted {
    /// Decisions that fit a filter, whenever they were made.
    #[must_use]
    pub fn decisions(filter: &DecisionFilter, residents: Option<Vec<ResidentIndex>>) -> Self {
        fn word<T: ToString>(name: ColumnName, part: Option<&T>) -> Option<(ColumnName, String)> {
            part.map(|part| (name, part.to_string()))
        }
        let words = [
            word(ColumnName::Kind, Some(&EventKind::Decision)),
            word(ColumnName::Actor, filter.client.as_ref()),
            word(ColumnName::Store, filter.store.as_ref()),
            word(ColumnName::RequesterKind, filter.requester_kind.as_ref()),
            word(ColumnName::Purpose, filter.purpose.as_ref()),
            word(ColumnName::Outcome, filter.outcome.as_ref()),
        ];
        Self {
            words: words.into_iter().flatten().collect(),
            agency: filter.agency.clone(),
            answer: (filter.class.is_some() || filter.reason.is_some()).then_some((filter.class, filter.reason)),
            legal_basis: filter.legal_basis,
            residents,
        }
    }

    /// The columns of words that tell something about it.
    #[must_use]
    pub fn columns(&self) -> Vec<ColumnName> {
        let others = [
            self.agency.is_some().then_some(ColumnName::Agency),
            self.answer.is_some().then_some(ColumnName::Answers),
            self.legal_basis.is_some().then_some(ColumnName::Cited),
        ];
        self.words.iter().map(|(name, _)| *name).chain(others.into_iter().flatten()).collect()
    }

    /// Whether an entry with this word in this column may be wanted.
    #[must_use]
    pub fn accepts(&self, name: ColumnName, word: &str) -> bool {
        match name {
            ColumnName::Agency => self.agency.as_ref().is_none_or(|agency| Agency::new(word).as_ref() == Ok(agency)),
            ColumnName::Answers => {
                self.answer.is_none_or(|answer| word.split(' ').any(|given| is_answer(given, answer)))
            }
            ColumnName::Cited => self.legal_basis.is_none_or(|basis| {
                let basis = basis.to_string();
                word.split(' ').any(|cited| cited == basis)
            }),
            _ => self.words.iter().all(|(of, wanted)| *of != name || wanted == word),
        }
    }
}

/// How an answer stands in the column of answers.
#[must_use]
pub fn answer_word(class: FieldClass, reason: Reason) -> String {
    format!("{class}:{reason}")
}

fn is_answer(given: &str, (class, reason): (Option<FieldClass>, Option<Reason>)) -> bool {
    let Some((of_class, for_reason)) = given.split_once(':') else { return false };
    class.is_none_or(|class| class.as_str() == of_class) && reason.is_none_or(|reason| reason.as_str() == for_reason)
}
