//! A file that is being made: under its name it appears whole and synced, or not at all, and never over another.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// A file under a temporary name beside the one it is to have. Dropped without [`Unfinished::place`], it is gone.
#[derive(Debug)]
pub struct Unfinished {
    path: PathBuf,
    target: PathBuf,
}

impl Unfinished {
    /// Makes an empty file that nobody but its owner may read.
    ///
    /// # Errors
    /// When something has the name already, or the directory takes no file.
    pub fn beside(target: &Path) -> io::Result<Self> {
        if target.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let path = target.with_file_name(format!(".{}.{}.unfinished", name.to_string_lossy(), std::process::id()));
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        Ok(Self { path, target: target.to_owned() })
    }

    /// Where it is being made.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Syncs it and gives it its name. Returns its size in bytes.
    ///
    /// # Errors
    /// When it cannot be made durable, or something has taken the name meanwhile. A link fails where a rename overwrites.
    pub fn place(self) -> io::Result<u64> {
        let file = File::open(&self.path)?;
        file.sync_all()?;
        fs::hard_link(&self.path, &self.target)?;
        fs::remove_file(&self.path)?;
        let directory = self.target.parent().filter(|parent| !parent.as_os_str().is_empty());
        File::open(directory.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(file.metadata()?.len())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut journal = self.path.clone().into_os_string();
        journal.push("-journal");
        for path in [self.path.as_path(), Path::new(&journal)] {
            let _gone_or_not = fs::remove_file(path);
        }
    }
}
