//! `ŷ_t − y = e^{−Kt}(ŷ₀ − y)`: exactly for the affine approximation, each eigendirection at its rate λ_i; and
//! for the network itself up to a deviation that falls with the width.
//!
//! Slide 'Neural Tangent Kernel' (gradient flow). As printed: holds. Reach: the flow of the parameters is
//! integrated (Dormand–Prince 8(5,3), crate `differential-equations`) and compared with the exponential of
//! K: to the integrator's tolerance for the affine model, with a fitted rate in the width p for tanh at the
//! scale `ŷ = σ(XW/√d)a/√p`. Controls: 2K for K (the loss without its ½), K₂ alone, and a scaling that is
//! not lazy, `ŷ = σ(XW/√d)a/p` run p times as fast: the same K at the start, but features that move.

use super::{Network, Sigma};
use differential_equations::prelude::{ExplicitRungeKutta, IVP, ODE};
use ndarray::{Array1, Array2, ArrayView1, Axis};
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Ladder, Measurement, Printed, largest,
};
use tensor_dyson::linalg::{SymmetricEigen, symmetric_eigen};
use tensor_dyson::model::EntryLaw;

pub(crate) const CLAIM: Claim = Claim {
    id: "gradient-flow",
    section: 1,
    slide: "Neural Tangent Kernel",
    settles: &["gradient flow: d/dt ŷ ≈ −K(ŷ − y), rate λ_i in direction u_i"],
    statement: r"Affine $\hat y$: $\hat y_t - y$ $= e^{-Kt}(\hat y_0 - y)$, direction $u_i$ at rate $\lambda_i$; the network deviates by a power of its width.",
    uses: &["lazy-remainder"],
    assumes: &[
        "The integrator's global error: steps times its tolerance, as for a flow that contracts",
    ],
    check,
    ..Claim::BLANK
};

const TIMES: [f64; 4] = [0.25, 0.5, 1.0, 2.0];
const N: usize = 4;
const D: usize = 3;

/// `dΔ/dt = −J₀ᵀ(r₀ + J₀Δ)`, Δ = Θ − Θ₀.
struct Affine {
    jacobian: Array2<f64>,
    residual: Array1<f64>,
}

impl ODE<f64, Array1<f64>> for Affine {
    fn diff(&self, _: f64, delta: &Array1<f64>, slope: &mut Array1<f64>) {
        let residual = &self.residual + &self.jacobian.dot(delta);
        *slope = -self.jacobian.t().dot(&residual);
    }
}

/// `dΘ/dt = −speed ∇ŷ(Θ)ᵀ(ŷ(Θ) − y)`.
struct Flow {
    network: Network,
    x: Array2<f64>,
    target: Array1<f64>,
    speed: f64,
}

impl Flow {
    fn split<'a>(
        &self,
        theta: &'a Array1<f64>,
    ) -> (ndarray::ArrayView2<'a, f64>, ArrayView1<'a, f64>) {
        let (w, a) = theta.view().split_at(Axis(0), self.network.w.len());
        match w.into_shape_with_order(self.network.w.dim()) {
            Ok(w) => (w, a),
            Err(_) => unreachable!("the state has the length of the parameters"),
        }
    }

    fn residual(&self, theta: &Array1<f64>) -> Array1<f64> {
        let ((w, a), (inner, outer)) = (self.split(theta), self.network.scale);
        let features = (self.x.dot(&w) * inner).mapv(|u| self.network.sigma.of(u));
        features.dot(&a) * outer - &self.target
    }
}

impl ODE<f64, Array1<f64>> for Flow {
    fn diff(&self, _: f64, theta: &Array1<f64>, slope: &mut Array1<f64>) {
        let ((w, a), (inner, outer)) = (self.split(theta), self.network.scale);
        let phi = self.network.sigma.derivative();
        let u = self.x.dot(&w) * inner;
        let residual = self.residual(theta) * (-self.speed * outer);
        let back = u.mapv(|u| phi.phi(u)) * a * residual.view().insert_axis(Axis(1)) * inner;
        let of_w = self.x.t().dot(&back);
        let of_a = u.mapv(|u| self.network.sigma.of(u)).t().dot(&residual);
        slope
            .iter_mut()
            .zip(of_w.iter().chain(&of_a))
            .for_each(|(s, g)| *s = *g);
    }
}

/// The states at [`TIMES`], and the steps taken.
fn integrate(
    flow: &impl ODE<f64, Array1<f64>>,
    start: Array1<f64>,
    tolerance: f64,
) -> Result<(Vec<Array1<f64>>, usize), CheckError> {
    let (mut states, mut steps, mut now, mut state) = (vec![], 0, 0.0, start);
    // Each time is the end of an integration: nothing is interpolated.
    for time in TIMES {
        let method = ExplicitRungeKutta::dop853().rtol(tolerance).atol(tolerance);
        let solution = IVP::ode(flow, now, time, state.clone())
            .method(method)
            .solve()?;
        steps += solution.steps.accepted;
        if let Some(last) = solution.y.last() {
            state = last.clone();
        }
        states.push(state.clone());
        now = time;
    }
    Ok((states, steps))
}

/// `e^{−rate·K t} r`.
fn decayed(kernel: &SymmetricEigen, rate: f64, t: f64, residual: &Array1<f64>) -> Array1<f64> {
    let parts = kernel.vectors.t().dot(residual);
    let factors = kernel.values.mapv(|value| (-rate * value * t).exp());
    kernel.vectors.dot(&(parts * factors))
}

fn norm(v: &Array1<f64>) -> f64 {
    v.dot(v).sqrt()
}

/// Of the integrator of the affine model.
const TOLERANCE: f64 = 1e-9;

/// The affine model against `e^{−Kt}`, in bounds of the integrator: as claimed, with 2K for K, with K₂ alone; and each
/// eigendirection by itself.
#[derive(Default)]
struct AffineModel {
    affine: Vec<f64>,
    doubled: Vec<f64>,
    second: Vec<f64>,
    directions: Vec<f64>,
}

impl AffineModel {
    fn add(
        &mut self,
        jacobian: &Array2<f64>,
        features: &Array2<f64>,
        kernel: &SymmetricEigen,
        residual: &Array1<f64>,
    ) -> Result<(), CheckError> {
        let of_a = symmetric_eigen(features.dot(&features.t()).view())?;
        let (states, steps) = integrate(
            &Affine {
                jacobian: jacobian.clone(),
                residual: residual.clone(),
            },
            Array1::zeros(jacobian.ncols()),
            TOLERANCE,
        )?;
        // Each component errs by at most the tolerance a step, absolute and relative; J takes it to ŷ.
        let top = kernel.values.iter().fold(1.0, |m: f64, v| m.max(*v)).sqrt();
        let reach = largest(states.iter().map(norm)) + (jacobian.ncols() as f64).sqrt();
        let unit = steps as f64 * TOLERANCE * top * reach;
        for (state, t) in states.iter().zip(TIMES) {
            let reached = residual + &jacobian.dot(state);
            let off = |k: &SymmetricEigen, rate| {
                norm(&(&reached - &decayed(k, rate, t, residual))) / unit
            };
            self.affine.push(off(kernel, 1.0));
            self.doubled.push(off(kernel, 2.0));
            self.second.push(off(&of_a, 1.0));
            for (value, u) in kernel.values.iter().zip(kernel.vectors.columns()) {
                let alone = u.dot(&reached) - (-value * t).exp() * u.dot(residual);
                self.directions.push(alone.abs() / unit);
            }
        }
        Ok(())
    }
}

/// The affine model; and how far the network deviates where it is lazy, and where it is not.
fn flows(ctx: &Context) -> Result<(AffineModel, [Ladder; 2]), CheckError> {
    let mut found = AffineModel::default();
    let (mut lazy, mut active) = (Ladder::default(), Ladder::default());
    let scale = (D as f64).sqrt().recip();
    for seed in 0..ctx.choose(12, 16, 48) {
        for p in ctx.choose([8, 32, 128], [8, 48, 256], [8, 64, 512]) {
            let mut rng = ctx.streams().stream(1000 * p as u64 + seed);
            let width = p as f64;
            let mut network = Network::draw(Sigma::Tanh, D, p, &mut rng);
            let x = EntryLaw::Gaussian.matrix(N, D, &mut rng);
            let target = EntryLaw::Gaussian
                .matrix(N, 1, &mut rng)
                .column(0)
                .to_owned();
            for (outer, speed) in [(width.sqrt().recip(), 1.0), (width.recip(), width)] {
                network.scale = (scale, outer);
                let theta = network.parameters();
                let jacobian = network.jacobian(x.view()) * f64::sqrt(speed);
                let kernel = symmetric_eigen(jacobian.dot(&jacobian.t()).view())?;
                let flow = Flow {
                    network: network.clone(),
                    x: x.clone(),
                    target: target.clone(),
                    speed,
                };
                let residual = flow.residual(&theta);
                let ladder = if speed == 1.0 { &mut lazy } else { &mut active };
                let (states, _) = integrate(&flow, theta, 1e-7)?;
                let worst = largest(states.iter().zip(TIMES).map(|(state, t)| {
                    norm(&(flow.residual(state) - decayed(&kernel, 1.0, t, &residual)))
                }));
                ladder.push(width, worst / norm(&residual));
                if speed != 1.0 || p > 32 {
                    continue;
                }
                let features = network.features(x.view()) * outer;
                found.add(&jacobian, &features, &kernel, &residual)?;
            }
        }
    }
    Ok((found, [lazy, active]))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (found, [lazy, active]) = flows(ctx)?;
    let AffineModel {
        affine,
        doubled,
        second,
        directions,
    } = found;
    let (cases, many) = (affine.len(), directions.len());
    // Features move by p^{−1/2}: halfway to 0 is −¼.
    let evidence = vec![
        Measurement::rounding(
            "affine model against e^{−Kt}, in bounds of the integrator",
            cases,
            largest(affine),
            1.0,
        ),
        Measurement::rounding(
            "each eigendirection at rate λ_i, in the same bounds",
            many,
            largest(directions),
            1.0,
        ),
        lazy.measure("deviation of the network, against p", -0.25)?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("ŷ(Θ_t, X) − y ≈ e^{−K(X)t}(ŷ(Θ₀, X) − y)", &evidence),
        evidence,
        controls: vec![
            Measurement::rounding("2K for K", cases, largest(doubled), 1.0),
            Measurement::rounding("K₂ alone", cases, largest(second), 1.0),
            active.measure("the scaling that is not lazy", -0.25)?,
        ],
        ..Finding::default()
    })
}
