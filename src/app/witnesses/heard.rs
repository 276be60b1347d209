//! What a witness answers, and what comes of it.

use std::convert::Infallible;

use super::errand::Errand;
use super::{Asked, Standing, Trouble};
use crate::app::App;
use crate::ledger::{Change, ChangeError, Turn};
use crate::outbound::{OutboundError, Reply};
use crate::storage::audit::{self, CosignatureRow};
use crate::tlog::witnessing::parse_signatures;
use crate::tlog::{Cosignature, parse_size};

/// How far a witness's clock may be ahead of ours, in seconds.
const MOST_AHEAD_S: i64 = 300;

/// What a 409 says which size it means with.
const SIZE_TYPE: &str = "text/x.tlog.size";

impl App {
    /// Takes an answer in. Gives the question that follows from it, if there is one.
    pub(super) fn hear(
        &self,
        witness: &Asked,
        errand: &Errand,
        answer: Result<Reply, OutboundError>,
    ) -> Result<Option<Errand>, Trouble> {
        let answer = answer?;
        match answer.status {
            200 => self.keep(witness, errand, &answer.body).map(|()| None),
            409 if answer.content_type == SIZE_TYPE => self.go_on_from(errand, &answer.body).map(Some),
            409 => Err(Trouble::Unsteady),
            422 => Err(Trouble::Inconsistent),
            status => Err(Trouble::Status(status)),
        }
    }

    /// Believes its signature over the checkpoint that we sent, and keeps it.
    fn keep(&self, witness: &Asked, errand: &Errand, body: &str) -> Result<(), Trouble> {
        let cosignature = witness.key.find_over(&errand.checkpoint.encode(), &parse_signatures(body)?)?;
        let latest = self.now().timestamp().saturating_add(MOST_AHEAD_S);
        if i64::try_from(cosignature.at()).map_or(true, |at| at > latest) {
            return Err(Trouble::Future);
        }
        let keep = KeepCosignature::of(witness, errand, &cosignature).ok_or(Trouble::Own)?;
        let size = errand.checkpoint.size();
        match self.ledger.change_blocking(keep) {
            Ok(Ok(())) => {
                tracing::info!(witness = witness.key.name(), size, "a checkpoint was cosigned");
                Ok(())
            }
            Err(error) => Err(Trouble::own(&error)),
        }
    }

    /// It has another size than we thought. Believed only as far as a proof from there convinces it.
    fn go_on_from(&self, errand: &Errand, body: &str) -> Result<Errand, Trouble> {
        let claimed = parse_size(body).ok_or(Trouble::Unsteady)?;
        // Read after the answer: whatever the witness can have cosigned was durable before.
        let length = self.store.read(audit::length)?;
        let length = u64::try_from(length).unwrap_or_default();
        if claimed > length {
            return Err(Trouble::Ahead { claimed, length });
        }
        if errand.is_second || claimed == errand.request.old {
            return Err(Trouble::Unsteady);
        }
        self.errand_from(claimed)
    }

    /// Notes how it went: for the metrics, the log's page and the next attempt.
    pub(super) fn note_outcome(&self, witness: &Asked, outcome: Result<(), Trouble>) {
        let name = witness.key.name();
        let word = outcome.map_or_else(Trouble::as_str, |()| "cosigned");
        metrics::counter!("zaguan_witness_answers_total", "witness" => name.to_owned(), "outcome" => word).increment(1);
        let is_alarm = outcome.is_err_and(Trouble::is_alarm);
        metrics::gauge!("zaguan_witness_alarm", "witness" => name.to_owned()).set(f64::from(u8::from(is_alarm)));
        match outcome {
            Ok(()) => *witness.standing() = Standing::default(),
            Err(trouble) => {
                witness.standing().failed(trouble, self.now());
                if is_alarm {
                    tracing::error!(witness = name, "{trouble}: the witness lies, or this log has two histories");
                } else {
                    tracing::warn!(witness = name, "no cosignature: {trouble}");
                }
            }
        }
    }
}

/// Keeps a line beneath a published checkpoint. It leaves no entry, or the log would grow by being witnessed.
struct KeepCosignature(CosignatureRow);

impl KeepCosignature {
    fn of(witness: &Asked, errand: &Errand, cosignature: &Cosignature) -> Option<Self> {
        let size = i64::try_from(errand.checkpoint.size()).ok()?;
        Some(Self(CosignatureRow { size, name: witness.key.name().to_owned(), line: cosignature.to_line() }))
    }
}

impl Change for KeepCosignature {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        // Another process that asked at the same time may have been faster.
        audit::insert_cosignature(turn.tx, &self.0)?;
        Ok(())
    }
}
