//! The stock tools a key must get along with, for tests.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A directory of files, gone after the test.
pub(crate) struct Bench(tempfile::TempDir);

impl Bench {
    pub(crate) fn new() -> Bench {
        Bench(tempfile::tempdir().unwrap())
    }

    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.path().join(name)).unwrap()
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    /// Runs `openssl` here, with arguments separated by spaces.
    pub(crate) fn openssl(&self, arguments: &str) -> Output {
        run("openssl", "openssl", self.0.path(), arguments, b"")
    }

    /// Runs `ssh-keygen` here, with arguments separated by spaces.
    pub(crate) fn ssh_keygen(&self, arguments: &str, input: &[u8]) -> Output {
        run("ssh-keygen", "openssh-client", self.0.path(), arguments, input)
    }
}

/// Runs a program to its end.
fn run(program: &str, package: &str, directory: &Path, arguments: &str, input: &[u8]) -> Output {
    let mut child = Command::new(program)
        .args(arguments.split(' '))
        .current_dir(directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| {
            panic!("`{program}` does not start ({e}); install it: `apt-get install {package}`")
        });
    // A program that refuses its arguments closes its input unread: that is its answer, no failure.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// The output of a program that must have succeeded.
pub(crate) fn succeeded(output: Output) -> Output {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}
