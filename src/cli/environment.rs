//! The settings as this process finds them.

use std::path::{Path, PathBuf};

use super::Common;
use crate::config::{ConfigError, Settings};

/// Looked for, in this order, when no file is named.
const USUAL: [&str; 2] = ["config/zaguan.toml", "zaguan.toml"];

/// Reads the settings file and the environment.
pub(super) fn load(common: &Common) -> Result<Settings, ConfigError> {
    Settings::load(file(common).as_deref(), variables())
}

fn file(common: &Common) -> Option<PathBuf> {
    let usual = || USUAL.iter().map(Path::new).find(|path| path.is_file()).map(Path::to_path_buf);
    common.config.clone().or_else(usual)
}

/// This program's variables. `std::env::vars` would panic on anybody's variable that is not UTF-8.
pub(super) fn variables() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
        .filter(|(name, _)| name.starts_with("ZAGUAN__"))
        .map(|(name, value)| (name, value.to_string_lossy().into_owned()))
}
