//! ISO 9660 images, made and read by `xorriso` (<https://www.gnu.org/software/xorriso/>).

use chrono::{DateTime, Utc};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Why an image was not made or does not read.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// The program is not there.
    #[error(
        "the program xorriso is not installed; `apt install xorriso`, or give a folder instead of an .iso file"
    )]
    Missing,
    /// It could not be started or waited for.
    #[error("xorriso cannot be run: {0}")]
    Run(#[from] io::Error),
    /// It said no.
    #[error("xorriso failed: {0}")]
    Failed(String),
}

/// Makes sure that there is a xorriso, before anything is written for it.
pub(super) fn ready() -> Result<(), ImageError> {
    run(xorriso().arg("-version"))
}

/// Writes the image of a tree. Rock Ridge keeps the names, Joliet shows them on Windows. All times, owners and
/// rights are set, so that the same tree, volume and time give the same bytes (from one version of xorriso).
pub(super) fn make(
    tree: &Path,
    image: &Path,
    volume: &str,
    made: DateTime<Utc>,
) -> Result<(), ImageError> {
    // YYYYMMDDhhmmsscc, UTC.
    let time = made.format("%Y%m%d%H%M%S00").to_string();
    let mut command = xorriso();
    command.args(["-no_rc", "-as", "mkisofs", "-quiet", "-iso-level", "3"]);
    command.args(["-r", "-J", "-joliet-long", "-dir-mode", "0755", "-file-mode", "0644"]);
    command.args(["-V", volume, "-A", "LETOPIS", "-p", "LETOPIS"]);
    command.arg(format!("--modification-date={time}")).args(["--set_all_file_dates", &time]);
    command.env("SOURCE_DATE_EPOCH", made.timestamp().to_string());
    run(command.arg("-o").arg(absolute(image)).arg(absolute(tree)))
}

/// Extracts all files of an image, or of a disc in its drive, into an empty folder.
///
/// # Errors
/// When xorriso is missing, or the image does not read in every part: what did read is there all the same.
pub fn extract(image: &Path, into: &Path) -> Result<(), ImageError> {
    let mut command = xorriso();
    command.args(["-no_rc", "-abort_on", "NEVER", "-return_with", "FAILURE", "32"]);
    command.args(["-osirrox", "on:auto_chmod_on"]);
    command.arg("-indev").arg(absolute(image)).args(["-extract", "/"]).arg(absolute(into));
    run(&mut command)
}

/// An absolute path is never taken for an option.
fn absolute(path: &Path) -> std::path::PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn xorriso() -> Command {
    let mut command = Command::new("xorriso");
    command.env("TZ", "UTC").env("LC_ALL", "C").stdin(Stdio::null());
    command
}

fn run(command: &mut Command) -> Result<(), ImageError> {
    let done = match command.output() {
        Ok(done) => done,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(ImageError::Missing),
        Err(error) => return Err(error.into()),
    };
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    // Its complaints begin like this; what comes after them are its notes about leaving.
    let complaint = said.lines().find(|line| line.contains("FAILURE") || line.contains("FATAL"));
    let last = || said.lines().rfind(|line| !line.trim().is_empty());
    Err(ImageError::Failed(complaint.or_else(last).unwrap_or("it said nothing").to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_xorriso_is_told_with_the_line_that_installs_it() {
        let error = run(&mut Command::new("no-such-program-as-this")).unwrap_err();
        assert!(matches!(error, ImageError::Missing), "{error:?}");
        assert!(error.to_string().contains("apt install xorriso"));
    }
}
