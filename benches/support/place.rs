//! Where a benchmark keeps its database: a directory of its own that goes with it, or the one that `ZAGUAN_BENCH_DIR` names,
//! which stays, so that a long history is written once and measured many times.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zaguan::config::Settings;

pub struct Place {
    path: PathBuf,
    _own: Option<TempDir>,
}

impl Place {
    /// A directory that goes when this does.
    pub fn of_its_own() -> Self {
        let own = TempDir::new_in(".").unwrap();
        Self { path: std::path::absolute(own.path()).unwrap(), _own: Some(own) }
    }

    pub fn from_environment() -> Self {
        #[expect(clippy::disallowed_methods, reason = "benchmarks take their place from the environment")]
        let kept = std::env::var("ZAGUAN_BENCH_DIR").ok();
        kept.map_or_else(Self::of_its_own, |kept| Self { path: std::path::absolute(kept).unwrap(), _own: None })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The settings of a program that lives here, or on the server at `url`.
    pub fn settings(&self, url: Option<&str>) -> Settings {
        let pairs = [
            ("ZAGUAN__DATA__DIR", self.path.display().to_string()),
            ("ZAGUAN__DATABASE__URL", url.unwrap_or_default().to_owned()),
            ("ZAGUAN__SERVER__LISTEN", "127.0.0.1:0".to_owned()),
        ];
        Settings::load(None, pairs.into_iter().map(|(name, value)| (name.to_owned(), value))).unwrap()
    }
}
