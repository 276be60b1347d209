//! A basis in full: paper, residents, checks, steps. Never without an entry.

use chrono::{DateTime, Utc};

use super::check_list::{CheckList, SealedAnswer, found_by_program};
use super::sealed_paper::{SaltedPaper, open_residents};
use super::{BasisNeeds, HandlingRefused, about};
use crate::app::App;
use crate::app::authority::{Authority, ReadBasis, StaffFailure};
use crate::app::refusal::Refusal;
use crate::app::sealing::Notes;
use crate::domain::legal_basis::Paper;
use crate::domain::legal_basis::check::{CallBack, CheckId, How};
use crate::domain::legal_basis::life::{BasisState, state_at};
use crate::domain::record::EventKind;
use crate::domain::{LegalBasisId, ResidentId, StoreId, ViolationId};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::documents::{self, StoredDocument};
use crate::storage::legal_bases::{self, StoredBasis, StoredCheck, StoredStep};
use crate::storage::sealed::places;
use crate::storage::{AnyConnection, StoreError, violations};

/// Everything about a basis.
pub struct BasisInFull {
    /// What stands in the clear.
    pub stored: StoredBasis,
    /// Where it stands now.
    pub state: BasisState,
    /// What it waits for.
    pub needs: Option<BasisNeeds>,
    /// What the paper says; `None` once erased.
    pub paper: Option<Paper>,
    /// The residents whom it names, as far as they are not erased.
    pub residents: Vec<(StoreId, ResidentId)>,
    /// The check list as the program sees it now; `None` without a paper.
    pub list: Option<CheckList>,
    /// The answered lists, oldest first.
    pub rounds: Vec<AnsweredCheck>,
    /// What happened to it, in order.
    pub steps: Vec<Step>,
    /// Its scan.
    pub document: Option<StoredDocument>,
    /// Others from the same court with the same docket number.
    pub duplicates: Vec<LegalBasisId>,
    /// The basis that replaced it.
    pub superseded_by: Option<LegalBasisId>,
    /// The violations that its review opened.
    pub violations: Vec<ViolationId>,
}

/// One check of one round, opened.
pub struct AnsweredCheck {
    /// What stands in the clear.
    pub stored: StoredCheck,
    /// What the program found.
    pub how: Option<How>,
    /// The person's note.
    pub note: Option<String>,
    /// The call to the clerk.
    pub call_back: Option<CallBack>,
}

/// One step, opened.
pub struct Step {
    /// `registered`, `verified`, …
    pub kind: String,
    /// Who took it.
    pub actor: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What was noted with it.
    pub note: Option<String>,
}

/// Why a basis was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The entry about the reading could not be written, the basis is not there, or the authority did not last.
    #[error(transparent)]
    Change(#[from] StaffFailure<HandlingRefused>),
    /// What was sealed does not open.
    #[error("what was sealed with this legal basis cannot be opened")]
    Unreadable,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Reads a basis in full. That it was read is an entry, durable before the answer. Blocks.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn read_basis(&self, who: &Authority<ReadBasis>, id: LegalBasisId) -> Result<BasisInFull, ReadError> {
        let stamp = self.stamp().map_err(StaffFailure::from)?;
        self.change_by_blocking(who, Read { actor: who.actor().to_owned(), id, stamp })?;
        let notes = self.notes().map_err(StaffFailure::from)?;
        self.store.read(|conn| self.in_full(conn, &notes, id))
    }

    fn in_full(&self, conn: &mut AnyConnection, notes: &Notes, id: LegalBasisId) -> Result<BasisInFull, ReadError> {
        let now = self.clock.now();
        let stored = legal_bases::find(conn, id)?.ok_or(StoreError::Corrupt("a legal basis that is gone"))?;
        let paper = match SaltedPaper::load(conn, notes, id)? {
            Ok(paper) => Some(paper.paper),
            Err(HandlingRefused::PaperErased) => None,
            Err(_) => return Err(ReadError::Unreadable),
        };
        let named = legal_bases::list_residents(conn, id)?;
        let residents = open_residents(notes, id, &named).map_err(|_| ReadError::Unreadable)?;
        let rules = &self.basis_rules;
        let list = paper.as_ref().map(|paper| found_by_program(conn, &stored, paper, rules, None, now)).transpose()?;
        let rounds = legal_bases::list_checks(conn, id)?;
        let steps = legal_bases::list_steps(conn, id)?;
        let alike = stored.particulars.court.as_ref().zip(stored.particulars.docket.as_ref());
        let duplicates = alike.map(|(court, docket)| legal_bases::list_duplicates(conn, id, court, docket));
        Ok(BasisInFull {
            state: state_at(&stored.basis, now),
            needs: BasisNeeds::of(&stored, now),
            paper,
            residents,
            list,
            rounds: rounds.into_iter().map(|check| opened_check(notes, id, check)).collect::<Result<_, _>>()?,
            steps: steps.into_iter().map(|step| opened_step(notes, id, step)).collect::<Result<_, _>>()?,
            document: documents::find(conn, id)?,
            duplicates: duplicates.transpose()?.unwrap_or_default(),
            superseded_by: legal_bases::find_successor(conn, id)?,
            violations: violations::list_of_basis(conn, id)?,
            stored,
        })
    }
}

fn opened_check(notes: &Notes, basis: LegalBasisId, stored: StoredCheck) -> Result<AnsweredCheck, ReadError> {
    let id: CheckId = stored.check.parse().map_err(|_| StoreError::Corrupt("the id of a check"))?;
    let place = places::check_note(basis, stored.round, id.as_str());
    let answer = match &stored.sealed_note {
        Some(sealed) => {
            let text = notes.open(&place, sealed).ok_or(ReadError::Unreadable)?;
            serde_json::from_slice(&text).map_err(|_| ReadError::Unreadable)?
        }
        None => SealedAnswer::default(),
    };
    Ok(AnsweredCheck { stored, how: answer.how, note: answer.note, call_back: answer.call_back })
}

fn opened_step(notes: &Notes, basis: LegalBasisId, step: StoredStep) -> Result<Step, ReadError> {
    let note = step.sealed_note.as_ref().map(|sealed| opened(notes, &places::step_note(basis, step.number), sealed));
    Ok(Step { kind: step.kind, actor: step.actor, at: step.at, note: note.transpose()? })
}

/// A sealed text in words.
pub(super) fn opened(notes: &Notes, place: &[u8], sealed: &[u8]) -> Result<String, ReadError> {
    let text = notes.open(place, sealed).ok_or(ReadError::Unreadable)?;
    String::from_utf8(text.to_vec()).map_err(|_| ReadError::Unreadable)
}

/// That somebody reads a basis in full.
struct Read {
    actor: String,
    id: LegalBasisId,
    stamp: Stamp,
}

impl Change for Read {
    type Output = ();
    type Refusal = HandlingRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<HandlingRefused>> {
        let Self { actor, id, stamp } = self;
        let Some(stored) = legal_bases::find(turn.tx.conn(), id)? else {
            let refusal = Refusal { stamp: &stamp, now: turn.now, actor: &actor, change: EventKind::LegalBasisRead };
            return Err(refusal.because(HandlingRefused::NotFound, [("legal_basis", id.to_string())]));
        };
        turn.entries.append(stamp.event(turn.now, EventKind::LegalBasisRead, &actor, about::stored(&stored)));
        Ok(())
    }
}

/// Hides everything: it is full of people.
macro_rules! hidden {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }
    )+};
}

hidden!(BasisInFull, AnsweredCheck, Step);
