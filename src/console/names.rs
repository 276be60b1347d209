//! What people call record stores, city applications and actors: pages show names where the log has ids.

use std::sync::Arc;

use super::Frame;
use crate::app::App;

/// Looks names up, in what the program holds in memory.
pub(super) struct Names(Option<Arc<App>>);

impl Names {
    /// Those of the city.
    pub(super) fn of(app: &Arc<App>) -> Self {
        Self(Some(Arc::clone(app)))
    }

    /// None: samples show ids as they are.
    pub(super) const fn sample() -> Self {
        Self(None)
    }

    fn of_store(&self, id: &str) -> Option<String> {
        let snapshot = self.0.as_ref()?.ledger().snapshot();
        Some(snapshot.catalog.find(&id.parse().ok()?)?.store().name.clone())
    }

    fn of_application(&self, id: &str) -> Option<String> {
        let snapshot = self.0.as_ref()?.ledger().snapshot();
        Some(snapshot.clients.get(&id.parse().ok()?)?.name.clone())
    }
}

impl Frame {
    /// What people call a record store; its id when no catalogue names it.
    pub(super) fn store(&self, id: &(impl ToString + ?Sized)) -> String {
        let id = id.to_string();
        self.names.of_store(&id).unwrap_or(id)
    }

    /// What people call the application that asked. At the counter a person asks, and keeps the name that the log has.
    pub(super) fn asker(&self, id: &(impl ToString + ?Sized)) -> String {
        let id = id.to_string();
        self.names.of_application(&id).unwrap_or(id)
    }

    /// Who did something: a name of the log, or words for what has no account.
    pub(super) fn who(&self, actor: impl AsRef<str>) -> String {
        let key = format!("actor-{}", actor.as_ref());
        if self.tongue().knows(&key) { self.t(&key) } else { actor.as_ref().to_owned() }
    }
}
