//! A backup while callers ask without a pause, and the loss of everything since.

use std::fs;

use tempfile::TempDir;

use crate::city::{City, Recovery};
use crate::disk::{SmallDisk, fill};
use crate::load::Load;
use crate::service::Service;
use crate::support::TestDatabase;

#[test]
fn what_was_answered_before_a_backup_is_in_it_and_after_a_loss_the_log_goes_on_from_there() {
    let city = City::found(TestDatabase::sqlite());
    let service = Service::start(&city, &[]);
    let load = Load::start(&service, &city, 6);
    load.until_answered(100);
    let before = load.look(|seen| seen.answered.clone());
    city.run(&["backup", "copy.db"]);
    load.until_answered(50);
    drop(load.stop());
    assert_eq!(service.terminate(), Some(0));
    for suffix in ["", "-wal", "-shm"] {
        let file = city.path().join(format!("zaguan.db{suffix}"));
        if file.exists() {
            fs::rename(file, city.path().join(format!("lost.db{suffix}"))).unwrap();
        }
    }
    let restored = city.command().args(["restore", "copy.db"]).output().unwrap();
    assert_eq!(restored.status.code(), Some(4), "{restored:?}");
    let stored = city.database.texts("SELECT id AS value FROM audit_entry WHERE kind = 'decision'");
    assert!(before.iter().all(|(id, _)| stored.contains(id)), "answered before the backup, and not in it");
    let refused = city.command().arg("serve").output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("older than its anchor"), "{refused:?}");
    let said = String::from_utf8(restored.stdout).unwrap();
    let lost = said.split("BEHIND by ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
    city.run(&["audit", "open-epoch", "--giving-up", lost, "--reason", "A rehearsal of the city's worst night."]);
    let service = Service::start(&city, &[]);
    let load = Load::start(&service, &city, 6);
    load.until_answered(50);
    city.account("database lost, an older backup, a new epoch", &load.stop(), Recovery::Restarted);
}

#[test]
fn without_room_there_is_no_backup_and_nothing_half_written() {
    let city = City::found(TestDatabase::sqlite());
    let disk = TempDir::new().unwrap();
    let Some(_disk) = SmallDisk::mount(disk.path(), 1) else { return };
    fill(&disk.path().join("ballast"));
    fs::File::options().write(true).open(disk.path().join("ballast")).unwrap().set_len(900_000).unwrap();
    let file = disk.path().join("copy.db");
    let refused = city.command().arg("backup").arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains("the database cannot be copied") && said.contains("full"), "{said}");
    assert_eq!(fs::read_dir(disk.path()).unwrap().count(), 1, "something was left");
}
