//! Runs that are killed, or that meet a limit of the disk: the old file or a whole new one.

use super::*;
use std::os::unix::process::ExitStatusExt;
use std::time::{Duration, Instant};

const LAW: &str = "$P law --expr 'mp(1)' --z 1+1i --grid 0:4:20 --output law.json";

/// As a disk that is full: files may have no more than 1 KB. With the signal ignored the write fails, else it kills.
#[test]
fn a_limit_of_the_disk_leaves_the_old_file() {
    let folder = Folder::new("limit");
    std::fs::write(folder.path("law.json"), "old").unwrap();
    std::fs::write(folder.path("s.json"), "old").unwrap();
    for command in [
        LAW,
        "$P sample --d 8 --output s.json",
        "$P inspect all --save t.npz",
    ] {
        let run = bash(
            &folder,
            &format!("trap '' XFSZ; ulimit -f 1; exec {command}"),
        );
        let error = text(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{command}: {error}");
        assert!(error.contains("File too large"), "{command}: {error}");
        assert_eq!(folder.names(), ["law.json", "s.json"], "{command}");
    }
    let run = bash(&folder, &format!("ulimit -c 0; ulimit -f 1; exec {LAW}"));
    assert_eq!(run.status.signal(), Some(25), "{:?}", run.status);
    for name in ["law.json", "s.json"] {
        assert_eq!(read(folder.path(name)), "old", "{name}");
    }
    folder.done();
}

#[test]
fn a_crate_is_made_whole_or_not_at_all() {
    let folder = Folder::new("crate");
    let run = bash(&folder, "trap '' XFSZ; ulimit -f 0; exec $P new paper");
    let error = text(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{error}");
    assert!(
        error.contains("paper") && error.contains("File too large"),
        "{error}"
    );
    assert!(folder.names().is_empty(), "{:?}", folder.names());
    let run = bash(&folder, "$P new paper");
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert_eq!(folder.names(), ["paper"]);
    folder.done();
}

/// Killed at twenty moments spread over a run, and a little beyond its end.
#[test]
fn killed_at_any_moment_it_leaves_the_old_file_or_a_whole_new_one() {
    let folder = Folder::new("killed");
    let path = folder.path("law.json");
    let run = || {
        let mut command = Command::new("bash");
        command
            .args(["-c", &format!("exec {LAW}")])
            .env("P", PROGRAM);
        command.current_dir(&folder.0).stdout(Stdio::null());
        command.spawn().unwrap()
    };
    let start = Instant::now();
    assert!(run().wait().unwrap().success());
    let whole = start.elapsed();
    let new = read(&path);
    assert!(is_json(&new));
    let (mut old_seen, mut new_seen) = (0, 0);
    for k in 0..20u32 {
        std::fs::write(&path, "old").unwrap();
        let mut child = run();
        std::thread::sleep(whole * k / 15);
        let _ = child.kill();
        child.wait().unwrap();
        match read(&path).as_str() {
            "old" => old_seen += 1,
            text => {
                assert_eq!(text, new, "{k}");
                new_seen += 1;
            }
        }
    }
    assert!(old_seen > 0, "no run was cut off in {whole:?}");
    // On a machine that is busy the last may all be late: a run that ends is a new file in any case.
    assert!(new_seen > 0 || whole > Duration::from_secs(1), "{whole:?}");
    folder.done();
}
