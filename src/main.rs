//! The command line's door.

fn main() -> std::process::ExitCode {
    letopis::cli::run()
}
