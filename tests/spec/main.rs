//! The rules of Letopis, acted out.

mod archive;
mod damage;
mod records;
