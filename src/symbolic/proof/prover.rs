//! The only maker of proofs: each step is decided by normal form and checked again before it is written down.

mod dropping;
mod grounds;

use super::accord::Laws;
use super::{Average, Proof, ProofError, Reason, Refutation, Relation, Step};
use crate::symbolic::assumption::{self, Assumptions};
use crate::symbolic::by_parts::ByParts;
use crate::symbolic::check::{Comparison, FieldCheck, Under, affords, compare};
use crate::symbolic::draw::Draw;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::Expression;
use crate::symbolic::fault::FieldError;
use crate::symbolic::law::TensorLaw;
use crate::symbolic::parse;
use crate::symbolic::print::in_one_line;
use crate::symbolic::shapes::Scope;
use crate::symbolic::theory::Theory;
use std::sync::Arc;

/// A proof in the making, begun with [`Theory::prove`].
#[derive(Debug, Clone)]
pub struct Prover<'a> {
    theory: &'a Theory,
    shared: Arc<Theory>,
    proof: Proof,
}

impl<'a> Prover<'a> {
    pub(in crate::symbolic) fn new(theory: &'a Theory, title: &str) -> Self {
        Prover {
            theory,
            shared: Arc::new(theory.clone()),
            proof: Proof {
                title: in_one_line(title),
                steps: Vec::new(),
                meanings: theory.meanings(),
                laws: Laws::new(),
                assumptions: Assumptions::new(),
            },
        }
    }

    /// Begins a chain with an expression as it is written.
    ///
    /// # Errors
    /// What reading it may give.
    pub fn from(self, text: &str) -> Result<Self, ProofError> {
        let expression = self.theory.expression(text)?;
        self.from_expression(expression)
    }

    /// Begins a chain with an expression.
    ///
    /// # Errors
    /// [`SymbolicError::Foreign`] for an expression of another theory.
    pub fn from_expression(mut self, expression: Expression) -> Result<Self, ProofError> {
        self.theory.owns(&expression)?;
        self.push("begin", Relation::Begins, expression, None, Reason::Begins)?;
        Ok(self)
    }

    /// Rewrites by the theory's rules of these names, from left to right.
    ///
    /// # Errors
    /// [`SymbolicError::Rewriting`], a rule that is false, or a failed check.
    pub fn rewrite(mut self, name: &str, rules: &[&str]) -> Result<Self, ProofError> {
        self.rests_on(rules)?;
        let before = self.current(name)?;
        let rules = self.theory.rules(rules)?;
        let after = before.rewritten(&rules)?;
        let check = self.confirmed(before, Under::Nothing, &after)?;
        let reason = Reason::Rewriting(rules.into_iter().cloned().collect());
        self.push(name, Relation::Equals, after, Some(check), reason)?;
        Ok(self)
    }

    /// Takes the expectation over a tensor with independent entries, all others held fixed.
    ///
    /// # Errors
    /// [`SymbolicError::MadeOf`] where another tensor in the expression is defined by the random one,
    /// [`SymbolicError::AfterDropping`] in a chain in which `≈` stands before, [`SymbolicError::TwoLaws`] where the proof
    /// has given the tensor another law, [`SymbolicError::Impossible`] for cumulants that no law has, [`SymbolicError::Unknown`], those of [`Expression::expected`], or a failed check.
    pub fn expect(mut self, name: &str, tensor: &str, law: &TensorLaw) -> Result<Self, ProofError> {
        self.may_average(tensor, law)?;
        let before = self.current(name)?;
        self.theory.admits_expectation(before, tensor, law)?;
        // What could not be checked is not integrated first; what else is wrong the expectation tells.
        let affordable = affords(self.theory, before, Under::Mean(tensor, law));
        if let Err(fault @ FieldError::TooLarge { .. }) = affordable {
            return Err(fault.into());
        }
        let factors = before.factors_of(tensor, law);
        let after = self.theory.expected(before, tensor, law)?;
        self.theory.owns(&after)?;
        let check = self.confirmed(before, Under::Mean(tensor, law), &after)?;
        self.rests_on_law(tensor, law);
        let random = self.theory.signature.tensor(tensor);
        let condition = random.and_then(|random| law.condition(random, factors));
        let assumed = condition.as_ref().map(assumption::of_condition);
        self.proof.assumptions.extend(assumed);
        if let TensorLaw::Cumulants(cumulants) = law {
            let divided = cumulants
                .iter()
                .flat_map(|k| assumption::of_coefficient(self.theory, k));
            self.proof.assumptions.extend(divided);
        }
        let average = Average::new(tensor, law);
        let reason = Reason::Expectation(tensor.into(), law.clone());
        self.push(
            name,
            Relation::Expectation(average),
            after,
            Some(check),
            reason,
        )?;
        Ok(self)
    }

    /// Integrates by parts in the mean over a Gaussian tensor: of each term in normal form the first entry of `tensor` is
    /// taken out, and the other factors are differentiated, resolvents ([`Theory::inverse`]) and functions
    /// ([`Theory::functions`]) among them. What is reached has the same mean; it may be random itself. With a
    /// resolvent that is a Schwinger–Dyson equation, exact for every dimension:
    ///
    /// ```
    /// use tensor_dyson::symbolic::{Ensemble, ProofError, TensorLaw, Theory};
    ///
    /// let mut theory = Theory::new();
    /// theory
    ///     .scalars("z t")?
    ///     .hermitian("H[d,d]")?
    ///     .inverse("R", &[], "[a,c] z δ[a,c] - t H[a,c]")?
    ///     .rule("zR", "[a,c] H[a,k] R[k,c] = t^-1 z R[a,c] - t^-1 δ[a,c]")?;
    /// let proof = theory
    ///     .prove("z E g = 1 + t²d E g², g = Tr R/d")
    ///     .from("d^-1 z R[a,a]")?
    ///     .follows("R = (z − tH)⁻¹", "1 + d^-1 t H[a,c] R[c,a]", &["zR"])?
    ///     .by_parts("over H", "H", &TensorLaw::Ensemble(Ensemble::hermitian()))?
    ///     .is("collected", "1 + d^-1 t^2 R[a,a] R[c,c]")?
    ///     .done();
    /// assert!(proof.to_string().contains("E="));
    /// # Ok::<(), ProofError>(())
    /// ```
    ///
    /// # Errors
    /// [`SymbolicError::Unsuited`] for a law that is not Gaussian, [`SymbolicError::TwoLaws`] where the proof has
    /// averaged over the tensor under another law, [`SymbolicError::MadeOf`] for what hides the tensor behind a
    /// definition, [`SymbolicError::NoDerivative`], those of [`Prover::expect`], or a failed check.
    pub fn by_parts(
        mut self,
        name: &str,
        tensor: &str,
        law: &TensorLaw,
    ) -> Result<Self, ProofError> {
        self.may_average(tensor, law)?;
        let before = self.current(name)?;
        self.theory.admits_parts(before, tensor, law)?;
        let parts = ByParts::new(self.theory, tensor, law)?;
        let after = parts.once(&before.normal_form())?;
        let check = self.confirmed(before, Under::ByParts(tensor, law), &after)?;
        let assumed = assumption::of_parts(self.theory, before, tensor);
        self.proof.assumptions.insert(assumed);
        self.rests_on_law(tensor, law);
        let average = Average::new(tensor, law);
        let reason = Reason::ByParts(tensor.into(), law.clone());
        let relation = Relation::InMean(average);
        self.push(name, relation, after, Some(check), reason)?;
        Ok(self)
    }

    /// Claims that the expression reached equals `text`, for all dimensions.
    ///
    /// # Errors
    /// [`ProofError::Refuted`] if it does not; a failed check.
    pub fn is(self, name: &str, text: &str) -> Result<Self, ProofError> {
        self.follows(name, text, &[])
    }

    /// Claims that the expression reached equals `text` once both are rewritten by rules.
    ///
    /// # Errors
    /// [`ProofError::Refuted`] if their forms differ: for all dimensions without rules, and under rules
    /// for as much as the rules can do; a failed check.
    pub fn follows(self, name: &str, text: &str, rules: &[&str]) -> Result<Self, ProofError> {
        let legs = self.current(name)?.legs();
        let claimed = parse::expression(&self.theory.signature, text, legs)?;
        self.follows_expression(name, claimed, rules)
    }

    /// As [`Prover::follows`], for an expression that is not written but made.
    ///
    /// # Errors
    /// As [`Prover::follows`], and [`SymbolicError::Foreign`] for an expression of another theory.
    pub fn follows_expression(
        mut self,
        name: &str,
        claimed: Expression,
        rules: &[&str],
    ) -> Result<Self, ProofError> {
        self.theory.owns(&claimed)?;
        self.rests_on(rules)?;
        let before = self.current(name)?;
        let difference = before
            .minus(&claimed)?
            .rewritten(&self.theory.rules(rules)?)?;
        if !difference.is_zero() {
            let witness = match compare(self.theory, before, Under::Nothing, &claimed)? {
                Comparison::Different { shape } => Some(shape),
                Comparison::Equal(_) => None,
            };
            return Err(ProofError::Refuted(Refutation {
                step: in_one_line(name),
                difference,
                witness,
            }));
        }
        // The legs are matched by their places: in print they keep one name throughout.
        let claimed = claimed.called(before.legs());
        let check = self.confirmed(before, Under::Nothing, &claimed)?;
        let rules = self.theory.rules(rules)?;
        let reason = Reason::Rewriting(rules.into_iter().cloned().collect());
        self.push(name, Relation::Equals, claimed, Some(check), reason)?;
        Ok(self)
    }

    /// The proof.
    pub fn done(self) -> Proof {
        self.proof
    }

    fn current(&self, step: &str) -> Result<&Expression, ProofError> {
        let last = self.proof.steps.last();
        last.map(|step| &step.expression)
            .ok_or_else(|| ProofError::NoBeginning { step: step.into() })
    }

    /// Whether a mean over a tensor may be taken: its law exists, in symbols of the theory, and is that of all other means of
    /// the proof over it and its copies, and nothing has been dropped in the chain.
    fn may_average(&mut self, tensor: &str, law: &TensorLaw) -> Result<(), SymbolicError> {
        law.exists()?;
        let chain = self.proof.steps.iter().rev();
        let mut chain = chain.take_while(|step| !matches!(step.relation, Relation::Begins));
        if chain.any(|step| matches!(step.relation, Relation::Approximates(_))) {
            let tensor = tensor.into();
            return Err(SymbolicError::AfterDropping { tensor });
        }
        if let TensorLaw::Cumulants(given) = law {
            for cumulant in given {
                self.theory.owns_symbols(cumulant)?;
                if !cumulant.is_within_limits() {
                    let text = cumulant.to_string();
                    return Err(SymbolicError::Overflow { text });
                }
            }
        }
        self.proof.takes_law(self.theory, tensor, law)
    }

    fn confirmed(
        &self,
        before: &Expression,
        under: Under,
        after: &Expression,
    ) -> Result<FieldCheck, FieldError> {
        match compare(self.theory, before, under, after)? {
            Comparison::Equal(check) => Ok(check),
            Comparison::Different { shape } => Err(FieldError::Disagrees { shape }),
        }
    }

    fn push(
        &mut self,
        name: &str,
        relation: Relation,
        expression: Expression,
        check: Option<FieldCheck>,
        reason: Reason,
    ) -> Result<(), SymbolicError> {
        for draw in Scope::of(self.theory, &[&expression], &[]).draws {
            // A declared mean is one over standard Gaussian entries.
            if let Draw::Mean(mean) = draw {
                let (of, law) = (mean.of.name(), TensorLaw::Gaussian);
                self.proof.takes_law(self.theory, of, &law)?;
                self.proof.assumptions.insert(assumption::of_law(of, &law));
            }
        }
        let assumed = assumption::of_expression(self.theory, &expression);
        self.proof.assumptions.extend(assumed);
        self.proof.steps.push(Step {
            name: in_one_line(name),
            relation,
            expression,
            check,
            reason,
            theory: self.shared.clone(),
        });
        Ok(())
    }
}
