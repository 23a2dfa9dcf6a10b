//! Moments of the limiting law by combinatorics of free cumulants, independent of every expectation:
//! the Marchenko–Pastur map with `γ₁ = n/(pd)` of a law `ν` whose moments are polynomials in `γ₂ = p/d`.

use tensor_dyson::symbolic::Polynomial;

/// Moments `1, …, 4` of `MP^{γ₂}`: `Σ_r N(k, r) γ₂^{r−1}` with Narayana's numbers.
fn marchenko_pastur() -> [Polynomial; 5] {
    let narayana: [&[i64]; 5] = [&[1], &[1], &[1, 1], &[1, 3, 1], &[1, 6, 6, 1]];
    narayana.map(|row| {
        let term = |(r, count): (i32, &i64)| &Polynomial::from(*count) * &gamma_2(r);
        (0..).zip(row).map(term).sum()
    })
}

fn gamma_2(power: i32) -> Polynomial {
    &Polynomial::symbol("p", power) * &Polynomial::symbol("d", -power)
}

/// Moments `0, …, 4` of `μ*μ`: those of the sum of two independent variables.
pub(super) fn self_convolution() -> [Polynomial; 5] {
    let mu = marchenko_pastur();
    let binomial = [
        [1, 0, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [1, 2, 1, 0, 0],
        [1, 3, 3, 1, 0],
        [1, 4, 6, 4, 1],
    ];
    std::array::from_fn(|k| {
        let term = |j: usize| &Polynomial::from(binomial[k][j]) * &(&mu[j] * &mu[k - j]);
        (0..=k).map(term).sum()
    })
}

/// Moments `0, …, 4` of `(γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀`; the atom has none from 1 on.
pub(super) fn mixture() -> [Polynomial; 5] {
    let (mu, convolution) = (marchenko_pastur(), self_convolution());
    let half = Polynomial::from(2).reciprocal().unwrap_or_default();
    let (gamma, half_gamma) = (gamma_2(1), &half * &gamma_2(1));
    std::array::from_fn(|k| {
        let mixed = &(&half_gamma * &convolution[k]) + &(&(&Polynomial::one() - &gamma) * &mu[k]);
        if k == 0 { &mixed + &half_gamma } else { mixed }
    })
}

/// `n` times moment `k` of the law with free cumulants `κ_j = γ₁^{j−1} ν_j` (`s = 1/(−z + ∫ x dν/(1+γ₁xs))`
/// is a compound free Poisson law): `m_k = Σ_j κ_j Σ_{i₁+…+i_j = k−j} m_{i₁}⋯m_{i_j}`.
pub(super) fn limit_moment(k: usize, nu: &[Polynomial; 5]) -> Polynomial {
    let gamma_1 = &Polynomial::symbol("n", 1)
        * &(&Polynomial::symbol("p", -1) * &Polynomial::symbol("d", -1));
    let mut moments = vec![Polynomial::one()];
    for order in 1..=k {
        let mut moment = Polynomial::zero();
        // Coefficients of M(x)^j up to the order needed, M the generating function of the moments so far.
        let mut power = vec![Polynomial::one()];
        power.resize(order, Polynomial::zero());
        for j in 1..=order {
            power = product(&power, &moments, order);
            let cumulant = &gamma_1.power(j as u32 - 1) * &nu[j];
            moment = &moment + &(&cumulant * &power[order - j]);
        }
        moments.push(moment);
    }
    &Polynomial::symbol("n", 1) * &moments[k]
}

fn product(left: &[Polynomial], right: &[Polynomial], length: usize) -> Vec<Polynomial> {
    let coefficient = |k: usize| {
        let terms = (0..=k).filter(|j| *j < left.len() && k - j < right.len());
        terms.map(|j| &left[j] * &right[k - j]).sum()
    };
    (0..length).map(coefficient).collect()
}
