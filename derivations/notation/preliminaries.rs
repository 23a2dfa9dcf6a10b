//! Sections 1 to 4.

use super::{claim, erratum};
use tensor_dyson::report::Notation;

pub(super) const NOTATION: &[Notation] = &[
    claim(
        "parameter-count",
        r"$\Theta \in \mathbb R^{d\times p}\times\mathbb R^p$ $\cong \mathbb R^{p(d+1)}$: $\nabla\hat y$ has rank $p(d+1)$ for generic $\sigma$; $pd$ for homogeneous $\sigma$ of degree $> 2$; $r(2d-r+1)/2$ for $x^2/2.$",
    ),
    claim(
        "interpolation-threshold",
        r"rank $\nabla\hat y = \min(n, p(d+1))$: interpolation up to $n = p(d+1)$; beyond, $E\|\hat y - y\|^2$ $= n - p(d+1)$ for $y \sim N(0, I).$",
    ),
    claim(
        "lazy-remainder",
        r"$\hat y(\Theta_0+\Delta\Theta) - \hat y(\Theta_0)$ $- \langle\nabla\hat y(\Theta_0), \Delta\Theta\rangle$ $= \tfrac12\,\Delta\Theta^\top\nabla^2\hat y\,\Delta\Theta$ $+\, O(\|\Delta\Theta\|^3)$: second order.",
    ),
    claim(
        "gradient-flow",
        r"Affine $\hat y$: $\hat y_t - y$ $= e^{-Kt}(\hat y_0 - y)$, direction $u_i$ at rate $\lambda_i$; the network deviates by a power of its width.",
    ),
    claim(
        "jacobian-gram",
        r"$K = \nabla\hat y\,\nabla\hat y^\top$ $= K_1 + K_2$, $K_1 = XX^\top$ $\circ\;\sigma'(XW)\,\mathrm{diag}(a)^2\,\sigma'(XW)^\top$, $K_2 = \sigma(XW)\,\sigma(XW)^\top.$",
    ),
    claim(
        "ridge",
        r"$\mathrm{argmin}_a$ $\tfrac12\|\sigma(XW)a - y\|^2$ $+ \tfrac{\gamma}{2}\|a\|^2$ $= (\sigma^\top\sigma + \gamma I)^{-1}\sigma^\top y$ $= \sigma^\top(K_2 + \gamma I)^{-1}y.$",
    ),
    claim(
        "linear-m1",
        r"$n/d \to \gamma_1$: the law of $M_1 = XX^\top/d$ tends to $\mathrm{MP}^{\gamma_1}.$",
    ),
    claim(
        "linear-m2",
        r"$n/d \to \gamma_1$, $n/p \to \gamma_2$: $M_2 \to I_n$, and $\sqrt n(M_2 - I)$ $\to N(0, 2\gamma_1+2\gamma_2)$ $\boxplus\;\mathrm{sc}(\gamma_1\gamma_2).$",
    ),
    claim(
        "quadratic-m1",
        r"$n/(dp) \to \gamma_1$: $M_1$ has rank $d$, law $\to \delta_0$; its $d$ others have $(\lambda - n/d)/\sqrt{n/d}$ $\to \mathrm{sc}(1).$",
    ),
    claim(
        "quadratic-m2",
        r"$n/(dp) \to \gamma_1$: the law of $M_2 = XX^\top/d$ $\circ\; YY^\top/p$ tends to $\mathrm{MP}^{\gamma_1}.$",
    ),
    claim(
        "mp-map",
        r"The law of $\tfrac1d XDX^\top$, $X$ $n\times d$, $n/d \to \gamma$, $D$ of law $\nu$, has $$s = \frac{1}{-z + \displaystyle\int \frac{x\,d\nu}{1+\gamma x s}}.$$",
    ),
    erratum(
        "mp-map-is-not-box",
        r"$s_{\mathrm{MP}^\gamma\boxtimes\nu}(z)$ $= s_{\mathrm{map}(1/\gamma,\nu)}(z/\gamma)/\gamma^2$ $-\,(1-1/\gamma)/z$: the MP map is the companion of Voiculescu's product.",
        r"$\mu_{\mathrm{MP}}^\gamma \boxtimes \nu$: $s = 1/\big(-z + \int x\,d\nu/(1+\gamma x s)\big)$",
        r"$\mathrm{MP}^\gamma \boxtimes \nu$: $s = \int d\nu(t)/\big(t(1-\gamma-\gamma z s)-z\big)$; the theorem needs the MP map, $\tfrac1d XDX^\top$",
    ),
    claim(
        "free-additive",
        r"$\mu \boxplus \nu$ is the limit law of $A + UBU^\top$, limspec $A = \mu$, limspec $B = \nu$, $U$ Haar on $O(n).$",
    ),
    claim(
        "classical-convolution",
        r"$X + Y \sim \mu * \nu$ for $X \sim \mu$, $Y \sim \nu$ independent: the law of $A\otimes I + I\otimes B.$",
    ),
    claim(
        "mp-linearization",
        r"$\big(\tfrac1d XX^\top - zI_n\big)^{-1}$ $= \begin{bmatrix} -zI_n & X/\sqrt d \\ X^\top/\sqrt d & -I_d \end{bmatrix}^{-1}_{11}.$",
    ),
    erratum(
        "mp-superoperator",
        r"$$\mathcal S(M) = \frac1d \begin{bmatrix} \mathrm{Tr}\,M_{22}\, I_n & M_{21}^\top \\ M_{12}^\top & \mathrm{Tr}\,M_{11}\, I_d \end{bmatrix}$$ for deterministic $M.$",
        r"$\mathcal S(M) \approx \tfrac1d \begin{bmatrix} \mathrm{Tr}\,M_{22}\, I_n & 0 \\ 0 & \mathrm{Tr}\,M_{11}\, I_d \end{bmatrix}$",
        r"$\tfrac1d \begin{bmatrix} \mathrm{Tr}\,M_{22}\, I_n & M_{21}^\top \\ M_{12}^\top & \mathrm{Tr}\,M_{11}\, I_d \end{bmatrix}$",
    ),
    claim(
        "mp-dyson",
        r"$(E - \mathcal S(M))^{-1} = M$ has $M = \mathrm{diag}\big(m I_n, -I_d/(1+(n/d)m)\big)$, $m$ of $\mathrm{MP}^{n/d}$, near the sampled resolvent.",
    ),
    claim(
        "mp-scalar",
        r"$$m = \frac{1}{-z - \frac1d \mathrm{Tr}\,M_{22}} = \frac{1}{-z + \displaystyle\frac{1}{1 + (n/d)m}}.$$",
    ),
];
