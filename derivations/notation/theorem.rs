//! Sections 5 to 9.

use super::{claim, erratum};
use tensor_dyson::report::Notation;

/// What 'Main result' prints for a = ±1, and what holds instead.
const PRINTED: &str = r"$\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes\;\big(\alpha^2\,\mu_{\mathrm{MP}}^{\gamma_2} * \mu_{\mathrm{MP}}^{\gamma_2}$ $+\,(\beta^2-\alpha^2)\big)$";
const CORRECTED: &str = r"$\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes\;\big(\alpha^2\big(\tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0\big)$ $+\,(\beta^2-\alpha^2-c_0^2)\big)$, $\boxtimes$ the MP map";
const MIXTURE: &str =
    r"$\tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0$";

pub(super) const NOTATION: &[Notation] = &[
    claim(
        "gram",
        r"$XX^\top \circ (XG)(XG)^\top$ $= \langle\omega^i, \omega^j\rangle$ with $\omega^i = x_i \otimes G^\top x_i$: the NTK is a Gram matrix.",
    ),
    claim(
        "mean",
        r"$E\,\omega^i_{ab} = G_{ab}$ for entries of mean $0$ and variance $1.$",
    ),
    erratum(
        "fourth-moment",
        r"$E\,\omega\otimes\omega$ $= G\otimes G$ $+\,\tau_{23}(I\otimes G^\top G)$ $+\,\tau_{24}(G\otimes G)$ $+\,\kappa_4\,\delta_{ac} G_{ab} G_{ad}.$",
        r"$W\otimes W$ $+\,\delta_{ij}\,\tau_{23}(\mathrm{Id}\otimes W^\top W)$ $+\,\delta_{ij}\,\tau_{24}(W\otimes W)$ $+\dots$",
        r"$\dots$ $+\,\kappa_4\,\delta_{ac} G_{ab} G_{ad}$, of relative size $O(1/d)$ in the law",
    ),
    claim(
        "covariance",
        r"$\mathrm{Cov}(\omega^i, \omega^j) = \delta_{ij}\,\mathcal Q$, $\mathcal Q = \tau_{23}(I\otimes G^\top G)$ $+\,\tau_{24}(G\otimes G).$",
    ),
    claim(
        "braid-laws",
        r"$\tau_{23}^2 = \tau_{24}^2 = 1$ and $\tau_{23}\tau_{24}\tau_{23}$ $= \tau_{24}\tau_{23}\tau_{24}$ $(= \tau_{34})$; $\tau_{23}$ and $\tau_{24}$ do not commute.",
    ),
    claim(
        "tau23-action",
        r"$\tau_{23}(I\otimes G^\top G)\cdot(u^i\otimes v^j)$ $= \sigma_j^2\, u^i\otimes v^j.$",
    ),
    claim(
        "tau24-action",
        r"$\tau_{24}(G\otimes G)\cdot(u^i\otimes v^j)$ $= \sigma_i\sigma_j\, u^j\otimes v^i$, $\sigma_i = 0$ for $i > p \wedge d.$",
    ),
    claim(
        "two-by-two-block",
        r"On $\mathrm{Span}(u^i\otimes v^j, u^j\otimes v^i)$, $\mathcal Q$ acts as $\begin{bmatrix} \sigma_j^2 & \sigma_i\sigma_j \\ \sigma_i\sigma_j & \sigma_i^2 \end{bmatrix}$, with eigenvalues $\sigma_i^2 + \sigma_j^2$ and $0.$",
    ),
    claim(
        "q-square-root",
        r"$\mathcal Q = \tfrac12\mathcal S^*\mathcal S$ and $\tfrac12\mathcal S\mathcal S^*(Y)$ $= Y GG^\top + GG^\top Y$ on symmetric $Y$, with $\mathcal S(M) = MG^\top + GM^\top$, $\mathcal S^*(Y) = 2YG.$",
    ),
    erratum(
        "q-trace",
        r"$E\,\mathrm{Tr}\,\mathcal Q/(pd) = 1 + 1/d$ for Gaussian $W$: the mean of $\mathcal Q$'s law tends to $1.$",
        r"$\tfrac{1}{2pd} \sum_{ij} (\sigma_i^2 + \sigma_j^2)$",
        r"$\tfrac{1}{pd}\sum_{i\le j}(\sigma_i^2+\sigma_j^2)$",
    ),
    erratum(
        "q-trace-of-square",
        r"$E\,\mathrm{Tr}\,\mathcal Q^2/(pd)$ $= 1 + 2p/d + 3/d$ $+\,2p/d^2 + 4/d^2$ for Gaussian $W$; the limit is $1 + 2\gamma_2.$",
        r"$\tfrac{1}{2pd} \sum_{ij} (\sigma_i^2 + \sigma_j^2)^2$",
        r"$\tfrac{1}{pd}\sum_{i\le j}(\sigma_i^2+\sigma_j^2)^2$",
    ),
    claim(
        "q-spectrum",
        r"The nonzero eigenvalues of $\mathcal Q$ are the nonzero $\sigma_i^2 + \sigma_j^2$, $1 \le i \le j \le d$, each once.",
    ),
    erratum(
        "q-sum",
        r"$\langle\mathcal Q, (\mathcal I+t\mathcal Q)^{-1}\rangle$ $= \sum_{1\le i\le j\le d}$ $(\sigma_i^2+\sigma_j^2)$ $/\big(1+t(\sigma_i^2+\sigma_j^2)\big)$; $\tfrac12\sum_{i,j}$ differs by half its diagonal, $O(1/d).$",
        r"$\tfrac{1}{2pd} \sum_{i,j}$ $(\sigma_i^2+\sigma_j^2)$ $/\big(1+\gamma_1 m(\sigma_i^2+\sigma_j^2)\big)$",
        r"$\tfrac{1}{pd} \sum_{1\le i\le j\le d}$ $(\sigma_i^2+\sigma_j^2)$ $/\big(1+\gamma_1 m(\sigma_i^2+\sigma_j^2)\big)$",
    ),
    erratum(
        "q-limit",
        r"$\mathrm{law}(\mathcal Q)$ $\to \tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0$, $\mu = \mathrm{MP}^{\gamma_2}$, of mean $1.$",
        r"eigenvalues $\sigma_i^2+\sigma_j^2$, $0 \to$ $\mathrm{MP}^{\gamma_2} * \mathrm{MP}^{\gamma_2}$",
        r"$\tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0$, $\mu = \mathrm{MP}^{\gamma_2}$",
    ),
    claim(
        "linearization",
        r"$\mathcal A^\top\mathcal A = \mathrm{NTK}$, and $$(\mathcal A^\top\mathcal A - z)^{-1} = \begin{bmatrix} -z & \mathcal A^\top \\ \mathcal A & -\mathcal I_{d,p} \end{bmatrix}^{-1}_{11}.$$",
    ),
    claim(
        "superoperator",
        r"$E[A^{\circ\top} M_{22} A^\circ]$ $= \tfrac{1}{pd}\langle\mathcal Q, M_{22}\rangle I_n$, $E[A^\circ M_{11} A^{\circ\top}]$ $= \tfrac{1}{pd}\mathrm{Tr}(M_{11})\,\mathcal Q$, $E[A^{\circ\top} M_{21} A^{\circ\top}]$ $= \tfrac{1}{pd}(\mathcal Q M_{21})^\top$, $E[A^\circ M_{12} A^\circ]$ $= \tfrac{1}{pd}(M_{12}\mathcal Q)^\top.$",
    ),
    claim(
        "block-diagonal",
        r"The off-diagonal blocks of $\mathcal S$ and $E\mathcal A$ change $m(z)$ by $O(1/(pd))$ only.",
    ),
    claim(
        "dyson-blocks",
        r"$M_{11} = I_n$ $/\big(-z - \langle\mathcal Q, M_{22}\rangle/pd\big)$ and $M_{22} = -\big(\mathcal I + \tfrac{1}{pd}\mathrm{Tr}(M_{11})\mathcal Q\big)^{-1}.$",
    ),
    claim(
        "scalar",
        r"$$m(z) = \frac{1}{-z + \frac{1}{pd}\big\langle\mathcal Q, (\mathcal I + \gamma_1 m(z)\mathcal Q)^{-1}\big\rangle}.$$",
    ),
    claim(
        "resolvent",
        r"$\tfrac1n \mathrm{Tr}(\mathcal A^\top\mathcal A - z)^{-1}$ $-\,m(z) \to 0$, $m = \tfrac1n \mathrm{Tr}\,M_{11}$ of the tensor Dyson equation.",
    ),
    claim(
        "outlier",
        r"$E\mathcal A$ puts one eigenvalue at $z(m) = -1/m + I(\gamma_1 m)$, $$1 + \gamma_1 m \sum_i \frac{\sigma_i^2}{1+2\gamma_1 m\sigma_i^2} = 0.$$",
    ),
    claim(
        "hermite-split",
        r"$\varphi = \alpha x + \varphi^\perp$, $E\,z\varphi^\perp(z) = 0$, $E\,\varphi^\perp = c_0$, $E\,(\varphi^\perp)^2 = \beta^2 - \alpha^2.$",
    ),
    erratum(
        "universality",
        r"$M$ and $\tilde M = XX^\top/d$ $\circ\;\big(\alpha XW/\sqrt d + \varphi^\perp(\tilde X)\big)(\dots)^\top/p$ have the same limit law.",
        r"$\alpha XW/\sqrt d$ $+\,\beta_{\sigma'}\,\varphi(\tilde X)$",
        r"$\alpha XW/\sqrt d$ $+\,\varphi(\tilde X)$",
    ),
    erratum(
        "mean-part",
        r"The shift of $\mathrm{law}(\mathcal Q)$ is $\beta^2 - \alpha^2 - c_0^2$; $c_0^2\,\tau_{23}(I\otimes aa^\top)$, of rank $d$ among $dp$, leaves the bulk.",
        r"$(\beta^2 - \alpha^2)\,\tau_{23}(I\otimes I)$",
        r"$(\beta^2 - \alpha^2 - c_0^2)\,\tau_{23}(I\otimes I)$",
    ),
    claim(
        "random-weights",
        r"With $G = WD/\sqrt d$, $\mathcal Q = \alpha^2\big(\tau_{23}(I\otimes G^\top G)$ $+\,\tau_{24}(G\otimes G)\big)$ $+\,c\,\tau_{23}(I\otimes D^2).$",
    ),
    claim(
        "weights-law",
        r"$\log\det(\mathcal I+t\mathcal Q)$ $= d \sum_b \log(1+tca_b^2)$ $+ \sum_{i\le j} \log\big(1+t\alpha^2(h_i+h_j)\big)$, $h = \mathrm{eig}\;G(1+tcD^2)^{-1}G^\top$, and $I(t)$ is its derivative over $pd.$",
    ),
    erratum(
        "free-sum",
        r"The second moment of $\mathrm{law}(\mathcal Q)$ is that of the free sum of its parts plus $2\alpha^2 c\,\mathrm{Var}(a^2)$: they are not free.",
        r"$\alpha^2(\dots) * (\dots)$ $\boxplus\;(\beta^2-\alpha^2)\nu$",
        r"the law of weights-law; its second moment is larger by $2\alpha^2 c\,\mathrm{Var}(a^2)$",
    ),
    erratum(
        "theorem-linear",
        r"$\sigma' = x$, $a = \pm1$: the NTK's law tends to the MP map of $\tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0.$",
        PRINTED,
        CORRECTED,
    ),
    erratum(
        "theorem-cos",
        r"$\sigma' = \cos$, $a = \pm1$: the NTK's law tends to the MP map of $\delta$ at $\beta^2 - c_0^2.$",
        PRINTED,
        CORRECTED,
    ),
    erratum(
        "theorem-relu",
        r"$\sigma = \mathrm{ReLU}$, $a = \pm1$: the NTK's law tends to the MP map of $\alpha^2$-mixture $+\,(\beta^2 - \alpha^2 - c_0^2).$",
        PRINTED,
        CORRECTED,
    ),
    erratum(
        "theorem-tanh",
        r"$\sigma = \tanh$, $a = \pm1$: the NTK's law tends to the MP map of $\delta$ at $\beta^2 - c_0^2.$",
        PRINTED,
        CORRECTED,
    ),
    erratum(
        "theorem-random-weights",
        r"$a$ uniform: the NTK's law tends to the MP map of the law of weights-law.",
        r"$\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes\;\big(\alpha^2(\dots) * (\dots)$ $\boxplus\;(\beta^2-\alpha^2)\nu\big)$: its second moment",
        r"$\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes$ the law whose log-determinant weights-law gives, $\boxtimes$ the MP map",
    ),
    erratum(
        "theorem-non-gaussian",
        r"$X$ Rademacher, uniform or Student $t_5$: the limit is that of Gaussian $X.$",
        r"$X$ i.i.d., $E\,x^4 < \infty$: $\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes\;\big(\mu_{\mathrm{MP}}^{\gamma_2} * \mu_{\mathrm{MP}}^{\gamma_2}\big)$",
        r"$\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes\;\big(\tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0\big)$",
    ),
    claim(
        "ntk-moments",
        r"$E\,\mathrm{Tr}\,\mathrm{NTK}^k$, $k \le 4$, are polynomials in $n, d, p$; their leading orders are $n$, $n + n^2/(pd) + 3n^2/d^2$, $n^3/d^3$, $n^4/d^4$: from $k = 2$ on the outlier rules.",
    ),
    erratum(
        "ntk-limit-moments",
        r"$E\,\mathrm{Tr}(\mathrm{NTK}^\circ)^k/n$ tends to the $k$-th moment of the MP map of $\tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0$, $k \le 4.$",
        r"$\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes\;\big(\mu_{\mathrm{MP}}^{\gamma_2} * \mu_{\mathrm{MP}}^{\gamma_2}\big)$",
        MIXTURE,
    ),
];
