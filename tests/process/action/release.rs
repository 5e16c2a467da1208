//! A release of the program as the action takes it: an archive by the name of this machine, and its checksum.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use sha2::{Digest as _, Sha256};

/// The version that the action takes where nobody says another.
pub(crate) const VERSION: &str = concat!("v", env!("CARGO_PKG_VERSION"));

/// What the archive of this machine is called.
pub(crate) fn archive_name() -> String {
    let machine = if cfg!(target_arch = "aarch64") { "aarch64" } else { "x86_64" };
    let system = if cfg!(target_os = "macos") { "apple-darwin" } else { "unknown-linux-gnu" };
    format!("crabwalk-{machine}-{system}.tar.gz")
}

/// The path under which a release is downloaded.
pub(crate) fn path(version: &str, file: &str) -> String {
    format!("/acme/crabwalk/releases/download/{version}/{file}")
}

/// An archive with the file `crabwalk` of a directory.
pub(crate) fn archive(directory: &Path) -> Vec<u8> {
    let mut tar = Command::new("tar");
    let packed = tar.args(["-cf", "-", "crabwalk"]).current_dir(directory).output().expect("tar runs here");
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    let mut gzip = Command::new("gzip")
        .args(["-1", "-c"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("gzip runs here");
    let mut input = gzip.stdin.take().expect("it is a pipe");
    let writer = std::thread::spawn(move || std::io::Write::write_all(&mut input, &packed.stdout));
    let output = gzip.wait_with_output().expect("it ends");
    writer.join().expect("it does not panic").expect("gzip reads everything");
    output.stdout
}

/// The archive of the program that is tested.
pub(crate) fn program() -> Vec<u8> {
    static PACKED: OnceLock<Vec<u8>> = OnceLock::new();
    let directory = Path::new(env!("CARGO_BIN_EXE_crabwalk")).parent().expect("it lies in a directory");
    PACKED.get_or_init(|| archive(directory)).clone()
}

/// A checksum as it is written: 64 digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The lines of `SHA256SUMS`.
pub(crate) fn sums(files: &[(&str, &[u8])]) -> Vec<u8> {
    files.iter().map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect::<String>().into_bytes()
}
