//! The shift is `c = β² − α² − c₀²`: the constant part of φ adds `c₀² τ₂₃(I⊗aaᵀ)`, of rank d among dp,
//! which leaves the bulk.
//!
//! Slides 'Adding the nonlinearity' and 'Main result' print `β² − α²`: a slip whenever c₀ = E σ′ ≠ 0.
//! Reach: proved that the constant part is of rank one in b, e, for independent x and r; a rate in d for
//! `|s_emp − s|` and the Kolmogorov distance, σ′ = cos. Controls: the printed shift, no constant part, β for β².

use crate::kit::ntk_ladder::{Candidate, Setup, fit, held_to};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Printed};
use tensor_dyson::measure::{Atoms, WeightedCovariance};
use tensor_dyson::model::{Activation, EntryLaw, WeightLaw};
use tensor_dyson::symbolic::{Polynomial, TensorLaw, Theory};

pub(crate) const CLAIM: Claim = Claim {
    id: "mean-part",
    section: 8,
    slide: "Adding the nonlinearity",
    settles: &["the additional term (β² − α²) of 𝒬"],
    statement: r"The shift of $\mathrm{law}(\mathcal Q)$ is $\beta^2 - \alpha^2 - c_0^2$; $c_0^2\,\tau_{23}(I\otimes aa^\top)$, of rank $d$ among $dp$, leaves the bulk.",
    uses: &["universality"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let setup = Setup {
        activation: Activation::Cos,
        weights: WeightLaw::PlusMinusOne,
        entries: EntryLaw::Gaussian,
    };
    let data = setup.activation.hermite_data();
    let law = |gamma_2: f64, shift: f64| -> Result<WeightedCovariance, CheckError> {
        let one = Atoms::new(vec![1.0], vec![1.0])?;
        let (alpha, beta) = (data.alpha(), (data.alpha().powi(2) + shift).sqrt());
        Ok(WeightedCovariance::new(gamma_2, alpha, beta, 0.0, one)?)
    };
    let printed_shift = data.beta_squared() - data.alpha().powi(2);
    let root_shift = data.beta_squared().sqrt() - data.alpha().powi(2) - data.mean().powi(2);
    let [right, printed, root] = fit(ctx, &setup, |gamma_2| {
        Ok([
            Candidate::limit(law(gamma_2, data.shift())?)?,
            Candidate::limit(law(gamma_2, printed_shift)?)?,
            Candidate::limit(law(gamma_2, root_shift)?)?,
        ])
    })?;
    let held = held_to(&setup.activation);
    let slip = printed
        .stieltjes
        .measure("shift β² − α², as printed", held)?;
    Ok(Finding {
        printed: Printed::judged(
            r"$(\beta^2 - \alpha^2)\,\tau_{23}(I\otimes I)$",
            slip.distance,
            slip.allowance,
        )
        .erratum(
            "the constant part c₀ = E σ′ of σ′ is in the shift; it has rank d and leaves the bulk",
            r"$(\beta^2 - \alpha^2 - c_0^2)\,\tau_{23}(I\otimes I)$",
            printed.stieltjes.last_error(),
            "rms of |s_emp − s| at the largest d, σ′ = cos",
        ),
        evidence: [
            PROOF.evidence([])?,
            vec![
                right.stieltjes.measure("|s_emp − s| for σ′ = cos", held)?,
                right.kolmogorov.measure("Kolmogorov distance", held)?,
            ],
        ]
        .concat(),
        controls: PROOF.controls([
            slip,
            printed
                .kolmogorov
                .measure("shift β² − α², Kolmogorov distance", held)?,
            root.stieltjes.measure("β for β²", held)?,
        ])?,
        figures: vec![crate::kit::figures::minibulk(ctx, &Activation::Cos)?],
        ..Finding::default()
    })
}

/// The second moment of the part of ω beyond the linear one, `ω_ab = x_a (c₀ + r_b) a_b` with `v = β² − α² − c₀²` the
/// variance of r: `δ_ac (c₀² a_b a_e + v δ_be a_b²)`. The printed shift β² − α² puts `c₀²` on the diagonal.
const PROOF: Statement = Statement {
    what: "the second moment of x ⊗ D(c₀ + r)",
    prove,
    near_misses,
};

const SEPARATE: &str =
    "[i,j,a,b,c,e] c₀^2 δ[i,j] δ[a,c] w[b] w[e] + v δ[i,j] δ[a,c] δ[b,e] w[b] w[e]";

fn prove() -> Outcome {
    second_moment(SEPARATE)
}

fn near_misses() -> NearMisses {
    let shifted =
        "[i,j,a,b,c,e] c₀^2 δ[i,j] δ[a,c] δ[b,e] w[b] w[e] + v δ[i,j] δ[a,c] δ[b,e] w[b] w[e]";
    let dropped = "[i,j,a,b,c,e] v δ[i,j] δ[a,c] δ[b,e] w[b] w[e]";
    vec![
        (
            "as printed, β² − α² on the diagonal",
            second_moment(shifted),
        ),
        ("no constant part", second_moment(dropped)),
    ]
}

fn second_moment(claimed: &str) -> Outcome {
    let mut theory = Theory::new();
    theory.tensors("x[n,d] r[n,p] w[p]")?.scalars("c₀ v")?;
    let variance = TensorLaw::Cumulants(vec![Polynomial::zero(), Polynomial::symbol("v", 1)]);
    let proof = theory
        .prove("E x_a(c₀ + r_b)w_b x_c(c₀ + r_e)w_e = δ_ij δ_ac (c₀² w_b w_e + v δ_be w_b w_e)")
        .from(
            "[i,j,a,b,c,e] c₀^2 x[i,a] x[j,c] w[b] w[e] + c₀ x[i,a] x[j,c] r[i,b] w[b] w[e] \
             + c₀ x[i,a] x[j,c] r[j,e] w[b] w[e] + x[i,a] x[j,c] r[i,b] r[j,e] w[b] w[e]",
        )?
        .expect("over r", "r", &variance)?
        .expect("over x", "x", &TensorLaw::Gaussian)?
        .is("a part of rank one in b, e and a diagonal one", claimed)?;
    Ok(proof.done())
}
