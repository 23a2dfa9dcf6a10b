//! The claims that settle what the slides leave open, and section 12.

use super::claim;
use tensor_dyson::report::Notation;

pub(super) const NOTATION: &[Notation] = &[
    claim(
        "minibulk-h2",
        r"$c_0 = \alpha = 0$, $c_2 \ne 0$: $O(p)$ eigenvalues near those of $w_b \otimes e_b$ leave the bulk.",
    ),
    claim(
        "conjugate-polynomial",
        r"$n \asymp p \asymp d^2$: $\tfrac1p \sigma(XW^\top/\sqrt d)\,\sigma(XW^\top/\sqrt d)^\top$ $\to \mathrm{MP}^{n/p}$ $\boxtimes\;(c_2^2\,\mathrm{MP}^{n/N_2} + \sum_{k>2} c_k^2)$, $N_2 = C(d+1, 2).$",
    ),
    claim(
        "conjugate-polynomial-fractional",
        r"$n \asymp p \asymp d^{3/2}$: the conjugate kernel's bulk $\to (\sum_{k\ge2} c_k^2)\,\mathrm{MP}^{n/p}.$",
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
        "structured-nonlinearity",
        r"$x \sim N(0, \Sigma)$, any $\varphi$: the NTK's law $\to$ MP map of law$(\mathcal Q)$, $\mathcal Q = \alpha^2\big(\tau_{23}(\Sigma\otimes G^\top\Sigma G)$ $+\,\tau_{24}(\Sigma G\otimes\Sigma G)\big)$ $+\,(\beta^2 - \alpha^2 - c_0^2)\,\tau_{23}(\Sigma\otimes I).$",
    ),
    claim(
        "blocks",
        r"$L$ blocks of $dp$ features, $n/(dp) \to \gamma_1$: the law of the kernels' sum $\to$ MP map at $\gamma_1/L$ of the law of $L\cdot\mathcal Q$, $\mathcal Q$ that of all blocks together.",
    ),
];
