//! Small proofs, one of each kind of step, and the large one.

use tensor_dyson::symbolic::{Ensemble, Haar, Polynomial, Proof, ProofError, TensorLaw, Theory};

type Prove = fn() -> Result<Proof, ProofError>;

/// By name: the proofs whose every word is tampered with.
pub(crate) fn small() -> Vec<(&'static str, Proof)> {
    let proofs: [(&str, Prove); 15] = [
        ("symmetry", symmetry),
        ("singular", singular),
        ("inverse", inverse),
        ("expectation", expectation),
        ("dropping", dropping),
        ("ordered", ordered),
        ("definition", definition),
        ("ensemble", ensemble),
        ("functions", functions),
        ("hermitian", hermitian),
        ("complex", complex),
        ("orthogonal", orthogonal),
        ("unitary", unitary),
        ("dyson", dyson),
        ("covariance", covariance),
    ];
    let proved = |(name, prove): (&'static str, Prove)| match prove() {
        Ok(proof) => (name, proof),
        Err(error) => panic!("{name}: {error}"),
    };
    proofs.into_iter().map(proved).collect()
}

/// A normal form with δ's, a loop, a declared symmetry and like terms.
fn symmetry() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory
        .tensors("M[d,p]")?
        .symmetric("Y[d,d]", &[vec![1, 0]])?;
    Ok(theory
        .prove("(Y + 2Y)M = 3YᵀM, p times")
        .from("[a,b] δ[e,e] Y[a,c] M[c,b] + 2 p δ[a,k] Y[k,c] M[c,b]")?
        .is("Y is symmetric", "[a,b] 3 p Y[c,a] M[c,b]")?
        .done())
}

/// Rules of singular vectors, once for each of the two.
fn singular() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory
        .space("r", "tw")?
        .singular_vectors("W[d,p]", "r", ["u", "σ", "v"])?;
    Ok(theory
        .prove("WᵀW v^j = σ_j² v^j")
        .from("[j,b] W[a,b] W[a,e] v[j,e]")?
        .rewrite("W v^j = σ_j u^j", &["Wv"])?
        .follows("Wᵀ u^j = σ_j v^j", "[j,b] σ[j] σ[j] v[j,b]", &["Wᵀu"])?
        .done())
}

/// A rule of an inverse with a scale, and one that follows from another.
fn inverse() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory
        .scalars("z")?
        .symmetric("A[n,n]", &[vec![1, 0]])?
        .inverse("R", &[vec![1, 0]], "[i,j] A[i,j] - z δ[i,j]")?
        .rule("R", "[i,l] A[i,j] R[j,l] = δ[i,l] + z R[i,l]")?
        .define("m = n^-1 R[i,i]")?
        .rule("trace", "[] A[i,j] R[i,j] = n + z R[i,i]")?;
    Ok(theory
        .prove("Tr AR/n = 1 + zm")
        .from("n^-1 A[i,j] R[i,j]")?
        .follows("the trace", "1 + z m", &["m", "trace"])?
        .done())
}

/// Cumulants up to the third, and a tensor that is held fixed.
fn expectation() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory.tensors("x[n,d] v[d]")?.scalars("μ κ")?;
    let symbol = |name| Polynomial::symbol(name, 1);
    let law = TensorLaw::Cumulants(vec![symbol("μ"), Polynomial::one(), symbol("κ")]);
    Ok(theory
        .prove("the third moment of x·v, skew entries")
        .from("[i] x[i,a] v[a] x[i,c] v[c] x[i,k] δ[k]")?
        .expect("over x", "x", &law)?
        .is(
            "collected",
            "[i] δ[i] (κ v[a] v[a] + μ d v[a] v[a] + (2 μ + d μ^3) v[a] v[c] δ[a] δ[c])",
        )?
        .done())
}

/// What '≈' drops.
fn dropping() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory.tensors("W[d,p]")?;
    Ok(theory
        .prove("E Tr (WᵀW)²/(pd²) ≈ 1 + p/d")
        .from("p^-1 d^-2 W[a,b] W[a,e] W[c,e] W[c,b]")?
        .expect("over W", "W", &TensorLaw::Gaussian)?
        .approximately("d, p ~ N", &[("d", 1), ("p", 1)], 0)?
        .is("the limit", "1 + p/d")?
        .done())
}

/// What '≈' drops beside tensors whose orders are declared.
fn ordered() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory
        .tensors("G[d,p] v[d]")?
        .of_order("G", 0)?
        .of_order("v", -1)?;
    Ok(theory
        .prove("(d + 1)|G|² + |v|² ≈ d|G|²")
        .from("(d + 1) G[a,b] G[a,b] + v[a] v[a]")?
        .approximately("d, p ~ N", &[("d", 1), ("p", 1)], 1)?
        .is("the same", "d G[c,b] G[c,b]")?
        .done())
}

/// A definition, used twice.
fn definition() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory
        .tensors("x[d] G[d,p]")?
        .define("ω[a,b] = x[a] G[k,b] x[k]")?;
    Ok(theory
        .prove("⟨ω, ω⟩")
        .from("ω[a,b] ω[a,b]")?
        .rewrite("ω = x ⊗ Gᵀx", &["ω"])?
        .is("collected", "x[a] x[a] x[c] G[c,b] G[k,b] x[k]")?
        .done())
}

/// Antisymmetric entries.
fn ensemble() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory.tensors("A[d,d] v[d] w[d]")?;
    Ok(theory
        .prove("E (v·Aw)² = |v|²|w|² − (v·w)²")
        .from("v[a] A[a,c] w[c] v[k] A[k,q] w[q]")?
        .expect(
            "over A",
            "A",
            &TensorLaw::Ensemble(Ensemble::antisymmetric(2)),
        )?
        .is(
            "Cauchy and Schwarz",
            "v[a] v[a] w[c] w[c] - v[a] w[a] v[c] w[c]",
        )?
        .done())
}

/// Functions of a Gaussian form.
fn functions() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory
        .tensors("x[d] G[d,p]")?
        .functions(&["φ", "φ′", "φ″"], "x", "u[b] = x[a] G[a,b]")?
        .mean("K₀₀[b,e] = φ[b] φ[e]")?
        .mean("K₁₁[b,e] = φ′[b] φ′[e]")?
        .mean("K₂₀[b,e] = φ″[b] φ[e]")?;
    Ok(theory
        .prove("E |x|² φ(u_b) φ(u_e)")
        .from("[b,e] x[a] x[a] φ[b] φ[e]")?
        .expect("over x", "x", &TensorLaw::Gaussian)?
        .is(
            "Stein",
            "[b,e] d K₀₀[b,e] + G[a,b] G[a,b] K₂₀[b,e] + G[a,e] G[a,e] K₂₀[e,b] + 2 G[a,b] G[a,e] K₁₁[b,e]",
        )?
        .done())
}

/// A Hermitian matrix, and the imaginary unit.
fn hermitian() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory.scalars("i")?.hermitian("H[d,d]")?.tensors("v[d]")?;
    Ok(theory
        .prove("E Tr (iH)⁴")
        .from("i^4 H[a,c] H[c,k] H[k,q] H[q,a] + i H[a,c] v[a] v[c] H[k,k]")?
        .expect("over H", "H", &TensorLaw::Ensemble(Ensemble::hermitian()))?
        .is("collected", "2 d^3 + d + i v[a] v[a]")?
        .done())
}

/// A complex tensor with its conjugate.
fn complex() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory.complex("Z[d,p]", "Z̄")?.tensors("v[d]")?;
    Ok(theory
        .prove("E |Zᵀv|⁴")
        .from("v[a] Z[a,b] v[c] Z̄[c,b] v[k] Z[k,e] v[q] Z̄[q,e]")?
        .expect(
            "over Z",
            "Z",
            &TensorLaw::Ensemble(Ensemble::complex(2, "Z̄")),
        )?
        .is("collected", "(p^2 + p) v[a] v[a] v[c] v[c]")?
        .done())
}

/// A uniform orthogonal matrix: poles, and a side condition.
fn orthogonal() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory.tensors("O[d,d] v[d]")?;
    Ok(theory
        .prove("E Σ_a (Ov)_a⁴ = 3|v|⁴/(d + 2)")
        .from("O[a,c] v[c] O[a,k] v[k] O[a,q] v[q] O[a,s] v[s]")?
        .expect("over O", "O", &TensorLaw::Haar(Haar::orthogonal()))?
        .is("uniform on the sphere", "3/(d + 2) v[a] v[a] v[c] v[c]")?
        .done())
}

/// A uniform unitary matrix with its conjugate.
fn unitary() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory.complex("U[d,d]", "Ū")?;
    Ok(theory
        .prove("E |Tr U|⁴ = 2")
        .from("U[a,a] U[c,c] Ū[k,k] Ū[q,q]")?
        .expect("over U", "U", &TensorLaw::Haar(Haar::unitary("Ū")))?
        .is("Diaconis and Shahshahani", "2")?
        .done())
}

/// The Schwinger–Dyson equation of the GUE.
fn dyson() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory
        .scalars("z t")?
        .hermitian("H[d,d]")?
        .inverse("R", &[], "[a,c] z δ[a,c] - t H[a,c]")?
        .rule("HR", "[a,c] H[a,k] R[k,c] = z/t R[a,c] - δ[a,c]/t")?;
    Ok(theory
        .prove("z E Tr R = d + t² E (Tr R)²")
        .from("z R[a,a]")?
        .follows("R = (z − tH)⁻¹", "d + t H[a,c] R[c,a]", &["HR"])?
        .by_parts("over H", "H", &TensorLaw::Ensemble(Ensemble::hermitian()))?
        .is("collected", "d + t^2 R[a,a] R[c,c]")?
        .done())
}

/// A real sample covariance matrix: the random tensor stands twice in the matrix, and beside its resolvent.
fn covariance() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory
        .scalars("z")?
        .tensors("x[n,d]")?
        .inverse("R", &[vec![1, 0]], "[i,j] x[i,a] x[j,a] - z δ[i,j]")?
        .rule("xxR", "[i,l] x[i,a] x[j,a] R[j,l] = δ[i,l] + z R[i,l]")?;
    Ok(theory
        .prove("E Tr XXᵀR by parts")
        .from("x[i,a] x[j,a] R[j,i]")?
        .by_parts("over X", "x", &TensorLaw::Gaussian)?
        .follows(
            "(XXᵀ − z)R = 1",
            "(d - n - 1) R[i,i] - z R[i,i] R[j,j] - z R[i,j] R[i,j]",
            &["xxR"],
        )?
        .done())
}

/// Definitions that double one another, and a step that takes one of them.
pub(crate) fn doublings(count: usize) -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory.tensors("x0[d]")?;
    for k in 1..=count {
        theory.define(&format!("x{k}[a] = 2 x{}[a]", k - 1))?;
    }
    let last = format!("x{count}");
    Ok(theory
        .prove("the last is twice the last but one")
        .from(&format!("[a] {last}[a]"))?
        .follows(
            "by definition",
            &format!("[a] 2 x{}[a]", count - 1),
            &[&last],
        )?
        .done())
}

/// `E Tr NTK⁴` without its scale: 2 027 025 pairings of X.
pub(crate) fn fourth_moment() -> Result<Proof, ProofError> {
    let omega = |i: usize, t: usize, c: &str| format!("x[i{i},a{t}] x[i{i},{c}{t}] W[{c}{t},b{t}]");
    let link = |t: usize| format!("{} {}", omega(t, t, "k"), omega((t + 1) % 4, t, "q"));
    let text = (0..4).map(link).collect::<Vec<_>>().join(" ");
    let mut theory = Theory::new();
    theory.tensors("x[n,d] W[d,p]")?;
    Ok(theory
        .prove("E Tr NTK⁴ p⁴d⁸")
        .from(&text)?
        .expect("over X", "x", &TensorLaw::Gaussian)?
        .expect("over W", "W", &TensorLaw::Gaussian)?
        .done())
}
