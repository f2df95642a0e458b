//! The rules of the command line, acted out with the program itself and with stock tools.

mod bench;

mod checking;
mod commands;
mod demo;
mod importing;
mod keys;
mod locations;
mod signing;
mod snapshots;
mod stock_tools;
