//! The settings, as an operator meets them.

mod default_file;
mod errors;
mod precedence;
mod properties;
mod secrets;
mod witnesses;

use std::error::Error;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zaguan::config::{ConfigError, Settings};

/// A directory with a settings file, and an environment; nothing of the process's own.
struct Given {
    dir: TempDir,
    file: Option<PathBuf>,
    env: Vec<(String, String)>,
}

impl Given {
    fn nothing() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), file: None, env: Vec::new() }
    }

    fn file(text: &str) -> Self {
        let mut given = Self::nothing();
        given.file = Some(given.write("zaguan.toml", text, 0o644));
        given
    }

    fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.env.push((name.to_owned(), value.into()));
        self
    }

    fn write(&self, name: &str, text: &str, mode: u32) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }

    fn try_load(&self) -> Result<Settings, ConfigError> {
        Settings::load(self.file.as_deref(), self.env.iter().cloned())
    }

    fn load(&self) -> Settings {
        self.try_load().unwrap()
    }

    /// The error and its causes, with the scratch directory cut away.
    fn error(&self) -> String {
        let error = self.try_load().unwrap_err();
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(next) = cause {
            text = format!("{text}: {next}");
            cause = next.source();
        }
        text.replace(&format!("{}/", self.dir.path().display()), "")
    }
}

/// `describe()` without its comments.
fn values(settings: &Settings) -> String {
    let cut = |line: &str| line.split(" # ").next().unwrap_or_default().to_owned() + "\n";
    settings.describe().lines().map(cut).collect()
}

fn default_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config/zaguan.toml")
}
