//! Files that are written whole or not at all.

use super::place::is_stdout;
use super::say::put;
use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write '{path}': {source}")]
pub struct WriteError {
    /// The path as given.
    pub path: PathBuf,
    /// What the system says.
    pub source: Error,
}

/// Writes a file; a regular one through a neighbour that is renamed once it is complete and on the disk, so that at any
/// moment the path holds what it held before or all of the new bytes.
///
/// A link is followed, and the mode of a file that is there is kept. A pipe or a device is written into, and `-` is the
/// standard output.
///
/// # Errors
/// [`WriteError`]; a regular file then holds what it held before.
pub fn write_whole(path: &Path, bytes: &[u8]) -> std::result::Result<(), WriteError> {
    let written = if is_stdout(path) {
        put(bytes)
    } else {
        target(path).and_then(|target| match target {
            Target::Regular(path) => replace(&path, bytes),
            Target::Special => write_into(path, bytes),
        })
    };
    written.map_err(|source| WriteError {
        path: path.to_owned(),
        source,
    })
}

/// Makes a folder of files (by their paths within it) that appears once it is complete.
///
/// # Errors
/// [`WriteError`]: something is there already, or a file could not be written; nothing is left then.
pub fn write_whole_folder(
    folder: &Path,
    files: &[(&str, Vec<u8>)],
) -> std::result::Result<(), WriteError> {
    let fail = |source| WriteError {
        path: folder.to_owned(),
        source,
    };
    // Also a link that leads nowhere is there.
    if folder.symlink_metadata().is_ok() {
        return Err(fail(ErrorKind::AlreadyExists.into()));
    }
    let made = beside(folder, |partial| std::fs::create_dir(partial)).map_err(fail)?;
    let partial = Partial(made.0);
    let fill = || -> Result<()> {
        for (name, bytes) in files {
            let path = partial.0.join(name);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            let mut file = File::create_new(&path)?;
            file.write_all(bytes)?;
            file.sync_all()?;
        }
        std::fs::rename(&partial.0, folder)
    };
    fill().map_err(fail)
}

/// Removed when it goes out of scope, unless it was renamed before. Best effort: the error that is reported is the first.
struct Partial(PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        let _ = match self.0.symlink_metadata() {
            Ok(about) if about.is_dir() => std::fs::remove_dir_all(&self.0),
            _ => std::fs::remove_file(&self.0),
        };
    }
}

/// Where a path leads.
pub(super) enum Target {
    /// A file, there or to be, links followed.
    Regular(PathBuf),
    /// A pipe or a device.
    Special,
}

/// As many links as Linux follows.
const LINKS: usize = 40;

pub(super) fn target(path: &Path) -> Result<Target> {
    match std::fs::metadata(path) {
        Ok(about) if about.is_dir() => Err(ErrorKind::IsADirectory.into()),
        Ok(about) if about.is_file() => path.canonicalize().map(Target::Regular),
        Ok(_) => Ok(Target::Special),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            // Nothing yet, perhaps behind links: the file is made where the last one leads.
            let mut path = path.to_owned();
            for _ in 0..LINKS {
                match std::fs::read_link(&path) {
                    Ok(next) => path = path.parent().unwrap_or(Path::new("")).join(next),
                    Err(_) => return Ok(Target::Regular(path)),
                }
            }
            Err(error)
        }
        Err(error) => Err(error),
    }
}

fn write_into(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.write_all(bytes)?;
    // A terminal or a pipe has nothing to synchronise.
    match file.sync_all() {
        Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(()),
        done => done,
    }
}

/// The folder that a path is in.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Names that are tried beside a file: those of programs of the same number that were killed stay behind.
const TRIES: u32 = 100;

/// Makes something new in the folder of a path. Its name is short: the path's own may be as long as a name can be.
fn beside<T>(path: &Path, make: impl Fn(&Path) -> Result<T>) -> Result<(PathBuf, T)> {
    let folder = parent(path);
    let mut taken = Error::from(ErrorKind::AlreadyExists);
    for k in 0..TRIES {
        let name = format!(".tensor-dyson-{}-{k}.partial", std::process::id());
        let partial = folder.join(name);
        match make(&partial) {
            Ok(made) => return Ok((partial, made)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

/// Whether a file can be made in the folder, or the one that is there be written.
pub(super) fn writable(path: &Path) -> Result<()> {
    // A file that is protected from being written is not replaced either.
    match OpenOptions::new().write(true).open(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    writable_folder(path)
}

/// Whether a file can be made beside a path.
pub(super) fn writable_folder(path: &Path) -> Result<()> {
    let (partial, _) = beside(path, |partial| File::create_new(partial))?;
    std::fs::remove_file(partial)
}

fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let old = match OpenOptions::new().write(true).open(path) {
        Ok(file) => Some(file.metadata()?),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let (name, mut file) = beside(path, |partial| File::create_new(partial))?;
    let partial = Partial(name);
    file.write_all(bytes)?;
    if let Some(old) = &old {
        keep_owner(&file, old);
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()?;
    std::fs::rename(&partial.0, path)?;
    // The new name is on the disk once its folder is; not every file system can do that.
    if let Ok(folder) = File::open(parent(path)) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Root leaves a user's file to the user. Others may not, and need not.
#[cfg(unix)]
fn keep_owner(file: &File, old: &std::fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(old.uid()), Some(old.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &std::fs::Metadata) {}
