//! `derive(model)`.

use crate::error::raised;
use crate::interrupt::aside;
use crate::theory::PyExpression;
use pyo3::prelude::*;
use std::sync::OnceLock;
use tensor_dyson::derive::{Derivation, Model};
use tensor_dyson::ledger::{Claim, Size, run};
use tensor_dyson::symbolic::Notation;

/// A model with what was derived of it.
#[pyclass(frozen, module = "tensor_dyson", name = "Derivation")]
pub(crate) struct PyDerivation {
    derivation: Derivation,
    /// Made once: claims are kept as long as the program runs.
    claims: OnceLock<Vec<Claim>>,
}

fn size(name: &str) -> PyResult<Size> {
    match name {
        "small" => Ok(Size::Small),
        "standard" => Ok(Size::Standard),
        "large" => Ok(Size::Large),
        other => Err(raised(format!(
            "size is '{other}': it must be one of small, standard, large"
        ))),
    }
}

impl PyDerivation {
    fn claimed(&self) -> &[Claim] {
        self.claims.get_or_init(|| self.derivation.clone().claims())
    }
}

#[pymethods]
impl PyDerivation {
    /// What the model is called.
    #[getter]
    fn title(&self) -> &str {
        &self.derivation.model.title
    }

    /// The feature, its mean, its covariance and, where it is one, the covariance as a sum of braids.
    #[getter]
    fn lines(&self) -> Vec<String> {
        self.derivation.lines()
    }

    /// ``E ω``.
    #[getter]
    fn mean(&self) -> PyExpression {
        PyExpression(self.derivation.moments.mean_expression().clone())
    }

    /// ``Cov ω = 𝒬``.
    #[getter]
    fn covariance(&self) -> PyExpression {
        PyExpression(self.derivation.moments.covariance().clone())
    }

    /// The covariance as a sum of braids of Kronecker products, None where a term is no such product.
    #[getter]
    fn braids(&self) -> Option<String> {
        self.derivation.braids()
    }

    /// The names of the claims that the model makes.
    #[getter]
    fn names(&self) -> Vec<&'static str> {
        self.claimed().iter().map(|claim| claim.id).collect()
    }

    /// Settles the claims: a JSON list, as the key ``claims`` of a run's file.
    fn _settled(
        &self,
        py: Python<'_>,
        size: &str,
        seed: u64,
        only: Option<Vec<String>>,
    ) -> PyResult<String> {
        let size = self::size(size)?;
        let mut claims = self.claimed().to_vec();
        if let Some(only) = only {
            let known = |name: &&String| !claims.iter().any(|claim| claim.id == name.as_str());
            if let Some(name) = only.iter().find(known) {
                let names = self.names().join(", ");
                return Err(raised(format!("no claim '{name}'; there are {names}")));
            }
            claims.retain(|claim| only.iter().any(|name| name == claim.id));
        }
        let found = aside(py, move || run(&claims, size, seed, |_| {}))?;
        serde_json::to_string(&found).map_err(raised)
    }

    fn _repr_latex_(&self) -> String {
        let Derivation { model, moments, .. } = &self.derivation;
        let (mean, q) = (moments.mean_expression(), moments.covariance());
        let legs = |legs: &[tensor_dyson::symbolic::Index]| -> String {
            legs.iter().map(|leg| &*leg.name).collect()
        };
        format!(
            "\\begin{{align*}}\n  \\mathbb{{E}}\\,{name}_{{{}}} &= {} \\\\\n  \\mathcal{{Q}}_{{{}}} &= {}\n\\end{{align*}}\n",
            legs(mean.legs()),
            mean.written(Notation::Tex),
            legs(q.legs()),
            q.written(Notation::Tex),
            name = model.feature.name,
        )
    }

    fn __str__(&self) -> String {
        self.derivation.lines().join("\n")
    }

    fn __repr__(&self) -> String {
        format!("Derivation({:?})", self.derivation.model.title)
    }
}

/// Reads a model and derives its moments.
#[pyfunction]
pub(crate) fn derive(py: Python<'_>, text: String) -> PyResult<PyDerivation> {
    let model = Model::read(&text).map_err(raised)?;
    let derivation = aside(py, move || Derivation::of(model))?.map_err(raised)?;
    Ok(PyDerivation {
        derivation,
        claims: OnceLock::new(),
    })
}
