//! The register's rules, acted out.

mod checkpoint;
mod edge;
mod entry;
mod names;
mod reader;
mod samples;
mod tiles;
mod tree;
mod witness;
