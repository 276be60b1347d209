//! `zaguan receipt`: what a receipt proves, far from the log. Opens no database and reads no settings.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::DateTime;
use clap::{Args, Subcommand};
use serde_json::Value;

use super::failed;
use super::verification::NOT_VERIFIED;
use crate::app::public_log::{Evidence, Proven, verify_receipt};
use crate::domain::record::instant_text;
use crate::tlog::{Cosignature, KeyError, Verifier, WitnessKey};

#[derive(Subcommand)]
pub(super) enum ReceiptCommand {
    /// Verify a receipt with the log's public key, and print what the entry says. Needs nothing else.
    Verify(VerifyArgs),
}

#[derive(Args)]
pub(super) struct VerifyArgs {
    /// The receipt.
    #[arg(value_name = "FILE")]
    receipt: PathBuf,
    /// The log's key, as `/log/vkey` gives it; more than once for a log whose key was changed.
    #[arg(long, required = true, value_name = "KEY", value_parser = parse_key)]
    vkey: Vec<Verifier>,
    /// The key of a witness that must have signed the checkpoint; more than once for several, each of which must.
    #[arg(long, value_name = "KEY", value_parser = parse_witness)]
    witness: Vec<WitnessKey>,
    /// The entry, cut out of a bundle of the public log: for a receipt that does not carry its record.
    #[arg(long, value_name = "FILE", conflicts_with = "record")]
    entry: Option<PathBuf>,
    /// The record, for a receipt that does not carry it.
    #[arg(long, value_name = "FILE", requires = "nonce")]
    record: Option<PathBuf>,
    /// The record's nonce: 64 hexadecimal digits.
    #[arg(long, value_name = "HEX", requires = "record", value_parser = parse_nonce)]
    nonce: Option<[u8; 32]>,
}

fn parse_key(text: &str) -> Result<Verifier, KeyError> {
    Verifier::parse(text.trim_end())
}

fn parse_witness(text: &str) -> Result<WitnessKey, KeyError> {
    WitnessKey::parse(text.trim_end())
}

fn parse_nonce(text: &str) -> Result<[u8; 32], String> {
    let is_hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digits = text.as_bytes().chunks_exact(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok().filter(|_| is_hex)?;
        u8::from_str_radix(pair, 16).ok()
    });
    let bytes: Option<Vec<u8>> = digits.collect();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| "64 hexadecimal digits are expected".to_owned())
}

pub(super) fn run(command: &ReceiptCommand) -> ExitCode {
    let ReceiptCommand::Verify(args) = command;
    let (receipt, evidence) = match read(args) {
        Ok(read) => read,
        Err(error) => return failed(&error),
    };
    match verify_receipt(&receipt, &args.vkey, &args.witness, evidence) {
        Ok(proven) => say(&proven, &args.witness),
        Err(fault) => {
            failed(&fault.into());
            ExitCode::from(NOT_VERIFIED)
        }
    }
}

fn read(args: &VerifyArgs) -> anyhow::Result<(Vec<u8>, Evidence)> {
    let read = |path: &PathBuf| fs::read(path).with_context(|| format!("`{}` cannot be read", path.display()));
    if args.vkey.iter().any(|key| Some(key.name()) != args.vkey.first().map(Verifier::name)) {
        bail!("these are keys of different logs");
    }
    let evidence = match (&args.entry, &args.record, args.nonce) {
        (Some(entry), ..) => Evidence::Entry(read(entry)?),
        (None, Some(record), Some(nonce)) => Evidence::Record { nonce, record: read(record)? },
        _ => Evidence::Carried,
    };
    Ok((read(&args.receipt)?, evidence))
}

fn say(proven: &Proven, witnesses: &[WitnessKey]) -> ExitCode {
    let Proven { index, leaf, checkpoint, record, cosignatures } = proven;
    let (origin, size, root) = (checkpoint.origin(), checkpoint.size(), checkpoint.root());
    eprintln!("entry {index} of {origin} is among its first {size} entries, whose root is {root}");
    for (witness, cosignature) in witnesses.iter().zip(cosignatures) {
        eprintln!("witnessed by {} at {}", witness.name(), time_of(cosignature));
    }
    match record {
        None => println!("the entry with the leaf {leaf}"),
        Some(record) => println!("{}", shown(record)),
    }
    ExitCode::SUCCESS
}

fn time_of(cosignature: &Cosignature) -> String {
    let at = i64::try_from(cosignature.at()).ok().and_then(|at| DateTime::from_timestamp(at, 0));
    at.map_or_else(|| format!("second {}", cosignature.at()), instant_text)
}

/// Line by line, and nothing that a terminal would obey.
fn shown(record: &[u8]) -> String {
    let read = serde_json::from_slice::<Value>(record).and_then(|record| serde_json::to_string_pretty(&record));
    read.unwrap_or_else(|_| record.escape_ascii().to_string())
}
