//! `Theory` and `Expression`.

use crate::error::raised;
use crate::proof::PyProver;
use pyo3::prelude::*;
use std::sync::Arc;
use tensor_dyson::symbolic::{Expression, Notation, SymbolicError, Theory};

/// Declared spaces, tensors and scalars, definitions and rules: what an expression and a proof may speak of.
///
/// Parameters
/// ----------
/// spaces : str, optional
///     Each space with the symbol of its dimension and the letters of its indices, as in ``"h: u v; w: s t"``; if not
///     given ``n`` (indices ``i j l m``), ``d`` (``a c k q s``) and ``p`` (``b e f g r``).
///
/// Its declarations return the theory itself, so that they can be chained; what is refused raises `Error` and leaves the
/// theory as it was.
#[pyclass(module = "tensor_dyson", name = "Theory")]
pub(crate) struct PyTheory(Theory);

type Declared<'py> = PyResult<PyRefMut<'py, PyTheory>>;

/// Declares, and returns the theory for the next declaration.
fn declared<'py>(
    mut theory: PyRefMut<'py, PyTheory>,
    declare: impl FnOnce(&mut Theory) -> Result<&mut Theory, SymbolicError>,
) -> Declared<'py> {
    declare(&mut theory.0).map_err(raised)?;
    Ok(theory)
}

#[pymethods]
impl PyTheory {
    #[new]
    #[pyo3(signature = (spaces = None))]
    fn new(spaces: Option<&str>) -> PyResult<Self> {
        let theory = match spaces {
            Some(spaces) => Theory::of(spaces).map_err(raised)?,
            None => Theory::new(),
        };
        Ok(PyTheory(theory))
    }

    /// A further space, by the symbol of its dimension and the letters of its indices.
    fn space<'py>(slf: PyRefMut<'py, Self>, dimension: &str, letters: &str) -> Declared<'py> {
        declared(slf, |theory| theory.space(dimension, letters))
    }

    /// A side condition: a dimension is not below another one, or a number.
    fn at_least<'py>(slf: PyRefMut<'py, Self>, dimension: &str, least: &str) -> Declared<'py> {
        declared(slf, |theory| theory.at_least(dimension, least))
    }

    /// Formal scalars, as in ``"z κ₄"``; ``i`` is the imaginary unit.
    fn scalars<'py>(slf: PyRefMut<'py, Self>, names: &str) -> Declared<'py> {
        declared(slf, |theory| theory.scalars(names))
    }

    /// Arbitrary tensors with the dimensions of their slots, as in ``"x[n,d] G[d,p]"``.
    fn tensors<'py>(slf: PyRefMut<'py, Self>, names: &str) -> Declared<'py> {
        declared(slf, |theory| theory.tensors(names))
    }

    /// A tensor that given permutations of its slots leave unchanged: ``symmetric("Q[d,d]", [[1, 0]])``.
    fn symmetric<'py>(
        slf: PyRefMut<'py, Self>,
        names: &str,
        symmetries: Vec<Vec<usize>>,
    ) -> Declared<'py> {
        declared(slf, |theory| theory.symmetric(names, &symmetries))
    }

    /// Hermitian matrices, as in ``"H[d,d]"``.
    fn hermitian<'py>(slf: PyRefMut<'py, Self>, names: &str) -> Declared<'py> {
        declared(slf, |theory| theory.hermitian(names))
    }

    /// A complex tensor and the name of its conjugate.
    fn complex<'py>(slf: PyRefMut<'py, Self>, name: &str, conjugate: &str) -> Declared<'py> {
        declared(slf, |theory| theory.complex(name, conjugate))
    }

    /// A tensor defined by an expression, as in ``"ω[i,a,b] = x[i,a] G[k,b] x[i,k]"``; a rule of its name.
    fn define<'py>(slf: PyRefMut<'py, Self>, definition: &str) -> Declared<'py> {
        declared(slf, |theory| theory.define(definition))
    }

    /// The inverse of a matrix given by an expression, as in ``inverse("R", [[1, 0]], "[i,j] A[i,a] A[j,a] - z δ[i,j]")``.
    fn inverse<'py>(
        slf: PyRefMut<'py, Self>,
        name: &str,
        symmetries: Vec<Vec<usize>>,
        matrix: &str,
    ) -> Declared<'py> {
        declared(slf, |theory| theory.inverse(name, &symmetries, matrix))
    }

    /// A rule, used from left to right; what speaks for it is asked when a proof first uses it.
    fn rule<'py>(slf: PyRefMut<'py, Self>, name: &str, equation: &str) -> Declared<'py> {
        declared(slf, |theory| theory.rule(name, equation))
    }

    /// What each factor of a tensor counts as under ``≈``.
    fn of_order<'py>(slf: PyRefMut<'py, Self>, tensor: &str, order: i32) -> Declared<'py> {
        declared(slf, |theory| theory.of_order(tensor, order))
    }

    /// Functions of a Gaussian form and their derivatives, as in ``functions(["φ", "φ′"], "x", "u[b] = x[a] G[a,b]")``.
    fn functions<'py>(
        slf: PyRefMut<'py, Self>,
        names: Vec<String>,
        of: &str,
        form: &str,
    ) -> Declared<'py> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        declared(slf, |theory| theory.functions(&names, of, form))
    }

    /// The mean of a product of functions of one random tensor, as in ``"K[b,e] = φ[b] φ[e]"``.
    fn mean<'py>(slf: PyRefMut<'py, Self>, definition: &str) -> Declared<'py> {
        declared(slf, |theory| theory.mean(definition))
    }

    /// Reads an expression: its open indices in brackets first, every other index is summed.
    fn expression(&self, text: &str) -> PyResult<PyExpression> {
        let expression = self.0.expression(text).map_err(raised)?;
        Ok(PyExpression(expression))
    }

    /// Begins a proof of what ``title`` says, in the theory as it stands now.
    fn prove(&self, title: String) -> PyProver {
        PyProver::new(Arc::new(self.0.clone()), title)
    }
}

/// A sum of products of tensors' entries over indices; `Theory.expression` reads one.
#[pyclass(frozen, module = "tensor_dyson", name = "Expression")]
pub(crate) struct PyExpression(pub(crate) Expression);

#[pymethods]
impl PyExpression {
    /// The form that two expressions share exactly if they are equal for all dimensions and all values.
    fn normal_form(&self, py: Python<'_>) -> Self {
        PyExpression(py.detach(|| self.0.normal_form()))
    }

    /// Whether both are equal for all dimensions and all values of their tensors.
    fn equals(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        py.detach(|| self.0.equals(&other.0)).map_err(raised)
    }

    /// Whether it is 0 as it is written; `normal_form` first decides it.
    fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    fn __add__(&self, other: &Self) -> PyResult<Self> {
        self.0.plus(&other.0).map(PyExpression).map_err(raised)
    }

    fn __sub__(&self, other: &Self) -> PyResult<Self> {
        self.0.minus(&other.0).map(PyExpression).map_err(raised)
    }

    /// The formula in TeX, without dollar signs.
    fn latex(&self) -> String {
        self.0.written(Notation::Tex)
    }

    fn _repr_latex_(&self) -> String {
        format!("${}$", self.latex())
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        let legs = self.0.legs().iter().map(|leg| &*leg.name);
        let legs: Vec<&str> = legs.collect();
        format!("Expression(\"[{}] {}\")", legs.join(","), self.0)
    }
}
