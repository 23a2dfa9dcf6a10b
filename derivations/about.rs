//! The talk: its title, its theorem as it holds, its sections, and its formulas in TeX for the report.

use tensor_dyson::report::{About, Live};

pub(crate) const TALK: About = About {
    title: "Eigenvalue distribution of the Neural Tangent Kernel in the quadratic scaling",
    source: "L. Benigni and E. Paquette, ICERM, 22 May 2024; arXiv 2508.20036",
    introduction: r"Each step of the talk is a claim: it is proved, or evaluated in exact arithmetic or on samples; the formula as printed is evaluated too; and near misses that run through the same code must be refuted. $X$ is $n\times d$ with i.i.d. entries, $W$ is $d\times p$ Gaussian, $a$ has i.i.d. entries with $a^2\sim\nu$, $n/(dp)\to\gamma_1$, $p/d\to\gamma_2.$ Whose the statements are: sections 1 to 11 are the talk's, slide by slide; what is not as printed is corrected in the errata. Theorems elsewhere: quadratic-m2, '[?]' on its slide (Abou Assaly and Benigni, arXiv 2502.12374); q-limit and theorem-linear, Corollary 2 of the preprint for $\gamma_2\le1$; conjugate-polynomial and the three after it (Hu, Lu and Misiakiewicz, arXiv 2403.08160); kernel-ridge (Pandit, Wang and Zhu, arXiv 2408.01062, for its universality); random-feature-ridge (Defilippis, Loureiro and Misiakiewicz, arXiv 2405.15699). Derived here, with no published source that we know of: minibulk-h2, minibulk-h2-ntk, quadratic-k2, structured-covariance, structured-spectrum, structured-law, structured-nonlinearity, blocks, product-law (folklore), extremes-polynomial.",
    theorem: r"With $\Phi = \sigma'(XW/\sqrt d)$ and $D = \mathrm{diag}(a)$, the eigenvalue distribution of $$\mathrm{NTK} = \tfrac1d XX^\top \circ \tfrac1p\,\Phi D^2 \Phi^\top$$ tends to the Marchenko–Pastur map, with ratio $\gamma_1$, of the limit law of $$\begin{aligned}\mathcal Q ={}& \alpha^2\big(\tau_{23}(I\otimes G^\top G) + \tau_{24}(G\otimes G)\big) \\ &+ c\,\tau_{23}(I\otimes D^2),\end{aligned}$$ $G = WD/\sqrt d$, $c = \beta^2-\alpha^2-c_0^2$, with $c_0 = E\,\sigma'(z)$, $\alpha = E\,z\sigma'(z)$, $\beta^2 = E\,\sigma'(z)^2$, $z \sim N(0,1)$. For $a = \pm1$ and $\mu = \mathrm{MP}^{\gamma_2}$ that law is $$\alpha^2\big[\tfrac{\gamma_2}{2}\,\mu*\mu + (1-\gamma_2)\,\mu + \tfrac{\gamma_2}{2}\,\delta_0\big] + c.$$",
    sections: &[
        (1, "Neural networks and their tangent kernel"),
        (2, "Linear and quadratic scaling"),
        (3, "Operations on laws"),
        (4, "The matrix Dyson equation for Marchenko–Pastur"),
        (5, "The NTK as a Gram matrix and its covariance"),
        (6, "The spectrum of 𝒬"),
        (7, "Linearization and the tensor Dyson equation"),
        (8, "The nonlinearity and the weights"),
        (9, "The theorem, end to end"),
        (10, "Nonlinear random matrix models"),
        (11, "Beyond the eigenvalue distribution"),
        (12, "Beyond the talk"),
    ],
    seed: 20240522,
    live: Some(Live {
        title: "The laws, recomputed here",
        introduction: r"The sliders move the parameters of a law; its transform is solved in the page, and its density, edges and mass at $0$ are drawn again. The versions are the law as corrected, as printed, and the near misses that the claims refute. Bars are the samples of this run; their parameters are set with them. For the theorem $\nu$ has two atoms, and $\beta^2 \ge \alpha^2 + c_0^2.$",
        script: concat!(include_str!("live/laws.js"), include_str!("live/play.js")),
    }),
};
