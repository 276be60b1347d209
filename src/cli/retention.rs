//! `zaguan retention`: what is due to be erased, erasing it, and holds that stop it.

use clap::{Args, Subcommand};

use super::{ACTOR, Common, open};
use crate::app::retention::Due;
use crate::domain::record::instant_text;
use crate::domain::retention::HoldScope;
use crate::domain::{HoldId, LegalBasisId, StoreId};

#[derive(Subcommand)]
pub(super) enum RetentionCommand {
    /// Show what the rules would erase now. Changes nothing.
    Preview,
    /// Erase what is due now. Works while the service runs.
    Run,
    /// Place a hold: from now on nothing that it covers is erased. Prints its id.
    Hold(HoldArgs),
    /// Release a hold.
    Release {
        /// The hold.
        id: HoldId,
    },
    /// List all holds, with their reasons.
    Holds,
}

#[derive(Args)]
pub(super) struct HoldArgs {
    #[command(flatten)]
    scope: ScopeArgs,
    /// Why. It is sealed, and stands in no log.
    #[arg(long)]
    reason: String,
}

/// Exactly one of them.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct ScopeArgs {
    /// Cover everything.
    #[arg(long)]
    everything: bool,
    /// Cover what is about residents of one store.
    #[arg(long, value_name = "STORE")]
    store: Option<StoreId>,
    /// Cover one legal basis, its papers, and the decisions that cite it.
    #[arg(long, value_name = "ID")]
    basis: Option<LegalBasisId>,
}

pub(super) fn run(common: &Common, command: RetentionCommand) -> anyhow::Result<()> {
    let app = open(common)?;
    match command {
        RetentionCommand::Preview => show(&app.preview_retention()?, "due"),
        RetentionCommand::Run => show(&app.run_retention(ACTOR)?, "erased"),
        RetentionCommand::Hold(hold) => println!("{}", app.place_hold(ACTOR, hold.scope.to_scope(), &hold.reason)?),
        RetentionCommand::Release { id } => {
            app.release_hold(ACTOR, id)?;
            println!("hold {id} is released");
        }
        RetentionCommand::Holds => {
            for hold in app.list_holds()? {
                let end = hold.released_at.map_or_else(String::new, |at| format!(", released {}", instant_text(at)));
                println!(
                    "{} on {}, placed {} by {}{end}",
                    hold.id,
                    hold.scope,
                    instant_text(hold.placed_at),
                    hold.placed_by
                );
                println!("  {}", hold.reason.as_deref().unwrap_or("(the reason does not open)"));
            }
        }
    }
    Ok(())
}

impl ScopeArgs {
    fn to_scope(&self) -> HoldScope {
        match (&self.store, self.basis) {
            (Some(store), _) => HoldScope::Store(store.clone()),
            (None, Some(basis)) => HoldScope::Basis(basis),
            (None, None) => HoldScope::Everything,
        }
    }
}

fn show(kinds: &[Due], done: &str) {
    for Due { kind, before, count, held } in kinds {
        match before {
            Some(before) => println!("{kind}: {count} {done}, {held} held (ended before {})", instant_text(*before)),
            None => println!("{kind}: kept for ever"),
        }
    }
}
