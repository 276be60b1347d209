//! After a loss the log goes on under another name, which to a witness is another log.

use std::sync::Arc;

use zaguan::app::App;
use zaguan::app::assemble::Migrations;

use super::*;
use crate::ledger::anchor::set_back;
use crate::ledger::epochs::opened;
use crate::support::on_every_database;

#[test]
fn under_a_new_name_a_witness_is_asked_from_the_beginning() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        let scene = Scene::of(database, &[&witness]);
        let kept = scene.publish();
        scene.eventually_kept(&witness, kept);
        let published = scene.publish();
        scene.eventually_kept(&witness, published);
        scene.app.grow_to(published + 3);
        let lost = scene.app.length() - kept;
        drop(scene);
        // What was cosigned stands with the witness, and no more in the database.
        set_back(database, kept);
        database.tamper("DELETE FROM tally; UPDATE tally_size SET size = 0").unwrap();
        let setting = witness.setting();
        let more = [
            ("ZAGUAN__AUDIT__PUBLISH_INTERVAL_S", "1"),
            ("ZAGUAN__AUDIT__WITNESSES", setting.as_str()),
            ("ZAGUAN__AUDIT__WITNESS_TIMEOUT_S", "3"),
        ];
        let settings = settings(database, &more);
        opened(&settings, lost).unwrap();

        let clock = Arc::new(ManualClock::new());
        let entropy = Arc::new(SeededEntropy::new(7));
        let world = World { clock: clock.clone(), entropy, probe: Arc::new(NoProbe) };
        let app = Arc::new(App::open(&settings, Migrations::Apply, world).unwrap());
        let name = app.names().current().to_owned();
        let key = app.verifiers().iter().find(|key| key.name() == name).unwrap();
        witness.trust(&key.to_string());
        witness.remember(0, [0; 32]);
        clock.advance(TimeDelta::hours(1));
        app.record_start().unwrap();
        clock.advance(TimeDelta::hours(1));
        let keeper = WitnessKeeper::start(&app).unwrap();
        let last = || app.store().read(|conn| audit::find_last_cosignature(conn, &witness.name)).unwrap();
        eventually("cosigned", || last().is_some_and(|row| u64::try_from(row.size).unwrap() > kept));
        let asked = witness.asked().pop().unwrap();
        assert!(asked.starts_with("old 0\n") && asked.contains(&format!("\n{name}\n")), "{asked}");
        drop(keeper);
    });
}
