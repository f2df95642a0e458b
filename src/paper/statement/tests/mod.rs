mod contents;
mod edition;
mod files;
mod sample;
mod whole;
