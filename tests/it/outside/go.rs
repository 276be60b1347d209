//! Go's own `sumdb/note` and `sumdb/tlog`, through a small driver (`tests/outside/go`). Where Go or these packages are not
//! installed, that is said and the rest of the tests goes on; `tests/run` installs them where it may.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const PACKAGES: &str = "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog";

/// The driver, built once.
#[derive(Clone, Copy)]
pub struct Driver(&'static Path);

impl Driver {
    pub fn find() -> Option<Self> {
        static DRIVER: OnceLock<Option<PathBuf>> = OnceLock::new();
        DRIVER.get_or_init(build).as_deref().map(Self)
    }

    /// Verifies a copy, and what else is named: `older=CHECKPOINT`, `receipt=RECEIPT`, `witness=VKEY`.
    pub fn verify(self, copy: &Path, vkey: &str, more: &[(&str, &Path)]) -> Result<String, String> {
        let more = more.iter().map(|(kind, path)| {
            let mut word = OsString::from(format!("{kind}="));
            word.push(path);
            word
        });
        let output = Command::new(self.0).arg(copy).arg(vkey).args(more).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }
}

fn build() -> Option<PathBuf> {
    let has_go = Command::new("go").arg("version").output().is_ok_and(|output| output.status.success());
    if !has_go || !Path::new(PACKAGES).is_dir() {
        println!("LEFT OUT: Go with golang-golang-x-mod-dev is not installed; `tests/run` says so, too");
        return None;
    }
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let driver = scratch.join("outside-go");
    let built = Command::new("go")
        .args(["build", "-o"])
        .arg(&driver)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside/go"))
        .env("GOCACHE", scratch.join("go-cache"))
        .envs([("GOFLAGS", "-mod=mod"), ("GOPROXY", "off"), ("GOSUMDB", "off"), ("GOTOOLCHAIN", "local")])
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    Some(driver)
}
