//! Assumptions as they are read off laws, rules, orders and expressions.

use super::{Assumption, Assumptions};
use crate::symbolic::condition::Condition;
use crate::symbolic::draw::Draw;
use crate::symbolic::expression::Expression;
use crate::symbolic::hypothesis::{Hypothesis, Standing};
use crate::symbolic::law::TensorLaw;
use crate::symbolic::polynomial::{Polynomial, Scaling, Symbol, pole};
use crate::symbolic::theory::Theory;
use std::collections::BTreeSet;

/// That a tensor has a law.
pub(in crate::symbolic) fn of_law(tensor: &str, law: &TensorLaw) -> Assumption {
    Assumption::Law {
        tensor: tensor.into(),
        law: match law.is_of_independent_entries() {
            true => format!("independent {law}"),
            false => law.to_string(),
        },
    }
}

/// That two random tensors are independent, whichever is named first.
pub(in crate::symbolic) fn of_independence(one: &str, other: &str) -> Assumption {
    let (first, second) = (one.min(other), one.max(other));
    Assumption::Independent {
        tensors: format!("{first} and {second}"),
    }
}

/// That a mean can be integrated by parts over a tensor.
pub(in crate::symbolic) fn of_parts(
    theory: &Theory,
    expression: &Expression,
    tensor: &str,
) -> Assumption {
    let resolvents = expression.tensors();
    let resolvents = resolvents.filter(|own| theory.is_resolvent_of(own, tensor));
    let names: BTreeSet<&str> = resolvents.map(|own| &**own.name()).collect();
    Assumption::Integrable {
        tensor: tensor.into(),
        resolvents: names.into_iter().collect::<Vec<_>>().join(", "),
    }
}

/// What a rule rests on, beyond definitions.
pub(in crate::symbolic) fn of_rule(
    hypothesis: &Hypothesis,
    standing: &Standing,
) -> Option<Assumption> {
    let Standing::Tested(shapes) = standing else {
        return None;
    };
    let (left, right) = hypothesis.rule.sides();
    let legs: Vec<&str> = left.legs().iter().map(|leg| &*leg.name).collect();
    let over = match legs.is_empty() {
        true => String::new(),
        false => format!("[{}] ", legs.join(",")),
    };
    Some(Assumption::Rule {
        name: hypothesis.rule.name().into(),
        equation: format!("{over}{left} = {right}"),
        shapes: shapes.clone(),
    })
}

/// How symbols and tensors count under `≈`.
pub(in crate::symbolic) fn of_scaling(
    theory: &Theory,
    expression: &Expression,
    scaling: Scaling,
) -> Assumptions {
    let orders = scaling.iter().map(|(symbol, order)| match order {
        1 => format!("{symbol} ~ N"),
        _ => format!("{symbol} ~ N^{order}"),
    });
    let orders = orders.collect::<Vec<_>>().join(", ");
    let mut all = Assumptions::from([Assumption::Growth { orders }]);
    // Dimensions are at least 1 away from a number, and what grows or vanishes leaves it.
    let bounded = |symbol: &&Symbol| {
        let base = pole(symbol).map(|(base, _)| base);
        base.is_some_and(|base| {
            theory.signature.space(base).is_none() && scaling.contains(&(base, 0))
        })
    };
    let coefficients = expression.terms().iter().map(|term| &term.coefficient);
    let monomials = coefficients.flat_map(|c| c.terms().map(|(monomial, _)| monomial));
    let symbols = monomials.flat_map(|monomial| monomial.powers().map(|(symbol, _)| symbol));
    all.extend(
        symbols
            .filter(bounded)
            .map(|symbol| Assumption::AwayFromZero {
                pole: symbol.to_string(),
            }),
    );
    for tensor in expression.tensors() {
        if let Some(order) = theory.order_of(tensor.name()) {
            let tensor = tensor.name().to_string();
            all.insert(Assumption::Order { tensor, order });
        }
    }
    all
}

/// What an expression rests on by the tensors in it: inverses, singular vectors, scalars that are divided by.
pub(in crate::symbolic) fn of_expression(theory: &Theory, expression: &Expression) -> Assumptions {
    let mut all = Assumptions::new();
    divided(theory, expression, &mut all);
    all.extend(theory.conditions.stated().iter().map(of_condition));
    let mut made: BTreeSet<Symbol> = expression.tensors().map(|t| t.name().clone()).collect();
    for draw in theory.draws.iter().rev() {
        if !draw
            .tensors()
            .iter()
            .any(|tensor| made.contains(tensor.name()))
        {
            continue;
        }
        if let Some(source) = draw.source() {
            made.extend(source.tensors().map(|tensor| tensor.name().clone()));
            divided(theory, source, &mut all);
        }
        match draw {
            Draw::Inverse(tensor, matrix) => {
                let legs = matrix
                    .legs()
                    .iter()
                    .map(|leg| &*leg.name)
                    .collect::<Vec<_>>();
                let matrix = match legs.is_empty() {
                    true => matrix.to_string(),
                    false => format!("[{}] {matrix}", legs.join(",")),
                };
                let inverse = tensor.name().to_string();
                all.insert(Assumption::Invertible { inverse, matrix });
            }
            Draw::SingularVectors {
                matrix,
                left,
                values,
                right,
            } => {
                let names = [matrix, left, values, right]
                    .map(|t| t.name().to_string())
                    .join(", ");
                let modes = values.slots()[0].dimension().to_string();
                all.insert(Assumption::SingularValues { names, modes });
            }
            Draw::Function(function) => {
                let names = function.derivatives.iter().map(|t| t.name().to_string());
                let names = names.collect::<Vec<_>>().join(", ");
                all.insert(Assumption::Smooth { names });
            }
            Draw::Free(_) | Draw::Defined(..) | Draw::Mean(_) => {}
        }
    }
    all
}

/// The formal scalars under a negative power; dimensions are never 0.
fn divided(theory: &Theory, expression: &Expression, all: &mut Assumptions) {
    let coefficients = expression.terms().iter().map(|term| &term.coefficient);
    coefficients.for_each(|coefficient| all.extend(of_coefficient(theory, coefficient)));
}

/// The formal scalars under a negative power of a coefficient.
pub(in crate::symbolic) fn of_coefficient(
    theory: &Theory,
    coefficient: &Polynomial,
) -> Assumptions {
    let powers = coefficient
        .terms()
        .flat_map(|(monomial, _)| monomial.powers());
    let is_never_zero = |symbol: &Symbol| match pole(symbol) {
        Some((base, shift)) => shift > 0 && theory.signature.space(base).is_some(),
        None => theory.signature.space(symbol).is_some(),
    };
    let divisors = powers.filter(|(symbol, power)| *power < 0 && !is_never_zero(symbol));
    let not_zero = divisors.map(|(symbol, _)| Assumption::NotZero {
        symbol: symbol.to_string(),
    });
    not_zero.collect()
}

pub(in crate::symbolic) fn of_condition(condition: &Condition) -> Assumption {
    Assumption::AtLeast {
        condition: condition.to_string(),
    }
}
