//! The rules of Letopis, acted out: on the library, with the program itself, and with stock tools.

mod bench;

mod archive;
mod checking;
mod commands;
mod crash;
mod damage;
mod demo;
mod importing;
mod keys;
mod locations;
mod records;
mod signing;
mod snapshots;
mod stock_tools;
