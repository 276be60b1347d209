//! What is wrong with a form that was sent, field by field, in the reader's language.

/// Faults in the order of the form.
#[derive(Default, Clone)]
pub(super) struct Faults(Vec<Fault>);

/// What is wrong with one field.
#[derive(Clone)]
pub(super) struct Fault {
    /// The id of the field.
    pub(super) field: String,
    /// What is wrong, in the reader's language.
    pub(super) text: String,
}

impl Faults {
    /// Adds what is wrong with a field.
    pub(super) fn add(&mut self, field: impl Into<String>, text: impl Into<String>) {
        self.0.push(Fault { field: field.into(), text: text.into() });
    }

    /// What is wrong with that field.
    pub(super) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|fault| fault.field == field).map(|fault| fault.text.as_str())
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Fault] {
        &self.0
    }

    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
