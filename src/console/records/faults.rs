//! Faults of a registration and of a file at their fields, in the reader's language.

use crate::console::{Faults, Frame};
use crate::domain::document::DocumentFault;
use crate::domain::legal_basis::registration::{Fault, FormFault, field_of};

/// The faults of these members, each at its field.
pub(super) fn at_fields<'a>(frame: &Frame, faults: impl IntoIterator<Item = &'a FormFault>) -> Faults {
    let mut shown = Faults::default();
    for FormFault { member, fault } in faults {
        shown.add(field(member), sentence(frame, *fault));
    }
    shown
}

/// The field of a member. Kind and instrument are one question on the page.
pub(super) fn field(member: &str) -> String {
    match member {
        "/kind" | "/instrument" | "/supersedes" => "paper".to_owned(),
        member => field_of(member),
    }
}

/// What is wrong, for whoever typed it.
pub(super) fn sentence(frame: &Frame, fault: Fault) -> String {
    let key = format!("records-fault-{}", fault.code());
    fault.bound().map_or_else(|| frame.t(&key), |bound| frame.t1(&key, "count", bound))
}

/// What is wrong with a file.
pub(super) fn of_file(frame: &Frame, fault: DocumentFault) -> String {
    frame.t(match fault {
        DocumentFault::OtherKind => "records-file-other-kind",
        DocumentFault::Encrypted => "records-file-encrypted",
        DocumentFault::Broken(_) => "records-file-broken",
        DocumentFault::NoPages => "records-file-no-pages",
        DocumentFault::TooComplex => "records-file-too-complex",
    })
}
