//! A new epoch: an operator says, in an entry of the log itself, that acknowledged entries are gone and why.

use std::convert::Infallible;

use super::assemble::{AssembleError, EpochParts};
use super::service::PutKeysInForce;
use crate::config::Settings;
use crate::domain::record::EventKind;
use crate::ledger::{Change, ChangeError, Head, KeysInUse, Loss, OpenEpochError, Stamp, Turn, open_epoch};
use crate::storage::state;

/// Characters that explain something, and that a page can show.
const REASON_LENGTH: std::ops::RangeInclusive<usize> = 10..=300;

/// Why entries are gone, for the public.
#[derive(Clone, Debug)]
pub struct Reason(String);

/// A reason that the public could not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reason is one line of 10 to 300 characters: everybody reads it, so it names nobody")]
pub struct NoReason;

impl std::str::FromStr for Reason {
    type Err = NoReason;

    fn from_str(text: &str) -> Result<Self, NoReason> {
        let text = text.trim();
        let is_fit = REASON_LENGTH.contains(&text.chars().count()) && !text.contains(char::is_control);
        if is_fit { Ok(Self(text.to_owned())) } else { Err(NoReason) }
    }
}

/// Why no epoch was opened.
#[derive(Debug, thiserror::Error)]
pub enum NoEpoch {
    /// Keys, settings or database.
    #[error(transparent)]
    Assemble(#[from] AssembleError),
    /// The log.
    #[error(transparent)]
    Open(#[from] OpenEpochError),
}

/// Opens the next epoch of the settings' log, if exactly `giving_up` acknowledged entries are lost. The service must not
/// be running.
///
/// # Errors
/// Why no epoch was opened; then nothing was changed.
pub fn open_next_epoch(settings: &Settings, giving_up: u64, reason: Reason, actor: &str) -> Result<Head, NoEpoch> {
    let EpochParts { options, stamps } = EpochParts::open(settings)?;
    let (keys, actor) = (options.keys.clone(), actor.to_owned());
    Ok(open_epoch(&options, giving_up, |loss| OpenEpoch { stamps, keys, actor, reason, loss })?)
}

struct OpenEpoch {
    stamps: [Stamp; 2],
    keys: KeysInUse,
    actor: String,
    reason: Reason,
    loss: Loss,
}

impl Change for OpenEpoch {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        let Self { stamps: [opened, in_force], keys, actor, reason, loss } = self;
        let about = [
            ("given_up", loss.given_up.to_string()),
            ("kept_root", loss.kept_root.to_base64()),
            ("kept_size", loss.kept.to_string()),
            ("lost_origin", loss.lost.origin().to_owned()),
            ("lost_root", loss.lost.root().to_base64()),
            ("lost_size", loss.lost.size().to_string()),
            ("origin", loss.origin),
            ("reason", reason.0),
        ];
        // First of all: an entry before it would be signed under a name that the lost entries have used up.
        turn.entries.append(opened.event(turn.now, EventKind::EpochOpened, &actor, about));
        state::raise_revision(turn.tx)?;
        PutKeysInForce { stamp: in_force, keys }.apply(turn)
    }
}
