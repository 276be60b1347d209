//! The rules of the house, each a function from a source file to what breaks it.

use super::source::Source;

/// Rooms by floor. A floor names only floors beneath it; rooms of one floor do not name each other.
const FLOORS: [&[&str]; 8] = [
    &["domain", "tlog"],
    &["storage", "keys", "config", "clock", "outbound"],
    &["ledger"],
    &["app"],
    &["http", "i18n", "telemetry"],
    &["api", "console", "hub", "gateway"],
    &["cli"],
    &["main"],
];

/// Names of other people's code that only some rooms may name.
const RESERVED: [(&str, &[&str]); 4] = [
    ("diesel", &["storage"]),
    ("diesel_migrations", &["storage"]),
    ("actix", &["http", "api", "console", "hub", "gateway"]),
    ("ureq", &["outbound"]),
];

/// What the pure rooms never name: the clock, chance, the machine, other threads.
const IMPURE: [&str; 16] = [
    "Utc::now",
    "Local::now",
    "SystemTime",
    "Instant::now",
    "std::time::Instant",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "getrandom",
    "rand",
    "rand_core",
    "tokio",
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "std::process",
];

const PURE: [&str; 2] = ["domain", "tlog"];

/// Types that hold a resident's id, what finds it again, or free text about a person: never printed.
pub const HIDDEN: [&str; 20] = [
    "ResidentId",
    "ResidentIndex",
    "ResidentLink",
    "ResidentRow",
    "NamedResident",
    "SaltedPaper",
    "SealedAnswer",
    "BasisInFull",
    "AnsweredCheck",
    "ViolationInFull",
    "Verification",
    "Details",
    "Sealed",
    "Paper",
    "Officer",
    "EmergencyRequester",
    "CallBack",
    "Answer",
    "Registration",
    "RegisteredScope",
];

/// Sealed as canonical JSON, and nowhere else serialised.
const SERIALISED_TO_BE_SEALED: [&str; 7] =
    ["Details", "Sealed", "SealedAnswer", "Paper", "Officer", "EmergencyRequester", "CallBack"];

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// A floor names only floors beneath it, and no other room of its own.
pub fn names_only_lower_floors(source: &Source) -> Vec<String> {
    let room = source.room();
    // The crate's root only says which rooms there are.
    if room == "lib" {
        return Vec::new();
    }
    let Some(floor) = floor_of(room) else { return vec![format!("{}: the room `{room}` has no floor", source.file)] };
    let mut faults = Vec::new();
    for mention in source.mentions() {
        let [start, named, ..] = mention.path.as_slice() else { continue };
        if start != "crate" || named == room {
            continue;
        }
        let is_below = floor_of(named).is_some_and(|other| other < floor);
        if !is_below || (room == "telemetry" && named != "config") {
            faults.push(format!("{} {mention}: `{room}` may not name `{named}`", source.file));
        }
    }
    faults
}

/// Only `storage` names diesel; only the web rooms name actix; only `outbound` names what calls other machines.
pub fn names_no_reserved_crate(source: &Source) -> Vec<String> {
    let room = source.room();
    let mut faults = Vec::new();
    for mention in source.mentions() {
        let Some(first) = mention.path.first() else { continue };
        for (reserved, rooms) in RESERVED {
            let is_named = first == reserved || (reserved == "actix" && first.starts_with("actix_"));
            if is_named && !rooms.contains(&room) {
                faults.push(format!("{} {mention}: `{room}` may not name {reserved}", source.file));
            }
        }
    }
    faults
}

/// `domain` and `tlog` have no clock, no dice, no files, no network, no threads and nothing asynchronous.
pub fn is_pure_where_it_must_be(source: &Source) -> Vec<String> {
    if !PURE.contains(&source.room()) {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for mention in source.mentions() {
        let path = format!("::{}::", mention.path.join("::"));
        let is_impure = IMPURE.iter().any(|banned| {
            let is_crate = !banned.contains("::") && banned.starts_with(char::is_lowercase);
            let wanted = format!("::{banned}::");
            if is_crate { path.starts_with(&wanted) } else { path.contains(&wanted) }
        });
        if is_impure || mention.path == ["async"] {
            faults.push(format!("{} {mention}: `{}` is pure", source.file, source.room()));
        }
    }
    faults
}

/// Types that hold resident ids derive neither `Debug` nor `Serialize`, and a `Debug` by hand hides.
pub fn prints_no_resident(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    for name in HIDDEN {
        for at in definitions(&source.code, name) {
            let derives = derives_before(&source.code, at);
            for derive in ["Debug", "Serialize"] {
                let is_excused = derive == "Serialize" && SERIALISED_TO_BE_SEALED.contains(&name);
                if derives.iter().any(|derived| derived == derive) && !is_excused {
                    faults.push(format!("{}: `{name}` derives `{derive}`", source.file));
                }
            }
        }
        for body in debugs_by_hand(source, name) {
            if !body.contains("hidden") && !body.contains("finish_non_exhaustive") {
                faults.push(format!("{}: the `Debug` of `{name}` does not hide", source.file));
            }
        }
        if source.code.contains(&format!("Display for {name} ")) {
            faults.push(format!("{}: `{name}` has a `Display`", source.file));
        }
    }
    faults
}

/// Where `struct Name` begins.
pub fn definitions(code: &str, name: &str) -> Vec<usize> {
    let starts = code.match_indices("struct ").map(|(at, _)| at);
    let is_it = |at: &usize| {
        let rest = code.get(at + "struct ".len()..).unwrap_or_default();
        rest.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    starts.filter(is_it).collect()
}

/// What the attributes right before a definition derive.
fn derives_before(code: &str, at: usize) -> Vec<String> {
    let before = code.get(..at).unwrap_or_default();
    let attributes = before.rsplit([';', '}']).next().unwrap_or_default();
    let lists = attributes.split("derive(").skip(1).filter_map(|rest| rest.split_once(')'));
    lists
        .flat_map(|(list, _)| list.split(','))
        .filter_map(|path| path.trim().rsplit("::").next())
        .map(str::to_owned)
        .collect()
}

/// The bodies of `impl Debug for Name`, with their strings.
fn debugs_by_hand(source: &Source, name: &str) -> Vec<String> {
    let wanted = format!("Debug for {name}");
    let after = |rest: &str| rest.starts_with([' ', '<', '{']);
    let impls = source.text.split(wanted.as_str()).skip(1).filter(|rest| after(rest));
    impls.map(|rest| rest.split("\n}").next().unwrap_or_default().to_owned()).collect()
}

/// Every file says first what it is for.
pub fn begins_with_its_purpose(source: &Source) -> Vec<String> {
    if source.text.starts_with("//! ") {
        Vec::new()
    } else {
        vec![format!("{} does not begin with `//! `", source.file)]
    }
}

/// Nothing is left for later, and no test is left out.
pub fn leaves_nothing_for_later(source: &Source) -> Vec<String> {
    // Spelled apart, so that this file does not accuse itself.
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
    let code = [concat!("to", "do!"), concat!("un", "implemented!"), concat!("db", "g!"), concat!("#[ig", "nore")];
    let mut faults = Vec::new();
    for (line, number) in source.text.lines().zip(1..) {
        for word in words.iter().filter(|word| holds_word(line, word)) {
            faults.push(format!("{} line {number}: `{word}`", source.file));
        }
    }
    for (line, number) in source.code.lines().zip(1..) {
        for word in code.iter().filter(|word| line.contains(**word)) {
            faults.push(format!("{} line {number}: `{word}`", source.file));
        }
    }
    faults
}

fn holds_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric()).any(|part| part == word)
}
