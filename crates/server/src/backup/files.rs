//! Files and folders: their owner's alone, and on the disk.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::path::Path;

use ring::digest::{Context, SHA256};
use waymark_protocol::Hash;

/// How many bytes are read at once.
const CHUNK: usize = 256 * 1024;

/// Makes a folder for its owner alone, to the disk; an error when it is there.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    waymark_durable::sync_name(path)
}

/// Writes a small file that is not there yet, to the disk.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = new_file(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Copies a file to a new one, to the disk, and returns the hash of what was copied.
pub fn copy_new(from: &Path, to: &Path) -> io::Result<Hash> {
    let mut file = new_file(to)?;
    let hash = read_through(from, |bytes| file.write_all(bytes))?;
    file.sync_all()?;
    Ok(hash)
}

/// The hash of a file.
pub fn hash(path: &Path) -> io::Result<Hash> {
    read_through(path, |_| Ok(()))
}

/// Makes sure that the disk has a file or a folder's entries.
pub fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Whether a folder has nothing in it.
pub fn is_empty(path: &Path) -> io::Result<bool> {
    Ok(fs::read_dir(path)?.next().is_none())
}

fn new_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn read_through(path: &Path, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<Hash> {
    let (mut file, mut digest) = (File::open(path)?, Context::new(&SHA256));
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk)? {
            0 => break,
            read => {
                digest.update(&chunk[..read]);
                each(&chunk[..read])?;
            }
        }
    }
    Ok(Hash::from_slice(digest.finish().as_ref()).expect("a SHA-256 digest has 32 bytes"))
}
