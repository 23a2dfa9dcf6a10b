//! Sections 10 and 11.

use super::{claim, erratum};
use tensor_dyson::report::Notation;

pub(super) const NOTATION: &[Notation] = &[
    erratum(
        "kernel-linear",
        r"$f\big(\langle x_i, x_j\rangle/\sqrt d\big)/\sqrt d$ off the diagonal, $n/d \to \gamma$: law $\to c_1(\mathrm{MP}^\gamma - 1)$ $\boxplus\;\mathrm{sc}\big(\gamma(v - c_0^2 - c_1^2)\big).$",
        r"$a_\sigma\,\mu_{\mathrm{MP}}^\gamma \boxplus b_\sigma\,\mu_{\mathrm{sc}}$",
        r"$c_1(\mathrm{MP}^\gamma - 1)$ $\boxplus\;\mathrm{sc}\big(\gamma(v - c_0^2 - c_1^2)\big)$, $c_k = E\,\sigma h_k$, $v = E\,\sigma^2$",
    ),
    erratum(
        "kernel-classical",
        r"$f(\langle x_i, x_j\rangle/d)$, $n/d \to \gamma$: law $\to f'(0)\,\mathrm{MP}^\gamma$ $+\,f(1) - f(0) - f'(0).$",
        r"$a_\sigma\,\mu_{\mathrm{MP}}^\gamma \boxplus b_\sigma\,\mu_{\mathrm{sc}}$, $b_\sigma = 0$",
        r"$f'(0)\,\mathrm{MP}^\gamma$ $+\,f(1) - f(0) - f'(0)$",
    ),
    claim(
        "kernel-largest",
        r"$\sigma$ odd: $\lambda_1$ of the kernel matrix tends to the edge of $c_1(\mathrm{MP}^\gamma - 1)$ $\boxplus\;\mathrm{sc}\big(\gamma(v - c_1^2)\big).$",
    ),
    erratum(
        "kernel-polynomial",
        r"$n/d^2 \to \gamma$: $f\big(\langle x_i, x_j\rangle/\sqrt d\big)/\sqrt n$ $\to (c_2/\sqrt{\gamma'})(\mathrm{MP}^{\gamma'} - 1)$ $\boxplus\;\mathrm{sc}\big(\sum_{k>2} c_k^2\big)$, $\gamma' = 2\gamma.$",
        r"$\ell \in \mathbb N$: $a'_\sigma\,\mu_{\mathrm{MP}}^{\gamma'}$ $\boxplus\;b'_\sigma\,\mu_{\mathrm{sc}}$",
        r"$(c_\ell/\sqrt{\gamma'})(\mathrm{MP}^{\gamma'} - 1)$ $\boxplus\;\mathrm{sc}\big(\sum_{k>\ell} c_k^2\big)$, $\gamma' = \ell!\,\gamma$",
    ),
    claim(
        "kernel-polynomial-fractional",
        r"$n/d^{3/2} \to \gamma$: $f\big(\langle x_i, x_j\rangle/\sqrt d\big)/\sqrt n$ $\to \mathrm{sc}\big(\sum_{k\ge2} c_k^2\big).$",
    ),
    claim(
        "conjugate-kernel",
        r"$\tfrac1p \sigma(XW/\sqrt d)\,\sigma(XW/\sqrt d)^\top$, $n/d \to \gamma_1$, $n/p \to \gamma_2$: law $\to \mathrm{MP}^{\gamma_2}$ $\boxtimes\;(a\,\mathrm{MP}^{\gamma_1} + b)$, $a = (E\sigma')^2$, $b = \mathrm{Var}\,\sigma - a.$",
    ),
    claim(
        "conjugate-outlier",
        r"$E\,\sigma \ne 0$: one eigenvalue of the conjugate kernel near $\sum_i \mu(r_i)^2$ $+\,(a+b)(1+\gamma_2)$; $E\,\sigma = c_2 = 0$: none.",
    ),
    erratum(
        "multi-layer",
        r"$E\,\sigma = 0$: $\mu_\ell = \mathrm{MP}^{\gamma_\ell}$ $\boxtimes\;(a_\ell\,\mu_{\ell-1} + b_\ell)$, $a_\ell$, $b_\ell$ at the variance $v_{\ell-1}$ that reaches the layer.",
        r"$\mu_{\mathrm{MP}}^{\gamma_\ell}$ $\boxtimes\;(a_\sigma\,\mu_{\ell-1} + b_\sigma)$",
        r"$a_\ell = \big(E\,\sigma'(\sqrt{v_{\ell-1}}\,z)\big)^2$, $b_\ell = v_\ell - a_\ell v_{\ell-1}$, $v_\ell = E\,\sigma(\sqrt{v_{\ell-1}}\,z)^2$, $v_0 = 1$",
    ),
    erratum(
        "ntk-linear",
        r"$n/d \to \gamma_1$, $n/p \to \gamma_2$: $K_1 \to b' + c_1^2\,\mathrm{MP}^{\gamma_1}$, $K_1 + XX^\top/d$ $\to b' + (1+c_1^2)\,\mathrm{MP}^{\gamma_1}$, $c_1 = E\sigma'$, $b' = \mathrm{Var}\,\sigma'.$",
        r"$M_4$: Same as $a_\sigma I_n + XX^\top$",
        r"$a_\sigma I_n + (1 + c_1^2)\,XX^\top/d$, $a_\sigma = \mathrm{Var}\,\sigma'$, $c_1 = E\,\sigma'$",
    ),
    claim(
        "ntk-whole",
        r"$K_1 + K_2$, $n/d \to \gamma_1$, $n/p \to \gamma_2$: law $\to b' - b$ $+$ law of $T^{1/2}(1 + \mathrm{MP}^{\gamma_2})T^{1/2}$, $T = a\,\mathrm{MP}^{\gamma_1} + b.$",
    ),
    erratum(
        "conjugate-overparametrized",
        r"$n/p \to 0$, $n/d \to \gamma_1$: $\sqrt{p/n}\,(K_2 - E_W K_2)$ $\to \mathrm{sc}(1)$ $\boxtimes\;(a\,\mathrm{MP}^{\gamma_1} + b)$, $a = (E\sigma')^2$, $b = \mathrm{Var}\,\sigma - a.$",
        r"$n/d \to 0$: $\mu_{\mathrm{sc}}$ $\boxtimes\;(a_\sigma + b_\sigma\,\mu_{\mathrm{MP}}^{\gamma_1})$",
        r"$n/p \to 0$, $n/d \to \gamma_1$: $\mathrm{sc}(1)$ $\boxtimes\;(a\,\mathrm{MP}^{\gamma_1} + b)$, for $\sqrt{p/n}\,(K_2 - E_W K_2)$",
    ),
    erratum(
        "ntk-overparametrized",
        r"$n/p \to 0$: $\sqrt{p/n}\,(K_1 + K_2 - E_W)$ has the limit law of $K_2$ alone; $K_1$'s own scale is $\sqrt{pd/n}.$",
        r"$M_4 = XX^\top\circ\sigma'\sigma'^\top + XX^\top$: $\mu_{\mathrm{sc}}$ $\boxtimes\;(a_\sigma + b_\sigma\,\mu_{\mathrm{MP}}^{\gamma_1})$",
        r"$K_1 + K_2$: $\mathrm{sc}(1)$ $\boxtimes\;(a\,\mathrm{MP}^{\gamma_1} + b)$ at $\sqrt{p/n}$; $K_1$ alone lives at $\sqrt{pd/n}$",
    ),
    claim(
        "multiple-descent",
        r"$\varphi = h_0 + \varepsilon h_2$, a target linear in $x$: the test error $(B + \sigma^2)\,m'/m^2$ peaks at $n = d$ and at $n = dp.$",
    ),
    claim(
        "double-descent-random-features",
        r"Ridge regression on $p$ random features: $E\,(y - \hat f)^2$ $= (B + \rho + \sigma^2)\,m'/m^2$, larger at $n = p$ than at $p/2$ and $2p.$",
    ),
    claim(
        "exact-covariance",
        r"$E\,\omega\otimes\omega$ $= \delta_{ac}\,K^{00}$ $+\,V_{ab} V_{cb} K^{20}_{be}$ $+\,V_{ae} V_{ce} K^{20}_{eb}$ $+\,(V_{ab} V_{ce} + V_{ae} V_{cb})K^{11}$, for any $\varphi.$",
    ),
    claim(
        "outlier-count",
        r"Outside the bulk: $d$ eigenvalues if $c_0 \ne 0$, $1$ if $\alpha \ne 0$, $d + 1$ if both; as many as separated $q.$",
    ),
    claim(
        "outlier-position",
        r"A separated $q$ sits at $$\lambda = \gamma_1 q + \frac{1}{pd} \sum_l \frac{q\,q_l}{q - q_l};$$ $\sigma' = x$: near $n/d$ $+\,2\gamma_1(1+p/d) + 1.$",
    ),
    claim(
        "minibulk",
        r"$c_0 \ne 0$: $d$ eigenvalues about $c_0^2 n/d$ $+\,\gamma_1[\mathrm{Var}\,\varphi$ $+\,(p/d)(\dots)]$ $+\,\mathrm{Var}\,\varphi$, spread as $c_0^2(n/d)\,\mathrm{MP}^{d/n}.$",
    ),
    claim(
        "gaps",
        r"Where $$z(m) = -\frac1m + \frac{1}{pd} \sum \frac{q}{1+\gamma_1 m q}$$ increases is a gap of the NTK.",
    ),
    claim(
        "extreme-max",
        r"$\lambda_{\max}$ is at the top edge of the law over the exact $q$, far above that of the limit law.",
    ),
    claim(
        "extreme-min",
        r"$\lambda_{\min}$ is at the lowest edge of the law over the exact $q$; $\sigma' = x$, $p \ge d$: $n - d(d+1)/2$ zeros.",
    ),
    claim(
        "scaling-wide-input",
        r"$d = p^2$, $n = \gamma_1 pd$: the NTK's law $\to \mathrm{Var}\,\varphi\cdot\mathrm{MP}^{\gamma_1}$, and $\mathrm{MP}^{\gamma_1}$ for $\sigma' = x.$",
    ),
    claim(
        "scaling-wide-layer",
        r"$p = d^2$, $n = \gamma_1 pd$: the NTK's law $\to (\mathrm{Var}\,\varphi - \alpha^2)\,\mathrm{MP}^{\gamma_1}$; $d(d+1)/2$ eigenvalues near $2\alpha^2 n/d^2$ leave it.",
    ),
    claim(
        "wide-layer-fluctuations",
        r"$p = d^2$, $\sigma' = x$: $(\lambda/\mathrm{mean} - 1)\sqrt{p/d}$ $\to \tfrac12\cdot(\mathrm{sc}(1) * \mathrm{sc}(1))$ $\boxplus\;\mathrm{sc}\big(1/(2\gamma_1)\big)$ for the nonzero $\lambda.$",
    ),
    claim(
        "double-descent-ridge",
        r"NTK ridge regression: $E\,(y - \hat f)^2$ $= (B + \sigma^2)\,m'/m^2$ at $m(-\lambda)$, larger at $n = dp$ than at $dp/2$ and $2dp.$",
    ),
];
