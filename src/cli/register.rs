//! `letopis register check`: was a printed checkpoint one of this register?

use super::done::{Answer, Done};
use super::opening::Which;
use super::world::World;
use crate::digest::Digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::str::FromStr;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Whether the register once had so many entries and this root, as acts and labels print them
    Check(Args),
}

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How many entries
    #[arg(value_name = "SIZE")]
    size: u64,
    /// At least the first 16 hexadecimal digits of the root, or all of it in base64
    #[arg(value_name = "ROOT")]
    root: PrintedRoot,
}

/// The beginning of a root as it is printed: 16 to 64 lower-case hexadecimal digits.
#[derive(Debug, Clone)]
struct PrintedRoot(String);

impl FromStr for PrintedRoot {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.to_ascii_lowercase();
        if (16..=64).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(PrintedRoot(digits));
        }
        let root = STANDARD.decode(text).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let root = root.map(|root| PrintedRoot(Digest::from(root).to_string()));
        root.ok_or_else(|| {
            "write 16 to 64 hexadecimal digits, or 44 characters of base64".to_owned()
        })
    }
}

pub(super) async fn run(command: &Command, which: &Which, world: &mut World) -> Answer {
    let Command::Check(Args { size, root }) = command;
    let reading = which.read(world).await?;
    let now = reading.checkpoint().checkpoint().size;
    let (done, answer) = match reading.root_at(*size).await? {
        Some(found) if found.to_string().starts_with(&root.0) => {
            (Done::Clean, format!("yes: with {size} entries the register had the root {found}"))
        }
        Some(found) => {
            (Done::Findings, format!("no: with {size} entries the register had the root {found}"))
        }
        None => {
            (Done::Findings, format!("no: the register has {now} entries, it never had {size}"))
        }
    };
    world.screen.say(answer);
    Ok(done)
}
