//! What a paper says, line by line, for whoever compares it with the scan.

use crate::app::legal_bases::BasisInFull;
use crate::console::{Frame, paper};
use crate::domain::legal_basis::{Paper, Scope};
use crate::domain::{ResidentId, StoreId};

/// A line: the key of its name, and what was recorded.
pub(super) struct Line {
    /// The key.
    pub(super) key: &'static str,
    /// What was recorded.
    pub(super) text: String,
}

/// Everything that was recorded. What was not on the paper has no line.
pub(super) fn lines(frame: &Frame, basis: &BasisInFull) -> Vec<Line> {
    let paper = basis.paper.iter().flat_map(|paper| of_paper(frame, paper));
    let is_standing = basis.stored.is_standing();
    paper.chain(of_scope(frame, &basis.stored.basis.scope, &basis.residents, is_standing)).collect()
}

fn of_paper(frame: &Frame, paper: &Paper) -> Vec<Line> {
    let said = |is_so: bool| is_so.then(|| frame.t("counsel-paper-yes"));
    let texts = [
        ("counsel-paper-facts", paper.facts.clone()),
        ("counsel-paper-in-danger", paper.person_in_danger.clone()),
        ("counsel-paper-delay", paper.why_delay_harms.clone()),
        ("counsel-paper-requester", paper::asker(paper)),
        ("counsel-paper-court", paper.court.clone()),
        ("counsel-paper-docket", paper.docket.clone()),
        ("counsel-paper-citation", paper.citation.clone()),
        ("counsel-paper-judge", paper::judge(paper)),
        ("counsel-paper-issued", paper.issued_at.map(|at| frame.instant(at))),
        ("counsel-paper-execute-by", paper.execute_by.map(|at| frame.instant(at))),
        (
            "counsel-paper-period",
            paper.period.map(|period| format!("{} – {}", frame.instant(period.from), frame.instant(period.until))),
        ),
        ("counsel-paper-directed-to", paper.directed_to.clone()),
        ("counsel-paper-match", paper.identity_match.clone()),
        ("counsel-paper-officer", paper::officer(paper)),
        ("counsel-paper-officer-phone", paper.serving_officer.as_ref().and_then(|officer| officer.phone.clone())),
        ("counsel-paper-served", paper.served_at.map(|at| frame.instant(at))),
        ("counsel-paper-any-time", said(paper.any_time)),
        ("counsel-paper-affiant", paper.affiant.clone()),
        ("counsel-paper-sworn", said(paper.sworn_statement_attached)),
        ("counsel-paper-note", paper.note.clone()),
    ];
    texts.into_iter().filter_map(|(key, text)| Some(Line { key, text: text? })).collect()
}

fn of_scope(frame: &Frame, scope: &Scope, residents: &[(StoreId, ResidentId)], is_standing: bool) -> Vec<Line> {
    let listed = |words: Vec<String>| words.join(", ");
    let named: Vec<String> =
        residents.iter().map(|(store, id)| format!("{} ({})", id.expose(), frame.store(store))).collect();
    let named = if is_standing { frame.t("counsel-scope-everybody") } else { listed(named) };
    let agency = scope.requester_agency.as_ref().map(|agency| agency.as_str().to_owned());
    let kinds = listed(scope.requester_kinds.iter().map(|kind| frame.word(kind)).collect());
    let lines = [
        ("counsel-scope-residents", named),
        ("counsel-scope-classes", listed(scope.classes.iter().map(|class| frame.word(class)).collect())),
        ("counsel-scope-stores", listed(scope.stores.iter().map(|store| frame.store(store)).collect())),
        ("counsel-scope-requesters", agency.map_or(kinds.clone(), |agency| format!("{agency} ({kinds})"))),
        ("counsel-scope-purposes", listed(scope.purposes.iter().map(|purpose| frame.word(purpose)).collect())),
    ];
    lines.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| Line { key, text }).collect()
}

/// Two invented lines.
pub(super) fn samples(frame: &Frame) -> Vec<Line> {
    vec![
        Line { key: "counsel-paper-judge", text: "Hon. Fictional Person, United States Magistrate Judge".to_owned() },
        Line { key: "counsel-paper-issued", text: frame.instant(frame.now) },
    ]
}
