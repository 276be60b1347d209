//! What keeps a witness's cosignature from us.

use crate::outbound::OutboundError;
use crate::storage::StoreError;
use crate::tlog::CosignatureError;

/// Why there is no cosignature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Nothing usable came back.
    #[error("{0}")]
    Outbound(#[from] OutboundError),
    /// It does not want to: it does not know the log or its key, or it is unwell itself.
    #[error("it answered with status {0}")]
    Status(u16),
    /// What it sent is no cosignature of this checkpoint by its key.
    #[error("it sent no valid cosignature: {0}")]
    Cosignature(#[from] CosignatureError),
    /// Its clock is ahead of ours.
    #[error("its cosignature is of a time that has not come yet")]
    Future,
    /// It does not say which size it has, or another one each time.
    #[error("it does not say steadily which size it has cosigned")]
    Unsteady,
    /// Somebody has shown it a newer checkpoint than the published one, as receipts carry: the next publication will do.
    #[error("it has cosigned a newer checkpoint than the published one")]
    Early,
    /// The proof from the size that it told did not convince it: it has seen another history of this log, or says so.
    #[error("it does not accept that the log continues what it cosigned before")]
    Inconsistent,
    /// It says that it cosigned more entries than the log has: it lies, or this database was set back.
    #[error("it says that it cosigned {claimed} entries, and the log has {length}")]
    Ahead {
        /// Entries that it says it cosigned.
        claimed: u64,
        /// Entries in the log.
        length: u64,
    },
    /// What was to be sent, or kept, could not be: the fault is ours.
    #[error("the log could not be read or the cosignature not be kept")]
    Own,
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::own(&error)
    }
}

impl Trouble {
    /// A fault of ours, told to the program's log.
    pub(super) fn own(error: &dyn std::fmt::Display) -> Self {
        tracing::warn!(%error, "a checkpoint cannot be brought to a witness, or its cosignature not be kept");
        Self::Own
    }

    /// In one word, for metrics and for the texts of pages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outbound(OutboundError::TimedOut) => "timed-out",
            Self::Outbound(OutboundError::Unreachable) => "unreachable",
            Self::Outbound(OutboundError::Untrusted) => "untrusted",
            Self::Outbound(OutboundError::TooLong | OutboundError::Garbled) => "garbled",
            Self::Status(_) => "refused",
            Self::Cosignature(_) => "invalid",
            Self::Future => "future",
            Self::Unsteady => "unsteady",
            Self::Early => "early",
            Self::Inconsistent => "inconsistent",
            Self::Ahead { .. } => "ahead",
            Self::Own => "own",
        }
    }

    /// Whether somebody must look at once: if the witness is right, this log has two histories.
    #[must_use]
    pub const fn is_alarm(self) -> bool {
        matches!(self, Self::Ahead { .. } | Self::Inconsistent)
    }
}
