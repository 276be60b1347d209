//! A disk that is full, and a disk that fails.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use zaguan::storage::Location;

use crate::city::{City, Recovery};
use crate::load::Load;
use crate::server::Server;
use crate::service::Service;
use crate::support::TestDatabase;
use crate::tracer::Tracer;

/// A disk of its own, gone with the test.
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Nothing, said aloud, where mounting is not allowed.
    pub fn mount(at: &Path, megabytes: u32) -> Option<Self> {
        let size = format!("size={megabytes}m");
        let mut command = Command::new("mount");
        let mounted = command.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(at).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(at.to_owned()));
        }
        println!("LEFT OUT: nothing may be mounted here, so no disk is filled");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

/// Writes until nothing fits any more.
pub fn fill(file: &Path) {
    let mut file = fs::File::create(file).unwrap();
    for size in [1 << 20, 1 << 12, 1] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
}

#[test]
fn a_full_disk_stops_answers_and_space_brings_them_back() {
    let above = TempDir::new().unwrap();
    let Some(_disk) = SmallDisk::mount(above.path(), 48) else { return };
    let dir = TempDir::new_in(above.path()).unwrap();
    let city = City::found(TestDatabase::at(Location::Sqlite(dir.path().join("zaguan.db")), dir));
    let service = Service::start(&city, &[]);
    let load = Load::start(&service, &city, 6);
    load.until_answered(50);
    let ballast = above.path().join("ballast");
    fill(&ballast);
    load.until_refused(20);
    service.wait_until_ready(false);
    fs::remove_file(&ballast).unwrap();
    load.until_answered(50);
    service.wait_until_ready(true);
    let seen = load.stop();
    assert_eq!(seen.unheard, 0);
    city.account("disk full, then space again", &seen, Recovery::ByItself);
}

#[test]
fn a_postgres_without_space_stops_answers_and_space_brings_them_back() {
    let above = TempDir::new().unwrap();
    let Some(_disk) = SmallDisk::mount(above.path(), 160) else { return };
    let Some(server) = Server::start_in(TempDir::new_in(above.path()).unwrap()) else { return };
    let city = City::found(server.database());
    let service = Service::start(&city, &[]);
    let load = Load::start(&service, &city, 6);
    load.until_answered(50);
    let ballast = above.path().join("ballast");
    fill(&ballast);
    load.until_refused(20);
    service.wait_until_ready(false);
    fs::remove_file(&ballast).unwrap();
    server.wait();
    load.until_answered(50);
    service.wait_until_ready(true);
    let seen = load.stop();
    assert_eq!(seen.unheard, 0);
    city.account("PostgreSQL's disk full, then space again", &seen, Recovery::ByItself);
}

fn failing(fault: &str, calls: &str, error: &str) {
    let city = City::found(TestDatabase::sqlite());
    let service = Service::start(&city, &[]);
    let load = Load::start(&service, &city, 6);
    load.until_answered(50);
    let Some(tracer) = Tracer::inject(&[service.id()], calls, error) else { return };
    load.until_refused(20);
    service.wait_until_ready(false);
    drop(tracer);
    load.until_answered(50);
    service.wait_until_ready(true);
    let seen = load.stop();
    assert_eq!(seen.unheard, 0);
    city.account(fault, &seen, Recovery::ByItself);
}

#[test]
fn a_disk_that_fails_to_sync_acknowledges_nothing() {
    failing("every sync fails (EIO)", "fsync,fdatasync", "EIO");
}

#[test]
fn a_disk_that_fails_to_write_acknowledges_nothing() {
    failing("every write fails (ENOSPC)", "pwrite64", "ENOSPC");
}

#[test]
fn a_disk_that_turned_read_only_acknowledges_nothing() {
    failing("the disk turns read-only (EROFS)", "pwrite64,ftruncate,fallocate", "EROFS");
}
