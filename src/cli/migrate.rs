//! `zaguan migrate`: the database's tables, with the owner's credentials, and the rights of the application's role.

use super::{Common, environment};
use crate::app::assemble::owner_store_options;
use crate::storage::{Store, rights};

pub(super) fn run(common: &Common) -> anyhow::Result<()> {
    let settings = environment::load(common)?;
    let options = owner_store_options(&settings);
    let applied = Store::migrate(&options)?;
    match applied.as_slice() {
        [] => println!("nothing to do: {} is up to date", options.location),
        names => names.iter().for_each(|name| println!("applied {name}")),
    }
    let role = &settings.database.application_role;
    if !role.is_empty() {
        rights::grant_to(Store::open(options)?.open_writer()?.conn(), role)?;
        println!("`{role}` may add to the audit log, and may not change it");
    }
    Ok(())
}
