//! The transparency log against other people's vectors and programs.

mod checkpoints;
mod cosignatures;
mod ct_merkle;
mod frontier;
mod huge_trees;
mod keys;
mod merkle_probes;
mod notes;
mod parsers;
mod proofs;
mod receipts;
mod rfc6962;
mod support;
mod tessera;
mod tiles;
mod tlog_tiles;
