//! `zaguan basis`: legal bases, for operators. People register and verify them through the API; nothing is changed here.

use clap::Subcommand;

use super::{Common, open};
use crate::app::App;
use crate::app::authority::{Authority, ReadBasis};
use crate::app::legal_bases::{BasisNeeds, ListedBasis, RENEWAL_NOTICE};
use crate::domain::LegalBasisId;
use crate::domain::legal_basis::life::BasisState;
use crate::domain::legal_basis::{BasisKind, Instrument};
use crate::domain::record::instant_text;
use crate::storage::legal_bases::{Filter, Needs};

/// Bases that are fetched at a time.
const PAGE: usize = 100;

#[derive(Subcommand)]
pub(super) enum BasisCommand {
    /// List bases, newest first: state, kind, who registered and who verified. No residents.
    List {
        /// Only those that stand there now: registered, rejected, verified, expired, `used_up`, revoked, superseded.
        #[arg(long)]
        status: Option<BasisState>,
        /// Only this kind.
        #[arg(long)]
        kind: Option<BasisKind>,
        /// Only this instrument.
        #[arg(long)]
        instrument: Option<Instrument>,
        /// Only those on which somebody has to act.
        #[arg(long)]
        needs: Option<NeedsArg>,
    },
    /// Show one basis, without its paper and its residents.
    Show {
        /// Its id.
        id: LegalBasisId,
        /// Also the residents whom it names. The audit log says that they were shown.
        #[arg(long)]
        residents: bool,
    },
}

/// What somebody has to do.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(super) enum NeedsArg {
    /// Verify or reject it.
    Verification,
    /// Review the emergency.
    Review,
    /// Renew the standing mandate.
    Renewal,
}

pub(super) fn run(common: &Common, command: &BasisCommand) -> anyhow::Result<()> {
    let app = open(common)?;
    match *command {
        BasisCommand::List { status, kind, instrument, needs } => {
            let needs = needs.map(|needs| match needs {
                NeedsArg::Verification => Needs::Verification,
                NeedsArg::Review => Needs::Review,
                NeedsArg::Renewal => Needs::Renewal { before: app.now() + RENEWAL_NOTICE },
            });
            list(&app, &Filter { state: status, kind, instrument, needs, ..Filter::default() })
        }
        BasisCommand::Show { id, residents } => show(&app, id, residents),
    }
}

fn list(app: &App, filter: &Filter) -> anyhow::Result<()> {
    let who: Authority<ReadBasis> = Authority::operator();
    let mut after = None;
    loop {
        let page = app.list_bases(&who, filter, after, PAGE)?;
        page.items.iter().for_each(print_line);
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

fn print_line(listed: &ListedBasis) {
    let basis = &listed.stored.basis;
    let instrument = basis.instrument.map_or("no paper", Instrument::as_str);
    let needs = listed.needs.map(|needs| format!(", needs {}", needs_text(needs))).unwrap_or_default();
    println!("{} {} {} ({instrument}){needs}", basis.id, listed.state, basis.kind);
}

fn show(app: &App, id: LegalBasisId, with_residents: bool) -> anyhow::Result<()> {
    let who: Authority<ReadBasis> = Authority::operator();
    let Some(listed) = app.find_basis(&who, id)? else { anyhow::bail!("there is no such legal basis") };
    print_line(&listed);
    let (basis, people, rest) = (&listed.stored.basis, &listed.stored.people, &listed.stored.particulars);
    println!("  registered by {} at {}", people.registrar, instant_text(people.registered_at));
    if let Some(verifier) = &people.verifier {
        let at = listed.stored.verified_at.map(|at| format!(", verified at {}", instant_text(at)));
        println!("  looked at by {verifier}{}", at.unwrap_or_default());
    }
    let until = basis.valid_until.map_or_else(|| "no end".to_owned(), instant_text);
    println!("  counts from {} until {until}", instant_text(basis.valid_from));
    println!(
        "  used {} times of {}",
        basis.uses,
        basis.max_uses.map_or("any number".to_owned(), |max| max.to_string())
    );
    for (name, value) in [("court", &rest.court), ("docket", &rest.docket), ("citation", &rest.citation)] {
        if let Some(value) = value {
            println!("  {name} {value}");
        }
    }
    if with_residents {
        let full = app.read_basis(&who, id)?;
        for (store, resident) in &full.residents {
            println!("  resident {} of {store}", resident.expose());
        }
    }
    Ok(())
}

fn needs_text(needs: BasisNeeds) -> String {
    match needs {
        BasisNeeds::Verification => needs.as_str().to_owned(),
        BasisNeeds::Review { due_at, is_overdue: true } => format!("review, overdue since {}", instant_text(due_at)),
        BasisNeeds::Review { due_at, .. } | BasisNeeds::Renewal { due_at } => {
            format!("{} by {}", needs.as_str(), instant_text(due_at))
        }
    }
}
