//! `Prover` and `Proof`.

use crate::error::raised;
use crate::interrupt::aside;
use crate::tensor_law::tensor_law;
use crate::theory::PyExpression;
use pyo3::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use tensor_dyson::symbolic::{Notation, Proof, ProofError, Prover, TensorLaw, Theory};

/// A step that is asked for.
#[derive(Clone)]
enum Asked {
    Start(String),
    Rewrite(String, Vec<String>),
    Expect(String, String, TensorLaw),
    ByParts(String, String, TensorLaw),
    Follows(String, String, Vec<String>),
    Approximately(String, Vec<(String, i32)>, i32),
}

fn texts(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

impl Asked {
    fn taken<'a>(&self, prover: Prover<'a>) -> Result<Prover<'a>, ProofError> {
        match self {
            Asked::Start(text) => prover.from(text),
            Asked::Rewrite(name, rules) => prover.rewrite(name, &texts(rules)),
            Asked::Expect(name, tensor, law) => prover.expect(name, tensor, law),
            Asked::ByParts(name, tensor, law) => prover.by_parts(name, tensor, law),
            Asked::Follows(name, text, rules) => prover.follows(name, text, &texts(rules)),
            Asked::Approximately(name, scaling, order) => {
                let scaling: Vec<(&str, i32)> = scaling
                    .iter()
                    .map(|(symbol, order)| (symbol.as_str(), *order))
                    .collect();
                prover.approximately(name, &scaling, *order)
            }
        }
    }
}

/// A proof in the making: `Theory.prove` begins one, each step gives a longer one, and `done` decides all of them.
#[pyclass(frozen, module = "tensor_dyson", name = "Prover")]
pub(crate) struct PyProver {
    theory: Arc<Theory>,
    title: String,
    steps: Vec<Asked>,
}

impl PyProver {
    pub(crate) fn new(theory: Arc<Theory>, title: String) -> Self {
        let steps = Vec::new();
        PyProver {
            theory,
            title,
            steps,
        }
    }

    fn and(&self, step: Asked) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        PyProver {
            theory: self.theory.clone(),
            title: self.title.clone(),
            steps,
        }
    }
}

#[pymethods]
impl PyProver {
    /// Begins a chain with an expression as it is written.
    fn start(&self, text: String) -> Self {
        self.and(Asked::Start(text))
    }

    /// Rewrites by the theory's rules of these names, from left to right.
    fn rewrite(&self, name: String, rules: Vec<String>) -> Self {
        self.and(Asked::Rewrite(name, rules))
    }

    /// Takes the expectation over a random tensor, all others held fixed.
    ///
    /// The law is a name, ``"gaussian"`` (independent standard entries), ``"symmetric"``, ``"antisymmetric"``, ``"hermitian"``,
    /// ``"complex:Z̄"``, ``"orthogonal"``, ``"unitary:Ū"``, or a list of the entries' cumulants of order 1, 2, ….
    #[pyo3(signature = (name, tensor, law = None))]
    fn expect(
        &self,
        name: String,
        tensor: String,
        law: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let law = self.law(law)?;
        Ok(self.and(Asked::Expect(name, tensor, law)))
    }

    /// Integrates by parts in the mean over a Gaussian tensor; resolvents are differentiated.
    #[pyo3(signature = (name, tensor, law = None))]
    fn by_parts(
        &self,
        name: String,
        tensor: String,
        law: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let law = self.law(law)?;
        Ok(self.and(Asked::ByParts(name, tensor, law)))
    }

    /// Claims that what was reached equals ``text`` once both are rewritten by rules, or as it is.
    #[pyo3(signature = (name, text, rules = vec![]))]
    fn follows(&self, name: String, text: String, rules: Vec<String>) -> Self {
        self.and(Asked::Follows(name, text, rules))
    }

    /// Drops the terms of an order below ``order`` where the dimensions grow as ``scaling`` says, ``{"n": 1, "d": 1}``.
    fn approximately(&self, name: String, scaling: BTreeMap<String, i32>, order: i32) -> Self {
        let scaling = scaling.into_iter().collect();
        self.and(Asked::Approximately(name, scaling, order))
    }

    /// Decides every step, by normal form and again over prime fields.
    ///
    /// Raises
    /// ------
    /// Error
    ///     For the first step that is false, with what its sides differ by, or that cannot be read.
    fn done(&self, py: Python<'_>) -> PyResult<PyProof> {
        let (theory, title, steps) = (self.theory.clone(), self.title.clone(), self.steps.clone());
        let proof = aside(py, move || {
            let prover = theory.prove(&title);
            let taken = steps
                .iter()
                .try_fold(prover, |prover, step| step.taken(prover));
            taken.map(Prover::done)
        })?;
        proof.map(PyProof).map_err(raised)
    }

    fn __repr__(&self) -> String {
        format!("Prover({:?}, {} steps)", self.title, self.steps.len())
    }
}

impl PyProver {
    fn law(&self, law: Option<&Bound<'_, PyAny>>) -> PyResult<TensorLaw> {
        law.map_or(Ok(TensorLaw::Gaussian), |law| tensor_law(&self.theory, law))
    }
}

/// A statement with its steps, each decided for every dimension; `Prover.done` makes one.
#[pyclass(frozen, module = "tensor_dyson", name = "Proof")]
pub(crate) struct PyProof(Proof);

#[pymethods]
impl PyProof {
    /// What is proved, in the words of who states it.
    #[getter]
    fn title(&self) -> &str {
        self.0.title()
    }

    /// Each step's reason, and what it reached.
    #[getter]
    fn steps(&self) -> Vec<(String, String)> {
        let step = |step: &tensor_dyson::symbolic::Step| {
            (step.name().to_owned(), step.expression().to_string())
        };
        self.0.steps().iter().map(step).collect()
    }

    /// What the last chain reached.
    #[getter]
    fn conclusion(&self) -> Option<PyExpression> {
        self.0.conclusion().cloned().map(PyExpression)
    }

    /// What is taken for granted: laws, inverses, rules that were tested and not derived.
    #[getter]
    fn assumptions(&self) -> Vec<String> {
        self.0.assumptions().map(ToString::to_string).collect()
    }

    /// A bound on the probability that a false step passes the check over prime fields; None without steps.
    #[getter]
    fn bound(&self) -> Option<f64> {
        self.0.bound()
    }

    /// The proof with the witnesses of its steps, as JSON, for a checker that knows nothing of this package.
    fn certificate(&self, py: Python<'_>) -> PyResult<String> {
        let proof = self.0.clone();
        let certificate = aside(py, move || proof.certificate())?.map_err(raised)?;
        Ok(certificate.to_json())
    }

    /// The steps as the display ``align*``, for an engine that reads Unicode.
    fn latex(&self) -> String {
        self.0.written(Notation::Tex)
    }

    fn _repr_latex_(&self) -> String {
        self.latex()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!(
            "Proof({:?}, {} steps)",
            self.0.title(),
            self.0.steps().len()
        )
    }
}
