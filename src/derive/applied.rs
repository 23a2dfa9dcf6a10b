//! Functions of Gaussian forms in a feature, `φ(G[k,b] x[k])`: their names in the calculus, and their means.

use super::arrays::shaped;
use super::built::Built;
use super::drawn::Drawn;
use super::functions::Function;
use super::means::{Means, ORDERS};
use super::model::Model;
use super::moments::reached;
use super::notation::readable;
use crate::symbolic::{Expression, ProofError, SymbolicError, Theory};
use ndarray::{ArrayD, IxDyn};

/// A function of a form that is linear in one tensor of the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The tensor of its values, `φ` in `x[a] φ[b]`; with primes those of its derivatives.
    pub tensor: String,
    /// The function.
    pub function: Function,
    /// The data in the form.
    pub of: String,
    /// The form, `G[k,b] x[k]`.
    pub argument: String,
    /// The indices that the form leaves open.
    pub legs: Vec<String>,
    /// What the form, its covariance, and means are called.
    pub(super) names: Names,
}

/// Names that nothing else has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    /// `u`.
    pub(super) form: String,
    /// `V`, the covariance of u.
    pub(super) gram: String,
    /// K of `K₁₀[b,e] = E φ′(u_b) φ(u_e)`.
    pub(super) kernel: String,
    /// m of `m₁[b] = E φ′(u_b)`.
    pub(super) mean: String,
    /// `v[b] = E φ(u_b)² − m₀[b]² − m₁[b]² V[b,b]`.
    pub(super) spread: String,
}

/// The orders of derivatives in the means of pairs: what a feature takes that has the data at most once beside the function.
pub(super) const PAIRS: [[usize; 2]; 4] = [[0, 0], [1, 0], [1, 1], [2, 0]];

const LOWERED: [char; ORDERS + 1] = ['₀', '₁', '₂', '₃'];

/// `φ`, `φ′`, `φ″`, `φ″′`.
pub(super) fn primed(name: &str, order: usize) -> String {
    format!("{name}{}{}", "″".repeat(order / 2), "′".repeat(order % 2))
}

impl Names {
    /// `m₁`.
    pub(super) fn single(&self, order: usize) -> String {
        format!("{}{}", self.mean, LOWERED[order.min(ORDERS)])
    }

    /// `K₁₀`.
    pub(super) fn pair(&self, [r, s]: [usize; 2]) -> String {
        let [r, s] = [r, s].map(|order| LOWERED[order.min(ORDERS)]);
        format!("{}{r}{s}", self.kernel)
    }
}

impl Applied {
    /// `K₁₀[b,e] = E φ′(u_b) φ(u_e)` and the like, for a reader.
    pub(super) fn meaning(&self, model: &Model) -> String {
        let Names {
            kernel,
            mean,
            form,
            gram,
            spread,
        } = &self.names;
        let legs = |legs: &[String]| match legs.is_empty() {
            true => String::new(),
            false => format!("[{}]", legs.join(",")),
        };
        let copy = model.fresh_over(&self.legs, &[]);
        let (own, both) = (
            legs(&self.legs),
            legs(&[self.legs.clone(), copy.clone()].concat()),
        );
        let (u, w) = (format!("{form}{own}"), format!("{form}{}", legs(&copy)));
        let tensor = &self.tensor;
        format!(
            "{tensor}{own} = f({u}), f = {}; {u} = {}, {gram}{both} = E {u} {w}; \
             {kernel}ᵣₛ{both} = E f⁽ʳ⁾({u}) f⁽ˢ⁾({w}), {mean}ᵣ{own} = E f⁽ʳ⁾({u}), \
             {spread}{own} = Var f({u}) − {mean}₁² {gram}, each at {own}",
            self.function.formula(),
            self.argument,
        )
    }
}

impl Model {
    /// Declares each function with its derivatives, its form as a definition, and its means.
    pub(super) fn declare_functions(&self, theory: &mut Theory) -> Result<(), SymbolicError> {
        let (data, _, _) = self.rules();
        for applied in &self.functions {
            let (legs, names) = (applied.legs.join(","), &applied.names);
            theory.define(&format!("{}[{legs}] = {}", names.form, applied.argument))?;
            let whole = theory.expression(&format!("[{legs}] {}[{legs}]", names.form))?;
            let rules = [&[names.form.as_str()], data.as_slice()].concat();
            let white = whole.rewritten(&theory.rules(&rules)?)?.normal_form();
            let form = readable(self, &white, &applied.legs);
            let derivatives: Vec<String> =
                (0..=ORDERS).map(|k| primed(&applied.tensor, k)).collect();
            let derivatives: Vec<&str> = derivatives.iter().map(String::as_str).collect();
            let of = self.entries_of(&applied.of);
            theory.functions(
                &derivatives,
                of,
                &format!("{}[{legs}] = {form}", names.form),
            )?;
            for (order, derivative) in derivatives.iter().enumerate() {
                let name = names.single(order);
                theory.mean(&format!("{name}[{legs}] = {derivative}[{legs}]"))?;
            }
            let copy = self.fresh_over(&applied.legs, &[]).join(",");
            for [r, s] in PAIRS {
                let (name, one, other) = (names.pair([r, s]), derivatives[r], derivatives[s]);
                theory.mean(&format!(
                    "{name}[{legs},{copy}] = {one}[{legs}] {other}[{copy}]"
                ))?;
            }
        }
        Ok(())
    }

    /// `V`, the covariance of a function's form, over its legs and a copy of them.
    pub(super) fn covariance_of_form(
        &self,
        theory: &Theory,
        applied: &Applied,
    ) -> Result<Expression, ProofError> {
        let form = &applied.names.form;
        let legs = applied.legs.join(",");
        let copy = self.fresh_over(&applied.legs, &[]).join(",");
        let (data, fold, _) = self.rules();
        let fold: Vec<&str> = fold.iter().map(String::as_str).collect();
        let mut prover = theory
            .prove("")
            .from(&format!("[{legs},{copy}] {form}[{legs}] {form}[{copy}]"))?
            .rewrite("the form", &[form])?;
        if !data.is_empty() {
            prover = prover.rewrite("by independent entries", &data)?;
        }
        let of = self.entries_of(&applied.of);
        let law = crate::symbolic::TensorLaw::Gaussian;
        let prover = prover.expect("", of, &law)?.rewrite("", &fold)?;
        reached(prover, "V")
    }
}

impl Drawn {
    /// Puts the means of every function at these weights among the weights.
    pub(super) fn take_means(&mut self, model: &Model) -> Result<(), ProofError> {
        if model.functions.is_empty() {
            return Ok(());
        }
        let theory = model.theory()?;
        for applied in &model.functions {
            let shape: Vec<usize> = applied
                .legs
                .iter()
                .map(|leg| self.length(model, leg))
                .collect();
            let size = shape.iter().product();
            let covariance = model.covariance_of_form(&theory, applied)?;
            let gram = shaped(self.value_of(&covariance), (size, size));
            let means = Means::new(&applied.function, gram.view());
            let mut put = |name: String, array: ArrayD<f64>, shape: &[usize]| {
                self.weights.insert(name, shaped(array, IxDyn(shape)));
            };
            let twice = [shape.as_slice(), &shape].concat();
            for order in 0..=ORDERS {
                put(
                    applied.names.single(order),
                    means.single(order).into_dyn(),
                    &shape,
                );
            }
            for pair in PAIRS {
                put(
                    applied.names.pair(pair),
                    means.pair(pair).into_dyn(),
                    &twice,
                );
            }
            put(
                applied.names.spread.clone(),
                means.spread().into_dyn(),
                &shape,
            );
        }
        Ok(())
    }

    /// The values of an expression of weights alone, with an axis for each leg.
    pub(super) fn value_of(&self, expression: &Expression) -> ArrayD<f64> {
        let legs: Vec<usize> = (0..expression.legs().len()).collect();
        let terms = expression.terms().iter();
        let parts = terms.map(|term| self.contracted(expression, term, &legs));
        parts
            .reduce(|sum, part| sum + part)
            .unwrap_or_else(|| Built::new(expression, self).zeros(&legs))
    }
}
