//! What is wrong with what was typed, member by member.

/// One fault of a form. Never repeats what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFault {
    /// The member at fault, as a JSON pointer (RFC 6901): `/scope/residents/0/store`.
    pub member: String,
    /// What is wrong and what is expected, for a clerk.
    pub detail: String,
}

/// The faults found so far.
#[derive(Default)]
pub(super) struct Faults(Vec<FormFault>);

impl Faults {
    /// Notes a fault.
    pub(super) fn add(&mut self, member: impl Into<String>, detail: impl Into<String>) {
        self.0.push(FormFault { member: member.into(), detail: detail.into() });
    }

    /// Notes a fault unless something holds.
    pub(super) fn require(&mut self, holds: bool, member: &str, detail: impl Into<String>) {
        if !holds {
            self.add(member, detail);
        }
    }

    /// All of them, in the order of the form's members.
    pub(super) fn in_order(mut self, members: &[&str]) -> Vec<FormFault> {
        let position = |fault: &FormFault| {
            let first = fault.member.split('/').nth(1).unwrap_or_default();
            members.iter().position(|member| *member == first)
        };
        self.0.sort_by_key(position);
        self.0
    }
}
