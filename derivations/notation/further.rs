//! The claims that settle what the slides leave open, and section 12.

use super::claim;
use tensor_dyson::report::Notation;

pub(super) const NOTATION: &[Notation] = &[
    claim(
        "conjugate-polynomial",
        r"$n \asymp p \asymp d^2$: $\tfrac1p \sigma(XW^\top/\sqrt d)\,\sigma(XW^\top/\sqrt d)^\top$ $\to \mathrm{MP}^{n/p}$ $\boxtimes\;(c_2^2\,\mathrm{MP}^{n/N_2} + \sum_{k>2} c_k^2)$, $N_2 = C(d+1, 2).$",
    ),
    claim(
        "conjugate-polynomial-fractional",
        r"$n \asymp p \asymp d^{3/2}$: the conjugate kernel's bulk $\to (\sum_{k\ge2} c_k^2)\,\mathrm{MP}^{n/p}.$",
    ),
    claim(
        "conjugate-polynomial-wide",
        r"$n \asymp d^2$, $n \ll p$: the conjugate kernel $\to c_2^2\,\mathrm{MP}^{n/N_2}$ $+\,\sum_{k>2} c_k^2$; $n \gg p$: its companion, $p$ for $n.$",
    ),
    claim(
        "conjugate-polynomial-outliers",
        r"$n \asymp p \asymp d^2$: $N_k = C(d+k-1, k)$ eigenvalues above the bulk for each $k < 2$ with $c_k \ne 0$: $1$ near $c_0^2 n$, $d$ near $c_1^2 n/d.$",
    ),
    claim(
        "minibulk-h2",
        r"$c_0 = \alpha = 0$, $|w_b|^2 = d$: $p$ eigenvalues of $E\,\omega\otimes\omega$ leave the others, with the law of $(E\,z^2\varphi^2 - 2c_2^2) + 2c_2^2\,\lambda(\rho)$, $\rho = V^\top V$; $3 + 2\lambda(\rho)$ for $\varphi = h_2.$",
    ),
    claim(
        "minibulk-h2-ntk",
        r"$\varphi = h_2$, $|w_b|^2 = d$: $p$ eigenvalues of the NTK lie above its bulk, at $t(\gamma_1 + \beta^2/(t - \beta^2))$, $t = 3 + 2\lambda(\rho).$",
    ),
    claim(
        "quadratic-k2",
        r"$K_1 + K_2$, $n = \gamma_1 dp$, $E\,\sigma = 0$: the bulk of $K_1$, and $d + p$ eigenvalues near $\gamma_1 d$ times the roots of $\mu^2 - \mu(s_1^2(\gamma_2 + s^2) + s_*^2)$ $+\,s_1^2 s_*^2\gamma_2 = 0.$",
    ),
    claim(
        "structured-covariance",
        r"$x \sim N(0, \Sigma)$, $\sigma' = x$: $\mathrm{Cov}\,\omega = \tau_{23}(\Sigma\otimes G^\top\Sigma G)$ $+\,\tau_{24}(\Sigma G\otimes\Sigma G).$",
    ),
    claim(
        "structured-spectrum",
        r"$x \sim N(0, \Sigma)$: $\mathcal Q = \tfrac12 \mathcal S^*\mathcal S$, and its nonzero eigenvalues are those of $Y \mapsto \Sigma Y S + S Y\Sigma$ on symmetric $Y$, $S = \Sigma^{1/2} G G^\top \Sigma^{1/2}.$",
    ),
    claim(
        "structured-law",
        r"$x \sim N(0, \Sigma)$: the law of $Y \mapsto \Sigma Y S + S Y\Sigma$ is that of the half-quenched Dyson equation, $$M_\sigma = \big(\sigma S - z + \sigma\gamma_2\,\Sigma^{1/2}(1 + \Sigma^{1/2} T\Sigma^{1/2})^{-1}\Sigma^{1/2}\big)^{-1}.$$",
    ),
    claim(
        "structured-nonlinearity",
        r"$x \sim N(0, \Sigma)$, any $\varphi$: the NTK's law $\to$ MP map of law$(\mathcal Q)$, $\mathcal Q = \alpha^2\big(\tau_{23}(\Sigma\otimes G^\top\Sigma G)$ $+\,\tau_{24}(\Sigma G\otimes\Sigma G)\big)$ $+\,(\beta^2 - \alpha^2 - c_0^2)\,\tau_{23}(\Sigma\otimes I).$",
    ),
    claim(
        "blocks",
        r"$L$ blocks of $dp$ features, $n/(dp) \to \gamma_1$: the law of the kernels' sum $\to$ MP map at $\gamma_1/L$ of the law of $L\cdot\mathcal Q$, $\mathcal Q$ that of all blocks together.",
    ),
    claim(
        "kernel-ridge",
        r"Kernel ridge regression, $n \asymp d^2$, $x \sim N(0, \Sigma)$: test, training and cross-validation error from the $\sigma_i\sigma_j$, $i \le j$, of $\mathrm{Cov}(x\otimes x)$, and $f$'s remainder as a ridge.",
    ),
    claim(
        "random-feature-ridge",
        r"Ridge regression on random features of $x \sim N(0, \Sigma)$: test, training and cross-validation error from $n - \lambda/\nu_1 = \mathrm{Tr}\,\Sigma(\Sigma + \nu_2)^{-1}$ $= p(1 - \nu_1/\nu_2).$",
    ),
    claim(
        "extremes-polynomial",
        r"$n \asymp d^2$, $\sigma = h_2$: $\lambda_{\max}$ of the kernel matrix and of the conjugate kernel tend to the edges of their laws, $g = n/(C(d+1, 2) - 1).$",
    ),
];
