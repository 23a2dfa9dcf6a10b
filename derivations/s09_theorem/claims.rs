//! The theorem for six choices of activation, weights and data, each with its controls.
//!
//! Slide 'Main result'. Printed: `μ_MP^{γ₁} ⊠ (α² (μ_MP^{γ₂}⊠ν)*(μ_MP^{γ₂}⊠ν) ⊞ (β²−α²)ν)`.
//! It is corrected by `q-limit` (zeros and ratio), `mean-part` (the shift) and `free-sum` (⊞).

use crate::kit::ntk_ladder::{Candidate, Setup, fit, held_to};
use crate::kit::printed::PrintedLaw;
use crate::s08_nonlinearity::{bounded_second_moment, free_sum_second_moment};
use tensor_dyson::ledger::{CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::measure::{Atoms, WeightedCovariance};
use tensor_dyson::model::{Activation, EntryLaw, HermiteData, WeightLaw};

const SLIDE: &str = "Main result";
const USES: &[&str] = &["scalar", "resolvent", "q-limit", "mean-part", "weights-law"];

pub(crate) const CLAIMS: [Claim; 6] = [
    Claim {
        id: "theorem-linear",
        section: 9,
        slide: SLIDE,
        statement: "σ′ = x, a = ±1: the NTK's law tends to the MP map of (γ₂/2)μ*μ + (1−γ₂)μ + (γ₂/2)δ₀.",
        uses: USES,
        assumes: &[],
        check: |ctx| plus_minus_one(ctx, Activation::Identity),
    },
    Claim {
        id: "theorem-cos",
        section: 9,
        slide: SLIDE,
        statement: "σ′ = cos, a = ±1: the NTK's law tends to the MP map of δ at β² − c₀².",
        uses: USES,
        assumes: &[],
        check: |ctx| plus_minus_one(ctx, Activation::Cos),
    },
    Claim {
        id: "theorem-relu",
        section: 9,
        slide: SLIDE,
        statement: "σ = ReLU, a = ±1: the NTK's law tends to the MP map of α²-mixture + (β² − α² − c₀²).",
        uses: USES,
        assumes: &["The step function is not pseudo-Lipschitz: outside the slide's assumptions"],
        check: |ctx| plus_minus_one(ctx, Activation::Step),
    },
    Claim {
        id: "theorem-tanh",
        section: 9,
        slide: SLIDE,
        statement: "σ = tanh, a = ±1: the NTK's law tends to the MP map of δ at β² − c₀².",
        uses: USES,
        assumes: &[],
        check: |ctx| plus_minus_one(ctx, Activation::TanhPrime),
    },
    Claim {
        id: "theorem-random-weights",
        section: 9,
        slide: SLIDE,
        statement: "a uniform: the NTK's law tends to the MP map of the law of weights-law.",
        uses: USES,
        assumes: &[],
        check: random_weights,
    },
    Claim {
        id: "theorem-non-gaussian",
        section: 9,
        slide: SLIDE,
        statement: "X Rademacher, uniform or Student t₅: the limit is that of Gaussian X.",
        uses: USES,
        assumes: &[],
        check: non_gaussian,
    },
];

fn corrected(
    gamma_2: f64,
    phi: &HermiteData,
    weights: &WeightLaw,
) -> Result<WeightedCovariance, CheckError> {
    let beta = phi.beta_squared().sqrt();
    let nu = weights.squares()?;
    Ok(WeightedCovariance::new(
        gamma_2,
        phi.alpha(),
        beta,
        phi.mean(),
        nu,
    )?)
}

/// The NTK's eigenvalues for a = ±1 with the laws laid over them.
pub(crate) fn density(
    ctx: &Context,
    activation: &Activation,
    id: &'static str,
    name: &str,
) -> Result<Figure, CheckError> {
    let phi = activation.hermite_data();
    let printed_shift = phi.beta_squared() - phi.alpha() * phi.alpha();
    crate::kit::figures::ntk(
        ctx,
        id,
        name,
        activation,
        &corrected(1.5, &phi, &WeightLaw::PlusMinusOne)?,
        &PrintedLaw::new(1.5, phi.alpha(), printed_shift)?,
    )
}

/// The corrected law, the printed one, the printed mixture with the corrected shift, and the corrected
/// law at 1/γ₂ (which only a linear part sees).
fn plus_minus_one(ctx: &Context, activation: Activation) -> Result<Finding, CheckError> {
    let phi = activation.hermite_data();
    let setup = Setup {
        activation: activation.clone(),
        weights: WeightLaw::PlusMinusOne,
        entries: EntryLaw::Gaussian,
    };
    let printed_shift = phi.beta_squared() - phi.alpha() * phi.alpha();
    let [right, printed, mixture, inverted] = fit(ctx, &setup, |gamma_2| {
        Ok([
            Candidate::limit(corrected(gamma_2, &phi, &setup.weights)?)?,
            Candidate::response(PrintedLaw::new(gamma_2, phi.alpha(), printed_shift)?),
            Candidate::response(PrintedLaw::new(gamma_2, phi.alpha(), phi.shift())?),
            Candidate::limit(corrected(1.0 / gamma_2, &phi, &setup.weights)?)?,
        ])
    })?;
    let (rates, id, name) = match activation {
        Activation::Identity => ("ntk-linear-rate", "ntk-linear", "x"),
        Activation::Cos => ("ntk-cos-rate", "ntk-cos", "cos"),
        Activation::Step => ("ntk-relu-rate", "ntk-relu", "1_{x>0} (ReLU)"),
        _ => ("ntk-tanh-rate", "ntk-tanh", "1/cosh² (tanh)"),
    };
    let figures = vec![
        density(ctx, &activation, id, name)?,
        Figure::rates(
            rates,
            format!("The law's error against the size, σ′ = {name}"),
            "d",
            "rms |s_emp − s|",
            &[
                ("as corrected", &right.stieltjes),
                ("as printed", &printed.stieltjes),
            ],
        )?,
    ];
    let held = held_to(&activation);
    let slip = printed.stieltjes.measure("the law as printed", held)?;
    let size = printed.stieltjes.last_error();
    let rate = right.stieltjes.measure("|s_emp − s| against d", held)?;
    let kolmogorov = right.kolmogorov.measure("Kolmogorov distance", held)?;
    // Where the printed shift is right (c₀ = 0), what is missing are the zeros and the ratio: with them
    // the printed law is the corrected one.
    let completed = if phi.mean() == 0.0 {
        rate.distance
    } else {
        f64::NAN
    };
    let printed = Printed::completed(
        "μ_MP^{γ₁} ⊠ (α² μ_MP^{γ₂}*μ_MP^{γ₂} + (β²−α²))",
        slip.distance,
        slip.allowance,
        completed,
    )
    .erratum(
        "the mixture with the zeros and the ratio, and c₀² in the shift, are missing",
        "μ_MP^{γ₁} ⊠ (α² ((γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀) + (β²−α²−c₀²)), ⊠ the MP map",
        size,
        "rms of |s_emp − s| at the largest d",
    );
    let mut controls = vec![slip];
    if phi.alpha() != 0.0 {
        controls.push(
            mixture
                .stieltjes
                .measure("μ*μ for the mixture, c corrected", held)?,
        );
    }
    // With a shift the law hardly depends on γ₂, and these sizes would not tell.
    if phi.shift() == 0.0 {
        controls.push(inverted.stieltjes.measure("1/γ₂ for γ₂", held)?);
        let what = "1/γ₂ for γ₂, Kolmogorov distance";
        controls.push(inverted.kolmogorov.measure(what, held)?);
    }
    Ok(Finding {
        printed,
        evidence: vec![rate, kolmogorov],
        controls,
        figures,
        ..Finding::default()
    })
}

fn random_weights(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut evidence, mut controls) = (vec![], vec![]);
    // Scales at which a² and |a| are far apart where the transforms are compared, for the shift 0.2 of cos too.
    for (activation, half, name) in [
        (Activation::Identity, 0.5, "σ′ = x, a on (−½, ½)"),
        (Activation::Cos, 6.0, "σ′ = cos, a on (−6, 6)"),
    ] {
        let weights = WeightLaw::Uniform(half);
        let roots = {
            let nu = weights.squares()?;
            let at = nu.at().iter().map(|x| x.sqrt()).collect();
            WeightLaw::Squares(Atoms::new(at, nu.mass().to_vec())?)
        };
        let phi = activation.hermite_data();
        let setup = Setup {
            activation,
            weights,
            entries: EntryLaw::Gaussian,
        };
        let [right, root] = fit(ctx, &setup, |gamma_2| {
            Ok([
                Candidate::response(corrected(gamma_2, &phi, &setup.weights)?),
                Candidate::response(corrected(gamma_2, &phi, &roots)?),
            ])
        })?;
        // The weights fluctuate by p^{−1/2}, the law with them: halfway to 0 is −¼.
        let what = format!("|s_emp − s|, {name}");
        evidence.push(right.stieltjes.measure(&what, -0.25)?);
        let what = format!("ν the law of |a|, {name}");
        controls.push(root.stieltjes.measure(&what, -0.25)?);
    }
    // ⊞ is judged by the second moment of law(𝒬), with a linear part and a shift.
    let weights = WeightLaw::Uniform(3.0);
    let (alpha, shift) = (0.8, 0.9);
    let phi = HermiteData::new(0.0, alpha, alpha * alpha + shift)?;
    let (exact, bound) = bounded_second_moment(&corrected(1.5, &phi, &weights)?)?;
    let (free, free_bound) = free_sum_second_moment(1.5, alpha, shift, &weights.squares()?)?;
    Ok(Finding {
        printed: Printed::judged(
            "μ_MP^{γ₁} ⊠ (α²(…)*(…) ⊞ (β²−α²)ν): its second moment",
            (exact - free).abs(),
            bound + free_bound,
        )
        .erratum(
            "⊞ of parts that are not free",
            "μ_MP^{γ₁} ⊠ the law whose log-determinant weights-law gives, ⊠ the MP map",
            (exact - free).abs() / exact,
            "relative, of the second moment of law(𝒬), a uniform on (−3, 3), α = 0.8, c = 0.9",
        ),
        evidence,
        controls,
        ..Finding::default()
    })
}

fn non_gaussian(ctx: &Context) -> Result<Finding, CheckError> {
    let phi = Activation::Identity.hermite_data();
    let (mut evidence, mut controls) = (vec![], vec![]);
    let mut slip = Ladder::default();
    for (entries, name) in [
        (EntryLaw::Rademacher, "Rademacher"),
        (EntryLaw::Uniform, "uniform"),
        (EntryLaw::StudentT5, "Student t₅"),
    ] {
        let setup = Setup {
            activation: Activation::Identity,
            weights: WeightLaw::PlusMinusOne,
            entries,
        };
        let [right, printed] = fit(ctx, &setup, |gamma_2| {
            Ok([
                Candidate::limit(corrected(gamma_2, &phi, &setup.weights)?)?,
                Candidate::response(PrintedLaw::new(gamma_2, phi.alpha(), 0.0)?),
            ])
        })?;
        // |x|²/d fluctuates by d^{−1/2} under a heavy tail: halfway to 0 is −¼.
        let [stieltjes, kolmogorov] =
            ["|s_emp − s|", "Kolmogorov distance"].map(|what| format!("{what}, {name}"));
        evidence.push(right.stieltjes.measure(&stieltjes, -0.25)?);
        evidence.push(right.kolmogorov.measure(&kolmogorov, -0.25)?);
        let what = format!("the law as printed, {name}");
        controls.push(printed.stieltjes.measure(&what, -0.25)?);
        slip = printed.stieltjes;
    }
    let size = slip.last_error();
    let slip = slip.measure("", -0.25)?;
    let worst = tensor_dyson::ledger::largest(evidence.iter().map(|m| m.distance));
    Ok(Finding {
        printed: Printed::completed(
            "X i.i.d., E x⁴ < ∞: μ_MP^{γ₁} ⊠ (μ_MP^{γ₂}*μ_MP^{γ₂})",
            slip.distance,
            slip.allowance,
            worst,
        )
        .erratum(
            "the zeros and the ratio are missing, as for Gaussian X",
            "μ_MP^{γ₁} ⊠ ((γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀)",
            size,
            "rms of |s_emp − s| at the largest d, Student t₅",
        ),
        evidence,
        controls,
        ..Finding::default()
    })
}
