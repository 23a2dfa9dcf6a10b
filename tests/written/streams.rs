//! The standard output, pipes, devices and links.

use super::*;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};

/// Each print of each program, on a device that is full.
#[test]
fn output_that_cannot_be_printed_is_an_error() {
    let folder = Folder::new("full");
    for command in [
        "$P law --expr 'mp(1)' --z 1",
        "$P law --expr 'mp(1)' --grid 0:1:3 --format csv",
        "$P law --expr 'mp(1)' --output kept.json",
        "$P law --expr 'mp(1)' --output -",
        "$P law --expr 'mp(1)' --output /dev/stdout",
        "$P law --expr 'mp(1)' --plot -",
        "$P sample --d 4 --p 4",
        "$P sample --d 4 --p 4 --format json --output kept-too.json",
        "$P inspect --list",
        "$P inspect Q",
        "$P inspect W --save -",
        "$P new paper",
        "$P --help",
        "$P --version",
        "$P law --help",
        "$DERIVATIONS --list",
        "$DERIVATIONS --help",
        "$DERIVATIONS --only gram --size small --no-report --json kept-as-well.json",
    ] {
        let run = bash(&folder, &format!("{command} > /dev/full"));
        let error = text(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{command}: {error}");
        assert!(error.contains("No space left"), "{command}: {error}");
        // Before a reader that went away all are silent.
        let _ = std::fs::remove_dir_all(folder.0.join("paper"));
        let run = bash(&folder, &format!("set -o pipefail; {command} | true"));
        let error = text(&run.stderr);
        assert_eq!(run.status.code(), Some(0), "{command}: {error}");
        assert!(!error.contains("error"), "{command}: {error}");
    }
    for kept in ["kept.json", "kept-too.json", "kept-as-well.json"] {
        assert!(is_json(&read(folder.path(kept))), "{kept}");
    }
    folder.done();
}

#[test]
fn a_reader_that_goes_away_takes_no_file_along() {
    let folder = Folder::new("closed");
    let run = bash(
        &folder,
        "set -o pipefail; $P sample --d 6 --output s.json --plot s.svg | true",
    );
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(is_json(&read(folder.path("s.json"))));
    assert!(read(folder.path("s.svg")).trim_end().ends_with("</svg>"));
    assert_eq!(folder.names(), ["s.json", "s.svg"]);
    folder.done();
}

/// One output that fails does not take the other along, nor the lines.
#[test]
fn one_failure_loses_nothing_else() {
    let folder = Folder::new("half");
    let run = bash(&folder, "$P sample --d 6 --output /dev/full --plot s.svg");
    assert_eq!(run.status.code(), Some(2));
    let error = text(&run.stderr).replace("\n    ", " ");
    assert!(
        error.contains("--output: cannot write '/dev/full'"),
        "{error}"
    );
    assert!(text(&run.stdout).contains("Kolmogorov distance"));
    assert_eq!(folder.names(), ["s.svg"]);
    folder.done();
}

#[test]
fn the_standard_output_is_a_place_like_others() {
    let folder = Folder::new("stdout");
    let run = bash(&folder, "$P sample --d 6 --output -");
    assert_eq!(run.status.code(), Some(0));
    assert!(is_json(&text(&run.stdout)), "{}", text(&run.stdout));
    assert!(text(&run.stderr).contains("Kolmogorov distance"));
    for (command, begins) in [
        ("$P law --expr 'mp(1)' --plot -", "<svg"),
        (
            "$P law --expr 'mp(1)' --output - --grid 0:1:3 --format csv",
            "x,density,",
        ),
        ("$P law --expr 'mp(1)' --output /dev/fd/1", "{"),
        (
            "$DERIVATIONS --only gram --size small --no-report --json -",
            "{",
        ),
    ] {
        let run = bash(&folder, command);
        assert_eq!(
            run.status.code(),
            Some(0),
            "{command}: {}",
            text(&run.stderr)
        );
        assert!(
            text(&run.stdout).starts_with(begins),
            "{command}: {}",
            text(&run.stdout)
        );
    }
    let run = bash(&folder, "$P inspect W --save -");
    assert!(
        run.stdout.starts_with(b"PK\x03\x04"),
        "{}",
        text(&run.stderr)
    );
    // The file that the lines go to is no place for the result.
    let run = bash(&folder, "$P sample --d 6 --output s.json > s.json");
    let error = text(&run.stderr).replace("\n    ", " ");
    assert_eq!(run.status.code(), Some(2), "{error}");
    assert!(
        error.contains("the standard output and --output are the same file"),
        "{error}"
    );
    folder.done();
}

/// A pipe and a device are written into, and are there afterwards as they were.
#[test]
fn pipes_and_devices_are_written_into() {
    let folder = Folder::new("pipes");
    let run = bash(
        &folder,
        "mkfifo pipe; cat pipe > got & $P law --expr 'mp(1)' --output pipe; code=$?; wait; exit $code",
    );
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(is_json(&read(folder.path("got"))));
    let about = std::fs::symlink_metadata(folder.path("pipe")).unwrap();
    assert!(about.file_type().is_fifo());
    let run = bash(
        &folder,
        "$P sample --d 6 --output /dev/null --plot /dev/null",
    );
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let about = std::fs::metadata("/dev/null").unwrap();
    assert!(about.file_type().is_char_device());
    assert_eq!(folder.names(), ["got", "pipe"]);
    folder.done();
}

#[test]
fn links_are_followed_and_modes_are_kept() {
    let folder = Folder::new("links");
    std::fs::create_dir(folder.path("there")).unwrap();
    let target = folder.path("there/target.json");
    std::fs::write(&target, "old").unwrap();
    std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("there/target.json", folder.path("one.json")).unwrap();
    symlink("one.json", folder.path("two.json")).unwrap();
    symlink("there/new.json", folder.path("three.json")).unwrap();
    for (link, target) in [("two.json", "target.json"), ("three.json", "new.json")] {
        let run = bash(&folder, &format!("$P law --expr 'mp(1)' --output {link}"));
        assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
        assert!(is_json(&read(folder.0.join("there").join(target))));
        let about = std::fs::symlink_metadata(folder.path(link)).unwrap();
        assert!(about.file_type().is_symlink(), "{link}");
    }
    let mode = std::fs::metadata(&target).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    // A name as long as a name can be, and one of other letters.
    for name in [
        format!("{}.json", "n".repeat(250)),
        "données λ.json".to_owned(),
    ] {
        let run = bash(&folder, &format!("$P law --expr 'mp(1)' --output '{name}'"));
        assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
        assert!(is_json(&read(folder.path(&name))));
    }
    folder.done();
}
