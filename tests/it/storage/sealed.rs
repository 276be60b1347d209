//! No sealed column is forgotten when keys are rotated.

use std::collections::BTreeSet;

use zaguan::storage::sealed::SealedColumn;

use super::schema::of_the_program;

#[test]
fn every_sealed_column_is_on_the_list() {
    let tables: BTreeSet<String> = of_the_program()
        .into_keys()
        .filter(|column| column.split('.').nth(1).is_some_and(|name| name.starts_with("sealed")))
        .collect();
    let listed: BTreeSet<String> = SealedColumn::ALL.map(|column| column.name().to_owned()).into();
    assert_eq!(listed.len(), SealedColumn::ALL.len());
    assert_eq!(tables, listed);
}
