//! `zaguan audit open-epoch`: the recorded way on when acknowledged entries are truly gone.

use std::process::ExitCode;

use clap::Args;

use super::verification::existing;
use super::{ACTOR, Common, environment, failed};
use crate::app::epoch::{Reason, open_next_epoch};

#[derive(Args)]
pub(super) struct OpenEpochArgs {
    /// How many acknowledged entries are lost for ever: exactly as `zaguan restore --check` tells it.
    #[arg(long, value_name = "ENTRIES")]
    giving_up: u64,
    /// Why, in one line. It is shown to everybody on `/log`: name nobody.
    #[arg(long, value_name = "TEXT")]
    reason: Reason,
}

pub(super) fn run(common: &Common, args: &OpenEpochArgs) -> ExitCode {
    let opened = || -> anyhow::Result<_> {
        let settings = environment::load(common)?;
        // Of a wrong path, everything would be lost.
        existing(&settings)?;
        Ok(open_next_epoch(&settings, args.giving_up, args.reason.clone(), ACTOR)?)
    };
    match opened() {
        Ok(head) => {
            println!("a new epoch is open; {} acknowledged entries are given up", args.giving_up);
            println!(
                "the log has {} entries, root {}; its newest checkpoint, with the new name, is:",
                head.size, head.root
            );
            print!("{}", head.note);
            println!(
                "keep the old anchor (beside the log's key) as evidence, and tell those who hold newer checkpoints"
            );
            ExitCode::SUCCESS
        }
        Err(error) => failed(&error),
    }
}
