//! A log that has tiles on three levels, copied and verified by others.

use super::go::Driver;
use super::{Scene, export, second, vkey};
use crate::support::TestDatabase;

#[test]
fn a_log_of_more_than_65536_entries_is_verified_by_others_and_grows_from_what_they_kept() {
    let database = TestDatabase::sqlite();
    let scene = Scene::of(&database, 65_536);
    let key = vkey(&scene.app);
    let kept = scene.keep("kept", &std::fs::read(scene.copy.join("checkpoint")).unwrap());
    scene.app.grow_to(65_900);
    scene.app.publish();
    let copied = export(&scene.app, &scene.copy).unwrap();
    // Two bundles, two tiles of level 0, the partial ones of levels 1 and 2 (the latter is the same), and the checkpoint.
    assert_eq!((copied.size, copied.written), (65_900, 2 + 2 + 1 + 1));
    assert!(scene.copy.join("tile/2/000.p/1").is_file() && scene.copy.join("tile/1/001.p/1").is_file());
    assert_eq!(second::verify(&scene.copy, &key).map(|entries| entries.len()), Ok(65_900));
    let (first, last) = (scene.receipt(1), scene.receipt(65_899));
    if let Some(go) = Driver::find() {
        let said = go.verify(&scene.copy, &key, &[("older", &kept), ("receipt", &first), ("receipt", &last)]).unwrap();
        assert!(said.starts_with("65900 entries"), "{said}");
    }
}
