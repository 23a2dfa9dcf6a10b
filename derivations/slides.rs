//! The slides of the talk and what each states: written from the talk's transcript, and held against what the claims
//! say that they settle.

use crate::claims;
use std::collections::BTreeSet;

/// A slide with the statements on it.
struct Slide {
    title: &'static str,
    states: &'static [&'static str],
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
        states: &["Θ = (W, a) ∈ R^{p(d+1)}"],
    },
    Slide {
        title: "Overparametrization",
        states: &["the double descent curve of unregularized losses"],
    },
    Slide {
        title: "Regimes of overparametrization",
        states: &[
            "interpolation threshold: n ≍ p(d+1)",
            "polynomial scalings can lead to multiple descent",
        ],
    },
    Slide {
        title: "Neural Tangent Kernel",
        states: &[
            "affine approximation of ŷ with an error O(‖Θ − Θ₀‖²)",
            "gradient flow: d/dt ŷ ≈ −K(ŷ − y), rate λ_i in direction u_i",
        ],
    },
    Slide {
        title: "Computation of the NTK",
        states: &[
            "K = K₁ + K₂, a Hadamard product and the conjugate kernel",
            "ridge regression on the random features: â = (σᵀσ + γI)⁻¹σᵀy",
        ],
    },
    Slide {
        title: "Linear and Quadratic Scaling",
        states: &[
            "linear: M₁ → MP^{γ₁}",
            "linear: M₂ → I_n",
            "quadratic: M₁ → low rank",
            "quadratic: M₂ → MP^{γ₁}",
        ],
    },
    Slide {
        title: "Main result",
        states: &[
            "a = ±1: MP^{γ₁} ⊠ (α² μ*μ + (β² − α²))",
            "general a: MP^{γ₁} ⊠ (α² (μ⊠ν)*(μ⊠ν) ⊞ (β² − α²)ν)",
        ],
    },
    Slide {
        title: "Limiting distribution",
        states: &[
            "the Marchenko–Pastur map's equation",
            "μ ⊞ ν = limspec(A + UBUᵀ)",
            "μ * ν is the law of X + Y",
            "figures: σ′ = x, σ′ = cos",
        ],
    },
    Slide {
        title: "Nonlinear random matrix models",
        states: &[
            "kernel matrices, linear width: a MP^γ ⊞ b sc",
            "kernel matrices, σ odd: λ₁ → edge",
            "kernel matrices, polynomial width",
            "conjugate kernel, linear width: MP^{γ₂} ⊠ (a MP^{γ₁} + b)",
            "conjugate kernel: possible outliers",
            "conjugate kernel, overparametrized: sc ⊠ (a + b MP^{γ₁})",
            "conjugate kernel, polynomial width",
            "multi-layer conjugate kernel: MP^{γ_ℓ} ⊠ (a μ_{ℓ−1} + b)",
            "NTK, linear width: same as aI + XXᵀ",
            "NTK, overparametrized: sc ⊠ (a + b MP^{γ₁})",
        ],
    },
    Slide {
        title: "Matrix Dyson Equation for Marchenko–Pastur",
        states: &[
            "the resolvent as a block of an inverse",
            "𝒮(M) for i.i.d. X",
            "the matrix Dyson equation",
            "the scalar equation",
        ],
    },
    Slide {
        title: "NTK is a Gram matrix",
        states: &["NTK_ij = ⟨ω^i, ω^j⟩/(pd)"],
    },
    Slide {
        title: "Covariance tensor",
        states: &[
            "E ω = W",
            "E ω⊗ω, with a 4th order term",
            "Cov(ω^i, ω^j) = δ_ij 𝒬",
            "the braid operators",
        ],
    },
    Slide {
        title: "Tensor Dyson Equation",
        states: &[
            "𝒜ᵀ𝒜 = NTK, its resolvent as a block of an inverse",
            "the tensor Dyson equation",
            "think of 𝒮 as block-diagonal",
        ],
    },
    Slide {
        title: "Superoperator computation",
        states: &[
            "the diagonal blocks of 𝒮(M)",
            "M₁₁ and M₂₂",
            "the self-consistent equation",
        ],
    },
    Slide {
        title: "Spectrum of 𝒬",
        states: &[
            "τ₂₃(I ⊗ WᵀW) on u^i ⊗ v^j",
            "τ₂₄(W ⊗ W) on u^i ⊗ v^j",
            "the 2×2 block, with eigenvalues σ_i² + σ_j² and 0",
            "the sum ½Σ_{i,j}",
            "the limit μ*μ",
        ],
    },
    Slide {
        title: "Adding the nonlinearity",
        states: &[
            "σ′ = αx + φ, E zφ(z) = 0",
            "the same spectrum as M̃",
            "the additional term (β² − α²) of 𝒬",
            "the SVD of WD, additional term τ₂₃(I ⊗ D²)",
        ],
    },
    Slide {
        title: "Conclusion",
        states: &[
            "extreme eigenvalues",
            "outliers or minibulk, O(d) eigenvalues",
            "other scalings d/p^ℓ → γ₂",
            "test error at the interpolation threshold",
        ],
    },
    // No slide: what follows from the talk's method where its slides end.
    Slide {
        title: "Beyond the talk",
        states: &[
            "K₂ in the quadratic scaling",
            "structured data",
            "blocks of features",
            "regression at n ≍ d²",
            "extremes at polynomial scaling",
        ],
    },
];

#[test]
fn every_statement_of_every_slide_is_settled_by_a_claim() {
    let settled: BTreeSet<&str> = claims()
        .iter()
        .flat_map(|claim| claim.settles)
        .copied()
        .collect();
    let stated: Vec<&str> = SLIDES
        .iter()
        .flat_map(|slide| slide.states)
        .copied()
        .collect();
    let names: BTreeSet<&str> = stated.iter().copied().collect();
    assert_eq!(names.len(), stated.len(), "two statements of one name");
    let beyond: Vec<_> = settled.difference(&names).collect();
    let open: Vec<_> = names.difference(&settled).collect();
    assert!(
        beyond.is_empty() && open.is_empty(),
        "on no slide: {beyond:?}; settled by no claim: {open:?}"
    );
}

#[test]
fn every_claim_settles_a_statement_of_its_slide() {
    for claim in claims() {
        let Some(slide) = SLIDES.iter().find(|slide| slide.title == claim.slide) else {
            panic!("{}: no slide '{}'", claim.id, claim.slide);
        };
        let settles = claim.settles.iter().any(|name| slide.states.contains(name));
        assert!(settles, "{} settles nothing of '{}'", claim.id, claim.slide);
    }
    for slide in &SLIDES {
        let on_it = claims().iter().any(|claim| claim.slide == slide.title);
        assert_eq!(on_it, !slide.states.is_empty(), "{}", slide.title);
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
