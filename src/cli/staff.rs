//! `zaguan staff`: accounts, for whoever runs commands on the machine.

use anyhow::Context as _;
use clap::Subcommand;

use super::{Common, open};
use crate::app::App;
use crate::app::authority::Authority;
use crate::app::staff::{NewStaff, OneTimeLink};
use crate::domain::record::instant_text;
use crate::domain::staff::{Role, Roles, Username};
use crate::domain::{StaffId, StoreId};

#[derive(Subcommand)]
pub(super) enum StaffCommand {
    /// List accounts with their roles.
    List,
    /// Make an account. The link by which its holder enrols is printed once.
    Invite {
        /// The name to sign in with: 3 to 32 of a-z, 0-9, `.`, `-` and `_`.
        username: Username,
        /// What people call them.
        #[arg(long)]
        name: String,
        /// What they may do. May be given several times.
        #[arg(long = "role", required = true, value_name = "ROLE")]
        roles: Vec<Role>,
    },
    /// Give somebody these roles and no others; their sessions end.
    Roles {
        /// Whose.
        username: Username,
        /// What they may do. May be given several times.
        #[arg(long = "role", required = true, value_name = "ROLE")]
        roles: Vec<Role>,
    },
    /// Take somebody's credentials away, and print a link by which they enrol anew.
    Reset {
        /// Whose.
        username: Username,
    },
    /// Switch an account off; its sessions end.
    Disable {
        /// Whose.
        username: Username,
    },
    /// Switch an account on again.
    Enable {
        /// Whose.
        username: Username,
    },
    /// Say that an account is still needed.
    Certify {
        /// Whose.
        username: Username,
    },
    /// Show who and what has access, and when each is to be reviewed.
    Review,
}

pub(super) fn run(common: &Common, command: StaffCommand) -> anyhow::Result<()> {
    let app = open(common)?;
    let by = Authority::operator();
    match command {
        StaffCommand::List => list(&app)?,
        StaffCommand::Review => review(&app)?,
        StaffCommand::Invite { username, name, roles } => {
            let roles = Roles::new(roles)?;
            let invited = app.invite_staff(&by, NewStaff { username: username.clone(), name, roles })?;
            show_link(&username, &invited.link);
        }
        StaffCommand::Reset { username } => {
            let link = app.reset_staff(&by, id_of(&app, &username)?)?;
            show_link(&username, &link.context("no link was made")?);
        }
        StaffCommand::Roles { username, roles } => {
            let roles = Roles::new(roles)?;
            app.set_staff_roles(&by, id_of(&app, &username)?, roles.clone())?;
            println!("`{username}` has the roles: {roles}");
        }
        StaffCommand::Disable { username } => {
            app.disable_staff(&by, id_of(&app, &username)?, None)?;
            println!("`{username}` is switched off");
        }
        StaffCommand::Enable { username } => {
            app.enable_staff(&by, id_of(&app, &username)?, None)?;
            println!("`{username}` is switched on");
        }
        StaffCommand::Certify { username } => {
            app.certify_staff(&Authority::operator(), id_of(&app, &username)?)?;
            println!("`{username}` is certified");
        }
    }
    Ok(())
}

fn id_of(app: &App, username: &Username) -> anyhow::Result<StaffId> {
    let everybody = app.list_staff(&Authority::operator())?;
    let found = everybody.iter().find(|staff| staff.username == *username);
    Ok(found.with_context(|| format!("there is no account `{username}`"))?.id)
}

fn list(app: &App) -> anyhow::Result<()> {
    for staff in app.list_staff(&Authority::operator())? {
        println!("{} ({}), {}: {}", staff.username, staff.name, staff.status, staff.roles);
    }
    Ok(())
}

/// One line for each account and each client, for people and for `sort`.
fn review(app: &App) -> anyhow::Result<()> {
    let review = app.access_review(&Authority::operator())?;
    let last =
        |at: Option<_>| at.map_or_else(|| "never used".to_owned(), |at| format!("last used {}", instant_text(at)));
    for account in &review.accounts {
        let holder = &account.holder;
        let days = review.rules.days_to_review(holder.certified_at, review.now);
        let factor = if account.has_second_factor { "second factor set up" } else { "no second factor" };
        println!(
            "account {}, {}: {}; {factor}, {} recovery codes; {}; certified by {}; {}, {days} days to review",
            holder.username,
            holder.status,
            holder.roles,
            account.recovery_codes,
            last(account.last_used_at),
            holder.certified_by,
            account.standing.as_str(),
        );
    }
    for reviewed in &review.clients {
        let client = &reviewed.client;
        let days = review.rules.days_to_review(client.certified_at, review.now);
        let stores: Vec<&str> = client.stores.iter().map(StoreId::as_str).collect();
        println!(
            "client {}{}: {}; {}; certified by {}; {}, {days} days to review",
            client.id,
            if client.is_enabled { "" } else { ", switched off" },
            stores.join(" "),
            last(reviewed.last_used_at),
            client.certified_by,
            reviewed.standing.as_str(),
        );
    }
    Ok(())
}

/// The link alone on standard output, so that a script can catch it.
fn show_link(username: &Username, link: &OneTimeLink) {
    eprintln!("hand this link to `{username}` and nobody else; good once, until {}:", instant_text(link.expires_at));
    println!("{}", link.url.as_str());
}
