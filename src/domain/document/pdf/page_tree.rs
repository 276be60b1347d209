//! The page tree (ISO 32000-1 §7.7.3): nodes with kids, and pages, which have none.

use std::collections::{HashMap, HashSet};

use super::objects::Value;
use crate::domain::document::DocumentFault;

/// An object's place in the page tree, if it has one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A catalogue: it names the tree's root.
    Catalog(usize),
    /// It has kids, right here.
    Inner(Vec<usize>),
    /// Its kids stand in an array of their own.
    Elsewhere(usize),
    /// Such an array.
    Kids(Vec<usize>),
    /// A dictionary without kids: a page, if the tree leads here.
    Leaf,
    /// Nothing that can stand in the tree.
    Other,
}

impl Node {
    pub(super) fn of(value: Value<'_>) -> Self {
        match value {
            Value::Array(array) => Self::Kids(array.references),
            Value::Dictionary(dictionary) => match (dictionary.get(b"Kids"), dictionary.reference(b"Pages")) {
                // Fields of forms have kids, too, but the tree does not lead there.
                (Some(Value::Array(kids)), _) => Self::Inner(kids.references.clone()),
                (Some(Value::Reference(kids)), _) => Self::Elsewhere(*kids),
                (_, Some(root)) => Self::Catalog(root),
                _ => Self::Leaf,
            },
            _ => Self::Other,
        }
    }
}

const ASTRAY: DocumentFault = DocumentFault::Broken("the page tree leads nowhere");

/// Counts the pages that the catalogue leads to. What the nodes say of their own number (`Count`) is not believed.
pub(super) fn count(nodes: &HashMap<usize, Node>, catalog: Option<usize>) -> Result<u32, DocumentFault> {
    let Some(Node::Catalog(root)) = catalog.and_then(|number| nodes.get(&number)) else { return Err(ASTRAY) };
    let mut seen = HashSet::new();
    let mut open = vec![*root];
    let mut pages = 0_u32;
    while let Some(number) = open.pop() {
        let (list, kids) = match nodes.get(&number).ok_or(ASTRAY)? {
            Node::Leaf => {
                pages = pages.saturating_add(1);
                continue;
            }
            Node::Inner(kids) => (number, kids),
            Node::Elsewhere(array) => match nodes.get(array) {
                Some(Node::Kids(kids)) => (*array, kids),
                _ => return Err(ASTRAY),
            },
            Node::Catalog(_) | Node::Kids(_) | Node::Other => return Err(ASTRAY),
        };
        // Each list of kids is entered once: kids are then visited no more often than they are written down.
        if !seen.insert(list) {
            return Err(DocumentFault::Broken("the page tree leads back to itself"));
        }
        open.extend(kids);
    }
    Ok(pages)
}
