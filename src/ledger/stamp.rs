//! The random part of an entry, drawn before the writer's turn, so that a lack of random bytes is found early.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::clock::{Entropy, EntropyError, uuid_v7};
use crate::domain::record::{Draft, Event, EventKind};

/// What makes one entry unlike any other: its id and its nonce.
#[derive(Clone, Debug)]
pub struct Stamp {
    id: Uuid,
    nonce: [u8; 32],
}

impl Stamp {
    /// Draws a stamp for an entry of about this instant.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn draw(now: DateTime<Utc>, entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        let (mut random, mut nonce) = ([0; 10], [0; 32]);
        entropy.fill(&mut random)?;
        entropy.fill(&mut nonce)?;
        Ok(Self { id: uuid_v7(now, &random), nonce })
    }

    /// A stamp that was drawn otherwise.
    #[must_use]
    pub const fn of(id: Uuid, nonce: [u8; 32]) -> Self {
        Self { id, nonce }
    }

    /// The entry of an event at this instant.
    #[must_use]
    pub fn event(
        &self,
        now: DateTime<Utc>,
        kind: EventKind,
        actor: &str,
        about: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Draft {
        Event::new(self.id, kind, now, actor, about).into_draft(self.id, now, self.nonce)
    }
}
