mod contents;
mod files;
mod sample;
mod whole;
