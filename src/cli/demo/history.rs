//! A few hundred requests over the last months, as three fictional departments would have made them.

use chrono::{DateTime, TimeDelta, Utc};

use super::HISTORY;
use super::bases::STORIES;
use super::city::certify;
use super::past::PastClock;
use super::referrals;
use super::staff::People;
use super::stewardship;
use crate::app::App;
use crate::app::decisions::{Details, Request, Requester};
use crate::app::tokens::Caller;
use crate::clock::Clock as _;
use crate::domain::field::FieldName;
use crate::domain::{Agency, LegalBasisId, Purpose, RequesterKind, ResidentId};

/// How many decisions are made.
pub(super) const DECISIONS: u64 = 360;

/// Who asks, for which agency, for what; more often asked ones stand more often.
const REQUESTERS: [(RequesterKind, Option<&str>, Purpose); 10] = [
    (RequesterKind::CityDepartment, None, Purpose::ServiceDelivery),
    (RequesterKind::ResidentSelf, None, Purpose::ResidentRequest),
    (RequesterKind::CityDepartment, None, Purpose::Audit),
    (RequesterKind::FederalImmigration, Some("ICE ERO El Paso"), Purpose::ImmigrationEnforcement),
    (RequesterKind::PublicRecords, None, Purpose::PublicRecordsRequest),
    (RequesterKind::StateOrLocalLawEnforcement, Some("Example City Police"), Purpose::CriminalInvestigation),
    (RequesterKind::ResidentSelf, None, Purpose::ResidentRequest),
    (RequesterKind::Contractor, Some("Example Meter Reading Co."), Purpose::ServiceDelivery),
    (RequesterKind::FederalOther, Some("Bureau of Fictional Investigation"), Purpose::NotStated),
    (RequesterKind::Court, Some("Example County Court"), Purpose::CourtProceeding),
];

/// What is asked of each store, a few fields at a time.
const FIELDS: [(&str, &str, &[&str]); 3] = [
    (
        "utility-billing",
        "ACCT-00",
        &["account_no", "service_address", "employer_name", "customer_name", "mailing_address.city"],
    ),
    (
        "library",
        "CARD-11",
        &["card_no", "patron.home_address", "patron.email", "loans.due_on", "patron.favourite_genre"],
    ),
    (
        "municipal-court",
        "PARTY-7",
        &["case_no", "party.res_addr", "party.employer.name", "party.a_number", "hearing.room"],
    ),
];

/// The request after which a steward proposes a class for a field that was asked for: days before the end.
const PROPOSED_AFTER: u64 = DECISIONS - 8;

/// How often the made-up city reviews its access: within the ninety days that it has.
const REVIEW_EVERY: TimeDelta = TimeDelta::days(60);

/// Lives through everything in the order of time, moving the clock from the beginning of the history to just before `now`:
/// requests, legal bases, reviews of access. Returns the bases, in the order of their stories.
pub(super) fn live_through(
    app: &App,
    people: &People,
    clock: &PastClock,
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<(&'static str, LegalBasisId)>> {
    let begin = now - HISTORY;
    let step = HISTORY / i32::try_from(DECISIONS)?;
    let (mut stories, mut bases) = (STORIES.iter().peekable(), Vec::new());
    let mut certified_at = clock.now();
    for number in 0..DECISIONS {
        let jitter = TimeDelta::seconds(i64::try_from(scatter(number) % 9_000)?);
        let at = begin + step * i32::try_from(number)? + jitter;
        while let Some(story) = stories.next_if(|story| story.begins(now) <= at) {
            clock.move_to(story.begins(now));
            bases.push((story.title, story.live(app, people, clock)?));
        }
        clock.move_to(at);
        if clock.now() - certified_at >= REVIEW_EVERY {
            certify(app)?;
            certified_at = clock.now();
        }
        ask(app, clock, request(scatter(number))?)?;
        if number == PROPOSED_AFTER {
            stewardship::propose(app, people, clock)?;
        }
    }
    for story in stories {
        clock.move_to(story.begins(now));
        bases.push((story.title, story.live(app, people, clock)?));
    }
    certify(app)?;
    referrals::settle(app, people, clock)?;
    clock.move_to(now);
    Ok(bases)
}

/// Asks, as the application of the store would.
pub(super) fn ask(app: &App, clock: &PastClock, request: Request) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let caller = Caller { client: request.store.as_str().parse()?, issued_at: clock.now() };
    runtime.block_on(app.decide(caller, request, None))?;
    Ok(())
}

fn request(dice: u64) -> anyhow::Result<Request> {
    let (store, prefix, fields) = pick(&FIELDS, dice);
    let (kind, agency, purpose) = pick(&REQUESTERS, dice >> 8);
    let count = 1 + usize::try_from((dice >> 16) % 5)?;
    let fields = fields.iter().take(count).map(|name| FieldName::new(*name));
    Ok(Request {
        store: store.parse()?,
        resident: ResidentId::new(format!("{prefix}{:05}", (dice >> 24) % 90_000))?,
        fields: fields.collect::<Result<_, _>>()?,
        requester: Requester { kind: *kind, agency: agency.map(Agency::new).transpose()? },
        purpose: *purpose,
        legal_bases: Vec::new(),
        details: Details::default(),
    })
}

fn pick<T>(list: &[T], dice: u64) -> &T {
    let index = usize::try_from(dice % 1_000_003).unwrap_or(0) % list.len();
    list.get(index).unwrap_or_else(|| unreachable!("the index is below the length"))
}

/// The same numbers in every demonstration: history is made up, but it is always the same history.
fn scatter(number: u64) -> u64 {
    let mixed = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 3
}
