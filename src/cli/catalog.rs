//! `zaguan catalog`: record stores and the classes of their fields.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use chrono::DateTime;
use clap::Subcommand;

use super::{ACTOR, Common, open};
use crate::app::App;
use crate::domain::StoreId;
use crate::domain::field::{CatalogDiff, StoreCatalog};

#[derive(Subcommand)]
pub(super) enum CatalogCommand {
    /// Import catalogues. A class that is lower than the one in force needs `reviewed_by` and `reason` in the file.
    Import {
        /// TOML files, or directories of them.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Write the catalogues in force as TOML: one to standard output, or all into a directory.
    Export {
        /// The store to print.
        #[arg(required_unless_present = "into")]
        store: Option<StoreId>,
        /// A directory to write every store's file into.
        #[arg(long, value_name = "DIR", conflicts_with = "store")]
        into: Option<PathBuf>,
    },
    /// List stores, or the fields of one.
    List {
        /// The store.
        store: Option<StoreId>,
    },
    /// Show what importing a file would change, and whether it would be refused. Changes nothing.
    Diff {
        /// A TOML file.
        file: PathBuf,
    },
    /// List the fields that were asked for and that no catalogue names, the most asked first.
    Unknown,
}

pub(super) fn run(common: &Common, command: CatalogCommand) -> anyhow::Result<()> {
    // Files are read before anything is opened: a faulty one changes nothing.
    match command {
        CatalogCommand::Import { files } => {
            let catalogs = files_in(&files)?.iter().map(|path| read(path)).collect::<anyhow::Result<Vec<_>>>()?;
            import(&open(common)?, catalogs)
        }
        CatalogCommand::Diff { file } => {
            let new = read(&file)?;
            diff(&open(common)?, &new)
        }
        CatalogCommand::Export { store, into } => export(&open(common)?, store.as_ref(), into.as_deref()),
        CatalogCommand::List { store: None } => list_stores(&open(common)?),
        CatalogCommand::List { store: Some(store) } => list_fields(&open(common)?, &store),
        CatalogCommand::Unknown => list_unknown(&open(common)?),
    }
}

fn import(app: &App, catalogs: Vec<StoreCatalog>) -> anyhow::Result<()> {
    for catalog in catalogs {
        let (store, fields) = (catalog.store().id.clone(), catalog.fields().len());
        let imported = app.import_catalog(ACTOR, catalog).with_context(|| format!("`{store}` is left as it was"))?;
        println!("imported `{store}`: {fields} fields, sha256 {}", imported.sha256);
        imported.diff.iter().for_each(print_diff);
    }
    Ok(())
}

fn diff(app: &App, new: &StoreCatalog) -> anyhow::Result<()> {
    let catalog = app.catalog()?;
    let Some(old) = catalog.find(&new.store().id) else {
        println!("`{}` is new: {} fields", new.store().id, new.fields().len());
        return Ok(());
    };
    print_diff(&CatalogDiff::between(old, new));
    match crate::domain::field::check_downgrades(old, new) {
        Ok(()) => Ok(()),
        Err(errors) => bail!("it would be refused:\n{}", lines(&errors)),
    }
}

fn print_diff(diff: &CatalogDiff) {
    diff.added.iter().for_each(|name| println!("  + {name}"));
    diff.removed.iter().for_each(|name| println!("  - {name}"));
    diff.changed.iter().for_each(|change| println!("  ~ {}: {} → {}", change.name, change.from, change.to));
    if diff.added.is_empty() && diff.removed.is_empty() && diff.changed.is_empty() {
        println!("  no field and no class differs");
    }
}

fn export(app: &App, store: Option<&StoreId>, into: Option<&Path>) -> anyhow::Result<()> {
    let catalog = app.catalog()?;
    if let Some(directory) = into {
        std::fs::create_dir_all(directory).with_context(|| format!("cannot make `{}`", directory.display()))?;
        for store in catalog.stores() {
            let path = directory.join(format!("{}.toml", store.store().id));
            std::fs::write(&path, store.to_toml()).with_context(|| format!("cannot write `{}`", path.display()))?;
            println!("wrote {}", path.display());
        }
        return Ok(());
    }
    let store = store.ok_or_else(|| anyhow!("name a store, or a directory with --into"))?;
    print!("{}", find(&catalog, store)?.to_toml());
    Ok(())
}

fn list_stores(app: &App) -> anyhow::Result<()> {
    for catalog in app.catalog()?.stores() {
        let store = catalog.store();
        println!("{:<24} {:>5} fields  {} ({})", store.id, catalog.fields().len(), store.name, store.department);
    }
    Ok(())
}

fn list_fields(app: &App, store: &StoreId) -> anyhow::Result<()> {
    let catalog = app.catalog()?;
    let catalog = find(&catalog, store)?;
    for field in catalog.fields() {
        let alias = field.alias_of.as_ref().map(|target| format!("  alias of {}", target.as_asked()));
        let class = catalog.class_of(field);
        println!("{:<40} {class:<24}{}", field.name.as_asked(), alias.unwrap_or_default());
    }
    Ok(())
}

fn list_unknown(app: &App) -> anyhow::Result<()> {
    let rows = app.list_unknown_fields()?;
    if rows.is_empty() {
        println!("every field that was asked for is catalogued");
    }
    for row in rows {
        let last = DateTime::from_timestamp_micros(row.last_at).unwrap_or_default().format("%Y-%m-%d %H:%M UTC");
        println!("{:>8} times, last {last}  {} {}", row.asked, row.store, row.field);
    }
    Ok(())
}

fn find<'c>(catalog: &'c crate::domain::field::Catalog, store: &StoreId) -> anyhow::Result<&'c StoreCatalog> {
    catalog.find(store).ok_or_else(|| anyhow!("there is no record store `{store}`; see `zaguan catalog list`"))
}

fn read(path: &Path) -> anyhow::Result<StoreCatalog> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    StoreCatalog::parse(&text).map_err(|errors| anyhow!("`{}` is not a catalogue:\n{}", path.display(), lines(&errors)))
}

/// The files themselves, and the `.toml` files of directories, in order of their names.
fn files_in(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let mut found = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
        found.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        found.sort();
        files.extend(found);
    }
    if files.is_empty() {
        bail!("there is no catalogue file")
    }
    Ok(files)
}

fn lines<E: ToString>(errors: &[E]) -> String {
    errors.iter().map(|error| format!("  {}", error.to_string())).collect::<Vec<_>>().join("\n")
}
