//! A decision in the writer's hands: judged at the instant, and on the facts, of the transaction that records it.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::prepare::Prepared;
use super::record::{DecisionRecord, FieldRecord, PolicyRef};
use crate::app::policy::LoadedPolicy;
use crate::app::tokens::Caller;
use crate::domain::client::{Client, ClientRefusal};
use crate::domain::decision::{Decision, Effect, Facts as DecisionFacts, decide};
use crate::domain::field::FieldClass;
use crate::domain::legal_basis::LegalBasis;
use crate::domain::record::{Draft, EventKind, instant_text};
use crate::domain::referral::ReferralKind;
use crate::domain::staff::CertificationRules;
use crate::domain::{ClientId, DecisionId, LegalBasisId};
use crate::ledger::{Bench, Entries, Judgement, Needs, Remembered, Snapshot, Stamp};

/// How long an idempotency key is remembered.
const REMEMBERED_FOR: Duration = Duration::hours(24);

/// A client's idempotency key with the body it came with.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// The key as sent.
    pub key: String,
    /// SHA-256 of the body.
    pub body: [u8; 32],
}

/// What became of one request.
#[derive(Debug)]
pub enum Answer {
    /// It was decided, and the decision is durable.
    Recorded(Box<Recorded>),
    /// It was not judged.
    Withheld(WithheldReason),
}

/// A decision whose entry is durable. Made nowhere but behind a commit: whoever holds one may let go of what it permits.
#[derive(Debug)]
pub struct Recorded {
    /// The record.
    pub record: DecisionRecord,
    /// The entry's index in the log.
    pub index: u64,
    /// Whether this answer was given before, under the same idempotency key.
    pub is_replay: bool,
}

/// Why a request was not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithheldReason {
    /// The client may not ask this. An entry says so.
    Client(ClientRefusal),
    /// The key stands for another body.
    KeyReused,
    /// The key stands for a release that would not be made today.
    KeyOutdated,
    /// The remembered record cannot be read.
    Unreadable,
}

/// One or more requests of one caller, judged in one commit.
pub(super) struct Decide {
    pub(super) caller: Caller,
    pub(super) items: Vec<Prepared>,
    pub(super) key: Option<IdempotencyKey>,
    pub(super) policy: Arc<LoadedPolicy>,
    pub(super) certification: CertificationRules,
}

impl Judgement for Decide {
    type Output = Result<Vec<Answer>, WithheldReason>;

    fn weight(&self) -> usize {
        self.items.len()
    }

    fn caller(&self) -> Option<&ClientId> {
        Some(&self.caller.client)
    }

    fn needs(&self, needs: &mut Needs) {
        for item in &self.items {
            item.ask.legal_bases.iter().for_each(|id| needs.legal_basis(*id));
        }
        if let Some(key) = &self.key {
            needs.idempotency_key(&self.caller.client, &key.key);
        }
    }

    fn judge(&mut self, bench: &mut Bench<'_>) -> Self::Output {
        let items = std::mem::take(&mut self.items);
        let earlier = self.admit_call(&items, bench)?;
        Ok(items.into_iter().map(|item| self.judge_one(item, &earlier, bench)).collect())
    }
}

impl Decide {
    /// What holds for the whole call: the client as it stands in this transaction, not as it stood when the token was
    /// checked, and its key. Returns what the key stands for; the items of this very call do not count among that.
    fn admit_call(&self, items: &[Prepared], bench: &mut Bench<'_>) -> Result<Vec<Remembered>, WithheldReason> {
        let client = bench.snapshot.clients.get(&self.caller.client);
        let admit = |client: &Client| client.admit(self.caller.issued_at, self.certification, bench.now);
        if let Err(refusal) = client.ok_or(ClientRefusal::NotAuthorized).and_then(admit) {
            // One entry for the call, however many items it has: who was switched off cannot flood the log.
            if let Some(item) = items.first() {
                self.record_refusal(item, refusal, bench);
            }
            return Err(WithheldReason::Client(refusal));
        }
        let Some(key) = &self.key else { return Ok(Vec::new()) };
        let earlier = bench.facts.remembered(&self.caller.client, &key.key).to_vec();
        if earlier.iter().any(|remembered| remembered.body != key.body) {
            return Err(WithheldReason::KeyReused);
        }
        Ok(earlier)
    }

    fn judge_one(&self, mut item: Prepared, earlier: &[Remembered], bench: &mut Bench<'_>) -> Answer {
        if let Err(refusal) = self.admit(&item, bench) {
            self.record_refusal(&item, refusal, bench);
            return Answer::Withheld(WithheldReason::Client(refusal));
        }
        item.bring_up_to(bench.snapshot);
        match earlier.iter().find(|remembered| usize::try_from(remembered.item) == Ok(item.item)) {
            Some(remembered) => self.replay(&item, remembered, bench),
            None => self.record(item, bench),
        }
    }

    fn admit(&self, item: &Prepared, bench: &Bench<'_>) -> Result<(), ClientRefusal> {
        let client = bench.snapshot.clients.get(&self.caller.client).ok_or(ClientRefusal::NotAuthorized)?;
        client.may_ask(&item.ask.store, item.ask.requester_kind)
    }

    fn record_refusal(&self, item: &Prepared, refusal: ClientRefusal, bench: &mut Bench<'_>) {
        let about = [
            ("reason", refusal.code().to_owned()),
            ("requester_kind", item.ask.requester_kind.to_string()),
            ("store", item.ask.store.to_string()),
        ];
        let stamp = Stamp::of(item.id, item.nonce);
        bench.entries.append(stamp.event(bench.now, EventKind::CallRefused, self.caller.client.as_str(), about));
    }

    fn record(&self, item: Prepared, bench: &mut Bench<'_>) -> Answer {
        let decision = self.decide(&item, &bench.facts.bases, bench);
        let index = bench.entries.next_index();
        for id in decision.used_bases() {
            bench.facts.count_use(id, index);
        }
        let number = i64::try_from(item.item).unwrap_or(i64::MAX);
        let record = record_of(self.caller.client.as_str(), &item, decision, &self.policy, bench.now);
        let bytes = serde_json::to_vec(&record).unwrap_or_default();
        if let Some(key) = &self.key {
            let answer = Remembered { item: number, body: key.body, index, record: bytes.clone() };
            let expires_at = (bench.now + REMEMBERED_FOR).timestamp_micros();
            bench.facts.remember(&self.caller.client, &key.key, answer, expires_at);
        }
        enter(item, &record, bytes, bench.entries, bench.now);
        Answer::Recorded(Box::new(Recorded { record, index, is_replay: false }))
    }

    /// The same answer again, unless it released what would not be released today: a key must not keep a revoked
    /// warrant alive. What the answer itself used up does not count against it.
    fn replay(&self, item: &Prepared, remembered: &Remembered, bench: &Bench<'_>) -> Answer {
        let Ok(record) = serde_json::from_slice::<DecisionRecord>(&remembered.record) else {
            return Answer::Withheld(WithheldReason::Unreadable);
        };
        let mut bases = bench.facts.bases.clone();
        let used: std::collections::BTreeSet<LegalBasisId> =
            record.fields.iter().filter_map(|field| field.legal_basis).collect();
        for id in used {
            if let Some(basis) = bases.get_mut(&id) {
                basis.uses = basis.uses.saturating_sub(1);
            }
        }
        let today = self.decide(item, &bases, bench);
        let still_holds = record.fields.len() == today.fields.len()
            && record
                .fields
                .iter()
                .zip(&today.fields)
                .all(|(then, now)| then.effect == Effect::Deny || now.effect == Effect::Permit);
        if still_holds {
            Answer::Recorded(Box::new(Recorded { record, index: remembered.index, is_replay: true }))
        } else {
            Answer::Withheld(WithheldReason::KeyOutdated)
        }
    }

    fn decide(&self, item: &Prepared, bases: &HashMap<LegalBasisId, LegalBasis>, bench: &Bench<'_>) -> Decision {
        decided(item, bases, bench.snapshot, &self.policy, bench.now)
    }
}

/// The decision, on the facts of the open transaction.
pub(super) fn decided(
    item: &Prepared,
    bases: &HashMap<LegalBasisId, LegalBasis>,
    snapshot: &Snapshot,
    policy: &LoadedPolicy,
    now: DateTime<Utc>,
) -> Decision {
    let is_confidential = item.ask.resident_indexes.iter().any(|index| snapshot.confidential.contains(index));
    decide(&item.ask, &DecisionFacts { is_confidential, bases }, &policy.policy, now)
}

/// Appends the entry of a decision, with all that goes beside it. Every decision comes through here, whoever asked for it.
pub(super) fn enter(
    item: Prepared,
    record: &DecisionRecord,
    bytes: Vec<u8>,
    entries: &mut Entries,
    now: DateTime<Utc>,
) {
    for field in item.ask.fields.iter().filter(|field| field.class == FieldClass::Unclassified) {
        entries.count_unknown(item.ask.store.as_str(), field.name.normalised());
    }
    let index = entries.next_index();
    for kind in record.obligations.iter().copied().filter_map(ReferralKind::of) {
        entries.refer(kind, index);
    }
    entries.append(draft_of(item, record, bytes, now));
}

/// The record of a decision that `asker` asked for.
pub(super) fn record_of(
    asker: &str,
    item: &Prepared,
    decision: Decision,
    policy: &LoadedPolicy,
    now: DateTime<Utc>,
) -> DecisionRecord {
    let ask = &item.ask;
    let fields = ask.fields.iter().zip(decision.fields);
    DecisionRecord {
        agency: ask.agency.clone(),
        at: instant_text(now),
        cited: ask.legal_bases.clone(),
        at_counter: false,
        client: asker.to_owned(),
        details: item.details.clone(),
        fields: fields
            .map(|(asked, field)| FieldRecord {
                class: field.class,
                effect: field.effect,
                field: asked.name.as_asked().to_owned(),
                legal_basis: field.legal_basis,
                reason: field.reason,
            })
            .collect(),
        id: DecisionId::new(item.id),
        kind: EventKind::Decision,
        obligations: decision.obligations,
        outcome: decision.outcome,
        policy: PolicyRef { id: Arc::clone(&policy.id), sha256: Arc::clone(&policy.sha256) },
        purpose: ask.purpose,
        requester_kind: ask.requester_kind,
        resident: item.resident.clone(),
        store: ask.store.clone(),
        v: 1,
    }
}

fn draft_of(item: Prepared, record: &DecisionRecord, bytes: Vec<u8>, now: DateTime<Utc>) -> Draft {
    Draft {
        id: item.id,
        at: now,
        kind: EventKind::Decision,
        actor: record.client.clone(),
        record: bytes,
        nonce: item.nonce,
        store: Some(item.ask.store),
        requester_kind: Some(item.ask.requester_kind),
        agency: item.ask.agency,
        purpose: Some(item.ask.purpose),
        outcome: Some(record.outcome),
        resident: Some(item.link),
    }
}
