"""Data matrices and kernels against numpy."""

import numpy as np
import pytest
from scipy import stats

import tensor_dyson
from tensor_dyson import Covariance, Error, Law, hermite_data, network_kernel, sample, spectrum, tracy_widom


def factors(rng, n, p, strengths):
    x = rng.standard_normal((n, p))
    u = np.linalg.qr(rng.standard_normal((p, len(strengths))))[0]
    return x + (rng.standard_normal((n, len(strengths))) * np.sqrt(strengths)) @ u.T


def test_eigenvalues_are_numpys():
    x = np.random.default_rng(0).standard_normal((80, 30))
    for prepare, matrix in [
        ("raw", x.T @ x / 80),
        ("centred", np.cov(x.T)),
        ("correlation", np.corrcoef(x.T)),
    ]:
        found = spectrum(x, prepare=prepare, copies=0)
        assert np.allclose(found.eigenvalues, np.linalg.eigvalsh(matrix)[::-1], atol=1e-12), prepare
    wide = spectrum(x.T, prepare="raw", copies=0)
    assert np.allclose(wide.eigenvalues, np.linalg.eigvalsh(x @ x.T / 30)[::-1][:30], atol=1e-10)


@pytest.mark.parametrize("shape", [(300, 100), (100, 300)])
def test_factors_are_found(shape):
    strengths = np.array([30.0, 20.0, 14.0])
    x = 2.0 * factors(np.random.default_rng(1), *shape, strengths)
    found = spectrum(x)
    assert found.count == 3 and found.count_copies == 3 and found.count_tracy_widom == 3
    assert found.variance == pytest.approx(4.0, abs=4 * found.variance_error)
    assert found.variance_from_median == pytest.approx(4.0, rel=0.05)
    sample_, population, error, cosine, score = found.spikes.T
    assert np.all(np.abs(population - 4 * (1 + strengths)) < 4 * error)
    assert np.all((cosine > 0.5) & (cosine < 1) & (score > 0.5) & (score < 1))
    assert np.all(sample_ > found.edges[1]) and np.allclose(sample_, found.eigenvalues[:3])
    assert found.p_values.shape == (4, 4) and found.p_values[3, 2] > 0.05
    gamma = shape[1] / (shape[0] - 1)
    assert found.edges == pytest.approx(tuple(found.variance * (1 + s * gamma**0.5) ** 2 for s in (-1, 1)))
    assert isinstance(found.law, Law)
    assert found.law.support()[1] == pytest.approx(found.edges[1])
    assert found.shrunk.shape == (shape[1],)
    at, mass = found.population
    assert mass.sum() == pytest.approx(1.0) and np.all(at > 0)
    assert found._repr_svg_().startswith("<svg")


def test_shrinkage_lowers_the_error():
    rng = np.random.default_rng(2)
    signal = 0.22 * np.outer(rng.standard_normal(200), rng.standard_normal(100))
    x = signal + rng.standard_normal((200, 100))
    found = spectrum(x, prepare="raw")
    u, s, vt = np.linalg.svd(x, full_matrices=False)
    values = found.shrunk_singular_values
    assert np.allclose(values[:, 0], s[: len(values)])
    kept = s > found.threshold
    assert kept.sum() == 1 and (s > found.threshold_from_median).sum() == 1
    shrunk = np.zeros_like(s)
    shrunk[: len(values)] = values[:, 1]
    errors = [np.linalg.norm((u * y) @ vt - signal) for y in (s, np.where(kept, s, 0), shrunk)]
    assert errors[2] < errors[1] < errors[0]


def test_a_population_of_its_own():
    rng = np.random.default_rng(3)
    x = rng.standard_normal((400, 150)) * np.sqrt(np.where(np.arange(150) % 2, 1.0, 4.0))
    assert spectrum(x, population="atoms(1:0.5, 4:0.5)").count == 0
    found = spectrum(x, population=Law("atoms(1:0.5, 4:0.5)"))
    assert found.threshold is None and found.count_copies is None
    assert found.kolmogorov < 0.02 < spectrum(x, copies=0).kolmogorov


def test_false_alarms_are_rare_and_errors_speak():
    rng = np.random.default_rng(4)
    counts = [spectrum(rng.standard_t(5, (60, 30)), seed=k, copies=19).count for k in range(60)]
    # The level is 5 %: more than 10 of 60 has probability 1e-4.
    assert sum(count > 0 for count in counts) <= 10
    with pytest.raises(Error, match="constant"):
        spectrum(np.ones((10, 3)))
    with pytest.raises(Error, match="finite"):
        spectrum(np.array([[1.0, np.nan], [2.0, 1.0], [3.0, 2.0]]))
    with pytest.raises(Error, match="at least 3 samples"):
        spectrum(np.ones((1, 5)))
    with pytest.raises(Error, match="'zscore'"):
        spectrum(np.ones((9, 5)), prepare="zscore")


def test_tracy_widom():
    assert tracy_widom(0.979316053) == pytest.approx(0.95, abs=1e-8)
    s = np.linspace(-9, 9, 181)
    f = np.array([tracy_widom(x) for x in s])
    mean = s[-1] - np.trapezoid(f, s) if hasattr(np, "trapezoid") else s[-1] - np.trapz(f, s)
    assert mean == pytest.approx(-1.2065335745820, abs=1e-6)
    assert np.all(np.diff(f) >= -1e-13)


def test_a_kernel_against_its_law():
    rng = np.random.default_rng(5)
    n, d, p = 600, 30, 40
    x, w, a = rng.standard_normal((n, d)), rng.standard_normal((d, p)), rng.choice([-1.0, 1.0], p)
    f = np.cos(x @ w / np.sqrt(d)) * a
    kernel = (x @ x.T / d) * (f @ f.T / p)
    found = sample(x, w, a, "derivative:cos")
    assert np.allclose(found.eigenvalues, np.linalg.eigvalsh(kernel), atol=1e-10)
    assert found.gamma1 == n / (d * p) and found.gamma2 == p / d
    assert stats.kstest(found.eigenvalues, found.law.cdf).statistic == pytest.approx(found.kolmogorov, abs=1e-6)
    assert "NTK" in found.normalisation
    # The mean of cos has rank d = n/20, which no limit law has; without one the law is near.
    assert sample(x, w, a, "derivative:identity").kolmogorov < 0.04 < found.kolmogorov < 0.2
    assert found._repr_svg_().startswith("<svg") and "limit law" in found._repr_svg_()
    assert found.eigenvalues is found.eigenvalues
    with pytest.raises(ValueError, match="read-only"):
        found.eigenvalues[0] = 0.0
    c0, alpha, beta = hermite_data("derivative:cos")
    assert (c0, alpha) == pytest.approx((np.exp(-0.5), 0.0), abs=1e-15)
    assert beta**2 == pytest.approx((1 + np.exp(-2)) / 2)
    with pytest.raises(Error, match="do not fit"):
        sample(x, w[:-1], a)


def test_network_kernels_are_those_of_reverse_differentiation():
    rng = np.random.default_rng(7)
    n, d, p, beta = 5, 3, 4, 0.6
    x, w = rng.standard_normal((n, d)), rng.standard_normal((d, p))
    a, b = rng.standard_normal(p), rng.standard_normal(p)

    def gradients(scale, root, bias, weights, outer, inner):
        # f = root * outer . tanh(scale * x @ weights + bias * inner) + bias * c, backwards by hand.
        hidden = np.tanh(scale * x @ weights + bias * inner)
        back = root * outer * (1 - hidden**2)
        first = (scale * x[:, :, None] * back[:, None, :]).reshape(n, -1)
        return np.hstack([first, bias * back]), np.hstack([root * hidden, np.full((n, 1), bias)])

    for kind, parts in [
        ("ntk", gradients(d**-0.5, p**-0.5, beta, w, a, b)),
        ("standard", gradients(1.0, 1.0, 1.0, w / d**0.5, a / p**0.5, beta * b)),
    ]:
        for output_layer in (False, True):
            jacobian = np.hstack(parts if output_layer else parts[:1])
            kernel, formula = network_kernel(
                x, w, a, "tanh", output_layer=output_layer, bias=(beta, b), parametrisation=kind
            )
            assert np.allclose(kernel, jacobian @ jacobian.T, atol=1e-13), (kind, output_layer)
            assert formula.startswith("K = ")
    both = [network_kernel(x, w, a, text)[0] for text in ("gelu", "expr:x*(1+erf(x/sqrt(2)))/2")]
    assert np.allclose(*both, atol=1e-13)
    with pytest.raises(Error, match="'mup'"):
        network_kernel(x, w, a, parametrisation="mup")


def test_the_covariance_is_a_monte_carlo_mean():
    rng = np.random.default_rng(6)
    d, p = 3, 2
    w, a = rng.standard_normal((d, p)), np.array([1.0, -1.0])
    q = Covariance(w, a)
    g = w * a / np.sqrt(d)
    first = np.einsum("ac,bd->abcd", np.eye(d), g.T @ g)
    second = np.einsum("ad,cb->abcd", g, g)
    assert np.allclose(q.dense(), first + second, atol=1e-14)
    m = rng.standard_normal((d, p))
    assert np.allclose(q.apply(m), np.einsum("abcd,cd->ab", q.dense(), m))
    values = np.linalg.eigvalsh(q.dense().reshape(d * p, d * p))
    assert np.allclose(np.sort(q.eigenvalues()), values, atol=1e-12)
    assert q.law().mean() == pytest.approx(values.mean())
    with pytest.raises(Error, match="acts on 3×2"):
        q.apply(m.T)


def test_claims_are_rows(tmp_path):
    claim = {
        "id": "gram", "section": 1, "slide": "s", "verdict": "holds", "statement": "A",
        "printed": {"verdict": "slip"}, "seconds": 0.1, "controls": [{}],
        "evidence": [
            {"kind": "proved", "cross_check": False},
            {"kind": "rate", "cross_check": False},
            {"kind": "sampled", "cross_check": True},
        ],
    }
    path = tmp_path / "run.json"
    import json

    path.write_text(json.dumps({"claims": [claim]}))
    rows = tensor_dyson.claims(path)
    rows = rows if isinstance(rows, list) else rows.to_dict("records")
    assert rows[0]["evidence"] == 3 and rows[0]["rests_on"] == "rate" and rows[0]["error"] is None
    assert rows[0]["controls"] == 1 and rows[0]["printed"] == "slip"
