//! How a section reads its secrets: directly, or from a file that a second key names. Never shows a secret, not even
//! a wrong one.

use std::path::PathBuf;

use super::error::ConfigError;
use super::layers::{Given, Name, Raw};
use super::place::Place;
use super::reader::{Section, found, quoted};
use super::secret::{FileProblem, Secret, read_secret_file};

const NOT_SHOWN: &str = "something else (a secret is not shown)";

impl Section<'_> {
    /// A secret, given as `key` or in the file that `key_file` names. In the layer that counts only one may be set.
    pub(super) fn secret(
        &mut self,
        key: &str,
        expected: &str,
        is_valid: impl Fn(&str) -> bool,
    ) -> Result<Secret, ConfigError> {
        let file_key = format!("{key}_file");
        let (direct, file) = self.take_pair(key, &file_key);
        let (file_text, file_place) = self.plain(&file_key, file, "a path, or an empty text", false)?;
        let (text, mut place) = self.plain(key, direct, expected, true)?;
        let mut secret = Secret::new(text);
        let mut remark = String::new();
        if !file_text.is_empty() {
            if secret.is_set() {
                return Err(ConfigError::BothGiven { place, key: self.full(key) });
            }
            secret = self.open_file(&file_key, &file_place, &file_text)?;
            place = file_place.clone();
            remark = format!("; read from {file_key}");
        }
        if secret.is_set() && !is_valid(secret.expose()) {
            return Err(self.wrong(key, place, expected, NOT_SHOWN.to_owned()));
        }
        self.show(key, quoted(secret.as_shown()), place, remark);
        self.show(&file_key, quoted(&file_text), file_place, String::new());
        Ok(secret)
    }

    /// A secret that only the environment may give; a settings file may leave it empty.
    pub(super) fn environment_secret(&mut self, key: &str) -> Result<Secret, ConfigError> {
        let expected = "an empty text here, and the secret in the environment or in a file of its own";
        let given = self.take(key);
        let from_environment = matches!(&given, Some(Given { raw: Raw::Variable(_), .. }));
        let (text, place) = self.plain(key, given, expected, true)?;
        let secret = Secret::new(text);
        if secret.is_set() && !from_environment {
            return Err(self.wrong(key, place, expected, NOT_SHOWN.to_owned()));
        }
        self.show(key, quoted(secret.as_shown()), place, String::new());
        Ok(secret)
    }

    fn open_file(&self, key: &str, place: &Place, path: &str) -> Result<Secret, ConfigError> {
        let (place, key, path) = (place.clone(), self.full(key), PathBuf::from(path));
        read_secret_file(&path).map_err(|problem| match problem {
            FileProblem::Exposed { mode } => ConfigError::ExposedFile { place, key, path, mode },
            FileProblem::Unreadable(source) => ConfigError::UnreadableFile { place, key, path, source },
        })
    }

    /// The text of a value that may be absent.
    fn plain(
        &self,
        key: &str,
        given: Option<Given>,
        expected: &str,
        is_secret: bool,
    ) -> Result<(String, Place), ConfigError> {
        match given {
            None => Ok((String::new(), Place::Default)),
            Some(Given { raw: Raw::Text(text) | Raw::Variable(text), place }) => Ok((text, place)),
            Some(Given { raw, place }) => {
                let found = if is_secret { NOT_SHOWN.to_owned() } else { found(&raw) };
                Err(self.wrong(key, place, expected, found))
            }
        }
    }

    /// Takes both ways of giving a secret, of the highest layer that has either: whoever sets `url` in the
    /// environment must not be overruled by a `url_file` in the settings file.
    fn take_pair(&mut self, key: &str, file_key: &str) -> (Option<Given>, Option<Given>) {
        let (name, file_name) = (Name::new(self.name, key), Name::new(self.name, file_key));
        let from_file = (self.reader.file.remove(&name), self.reader.file.remove(&file_name));
        let from_environment = (self.reader.environment.remove(&name), self.reader.environment.remove(&file_name));
        if from_environment.0.is_some() || from_environment.1.is_some() { from_environment } else { from_file }
    }
}
