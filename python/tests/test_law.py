"""Laws against numpy's and scipy's numbers."""

import numpy as np
import pytest
from scipy import integrate, stats

from tensor_dyson import Error, Law


def mp_density(x, gamma):
    low, high = (1 - gamma**0.5) ** 2, (1 + gamma**0.5) ** 2
    inside = (x > low) & (x < high)
    root = np.sqrt(np.where(inside, (high - x) * (x - low), 0.0))
    return root / (2 * np.pi * gamma * x)


@pytest.mark.parametrize("gamma", [0.1, 0.5, 2.0])
def test_marchenko_pastur(gamma):
    law = Law(f"mp({gamma})")
    low, high = (1 - gamma**0.5) ** 2, (1 + gamma**0.5) ** 2
    x = np.linspace(low, high, 52)[1:-1]
    value, bound = law.density(x, bound=True)
    assert np.all(np.abs(value - mp_density(x, gamma)) <= bound + 1e-14)
    assert bound.max() < 1e-12
    atom = max(0.0, 1 - 1 / gamma)
    below = integrate.quad(lambda x: mp_density(np.array(x), gamma), low, x[20])[0]
    assert law.cdf(x[20]) == pytest.approx(atom + below, abs=1e-8)
    proved, error = law.cdf(x[20], bound=True)
    assert abs(proved - atom - below) <= error + 1e-8
    assert np.allclose(law.moments(3)[1:], [1, 1 + gamma, 1 + 3 * gamma + gamma**2], rtol=1e-12)
    assert np.allclose(law.free_cumulants(4), gamma ** np.arange(4), rtol=1e-10)
    assert law.r_transform(0.1)[0] == pytest.approx(1 / (1 - gamma * 0.1), rel=1e-12)
    assert law.s_transform(-0.2)[0] == pytest.approx(1 / (1 - gamma * 0.2), rel=1e-12)
    assert law.intervals[0] == pytest.approx((low, high), rel=1e-12)
    assert law.atoms == ([(0.0, pytest.approx(atom))] if atom else [])


def test_semicircle_is_scipys():
    law, known = Law("semicircle(1)"), stats.semicircular(scale=2)
    x = np.linspace(-1.9, 1.9, 39)
    assert np.allclose(law.pdf(x), known.pdf(x), atol=1e-13)
    assert np.allclose(law.cdf(x), known.cdf(x), atol=1e-9)
    p = np.linspace(0.01, 0.99, 25)
    assert np.allclose(law.ppf(p), known.ppf(p), atol=1e-7)
    assert np.allclose(law.sf(x), known.sf(x), atol=1e-9)
    assert (law.mean(), law.var(), law.std()) == pytest.approx(known.stats("mv") + (1.0,), abs=1e-12)
    assert law.median() == pytest.approx(0.0, abs=1e-9)
    assert law.support() == pytest.approx((-2, 2))
    assert law.interval(0.9) == pytest.approx(known.interval(0.9), abs=1e-8)
    assert law.moment(4) == pytest.approx(known.moment(4))


def test_other_laws_are_scipys():
    for text, known in [
        ("uniform(-1, 3)", stats.uniform(-1, 4)),
        ("arcsine(-1, 1)", stats.arcsine(-1, 2)),
    ]:
        law = Law(text)
        x = np.linspace(-0.9, 0.9, 19)
        assert np.allclose(law.pdf(x), known.pdf(x), atol=1e-12), text
        assert np.allclose(law.cdf(x), known.cdf(x), atol=1e-8), text
        assert law.var() == pytest.approx(known.var()), text


def test_a_classical_sum_is_numpys_convolution():
    law = Law("uniform(0, 1) * uniform(0, 1)")
    x = np.linspace(0.05, 1.95, 20)
    assert np.allclose(law.pdf(x), stats.triang(0.5, 0, 2).pdf(x), atol=1e-9)
    assert law.var() == pytest.approx(1 / 6)


def test_free_sums_and_products_are_those_of_matrices():
    rng = np.random.default_rng(1)
    n = 400
    g = rng.standard_normal((n, 2 * n)) / np.sqrt(2 * n)
    a = g @ g.T
    h = rng.standard_normal((n, n)) / np.sqrt(2 * n)
    total = np.linalg.eigvalsh(a + h + h.T)
    law = Law("mp(0.5) [+] semicircle(1)")
    assert stats.kstest(total, law.cdf).statistic < 0.02
    assert stats.kstest(total, Law("mp(0.5) [+] semicircle(0.5)").cdf).statistic > 0.05
    root = np.sqrt(np.where(np.arange(n) % 2 == 0, 1.0, 3.0))
    product = np.linalg.eigvalsh(root[:, None] * a * root)
    law = Law("mp(0.5) [x] atoms(1:0.5, 3:0.5)")
    assert stats.kstest(product, law.cdf).statistic < 0.02
    assert law.support() == pytest.approx((0.118095917418163, 7.071272162420762), rel=1e-12)
    built = Law("mp(0.5)").free_product(Law("atoms(1:0.5, 3:0.5)"))
    assert str(built) == str(law)


def test_the_transform_is_the_mean_over_eigenvalues():
    values = np.array([0.5, 1.0, 4.0])
    law = Law.empirical(values)
    z = np.array([[1j, 2 + 0.1j], [-1.0, 9.0]])
    wanted = np.mean(1 / (values - z[..., None]), axis=-1)
    found, bound = law.stieltjes(z, bound=True)
    assert found.shape == z.shape and np.all(np.abs(found - wanted) <= bound)
    assert law.stieltjes(1j) == pytest.approx(np.mean(1 / (values - 1j)))
    named = Law("nu [x] mp(0.5)", {"nu": values})
    assert named.mean() == pytest.approx(values.mean())
    again = Law("2 * nu + 1", {"nu": law})
    assert again.atoms == [(2.0, pytest.approx(1 / 3)), (3.0, pytest.approx(1 / 3)), (9.0, pytest.approx(1 / 3))]
    assert (2 * law + 1).atoms == again.atoms


def test_samples_of_a_density():
    x = np.linspace(0, 2, 201)
    law = Law.from_samples(x, 1 - np.abs(x - 1))
    assert law.pdf(0.5) == pytest.approx(0.5, abs=1e-9)
    assert law.var() == pytest.approx(1 / 6, abs=1e-4)


def test_pencils_are_laws():
    turned = np.array([[[0, -1j], [1j, 0]]])
    law, known = Law.matrix_semicircle(np.zeros((2, 2)), turned), Law("semicircle(1)")
    z = np.array([0.3 + 0.01j, -1 + 1j, 3.0])
    found, bound = law.stieltjes(z, bound=True)
    assert np.all(np.abs(found - known.stieltjes(z)) <= bound + 1e-14) and bound.max() < 1e-12
    assert law.support() == pytest.approx((-2, 2), abs=1e-8)
    value, bound = law.density(0.7, bound=True)
    assert value == pytest.approx(known.pdf(0.7), abs=1e-12) and bound == np.inf
    with pytest.raises(ValueError, match="symmetric"):
        Law.matrix_semicircle(np.zeros((2, 2)), [[[0, 1], [2, 0]]])
    with pytest.raises(ValueError, match="2×2, the coefficients are 3×3"):
        Law.matrix_semicircle(np.zeros((2, 2)), np.zeros((1, 3, 3)))


def test_draws_have_the_law():
    law = Law("mpmap(0.5, mp(1))")
    draws = law.rvs((40, 50), seed=3)
    assert draws.shape == (40, 50)
    assert stats.kstest(draws.ravel(), law.cdf).pvalue > 1e-3
    assert np.array_equal(law.rvs(10, seed=3), draws.ravel()[:10])
    assert not np.array_equal(law.rvs(10, seed=4), draws.ravel()[:10])


def test_quantiles_have_proved_bounds():
    law, known = Law("semicircle(1)"), stats.semicircular(scale=2)
    p = np.array([[0.05, 0.25], [0.5, 0.99]])
    value, bound = law.quantile(p, bound=True)
    assert value.shape == p.shape and np.all(np.abs(value - known.ppf(p)) <= bound + 1e-14)
    assert bound.max() < 1e-10
    assert law.quantile(0.6, bound=True)[0] == pytest.approx(law.ppf(0.6), abs=1e-9)
    atom = Law("mix(1/4: point(2), 3/4: uniform(0, 3))").quantile(0.6, bound=True)
    assert atom == (2.0, 0.0)


def test_distribution_functions_have_proved_bounds():
    known = stats.uniform(0, 1)
    value, bound = Law("uniform(0, 1)").cdf([-1.0, 0.25, 0.5, 2.0], bound=True)
    assert np.all(np.abs(value - known.cdf([-1.0, 0.25, 0.5, 2.0])) <= bound) and bound.max() < 1e-11


def test_products_of_independent_variables():
    law = Law("uniform(0, 1) [.] uniform(0, 1)")
    x = np.linspace(0.05, 0.95, 19)
    assert np.allclose(law.pdf(x), -np.log(x), atol=1e-9)
    assert np.allclose(law.cdf(x), x - x * np.log(x), atol=1e-7)
    assert str(Law("uniform(0, 1)").classical_product(Law("uniform(0, 1)"))) == str(law)
    assert str(Law("mp(1)").classical(Law("mp(2)"))) == str(Law("mp(1) * mp(2)"))


def test_free_powers_and_corners():
    law = Law("semicircle(1)").free_power(2.5)
    assert np.allclose(law.pdf([0.0, 1.0]), stats.semicircular(scale=2 * 2.5**0.5).pdf([0.0, 1.0]), atol=1e-12)
    rng = np.random.default_rng(4)
    n, kept = 500, 200
    u = np.linalg.qr(rng.standard_normal((n, n)))[0]
    matrix = (u * np.where(np.arange(n) % 2 == 0, 1.0, 3.0)) @ u.T
    corner = np.linalg.eigvalsh(matrix[:kept, :kept])
    law = Law("atoms(1:0.5, 3:0.5)").free_compression(kept / n)
    assert stats.kstest(corner, law.cdf).statistic < 0.02
    assert stats.kstest(corner, Law("atoms(1:0.5, 3:0.5)").free_compression(0.5).cdf).statistic > 0.02


def test_decompression():
    rng = np.random.default_rng(5)
    x = rng.standard_normal((600, 1200))
    kept = 150
    corner = np.linalg.eigvalsh(x[:kept] @ x[:kept].T / 1200)
    whole = np.linalg.eigvalsh(x @ x.T / 1200)
    law = Law.empirical(corner).nearest_meixner().free_decompression(kept / 600)
    assert stats.kstest(whole, law.cdf).statistic < 0.03 < stats.kstest(whole, Law("mp(0.125)").cdf).statistic
    with pytest.raises(Error, match="meixner"):
        Law("uniform(0, 1)").free_decompression(0.5)


def test_subordination_functions():
    sum_, z = Law("mp(0.5) [+] semicircle(1)"), 1 + 0.5j
    (first, bound), (second, _) = sum_.subordination(z)
    assert bound < 1e-12
    s = sum_.stieltjes(z)
    assert Law("mp(0.5)").stieltjes(first) == pytest.approx(s, abs=1e-13)
    assert Law("semicircle(1)").stieltjes(second) == pytest.approx(s, abs=1e-13)
    # w1 + w2 = z + 1/E(1/(z − x)), here with s of the other sign.
    assert first + second == pytest.approx(z - 1 / s, abs=1e-12)
    assert Law("mp(1)").subordination(z) == []


def test_polynomials_of_matrices():
    law = Law.polynomial("a*b + b*a", a="semicircle(1)", b=Law("mp(0.5)"))
    rng = np.random.default_rng(5)
    n = 400
    h, g = rng.standard_normal((n, n)), rng.standard_normal((n, 2 * n)) / (2 * n) ** 0.5
    a, b = (h + h.T) / (2 * n) ** 0.5, g @ g.T
    values = np.linalg.eigvalsh(a @ b + b @ a)
    assert abs(np.mean(values**2) - law.moment(2)) < 0.1
    x = np.linspace(-1, 1, 5)
    share = [(np.abs(values - at) < 0.25).mean() / 0.5 for at in x]
    assert np.abs(law.pdf(x) - share).max() < 0.08
    with pytest.raises(Error, match="selfadjoint|adjoint"):
        Law.polynomial("a*b", a="semicircle(1)", b="mp(0.5)")


def test_the_figure_of_matplotlib():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    law = Law("mp(2)")
    axes = law.plot(points=50)
    x, y = axes.lines[0].get_data()
    assert len(x) == 50 and np.allclose(y, mp_density(x, 2.0), atol=1e-10)
    assert axes.get_title() == "mp(2)" and len(axes.collections) == 1
    again = law.plot(ax=axes)
    assert again is axes


def test_arrays_are_read_where_they_lie():
    grid = np.linspace(0.2, 2.0, 40)
    law = Law("mp(0.5)")
    assert np.array_equal(law.pdf(grid[::-2]), law.pdf(grid[::-2].copy()))
    turned = grid.reshape(8, 5).T
    assert np.array_equal(law.pdf(turned), law.pdf(np.ascontiguousarray(turned)))
    grid.flags.writeable = False
    assert law.pdf(grid).shape == (40,) and law.pdf([]).shape == (0,)
    assert np.isscalar(law.pdf(1.0)) and law.pdf([1, 2]).dtype == np.float64


def test_errors_are_exceptions_with_the_words():
    with pytest.raises(Error, match="at 6: found the end"):
        Law("mp(0.5")
    with pytest.raises(ValueError, match="above 0"):
        Law("mp(-1)")
    with pytest.raises(Error, match="at least 0"):
        Law("mp(1)").stieltjes(1 - 1j)
    with pytest.raises(Error, match="atom"):
        Law("point(1)").stieltjes(1.0)
    with pytest.warns(RuntimeWarning, match="1 of 2 points"):
        value, bound = Law("point(1)").stieltjes([1.0, 2.0], bound=True)
    assert np.isnan(value[0]) and np.isinf(bound[0]) and value[1] == -1.0
    with pytest.raises(Error, match="between 0 and 1"):
        Law("mp(1)").quantile(1.5)


def test_faces():
    law = Law("mp(0.5)")
    assert repr(law) == "Law(\"mp(0.5)\")" and str(law) == "mp(0.5)"
    assert law._repr_svg_().startswith("<svg") and "density" in law._repr_svg_()
