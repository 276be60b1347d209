//! What can be chosen in forms about legal bases: words of closed sets, courts, stores.

use crate::app::App;
use crate::console::Frame;
use crate::console::words::Word;
use crate::domain::field::FieldClass;
use crate::domain::{Purpose, RequesterKind};
use crate::storage::{StoreError, catalog};

/// A word and what people call it.
pub(in crate::console) type Choice = (String, String);

/// What can be chosen for a scope.
#[derive(Default)]
pub(in crate::console) struct ScopeChoices {
    /// Record stores, by id and name.
    pub(in crate::console) stores: Vec<Choice>,
    /// Classes that a basis can open.
    pub(in crate::console) classes: Vec<Choice>,
    /// Who can ask.
    pub(in crate::console) requester_kinds: Vec<Choice>,
    /// For what.
    pub(in crate::console) purposes: Vec<Choice>,
}

impl ScopeChoices {
    /// The choices, with these stores.
    pub(in crate::console) fn of(frame: &Frame, stores: Vec<Choice>) -> Self {
        let purposes = Purpose::ALL.into_iter().filter(|purpose| *purpose != Purpose::NotStated);
        Self {
            stores,
            classes: words(frame, FieldClass::ALL.into_iter().filter(|class| class.has_policy_row())),
            requester_kinds: words(frame, RequesterKind::ALL),
            purposes: words(frame, purposes),
        }
    }
}

/// Members of a closed set with their words.
pub(in crate::console) fn words<W: Word + std::fmt::Display>(
    frame: &Frame,
    members: impl IntoIterator<Item = W>,
) -> Vec<Choice> {
    members.into_iter().map(|member| (member.to_string(), frame.word(member))).collect()
}

/// The record stores that the city knows, by id and name. Blocks.
pub(in crate::console) fn stores(app: &App) -> Result<Vec<Choice>, StoreError> {
    let catalog = app.store().read(catalog::load)?;
    Ok(catalog.stores().map(|store| (store.store().id.to_string(), store.store().name.clone())).collect())
}
