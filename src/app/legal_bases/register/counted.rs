//! Papers that can never unlock: registered so that they are counted, and rejected by the program in the same breath.

use std::collections::BTreeMap;

use super::Register;
use crate::app::legal_bases::about::About;
use crate::app::legal_bases::check_ids;
use crate::app::legal_bases::check_list::stored_checks;
use crate::domain::legal_basis::LegalBasis;
use crate::domain::legal_basis::check::{CallBackRules, Evidence, SettleRules, judge_by_program, settle};
use crate::ledger::Turn;
use crate::storage::{StoreError, legal_bases};

/// Who stands behind a round of checks that nobody answered.
const PROGRAM: &str = "program";

impl Register {
    /// Keeps the checks that the paper fails. Returns what the entry says of them.
    pub(super) fn reject(&mut self, turn: &mut Turn<'_, '_>, basis: &LegalBasis) -> Result<About, StoreError> {
        let evidence = Evidence {
            basis,
            paper: &self.paper.paper,
            courts: &self.rules.courts,
            document: None,
            registrar: &self.actor,
            verifier: None,
            max_verification_age: self.rules.max_verification_age,
            now: turn.now,
        };
        let rules = SettleRules { is_counsel: false, call_back: CallBackRules::default(), now: turn.now };
        let settled = settle(&judge_by_program(&evidence), &BTreeMap::new(), &rules);
        let checks = stored_checks(&settled, self.id, 1, PROGRAM, turn.now, &mut self.notes);
        legal_bases::insert_checks(turn.tx, self.id, &checks)?;
        legal_bases::append_step(turn.tx, self.id, "rejected", PROGRAM, turn.now, |_| None)?;
        let failed = check_ids(settled.failed());
        Ok(vec![("failed_checks", failed), ("reason", "instrument_not_accepted".to_owned())])
    }
}
