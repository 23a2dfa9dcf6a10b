//! `sample(X, W, a)`: an NTK against its limit law.

use crate::error::raised;
use crate::law::faced;
use ndarray::{Array1, ArrayView1, ArrayView2};
use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray1, PyReadonlyArray2};
use pyo3::prelude::*;
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::measure::{Atoms, Law, WeightedCovariance};
use tensor_dyson::model::{
    Activation, Parametrisation, Parts, Sizes, network_kernel as of_network, ntk,
};
use tensor_dyson::spectrum::SampledDistribution;

/// A kernel's eigenvalues beside their law.
#[pyclass(frozen, module = "tensor_dyson", name = "Sample")]
pub(crate) struct PySample {
    eigenvalues: Vec<f64>,
    law: Law,
    sizes: Sizes,
    activation: Activation,
    distance: f64,
}

/// An activation by the name that the command line takes.
pub(crate) fn activation(name: &str) -> PyResult<Activation> {
    name.parse().map_err(raised)
}

#[pymethods]
impl PySample {
    #[getter]
    fn eigenvalues<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f64>> {
        Array1::from(self.eigenvalues.clone()).into_pyarray(py)
    }

    #[getter]
    fn law<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        faced(py, self.law.clone())
    }

    #[getter]
    fn gamma1(&self) -> f64 {
        self.sizes.gamma_1()
    }

    #[getter]
    fn gamma2(&self) -> f64 {
        self.sizes.gamma_2()
    }

    #[getter]
    fn kolmogorov(&self) -> f64 {
        self.distance
    }

    #[getter]
    fn normalisation(&self) -> String {
        format!(
            "NTK = (1/d) XXᵀ ∘ (1/p) F Fᵀ, F = σ′(XW/√d) diag(a); {}",
            self.activation.formulas()
        )
    }

    fn __repr__(&self) -> String {
        let Sizes { n, d, p } = self.sizes;
        format!(
            "Sample(n={n}, d={d}, p={p}, kolmogorov={:.6})",
            self.distance
        )
    }
}

fn limit(sizes: Sizes, a: ArrayView1<'_, f64>, activation: &Activation) -> PyResult<Law> {
    let data = activation.hermite_data();
    let nu = Atoms::empirical(a.iter().map(|a| a * a).collect()).map_err(raised)?;
    let beta = data.beta_squared().sqrt();
    let q = WeightedCovariance::new(sizes.gamma_2(), data.alpha(), beta, data.mean(), nu)
        .map_err(raised)?;
    Law::from(q).mp_map(sizes.gamma_1()).map_err(raised)
}

#[pyfunction]
#[pyo3(signature = (x, w, a, activation = "derivative:identity"))]
pub(crate) fn sample(
    py: Python<'_>,
    x: PyReadonlyArray2<'_, f64>,
    w: PyReadonlyArray2<'_, f64>,
    a: PyReadonlyArray1<'_, f64>,
    activation: &str,
) -> PyResult<PySample> {
    let activation = self::activation(activation)?;
    let (x, w, a): (ArrayView2<'_, f64>, _, _) = (x.as_array(), w.as_array(), a.as_array());
    let sizes = Sizes {
        n: x.nrows(),
        d: x.ncols(),
        p: a.len(),
    };
    let found = py.detach(|| {
        // The shapes are judged first.
        let kernel = ntk(x, w, a, &activation).map_err(raised)?;
        let eigenvalues = symmetric_eigenvalues(kernel.view()).map_err(raised)?;
        let law = limit(sizes, a, &activation)?;
        let distribution = law.distribution_within(1e-6).map_err(raised)?;
        let distance =
            SampledDistribution::exact(eigenvalues.clone(), sizes.n).kolmogorov(&distribution);
        Ok::<_, PyErr>((eigenvalues, law, distance.distance))
    });
    let (eigenvalues, law, distance) = found?;
    Ok(PySample {
        eigenvalues,
        law,
        sizes,
        activation,
        distance,
    })
}

#[pyfunction]
pub(crate) fn hermite_data(activation: &str) -> PyResult<(f64, f64, f64)> {
    let data = self::activation(activation)?.hermite_data();
    Ok((data.mean(), data.alpha(), data.beta_squared().sqrt()))
}

#[pyfunction]
#[pyo3(signature = (x, w, a, activation, output_layer, bias, parametrisation))]
pub(crate) fn network_kernel<'py>(
    py: Python<'py>,
    x: PyReadonlyArray2<'py, f64>,
    w: PyReadonlyArray2<'py, f64>,
    a: PyReadonlyArray1<'py, f64>,
    activation: &str,
    output_layer: bool,
    bias: Option<(f64, PyReadonlyArray1<'py, f64>)>,
    parametrisation: &str,
) -> PyResult<(Bound<'py, PyArray2<f64>>, String)> {
    let activation = self::activation(activation)?;
    let parametrisation = match parametrisation {
        "ntk" => Parametrisation::Ntk,
        "standard" => Parametrisation::Standard,
        other => {
            let text = format!("parametrisation is '{other}': it must be one of ntk, standard");
            return Err(raised(text));
        }
    };
    let parts = Parts {
        output_layer,
        bias: bias.as_ref().map(|(beta, b)| (*beta, b.as_array())),
        parametrisation,
    };
    let (x, w, a) = (x.as_array(), w.as_array(), a.as_array());
    let kernel = py
        .detach(|| of_network(x, w, a, &activation, parts))
        .map_err(raised)?;
    Ok((kernel.into_pyarray(py), parts.formula()))
}
