//! `audit.witnesses`: who is asked to cosign the log. Keys that cannot be right, and addresses that anybody on the way
//! could answer for, are refused at the start.

use std::collections::HashSet;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::error::ConfigError;
use super::layers::{Given, Raw};
use super::place::{Place, printable};
use super::reader::{Section, quoted};
use crate::tlog::WitnessKey;

const EXPECTED: &str = "keys of witnesses, `name+hex8+base64`, each with its address behind it";

/// A witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// Its name and public key.
    pub key: WitnessKey,
    /// Where it is asked, without a trailing slash; `None` for one whose cosignatures are verified still.
    pub url: Option<String>,
}

/// What is wrong with a list of witnesses: what was expected, and what stood there.
type Fault = (&'static str, String);

/// Reads the list: keys and addresses, with white space between them.
pub(super) fn read(section: &mut Section<'_>) -> Result<Vec<Witness>, ConfigError> {
    const KEY: &str = "witnesses";
    let default = || Given { raw: Raw::Text(String::new()), place: Place::Default };
    let Given { raw, place } = section.take(KEY).unwrap_or_else(default);
    let (Raw::Text(text) | Raw::Variable(text)) = &raw else {
        return Err(section.wrong(KEY, place, EXPECTED, super::reader::found(&raw)));
    };
    match parse(text) {
        Ok(witnesses) => {
            section.show(KEY, quoted(text), place, String::new());
            Ok(witnesses)
        }
        Err((expected, found)) => Err(section.wrong(KEY, place, expected, found)),
    }
}

fn parse(text: &str) -> Result<Vec<Witness>, Fault> {
    let mut witnesses: Vec<Witness> = Vec::new();
    for word in text.split_whitespace() {
        if !word.contains("://") {
            let key = WitnessKey::parse(word).map_err(|error| (EXPECTED, format!("`{}`: {error}", printable(word))))?;
            witnesses.push(Witness { key, url: None });
            continue;
        }
        let url = parse_url(word)?;
        match witnesses.last_mut() {
            Some(witness) if witness.url.is_none() => witness.url = Some(url),
            _ => return Err((EXPECTED, format!("the address `{}` without a key before it", printable(word)))),
        }
    }
    let mut names = HashSet::new();
    match witnesses.iter().find(|witness| !names.insert(witness.key.name())) {
        Some(twice) => Err(("each witness once", format!("`{}` twice", printable(twice.key.name())))),
        None => Ok(witnesses),
    }
}

/// Whoever answers is believed only by their key; but who listens on the way would learn when the log grows.
fn parse_url(text: &str) -> Result<String, Fault> {
    let expected = "`https://`, a host and perhaps a port and a path; `http://` for this machine itself only";
    let wrong = || (expected, format!("`{}`", printable(text)));
    let (scheme, rest) = text.split_once("://").ok_or_else(wrong)?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let is_plain = |byte: u8, more: &[u8]| byte.is_ascii_alphanumeric() || more.contains(&byte);
    let is_host = !authority.is_empty() && authority.bytes().all(|byte| is_plain(byte, b".-:[]"));
    let is_path = path.bytes().all(|byte| is_plain(byte, b"/.-_~"));
    let is_kept_close = scheme == "https" || (scheme == "http" && is_loopback(authority));
    if is_host && is_path && is_kept_close { Ok(text.trim_end_matches('/').to_owned()) } else { Err(wrong()) }
}

fn is_loopback(authority: &str) -> bool {
    if let Some((host, _)) = authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return host.parse().is_ok_and(|address: Ipv6Addr| address.is_loopback());
    }
    let host = authority.split(':').next().unwrap_or_default();
    host == "localhost" || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
}
