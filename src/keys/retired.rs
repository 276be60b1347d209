//! The verifier keys of signing keys that were retired: older checkpoints must still verify. Public, but whoever could
//! add a line could pass off a history of his own, so nobody but the owner may write the file. No private key ever
//! stands in it.

use std::path::{Path, PathBuf};

use super::error::{KeyError, LineProblem};
use super::note_key;
use super::private_file::{self, PUBLIC, Replace};

/// `<log_file>.retired`, beside the signing key.
pub(super) fn path_beside(log_file: &Path) -> PathBuf {
    let mut name = log_file.as_os_str().to_owned();
    name.push(".retired");
    PathBuf::from(name)
}

/// The verifier keys of the log `name`, oldest first; none when there is no file.
pub(super) fn load(log_file: &Path, name: &str) -> Result<Vec<String>, KeyError> {
    let path = path_beside(log_file);
    match private_file::read(&path, PUBLIC) {
        Ok(text) => parse(&format!("`{}`", path.display()), &text, name),
        Err(KeyError::Missing { .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Writes the whole list in place of the one that was read.
pub(super) fn save(log_file: &Path, keys: &[String]) -> Result<(), KeyError> {
    let text: String = keys.iter().flat_map(|key| [key.as_str(), "\n"]).collect();
    private_file::write(&path_beside(log_file), &text, PUBLIC, Replace::WhatWasRead)
}

fn parse(origin: &str, text: &str, name: &str) -> Result<Vec<String>, KeyError> {
    let mut keys: Vec<String> = Vec::new();
    let text = text.strip_suffix('\n').unwrap_or(text);
    for (index, line) in text.split('\n').enumerate().filter(|_| !text.is_empty()) {
        let refuse = |problem| KeyError::Line { origin: origin.to_owned(), line: index + 1, problem };
        let (found, _) = note_key::parse_verifier(line).map_err(refuse)?;
        if found != name {
            let (expected, found) = (name.to_owned(), found.to_owned());
            return Err(KeyError::OtherLog { origin: format!("{origin}, line {}", index + 1), expected, found });
        }
        if keys.iter().any(|earlier| earlier == line) {
            return Err(refuse(LineProblem::Duplicate));
        }
        keys.push(line.to_owned());
    }
    Ok(keys)
}
