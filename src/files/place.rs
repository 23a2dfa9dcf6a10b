//! Refusals before any work: places that cannot be written, and files that would be written over one another.

use super::write::{Target, parent, target, writable, writable_folder};
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// A file to be written.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    /// The flag it was given with.
    pub flag: &'a str,
    /// Where.
    pub path: &'a Path,
    /// What its name may end in, without dots.
    pub endings: &'a [&'a str],
}

/// A place that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// A folder, or in none.
    #[error("{flag}: '{path}' is not a file in an existing folder")]
    NoFile {
        /// Of the output.
        flag: String,
        /// As given.
        path: PathBuf,
    },
    /// A name of another ending.
    #[error("{flag}: '{path}' must end in {allowed}")]
    Ending {
        /// Of the output.
        flag: String,
        /// As given.
        path: PathBuf,
        /// The endings, with dots.
        allowed: String,
    },
    /// The system does not let it be written.
    #[error("{flag}: '{path}' cannot be written: {source}")]
    Closed {
        /// Of the output.
        flag: String,
        /// As given.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file where a folder is to be, or a folder that cannot be made.
    #[error("{flag}: '{path}' is not a folder, nor can it be one: {source}")]
    NoFolder {
        /// Of the output.
        flag: String,
        /// As given.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Two names of one file.
    #[error("{one} and {other} are the same file, '{path}'")]
    Same {
        /// The first flag.
        one: String,
        /// The second flag.
        other: String,
        /// As given with the second.
        path: PathBuf,
    },
}

/// What a path stands for.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    Stdin,
    Stdout,
    /// A file or a pipe that is there.
    There(u64, u64),
    /// A file that is to be, or one that the system cannot number.
    Named(PathBuf),
    /// A device takes anything, any number of times.
    Device,
}

/// Whether a path stands for the standard input: `-`.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// `FILE.npz:NAME` taken apart; a file that has such a name itself is that file.
pub fn split_key(path: &Path) -> (PathBuf, Option<String>) {
    let text = path.to_str().unwrap_or_default();
    match text.rfind(".npz:") {
        Some(at) if !path.exists() => {
            let (file, key) = text.split_at(at + ".npz".len());
            (
                file.into(),
                Some(key.strip_prefix(':').unwrap_or(key).to_owned()),
            )
        }
        _ => (path.to_owned(), None),
    }
}

/// Whether a path stands for the standard output: `-`, or what the system calls it.
pub fn is_stdout(path: &Path) -> bool {
    let names = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
    names.iter().any(|name| path.as_os_str() == *name)
}

#[cfg(unix)]
fn there(path: &Path, about: &Metadata) -> Place {
    use std::os::unix::fs::{FileTypeExt, MetadataExt};
    let _ = path;
    if about.file_type().is_char_device() {
        Place::Device
    } else {
        Place::There(about.dev(), about.ino())
    }
}

#[cfg(not(unix))]
fn there(path: &Path, _: &Metadata) -> Place {
    Place::Named(path.canonicalize().unwrap_or(path.to_owned()))
}

/// The file that the standard output goes into, if it is one.
#[cfg(unix)]
fn stdout_file() -> Option<Place> {
    use std::os::fd::AsFd;
    let own = std::io::stdout().as_fd().try_clone_to_owned().ok()?;
    let about = std::fs::File::from(own).metadata().ok()?;
    about.is_file().then(|| there(Path::new("-"), &about))
}

#[cfg(not(unix))]
fn stdout_file() -> Option<Place> {
    None
}

/// Where a file is that is read, if it is there.
fn source(path: &Path) -> Option<Place> {
    if is_stdin(path) {
        return Some(Place::Stdin);
    }
    let (path, _) = split_key(path);
    let about = std::fs::metadata(&path).ok()?;
    Some(there(&path, &about))
}

/// Where an output goes, once it is known that it can.
fn destination(output: &Output<'_>) -> Result<Place, PlaceError> {
    let Output {
        flag,
        path,
        endings,
    } = *output;
    if is_stdout(path) {
        return Ok(Place::Stdout);
    }
    let (flag, owned) = (flag.to_owned(), path.to_owned());
    let named = path.as_os_str().as_encoded_bytes();
    let Ok(Target::Regular(real)) = (match named.last() {
        None | Some(b'/') => Err(std::io::ErrorKind::NotADirectory.into()),
        _ => target(path),
    }) else {
        return match std::fs::metadata(path) {
            Ok(about) if !about.is_dir() && !about.is_file() => Ok(there(path, &about)),
            _ => Err(PlaceError::NoFile { flag, path: owned }),
        };
    };
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    if !endings.contains(&ending) {
        let dotted: Vec<String> = endings.iter().map(|e| format!(".{e}")).collect();
        let allowed = match dotted.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            _ => dotted.concat(),
        };
        return Err(PlaceError::Ending {
            flag,
            path: owned,
            allowed,
        });
    }
    if !parent(&real).is_dir() {
        return Err(PlaceError::NoFile { flag, path: owned });
    }
    if let Err(source) = writable(&real) {
        let path = owned;
        return Err(PlaceError::Closed { flag, path, source });
    }
    let name = real.file_name().map(Path::new).unwrap_or(&real);
    Ok(match std::fs::metadata(&real) {
        Ok(about) => there(&real, &about),
        Err(_) => match parent(&real).canonicalize() {
            Ok(folder) => Place::Named(folder.join(name)),
            Err(_) => Place::Named(real),
        },
    })
}

/// Refuses, before any work, outputs that cannot be written, two outputs in one file, an output over an input, and two
/// inputs from one pipe. Inputs are flags with paths.
///
/// # Errors
/// [`PlaceError`].
pub fn check(inputs: &[(&str, &Path)], outputs: &[Output<'_>]) -> Result<(), PlaceError> {
    let mut known: Vec<(&str, Place)> = vec![];
    for (flag, path) in inputs {
        let Some(place) = source(path) else { continue };
        let once = !std::fs::metadata(split_key(path).0).is_ok_and(|about| about.is_file());
        if once && place != Place::Device {
            apart(&known, flag, path, &place)?;
        }
        known.push((flag, place));
    }
    if let Some(place) = stdout_file() {
        known.push(("the standard output", place));
    }
    for output in outputs {
        let place = destination(output)?;
        if place != Place::Device {
            apart(&known, output.flag, output.path, &place)?;
        }
        known.push((output.flag, place));
    }
    Ok(())
}

fn apart(
    known: &[(&str, Place)],
    flag: &str,
    path: &Path,
    place: &Place,
) -> Result<(), PlaceError> {
    match known.iter().find(|(_, other)| other == place) {
        None => Ok(()),
        Some((one, _)) => Err(PlaceError::Same {
            one: (*one).to_owned(),
            other: flag.to_owned(),
            path: path.to_owned(),
        }),
    }
}

/// Refuses, before any work, a folder that cannot be made or cannot be written in.
///
/// # Errors
/// [`PlaceError::NoFolder`].
pub fn check_folder(flag: &str, path: &Path) -> Result<(), PlaceError> {
    let known = path.ancestors().find(|above| above.exists());
    let inside = match known {
        Some(above) => above.join("-"),
        None => PathBuf::from("-"),
    };
    let free = match known {
        Some(above) if !above.is_dir() => Err(std::io::ErrorKind::NotADirectory.into()),
        _ => writable_folder(&inside),
    };
    free.map_err(|source| PlaceError::NoFolder {
        flag: flag.to_owned(),
        path: path.to_owned(),
        source,
    })
}
