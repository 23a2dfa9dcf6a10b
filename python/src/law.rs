//! `Law`.

use crate::error::raised;
use crate::interrupt::aside;
use crate::values::{Bounded, each};
use ndarray::Array1;
use num_complex::Complex64;
use numpy::{
    IntoPyArray, PyArray1, PyReadonlyArray1, PyReadonlyArray2, PyReadonlyArray3, PyReadonlyArrayDyn,
};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tensor_dyson::measure::{Enclosed, Law, LawError};
use tensor_dyson::model::Streams;
use tensor_dyson::polynomial::{MatrixExpression, Variables};
use tensor_dyson::report::svg_file;

#[path = "../../src/commands/law/plot.rs"]
mod plot;

/// A probability law on the line with compact support.
#[pyclass(frozen, module = "tensor_dyson", name = "Law", from_py_object)]
#[derive(Clone)]
pub(crate) struct PyLaw(pub(crate) Law);

/// The law as Python shows it.
pub(crate) fn faced(py: Python<'_>, law: Law) -> PyResult<Bound<'_, PyAny>> {
    let face = py.import("tensor_dyson")?.getattr("Law")?;
    face.call_method1("_of", (PyLaw(law),))
}

/// Laws by name; an array is the law of its entries.
fn named(laws: Option<&Bound<'_, PyDict>>) -> PyResult<Vec<(String, Law)>> {
    let one = |(name, law): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
        let law = match law.extract::<PyLaw>() {
            Ok(law) => law.0,
            Err(_) => {
                let values: PyReadonlyArray1<'_, f64> = law.extract()?;
                Law::empirical(values.as_array().to_vec()).map_err(raised)?
            }
        };
        Ok((name.extract()?, law))
    };
    laws.into_iter().flatten().map(one).collect()
}

impl PyLaw {
    /// An answer of the law that may take long.
    fn answer<T: Send + 'static>(
        &self,
        py: Python<'_>,
        of: impl FnOnce(&Law) -> Result<T, LawError> + Send + 'static,
    ) -> PyResult<T> {
        let law = self.0.clone();
        aside(py, move || of(&law))?.map_err(raised)
    }
}

/// A value with its bound, which is infinite where the value is known and its proof is missing.
fn known(found: Result<Enclosed, LawError>) -> Result<(f64, f64), LawError> {
    found
        .map(|found| (found.value, found.radius))
        .or_else(|error| match error.estimate() {
            Some((value, _)) => Ok((value, f64::INFINITY)),
            None => Err(error),
        })
}

#[pymethods]
impl PyLaw {
    #[new]
    #[pyo3(signature = (expr, laws = None))]
    fn new(expr: &str, laws: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let given = named(laws)?;
        let given: Vec<(&str, Law)> = given
            .iter()
            .map(|(name, law)| (name.as_str(), law.clone()))
            .collect();
        Law::parse_with(expr, &given).map(PyLaw).map_err(raised)
    }

    #[staticmethod]
    fn polynomial(
        py: Python<'_>,
        expression: String,
        variables: &Bound<'_, PyDict>,
    ) -> PyResult<Self> {
        let free = named(Some(variables))?.into_iter();
        let variables = free.fold(Variables::new(), |all, (name, law)| all.free(&name, law));
        let made = aside(py, move || {
            MatrixExpression::parse(&expression, &variables)?.law()
        })?;
        made.map(PyLaw).map_err(raised)
    }

    #[staticmethod]
    fn empirical(values: PyReadonlyArray1<'_, f64>) -> PyResult<Self> {
        Law::empirical(values.as_array().to_vec())
            .map(PyLaw)
            .map_err(raised)
    }

    #[staticmethod]
    fn from_samples(
        x: PyReadonlyArray1<'_, f64>,
        density: PyReadonlyArray1<'_, f64>,
    ) -> PyResult<Self> {
        let law = Law::from_samples(x.as_array().to_vec(), density.as_array().to_vec());
        law.map(PyLaw).map_err(raised)
    }

    #[staticmethod]
    fn _matrix_semicircle(
        py: Python<'_>,
        constant: PyReadonlyArray2<'_, f64>,
        coefficients: PyReadonlyArray3<'_, f64>,
    ) -> PyResult<Self> {
        let constant = constant.as_array().to_owned();
        let rest = coefficients.as_array().to_owned();
        let made = aside(py, move || {
            Law::matrix_semicircle(constant.view(), rest.view())
        })?;
        made.map(PyLaw).map_err(raised)
    }

    fn _stieltjes<'py>(
        &self,
        z: PyReadonlyArrayDyn<'py, Complex64>,
    ) -> PyResult<Bounded<'py, Complex64>> {
        let mut walk = self.0.walk_over(z.as_array().len());
        each(&z, Complex64::new(f64::NAN, f64::NAN), |z| {
            walk.stieltjes(z).map(|value| (value.s, value.radius))
        })
    }

    fn _density<'py>(&self, x: PyReadonlyArrayDyn<'py, f64>) -> PyResult<Bounded<'py, f64>> {
        let mut walk = self.0.walk_over(x.as_array().len());
        each(&x, f64::NAN, |x| {
            walk.density(x).map(|found| (found.value, found.radius))
        })
    }

    fn _cumulative<'py>(&self, x: PyReadonlyArrayDyn<'py, f64>) -> PyResult<Bounded<'py, f64>> {
        let mut walk = self.0.walk_over(x.as_array().len());
        each(&x, f64::NAN, |x| known(walk.cumulative(x)))
    }

    fn _distribution<'py>(&self, x: PyReadonlyArrayDyn<'py, f64>) -> PyResult<Bounded<'py, f64>> {
        self.answer(x.py(), |law| law.distribution().map(drop))?;
        let distribution = self.0.distribution().map_err(raised)?;
        let error = distribution.error_estimate();
        each(&x, f64::NAN, |x| Ok((distribution.at(x), error)))
    }

    fn _quantile<'py>(
        &self,
        p: PyReadonlyArrayDyn<'py, f64>,
        bound: bool,
    ) -> PyResult<Bounded<'py, f64>> {
        self.answer(p.py(), |law| law.distribution().map(drop))?;
        if bound {
            return each(&p, f64::NAN, |p| known(self.0.quantile(p)));
        }
        let distribution = self.0.distribution().map_err(raised)?;
        each(&p, f64::NAN, |p| {
            let refused = || LawError::Argument {
                name: "p",
                value: p,
                needed: "between 0 and 1",
            };
            let found = distribution.quantile(p).ok_or_else(refused)?;
            Ok((found, f64::NAN))
        })
    }

    fn _rvs<'py>(
        &self,
        py: Python<'py>,
        count: usize,
        seed: u64,
    ) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let drawn = self.answer(py, move |law| {
            law.sample(count, &mut Streams::new(seed, "rvs").stream(0))
        })?;
        Ok(Array1::from(drawn).into_pyarray(py))
    }

    fn moments<'py>(&self, py: Python<'py>, count: usize) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let found = self.answer(py, move |law| law.moments(count))?;
        Ok(Array1::from(found).into_pyarray(py))
    }

    fn free_cumulants<'py>(
        &self,
        py: Python<'py>,
        count: usize,
    ) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let found = self.answer(py, move |law| law.free_cumulants(count))?;
        Ok(Array1::from(found).into_pyarray(py))
    }

    /// Real and imaginary part of each function, and the bound.
    fn _subordination(&self, py: Python<'_>, re: f64, im: f64) -> PyResult<Vec<(f64, f64, f64)>> {
        let z = Complex64::new(re, im);
        let found = self.answer(py, move |law| law.subordination(z))?;
        Ok(found
            .into_iter()
            .map(|omega| (omega.value.re, omega.value.im, omega.radius))
            .collect())
    }

    fn r_transform(&self, py: Python<'_>, g: f64) -> PyResult<(f64, f64)> {
        let found = self.answer(py, move |law| law.r_transform(g))?;
        Ok((found.value, found.radius))
    }

    fn s_transform(&self, py: Python<'_>, y: f64) -> PyResult<(f64, f64)> {
        let found = self.answer(py, move |law| law.s_transform(y))?;
        Ok((found.value, found.radius))
    }

    fn support(&self, py: Python<'_>) -> PyResult<Vec<(f64, f64)>> {
        self.answer(py, |law| law.support().map(<[(f64, f64)]>::to_vec))
    }

    fn atoms(&self) -> Vec<(f64, f64)> {
        self.0
            .point_masses()
            .iter()
            .map(|atom| (atom.at, atom.mass))
            .collect()
    }

    fn mp_map(&self, gamma: f64) -> PyResult<Self> {
        self.0.mp_map(gamma).map(PyLaw).map_err(raised)
    }

    fn free_sum(&self, other: &Self) -> PyResult<Self> {
        Ok(PyLaw(self.0.free_sum(&other.0)))
    }

    fn free_product(&self, other: &Self) -> PyResult<Self> {
        self.0.free_product(&other.0).map(PyLaw).map_err(raised)
    }

    fn classical(&self, other: &Self) -> PyResult<Self> {
        self.0.classical(&other.0).map(PyLaw).map_err(raised)
    }

    fn classical_product(&self, other: &Self) -> PyResult<Self> {
        let made = self.0.classical_product(&other.0);
        made.map(PyLaw).map_err(raised)
    }

    fn free_power(&self, exponent: f64) -> PyResult<Self> {
        self.0.free_power(exponent).map(PyLaw).map_err(raised)
    }

    fn free_compression(&self, share: f64) -> PyResult<Self> {
        self.0.free_compression(share).map(PyLaw).map_err(raised)
    }

    fn nearest_meixner(&self) -> PyResult<Self> {
        self.0.nearest_meixner().map(PyLaw).map_err(raised)
    }

    fn free_decompression(&self, share: f64) -> PyResult<Self> {
        self.0.free_decompression(share).map(PyLaw).map_err(raised)
    }

    fn _affine(&self, scale: f64, shift: f64) -> PyResult<Self> {
        let law = self.0.scaled(scale).and_then(|law| law.shifted(shift));
        law.map(PyLaw).map_err(raised)
    }

    fn _repr_svg_(&self, py: Python<'_>) -> PyResult<String> {
        let title = plot::rounded(&self.0.to_string());
        self.answer(py, move |law| Ok(svg_file(&plot::figure(law, title))))
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Law({:?})", self.0.to_string())
    }
}
