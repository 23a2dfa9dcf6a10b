//! The law of a random tensor, from its name or its cumulants.

use crate::error::raised;
use pyo3::prelude::*;
use tensor_dyson::symbolic::{Ensemble, Haar, SymbolicError, TensorLaw, Theory};

/// What a law may be called.
const NAMES: &str = "gaussian, symmetric[:RANK], antisymmetric[:RANK], hermitian, complex:CONJUGATE[:RANK], orthogonal, \
                     unitary:CONJUGATE, or a list of cumulants";

/// A text is the name of a law, and anything else a sequence of cumulants: numbers, or texts over the theory's scalars.
pub(crate) fn tensor_law(theory: &Theory, law: &Bound<'_, PyAny>) -> PyResult<TensorLaw> {
    if let Ok(name) = law.extract::<String>() {
        let unknown = || raised(format!("law is '{name}': it must be one of {NAMES}"));
        return known(&name).ok_or_else(unknown);
    }
    let mut cumulants = Vec::new();
    for cumulant in law.try_iter()? {
        let text = cumulant?.str()?.to_string();
        let value = theory.expression(&text).map_err(raised)?;
        let value = value.as_polynomial().ok_or_else(|| {
            raised(SymbolicError::Unknown {
                name: text.as_str().into(),
            })
        })?;
        cumulants.push(value);
    }
    Ok(TensorLaw::Cumulants(cumulants))
}

fn known(name: &str) -> Option<TensorLaw> {
    let mut parts = name.split(':');
    let kind = parts.next()?;
    let conjugate = match kind {
        "complex" | "unitary" => parts.next()?,
        _ => "",
    };
    let rank = parts.next();
    let takes_rank = matches!(kind, "symmetric" | "antisymmetric" | "complex");
    if parts.next().is_some() || (rank.is_some() && !takes_rank) {
        return None;
    }
    // Of more slots there would be too many permutations to write down.
    let rank = rank.map_or(Some(2), |text| {
        text.parse().ok().filter(|rank| (1..=6).contains(rank))
    })?;
    Some(match kind {
        "gaussian" => TensorLaw::Gaussian,
        "symmetric" => TensorLaw::Ensemble(Ensemble::symmetric(rank)),
        "antisymmetric" => TensorLaw::Ensemble(Ensemble::antisymmetric(rank)),
        "hermitian" => TensorLaw::Ensemble(Ensemble::hermitian()),
        "complex" => TensorLaw::Ensemble(Ensemble::complex(rank, conjugate)),
        "orthogonal" => TensorLaw::Haar(Haar::orthogonal()),
        "unitary" => TensorLaw::Haar(Haar::unitary(conjugate)),
        _ => return None,
    })
}
