//! `sample(X, W, a)`: an NTK against its limit law.

use crate::arrays::kept;
use crate::error::raised;
use crate::interrupt::aside;
use crate::law::faced;
use ndarray::{ArrayView1, ArrayView2};
use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray1, PyReadonlyArray2};
use pyo3::prelude::*;
use tensor_dyson::ledger::{Axis, Figure, Series, Shape};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::measure::{Atoms, Law, WeightedCovariance};
use tensor_dyson::model::{
    Activation, Parametrisation, Parts, Sizes, network_kernel as of_network, ntk,
};
use tensor_dyson::report::svg_file;
use tensor_dyson::spectrum::SampledDistribution;

/// Bars of the figure, and points of the law's density.
const BARS: usize = 60;
const POINTS: usize = 600;
/// The error of the law's distribution function.
const LAW_ERROR: f64 = 1e-6;

/// A kernel's eigenvalues beside their law; `sample` makes one.
#[pyclass(frozen, module = "tensor_dyson", name = "Sample")]
pub(crate) struct PySample {
    eigenvalues: Py<PyArray1<f64>>,
    distribution: SampledDistribution,
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
    /// The n eigenvalues of the kernel, ascending; not to be written.
    #[getter]
    fn eigenvalues(&self, py: Python<'_>) -> Py<PyArray1<f64>> {
        self.eigenvalues.clone_ref(py)
    }

    /// The limit law, with the squares of ``a`` for its weights.
    #[getter]
    fn law<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        faced(py, self.law.clone())
    }

    /// ``n/(dp)``.
    #[getter]
    fn gamma1(&self) -> f64 {
        self.sizes.gamma_1()
    }

    /// ``p/d``.
    #[getter]
    fn gamma2(&self) -> f64 {
        self.sizes.gamma_2()
    }

    /// The largest distance of the two distribution functions.
    #[getter]
    fn kolmogorov(&self) -> f64 {
        self.distance
    }

    /// The kernel and its activation as formulas.
    #[getter]
    fn normalisation(&self) -> String {
        format!(
            "NTK = (1/d) XXᵀ ∘ (1/p) F Fᵀ, F = σ′(XW/√d) diag(a); {}",
            self.activation.formulas()
        )
    }

    fn _repr_svg_(&self, py: Python<'_>) -> PyResult<String> {
        let law = self.law.clone();
        let law = aside(py, move || {
            let (_, high) = law.hull();
            law.distribution_within(LAW_ERROR).map(|law| (law, high))
        })?;
        let (law, high) = law.map_err(raised)?;
        let figure = self.figure(|x| law.density(x), high);
        Ok(py.detach(|| svg_file(&figure)))
    }

    fn __repr__(&self) -> String {
        let Sizes { n, d, p } = self.sizes;
        format!(
            "Sample(n={n}, d={d}, p={p}, kolmogorov={:.6})",
            self.distance
        )
    }
}

impl PySample {
    /// The density of the eigenvalues as bars, and that of the law.
    fn figure(&self, density: impl Fn(f64) -> f64, high: f64) -> Figure {
        let end = 1.1 * high;
        let width = end / BARS as f64;
        let edges: Vec<f64> = (0..=BARS).map(|k| width * k as f64).collect();
        let share = |ends: &[f64]| self.distribution.at(ends[1]) - self.distribution.at(ends[0]);
        let heights = edges.windows(2).map(|ends| share(ends) / width).collect();
        let points = (1..POINTS).map(|k| end * k as f64 / POINTS as f64);
        let Sizes { n, d, p } = self.sizes;
        let mut figure = Figure::new(
            "sample",
            format!(
                "NTK, n = {n}, d = {d}, p = {p}, {}",
                self.activation.formulas()
            ),
            Axis::linear("λ").within(0.0, end),
            Axis::linear("density (without the mass at 0)"),
        );
        figure.series.push(Series {
            name: "sample".to_owned(),
            shape: Shape::Bars { edges, heights },
        });
        figure.line("limit law", points.map(|x| (x, density(x))))
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
    // The shapes are judged first.
    let kernel = py.detach(|| ntk(x, w, a, &activation)).map_err(raised)?;
    py.check_signals()?;
    let law = limit(sizes, a, &activation)?;
    let of_law = law.clone();
    let found = aside(py, move || {
        let values = symmetric_eigenvalues(kernel.view()).map_err(|error| error.to_string())?;
        let distribution = SampledDistribution::exact(values.clone(), sizes.n);
        let law = of_law.distribution_within(LAW_ERROR);
        let law = law.map_err(|error| error.to_string())?;
        let distance = distribution.kolmogorov(&law).distance;
        Ok::<_, String>((values, distribution, distance))
    })?;
    let (values, distribution, distance) = found.map_err(raised)?;
    Ok(PySample {
        eigenvalues: kept(py, values),
        distribution,
        law,
        sizes,
        activation,
        distance,
    })
}

/// ``(c0, alpha, beta)`` of the derivative φ of an activation: ``E φ``, ``E zφ`` and the root of ``E φ²``, z standard Gaussian.
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
