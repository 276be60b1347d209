//! Real processes on one database, one of them killed in the middle of its work.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use zaguan::storage::Location;

use super::{Acknowledged, Plan};
use crate::support::{TestDatabase, on_every_database};

const LOCATION: &str = "ZAGUAN_TEST_CHILD_LOCATION";
const SEED: &str = "ZAGUAN_TEST_CHILD_SEED";

/// What a child does: appends without end and says what was acknowledged. Without its variables it has nothing to do.
#[test]
#[expect(clippy::disallowed_methods, reason = "a child of another test takes its orders from the environment")]
fn a_child_appends_until_it_is_killed() {
    let (Ok(location), Ok(seed)) = (std::env::var(LOCATION), std::env::var(SEED)) else { return };
    let mut database = TestDatabase::sqlite();
    database.location = match location.strip_prefix("file:") {
        Some(path) => Location::Sqlite(path.into()),
        None => Location::Postgres(location),
    };
    let log = Plan { seed: seed.parse().unwrap(), ..Plan::on(&database) }.start().unwrap();
    for number in 0.. {
        let done = log.append(&format!("child-{seed}-{number}")).unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nacknowledged {} {}", done.index, String::from_utf8(done.record).unwrap()).unwrap();
        out.flush().unwrap();
    }
}

fn child(database: &TestDatabase, seed: u32) -> Child {
    let location = match &database.location {
        Location::Sqlite(path) | Location::Still(path) => format!("file:{}", path.display()),
        Location::Postgres(url) => url.clone(),
    };
    Command::new(std::env::current_exe().unwrap())
        .args(["ledger::processes::a_child_appends_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
        .env(LOCATION, location)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The next acknowledgements, until there are so many of them or the child is no more.
fn read(lines: &mut impl Iterator<Item = String>, most: usize) -> Vec<Acknowledged> {
    lines
        .filter_map(|line| {
            let (index, record) = line.strip_prefix("acknowledged ")?.split_once(' ')?;
            // A killed child may leave half a line.
            record
                .ends_with('}')
                .then(|| Acknowledged { index: index.parse().unwrap(), record: record.as_bytes().to_vec() })
        })
        .take(most)
        .collect()
}

fn lines(out: ChildStdout) -> impl Iterator<Item = String> {
    BufReader::new(out).lines().map_while(Result::ok)
}

#[test]
fn a_killed_process_takes_no_acknowledged_entry_with_it() {
    on_every_database(|database| {
        drop(database.store());
        let mut children = [child(database, 11), child(database, 12)];
        let [mut first, mut second] = children.each_mut().map(|child| lines(child.stdout.take().unwrap()));
        let mut acknowledged = read(&mut first, 15);
        acknowledged.extend(read(&mut second, 15));
        children[0].kill().unwrap();
        children[0].wait().unwrap();
        acknowledged.extend(read(&mut first, usize::MAX));
        // The other goes on, past whatever the killed one left half done.
        acknowledged.extend(read(&mut second, 15));
        let log = Plan::on(database).elsewhere().start().unwrap();
        acknowledged.push(log.append("parent").unwrap());
        children[1].kill().unwrap();
        children[1].wait().unwrap();
        acknowledged.extend(read(&mut second, usize::MAX));
        assert!(acknowledged.len() >= 46);
        log.append("the last").unwrap();
        log.demand(&acknowledged);
    });
}
