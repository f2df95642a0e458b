//! What a closing keeps to, on a small school without a disk.

mod college;
mod correction;
mod days;
mod folder;
mod model;
mod pages;
mod people;
mod random;
mod roles;
mod school;
mod signing;
mod taking_back;
mod tasks;
mod work;
