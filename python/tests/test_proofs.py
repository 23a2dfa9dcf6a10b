"""Proofs and derived models: what is true is proved, what is false is refused with its difference."""

import json
from pathlib import Path

import numpy as np
import pytest

import tensor_dyson
from tensor_dyson import Error, Expression, Proof, Theory, derive

MODELS = Path(__file__).parents[2] / "examples" / "models"


def test_a_mean_is_proved_for_every_dimension():
    theory = Theory().tensors("x[n,d] G[d,p]")
    begun = theory.prove("E ω = G").start("[i,a,b] x[i,a] x[i,k] G[k,b]").expect("over X", "x")
    proof = begun.follows("the mean", "[i,a,b] δ[i] G[a,b]").done()
    assert isinstance(proof, Proof) and proof.title == "E ω = G"
    assert [name for name, _ in proof.steps] == ["begin", "over X", "the mean"]
    assert 0 < proof.bound < 1e-15
    assert any("standard Gaussian" in text for text in proof.assumptions)
    assert proof._repr_latex_().startswith("\\begin{align*}") and "\\text{over X}" in proof.latex()
    assert "✓" in str(proof) and "3 steps" in repr(proof)
    assert json.loads(proof.certificate())["title"] == "E ω = G"
    assert isinstance(proof.conclusion, Expression)
    with pytest.raises(Error, match="the sides differ by −G_ab"):
        begun.follows("twice the mean", "[i,a,b] 2 δ[i] G[a,b]").done()
    with pytest.raises(Error, match="nothing to start from"):
        theory.prove("").follows("", "0").done()


def polynomial(proof, **values):
    """The value of a proof's conclusion, a polynomial in dimensions."""
    text = proof.conclusion.latex().replace("{", "(").replace("}", ")").replace("^", "**")
    return eval(text.replace(" + ", "+").replace(" - ", "-").replace(" ", "*"), values)


def test_moments_of_gaussian_matrices_are_those_of_numpys_draws():
    theory = Theory().tensors("x[n,d]")
    squared = theory.prove("E (Tr XX')²").start("x[i,a] x[i,a] x[j,c] x[j,c]").expect("over X", "x").done()
    fourth = theory.prove("E Tr XX'XX'").start("x[i,a] x[j,a] x[j,c] x[i,c]").expect("over X", "x").done()
    n, d = 4, 3
    x = np.random.default_rng(0).standard_normal((40_000, n, d))
    gram = x @ x.swapaxes(1, 2)
    for proof, drawn in [
        (squared, np.trace(gram, axis1=1, axis2=2) ** 2),
        (fourth, np.trace(gram @ gram, axis1=1, axis2=2)),
    ]:
        error = drawn.std() / len(drawn) ** 0.5
        assert abs(polynomial(proof, n=n, d=d) - drawn.mean()) < 5 * error
    # Wishart's: E Tr (XX')² = nd(n + d + 1), and not without its last term.
    assert fourth.conclusion.equals(theory.expression("n^2 d + n d^2 + n d"))
    assert not fourth.conclusion.equals(theory.expression("n^2 d + n d^2"))


def test_laws_of_tensors_by_name_and_by_cumulants():
    theory = Theory().scalars("κ").tensors("x[d]").hermitian("H[d,d]").symmetric("S[d,d]", [[1, 0]])
    fourth = theory.prove("").start("x[a] x[a] x[c] x[c]")
    signs = fourth.expect("", "x", [0, 1, 0, -2]).follows("|x|⁴ of signs", "d^2").done()
    assert polynomial(signs, d=7) == 49
    any_law = fourth.expect("", "x", [0, 1, 0, "κ"]).follows("", "d^2 + 2 d + κ d").done()
    assert "κ" in any_law.conclusion.latex() or "kappa" in any_law.conclusion.latex()
    trace = theory.prove("").start("H[a,c] H[c,k] H[k,q] H[q,a]")
    assert trace.expect("", "H", "hermitian").follows("Harer and Zagier", "2 d^3 + d").done().bound > 0
    other = theory.prove("").start("S[a,c] S[a,c]")
    assert polynomial(other.expect("", "S", "symmetric").done(), d=5) == 30
    with pytest.raises(Error, match="law is 'cauchy': it must be one of gaussian"):
        fourth.expect("", "x", "cauchy")
    with pytest.raises(Error, match="law is 'hermitian:3'"):
        fourth.expect("", "x", "hermitian:3")
    with pytest.raises(Error):
        fourth.expect("", "x", ["x[a]"])
    with pytest.raises(Error, match="not those of a law|cumulant"):
        fourth.expect("", "x", [0, 1, 0, -3]).done()


def test_rules_resolvents_and_orders():
    theory = (
        Theory()
        .scalars("z t")
        .hermitian("H[d,d]")
        .inverse("R", [], "[a,c] z δ[a,c] - t H[a,c]")
        .rule("zR", "[a,c] H[a,k] R[k,c] = t^-1 z R[a,c] - t^-1 δ[a,c]")
    )
    proof = (
        theory.prove("z E g = 1 + t²d E g²")
        .start("d^-1 z R[a,a]")
        .follows("R = (z − tH)⁻¹", "1 + d^-1 t H[a,c] R[c,a]", ["zR"])
        .by_parts("over H", "H", "hermitian")
        .follows("collected", "1 + d^-1 t^2 R[a,a] R[c,c]")
        .done()
    )
    assert "E=" in str(proof)
    square = Theory().tensors("x[n,d]").prove("").start("x[i,a] x[i,a] x[j,c] x[j,c]").expect("", "x")
    kept = square.approximately("n ~ d", {"n": 1, "d": 1}, 4).done()
    assert polynomial(kept, n=10, d=10) == 10_000
    defined = Theory().tensors("x[d] G[d,p]").define("ω[a,b] = x[a] G[k,b] x[k]")
    begun = defined.prove("").start("[b] ω[a,b] x[a]").rewrite("written out", ["ω"])
    assert begun.follows("", "[b] x[a] x[a] G[k,b] x[k]").done().bound > 0


def test_expressions_are_decided():
    theory = Theory("n: i j l").tensors("A[n,n]")
    one, two = theory.expression("[i,j] A[i,l] A[l,j]"), theory.expression("[i,j] A[i,l] A[j,l]")
    assert one.equals(one) and not one.equals(two)
    assert (one - one).normal_form().is_zero() and not (one - two).normal_form().is_zero()
    assert (one + two).equals(two + one)
    assert one._repr_latex_() == "${A}_{il} {A}_{lj}$" and "A_il A_lj" in repr(one)
    with pytest.raises(Error):
        theory.expression("[i] A[i]")
    with pytest.raises(Error):
        theory.tensors("A[n,n]")


def test_the_talks_covariance_is_derived_and_settled():
    made = derive(MODELS / "talk.toml")
    assert made.braids == "τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)"
    assert made.lines == str(made).splitlines() and made.title in repr(made)
    assert "\\mathcal{Q}" in made._repr_latex_() and made._repr_latex_().count("&=") == 2
    assert "G" in str(made.mean) and len(made.covariance.latex()) > 10
    assert {"covariance", "law"} <= set(made.names)
    rows = made.claims(only=["covariance"])
    rows = rows if isinstance(rows, list) else rows.to_dict("records")
    assert [row["id"] for row in rows] == ["covariance"]
    assert rows[0]["verdict"] == "holds" and rows[0]["rests_on"] == "proved" and rows[0]["controls"] >= 3
    assert derive(str(MODELS / "talk.toml")).braids == made.braids
    settled = made.settle(only=["covariance"])
    assert all(one["distance"] > one["allowance"] for one in settled[0]["controls"])
    with pytest.raises(Error, match="no claim 'laws'; there are covariance"):
        made.claims(only=["laws"])
    with pytest.raises(Error, match="size is 'huge'"):
        made.claims("huge")


def test_the_derived_covariance_is_that_of_numpys_draws():
    derived = derive((MODELS / "talk.toml").read_text(encoding="utf-8"))
    assert str(derived.mean) == "G_ab"
    rng = np.random.default_rng(1)
    d, p, count = 3, 2, 200_000
    g, x = rng.standard_normal((d, p)), rng.standard_normal((count, d))
    omega = np.einsum("ia,ib->iab", x, x @ g).reshape(count, d * p)
    braids = np.einsum("ac,be->abce", np.eye(d), g.T @ g) + np.einsum("ae,cb->abce", g, g)
    drawn = np.cov(omega.T)
    assert np.abs(drawn - braids.reshape(d * p, d * p)).max() < 0.15
    assert np.abs(drawn - 0.5 * braids.reshape(d * p, d * p)).max() > 0.15


def test_a_model_that_is_none_says_where():
    with pytest.raises(Error, match="line 1"):
        derive('feature = "ω[a,b] = x[a] G[k,b]')
    with pytest.raises(OSError):
        derive("no-such-file.toml")


def test_claims_of_a_model_by_the_function_of_files():
    rows = tensor_dyson.claims(derive(MODELS / "linear-width.toml"))
    rows = rows if isinstance(rows, list) else rows.to_dict("records")
    assert len(rows) >= 4 and {row["verdict"] for row in rows} <= {"holds", "open"}
    assert rows[0]["id"] == "covariance" and rows[0]["error"] is None
