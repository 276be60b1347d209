//! What people call record stores and city applications: pages show names where the log has ids.

use std::sync::Arc;

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

    /// The name of a store; its id when no catalogue names it.
    pub(super) fn store(&self, id: &str) -> String {
        self.store_name(id).unwrap_or_else(|| id.to_owned())
    }

    /// The name of an application; whatever else asked is called what it is called in the log.
    pub(super) fn application(&self, id: &str) -> String {
        self.application_name(id).unwrap_or_else(|| id.to_owned())
    }

    fn store_name(&self, id: &str) -> Option<String> {
        let snapshot = self.0.as_ref()?.ledger().snapshot();
        Some(snapshot.catalog.find(&id.parse().ok()?)?.store().name.clone())
    }

    fn application_name(&self, id: &str) -> Option<String> {
        let snapshot = self.0.as_ref()?.ledger().snapshot();
        Some(snapshot.clients.get(&id.parse().ok()?)?.name.clone())
    }
}
