//! The certificates of a run's proofs as files.

use crate::files::{WriteError, write_whole};
use crate::ledger::Outcome;
use std::path::Path;

/// Writes the certificate of every proof in the evidence into a folder, which is made if it is not there, and
/// counts them. Each file is written whole or not at all.
///
/// # Errors
/// [`WriteError`].
pub fn write_certificates(folder: &Path, outcomes: &[Outcome]) -> Result<usize, WriteError> {
    std::fs::create_dir_all(folder).map_err(|source| WriteError {
        path: folder.to_owned(),
        source,
    })?;
    let mut written = 0;
    for proof in outcomes.iter().flat_map(|outcome| &outcome.evidence) {
        if let (Some(name), Some(certificate)) = (&proof.certificate_file, &proof.certificate) {
            write_whole(&folder.join(name), certificate.to_json().as_bytes())?;
            written += 1;
        }
    }
    Ok(written)
}
