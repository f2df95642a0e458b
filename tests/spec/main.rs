//! The rules of Letopis, acted out: through the library, with the program itself, and with stock tools.

mod archive;
mod bench;

mod answers;
mod checking;
mod closing;
mod closing_college;
mod closing_media;
mod closing_together;
mod commands;
mod correcting;
mod crash;
mod damage;
mod day;
mod demo;
mod desk;
mod hostile;
mod importing;
mod keys;
mod locations;
mod printing;
mod privacy;
mod promotion;
mod readers;
mod records;
mod signing;
mod snapshots;
mod staff;
mod statements;
mod stock_tools;
mod swapped;
mod terminal;
mod verify_py;
