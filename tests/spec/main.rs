//! The rules of Letopis, acted out.

mod archive;
mod crash;
mod damage;
mod readers;
mod records;
