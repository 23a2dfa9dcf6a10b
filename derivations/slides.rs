//! The slides of the talk, what each states, and the claims that settle it: written from the talk's transcript, and
//! held against the ledger by the tests below.

use crate::claims;
use std::collections::BTreeSet;

/// A slide with the statements on it, each with the claims that settle it.
struct Slide {
    title: &'static str,
    states: &'static [(&'static str, &'static [&'static str])],
}

/// A title that several slides in a row carry (frames of one slide, or its continuation) stands once.
const SLIDES: [Slide; 20] = [
    // The title page.
    Slide {
        title: "Eigenvalue distribution of the Neural Tangent Kernel in the quadratic scaling",
        states: &[],
    },
    // Definitions of X, W and σ; a picture.
    Slide {
        title: "Neural networks",
        states: &[],
    },
    Slide {
        title: "Training and Testing",
        states: &[("Θ = (W, a) ∈ R^{p(d+1)}", &["parameter-count"])],
    },
    Slide {
        title: "Overparametrization",
        states: &[(
            "the double descent curve of unregularized losses",
            &["double-descent-random-features"],
        )],
    },
    Slide {
        title: "Regimes of overparametrization",
        states: &[
            (
                "interpolation threshold: n ≍ p(d+1)",
                &["interpolation-threshold"],
            ),
            (
                "polynomial scalings can lead to multiple descent",
                &["multiple-descent"],
            ),
        ],
    },
    Slide {
        title: "Neural Tangent Kernel",
        states: &[
            (
                "affine approximation of ŷ with an error O(‖Θ − Θ₀‖²)",
                &["lazy-remainder"],
            ),
            (
                "gradient flow: d/dt ŷ ≈ −K(ŷ − y), rate λ_i in direction u_i",
                &["gradient-flow"],
            ),
        ],
    },
    Slide {
        title: "Computation of the NTK",
        states: &[
            (
                "K = K₁ + K₂, a Hadamard product and the conjugate kernel",
                &["jacobian-gram"],
            ),
            (
                "ridge regression on the random features: â = (σᵀσ + γI)⁻¹σᵀy",
                &["ridge"],
            ),
        ],
    },
    Slide {
        title: "Linear and Quadratic Scaling",
        states: &[
            ("linear: M₁ → MP^{γ₁}", &["linear-m1"]),
            ("linear: M₂ → I_n", &["linear-m2"]),
            ("quadratic: M₁ → low rank", &["quadratic-m1"]),
            ("quadratic: M₂ → MP^{γ₁}", &["quadratic-m2"]),
        ],
    },
    Slide {
        title: "Main result",
        states: &[
            (
                "a = ±1: MP^{γ₁} ⊠ (α² μ*μ + (β² − α²))",
                &[
                    "theorem-linear",
                    "theorem-cos",
                    "theorem-relu",
                    "theorem-tanh",
                    "theorem-non-gaussian",
                    "ntk-moments",
                    "ntk-limit-moments",
                ],
            ),
            (
                "general a: MP^{γ₁} ⊠ (α² (μ⊠ν)*(μ⊠ν) ⊞ (β² − α²)ν)",
                &["theorem-random-weights", "free-sum"],
            ),
        ],
    },
    Slide {
        title: "Limiting distribution",
        states: &[
            (
                "the Marchenko–Pastur map's equation",
                &["mp-map", "mp-map-is-not-box"],
            ),
            ("μ ⊞ ν = limspec(A + UBUᵀ)", &["free-additive"]),
            ("μ * ν is the law of X + Y", &["classical-convolution"]),
            (
                "figures: σ′ = x, σ′ = cos",
                &["theorem-linear", "theorem-cos"],
            ),
        ],
    },
    Slide {
        title: "Nonlinear random matrix models",
        states: &[
            (
                "kernel matrices, linear width: a MP^γ ⊞ b sc",
                &["kernel-linear", "kernel-classical"],
            ),
            ("kernel matrices, σ odd: λ₁ → edge", &["kernel-largest"]),
            (
                "kernel matrices, polynomial width",
                &["kernel-polynomial", "kernel-polynomial-fractional"],
            ),
            (
                "conjugate kernel, linear width: MP^{γ₂} ⊠ (a MP^{γ₁} + b)",
                &["conjugate-kernel"],
            ),
            (
                "conjugate kernel: possible outliers",
                &["conjugate-outlier"],
            ),
            (
                "conjugate kernel, overparametrized: sc ⊠ (a + b MP^{γ₁})",
                &["conjugate-overparametrized"],
            ),
            (
                "conjugate kernel, polynomial width",
                &[
                    "conjugate-polynomial",
                    "conjugate-polynomial-fractional",
                    "conjugate-polynomial-wide",
                    "conjugate-polynomial-outliers",
                ],
            ),
            (
                "multi-layer conjugate kernel: MP^{γ_ℓ} ⊠ (a μ_{ℓ−1} + b)",
                &["multi-layer"],
            ),
            (
                "NTK, linear width: same as aI + XXᵀ",
                &["ntk-linear", "ntk-whole"],
            ),
            (
                "NTK, overparametrized: sc ⊠ (a + b MP^{γ₁})",
                &["ntk-overparametrized"],
            ),
        ],
    },
    Slide {
        title: "Matrix Dyson Equation for Marchenko–Pastur",
        states: &[
            (
                "the resolvent as a block of an inverse",
                &["mp-linearization"],
            ),
            ("𝒮(M) for i.i.d. X", &["mp-superoperator"]),
            ("the matrix Dyson equation", &["mp-dyson"]),
            ("the scalar equation", &["mp-scalar"]),
        ],
    },
    Slide {
        title: "NTK is a Gram matrix",
        states: &[("NTK_ij = ⟨ω^i, ω^j⟩/(pd)", &["gram"])],
    },
    Slide {
        title: "Covariance tensor",
        states: &[
            ("E ω = W", &["mean"]),
            ("E ω⊗ω, with a 4th order term", &["fourth-moment"]),
            ("Cov(ω^i, ω^j) = δ_ij 𝒬", &["covariance"]),
            ("the braid operators", &["braid-laws"]),
        ],
    },
    Slide {
        title: "Tensor Dyson Equation",
        states: &[
            (
                "𝒜ᵀ𝒜 = NTK, its resolvent as a block of an inverse",
                &["linearization"],
            ),
            ("the tensor Dyson equation", &["resolvent", "outlier"]),
            ("think of 𝒮 as block-diagonal", &["block-diagonal"]),
        ],
    },
    Slide {
        title: "Superoperator computation",
        states: &[
            ("the diagonal blocks of 𝒮(M)", &["superoperator"]),
            ("M₁₁ and M₂₂", &["dyson-blocks"]),
            ("the self-consistent equation", &["scalar"]),
        ],
    },
    Slide {
        title: "Spectrum of 𝒬",
        states: &[
            ("τ₂₃(I ⊗ WᵀW) on u^i ⊗ v^j", &["tau23-action"]),
            ("τ₂₄(W ⊗ W) on u^i ⊗ v^j", &["tau24-action"]),
            (
                "the 2×2 block, with eigenvalues σ_i² + σ_j² and 0",
                &[
                    "two-by-two-block",
                    "q-square-root",
                    "q-spectrum",
                    "q-trace",
                    "q-trace-of-square",
                ],
            ),
            ("the sum ½Σ_{i,j}", &["q-sum"]),
            ("the limit μ*μ", &["q-limit"]),
        ],
    },
    Slide {
        title: "Adding the nonlinearity",
        states: &[
            ("σ′ = αx + φ, E zφ(z) = 0", &["hermite-split"]),
            ("the same spectrum as M̃", &["universality"]),
            ("the additional term (β² − α²) of 𝒬", &["mean-part"]),
            (
                "the SVD of WD, additional term τ₂₃(I ⊗ D²)",
                &["random-weights", "weights-law"],
            ),
        ],
    },
    Slide {
        title: "Conclusion",
        states: &[
            ("extreme eigenvalues", &["extreme-max", "extreme-min"]),
            (
                "outliers or minibulk, O(d) eigenvalues",
                &[
                    "exact-covariance",
                    "outlier-count",
                    "outlier-position",
                    "minibulk",
                    "minibulk-h2",
                    "minibulk-h2-ntk",
                    "gaps",
                ],
            ),
            (
                "other scalings d/p^ℓ → γ₂",
                &[
                    "scaling-wide-input",
                    "scaling-wide-layer",
                    "wide-layer-fluctuations",
                ],
            ),
            (
                "test error at the interpolation threshold",
                &["double-descent-ridge", "double-descent-random-features"],
            ),
        ],
    },
    // No slide: what follows from the talk's method where its slides end.
    Slide {
        title: "Beyond the talk",
        states: &[
            ("K₂ in the quadratic scaling", &["quadratic-k2"]),
            (
                "structured data",
                &[
                    "structured-covariance",
                    "structured-spectrum",
                    "structured-law",
                    "structured-nonlinearity",
                ],
            ),
            ("blocks of features", &["blocks"]),
            (
                "regression at n ≍ d²",
                &["kernel-ridge", "random-feature-ridge"],
            ),
            ("extremes at polynomial scaling", &["extremes-polynomial"]),
        ],
    },
];

#[test]
fn every_statement_of_every_slide_has_a_claim() {
    let ids: BTreeSet<&str> = claims().iter().map(|claim| claim.id).collect();
    for slide in &SLIDES {
        for (statement, settled_by) in slide.states {
            assert!(!settled_by.is_empty(), "{}: {statement}", slide.title);
            for id in *settled_by {
                assert!(ids.contains(id), "{}: no claim {id}", slide.title);
            }
        }
        let on_it = claims().iter().any(|claim| claim.slide == slide.title);
        assert_eq!(on_it, !slide.states.is_empty(), "{}", slide.title);
    }
}

#[test]
fn every_claim_stands_at_a_statement_of_its_slide() {
    for claim in claims() {
        let slide = SLIDES.iter().find(|slide| slide.title == claim.slide);
        let Some(slide) = slide else {
            panic!("{}: no slide '{}'", claim.id, claim.slide);
        };
        let mut named = slide.states.iter().flat_map(|(_, ids)| ids.iter());
        assert!(
            named.any(|id| *id == claim.id),
            "{} settles nothing of '{}'",
            claim.id,
            claim.slide
        );
    }
}

/// Of each claim beyond the talk the page says where it comes from: a theorem elsewhere, or derived here.
#[test]
fn the_page_says_whose_the_statements_beyond_the_talk_are() {
    let introduction = crate::about::TALK.introduction;
    let (talk, ours) = introduction
        .split_once("Derived here")
        .expect("what is derived here");
    let named = |text: &str, id: &str| {
        let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '-'));
        words.any(|word| word == id)
    };
    for claim in claims() {
        let both = [talk, ours].map(|text| named(text, claim.id));
        if claim.section == 12 || claim.id.starts_with("minibulk-h2") {
            assert!(both[0] != both[1], "{}: {both:?}", claim.id);
        }
    }
    for id in ["quadratic-m2", "q-limit", "conjugate-polynomial"] {
        assert!(named(talk, id), "{id}");
    }
}
