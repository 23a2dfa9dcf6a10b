//! A theory: what an expression may speak of, which hypotheses hold, and where points that satisfy them
//! come from.

use super::check::CheckError;
use super::condition::{Condition, Least};
use super::conjugate::Conjugate;
use super::error::SymbolicError;
use super::expression::{Expression, Index};
use super::hypothesis::{Hypothesis, Origin};
use super::law::Law;
use super::parse;
use super::point::Draw;
use super::polynomial::{IMAGINARY, Polynomial, Scaling, Symbol, base};
use super::proof::Prover;
use super::rewrite::Rule;
use super::signature::{Signature, declarations};
use super::tensor::Tensor;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Declared spaces, tensors and scalars, definitions and hypotheses.
///
/// [`Theory::of`] begins with the spaces that are written; [`Theory::new`] with three of them, `n` samples (indices
/// `i j l m`), `d` inputs (`a c k q s`) and `p` hidden units (`b e f g r`).
#[derive(Debug, Clone)]
pub struct Theory {
    pub(super) signature: Signature,
    pub(super) rules: Vec<Hypothesis>,
    pub(super) draws: Vec<Draw>,
    /// Whether the matrix of each inverse is regular, once that was asked.
    pub(super) inverses: BTreeMap<Symbol, OnceLock<Result<(), CheckError>>>,
    /// What a tensor that is left counts as under `≈`.
    orders: BTreeMap<Symbol, i32>,
    /// Side conditions on the dimensions.
    pub(super) conditions: Vec<Condition>,
    /// The tensors that are not real.
    pub(super) conjugates: BTreeMap<Symbol, Conjugate>,
}

impl Default for Theory {
    fn default() -> Self {
        Self::new()
    }
}

impl Theory {
    /// The theory with the three spaces `n: i j l m; d: a c k q s; p: b e f g r`.
    pub fn new() -> Self {
        // Three different names, and no letter twice: nothing is refused.
        Self::of("n: i j l m; d: a c k q s; p: b e f g r").unwrap_or_else(|_| Self::empty())
    }

    /// The theory with these spaces, each with the symbol of its dimension and the letters of its indices, as in
    /// `h: u v; w: s t`.
    ///
    /// # Errors
    /// As [`Theory::space`], and [`SymbolicError::Unexpected`].
    pub fn of(spaces: &str) -> Result<Self, SymbolicError> {
        let mut theory = Self::empty();
        for space in spaces.split(';').filter(|space| !space.trim().is_empty()) {
            let unexpected = || SymbolicError::Unexpected {
                found: "end".into(),
                at: spaces.chars().count(),
                text: spaces.into(),
            };
            let (dimension, letters) = space.split_once(':').ok_or_else(unexpected)?;
            let letters: String = letters.chars().filter(|c| !c.is_whitespace()).collect();
            theory.space(dimension.trim(), &letters)?;
        }
        Ok(theory)
    }

    fn empty() -> Self {
        Theory {
            signature: Signature::default(),
            rules: Vec::new(),
            draws: Vec::new(),
            inverses: BTreeMap::new(),
            orders: BTreeMap::new(),
            conditions: Vec::new(),
            conjugates: BTreeMap::new(),
        }
    }

    /// A further space, by the symbol of its dimension and the letters of its indices.
    ///
    /// # Errors
    /// [`SymbolicError::Declared`], [`SymbolicError::LooksLike`], and [`SymbolicError::Unexpected`] for a dimension
    /// that is not one name.
    pub fn space(&mut self, dimension: &str, letters: &str) -> Result<&mut Self, SymbolicError> {
        self.signature.add_space(dimension, letters)?;
        Ok(self)
    }

    /// A side condition: a dimension that is not below another one, or a number, as in `at_least("n", "d")` where `XᵀX`
    /// of an n×d matrix is to have an inverse. Sizes that do not satisfy it are not tried, and every proof says so.
    ///
    /// # Errors
    /// [`SymbolicError::Unknown`].
    pub fn at_least(&mut self, dimension: &str, least: &str) -> Result<&mut Self, SymbolicError> {
        let known = |name: &str| {
            let unknown = || SymbolicError::Unknown { name: name.into() };
            let space = self.signature.space(name).ok_or_else(unknown)?;
            Ok::<_, SymbolicError>(space.dimension().clone())
        };
        // Sizes above this are never tried.
        let least = match least.parse::<u16>() {
            Ok(number) => Least::Number(number.into()),
            Err(_) => Least::Dimension(known(least)?),
        };
        let dimension = known(dimension)?;
        self.conditions.push(Condition { dimension, least });
        // What was judged at other sizes is judged anew.
        self.inverses
            .values_mut()
            .for_each(|judged| *judged = OnceLock::new());
        self.rules.iter_mut().for_each(Hypothesis::forget);
        Ok(self)
    }

    /// Formal scalars, as in `z κ₄`. The scalar `i` is the imaginary unit, `i² = −1`.
    ///
    /// # Errors
    /// [`SymbolicError::Declared`], [`SymbolicError::Unexpected`].
    pub fn scalars(&mut self, names: &str) -> Result<&mut Self, SymbolicError> {
        let names = declarations(names)?;
        self.wholly(|theory| {
            let mut names = names.iter();
            names.try_for_each(|(name, _)| theory.signature.add_scalar(name))
        })
    }

    /// Arbitrary tensors with the dimensions of their slots, as in `x[n,d] G[d,p]`.
    ///
    /// # Errors
    /// [`SymbolicError::Declared`], [`SymbolicError::Unknown`], [`SymbolicError::Unexpected`].
    pub fn tensors(&mut self, declared: &str) -> Result<&mut Self, SymbolicError> {
        let declared = declarations(declared)?;
        self.wholly(|theory| {
            for (name, slots) in &declared {
                let tensor = theory.signature.add_tensor(name, slots, &[])?;
                theory.draws.push(Draw::Free(tensor));
            }
            Ok(())
        })
    }

    /// An arbitrary tensor that given permutations of its slots leave unchanged: `Q[d,p,d,p]` with
    /// `[2, 3, 0, 1]` is a symmetric operator.
    ///
    /// # Errors
    /// As [`Theory::tensors`], and [`SymbolicError::Symmetry`].
    pub fn symmetric(
        &mut self,
        declared: &str,
        symmetries: &[Vec<usize>],
    ) -> Result<&mut Self, SymbolicError> {
        let declared = declarations(declared)?;
        self.wholly(|theory| {
            for (name, slots) in &declared {
                let tensor = theory.signature.add_tensor(name, slots, symmetries)?;
                theory.draws.push(Draw::Free(tensor));
            }
            Ok(())
        })
    }

    /// A tensor defined by an expression, as in `ω[i,a,b] = x[i,a] G[k,b] x[i,k]`; the definition is a
    /// rule called by the tensor's name.
    ///
    /// # Errors
    /// As [`Theory::tensors`], and what reading the expression may give.
    pub fn define(&mut self, definition: &str) -> Result<&mut Self, SymbolicError> {
        let unexpected = || SymbolicError::Unexpected {
            found: "end".into(),
            at: 0,
            text: definition.into(),
        };
        let (left, right) = definition.split_once('=').ok_or_else(unexpected)?;
        let (name, legs) = declarations(left)?.pop().ok_or_else(unexpected)?;
        let value = parse::sum(&self.signature, &legs, right)?;
        self.wholly(|theory| {
            let tensor = theory.declare_like(&name, &value, &[])?;
            theory.draws.push(Draw::Defined(tensor, value));
            theory.add_rule(&name, definition, Origin::Declared)
        })
    }

    /// Declares what each factor of a tensor counts as under `≈`: `of_order("G", 0)` for one whose contractions
    /// stay bounded as `N` grows. The proof that uses it says so among its assumptions.
    ///
    /// # Errors
    /// [`SymbolicError::Unknown`], and [`SymbolicError::Declared`] for a second order.
    pub fn of_order(&mut self, tensor: &str, order: i32) -> Result<&mut Self, SymbolicError> {
        let name = tensor.to_string();
        let Some(declared) = self.signature.tensor(tensor) else {
            return Err(SymbolicError::Unknown { name });
        };
        match self.orders.insert(declared.name().clone(), order) {
            Some(first) if first != order => {
                self.orders.insert(tensor.into(), first);
                Err(SymbolicError::Declared { name })
            }
            _ => Ok(self),
        }
    }

    /// What was declared with [`Theory::of_order`].
    pub(super) fn order_of(&self, tensor: &str) -> Option<i32> {
        self.orders.get(tensor).copied()
    }

    /// A tensor that is the inverse of a matrix given by an expression whose first half of legs are the
    /// rows: `inverse("R", &[vec![1, 0]], "[i,j] A[i,a] A[j,a] - z δ[i,j]")`. It brings no rule of its
    /// own: the form in which a proof uses it is stated with [`Theory::rule`]. The symmetries have to be those of
    /// the matrix.
    ///
    /// # Errors
    /// As [`Theory::symmetric`], [`SymbolicError::NotAMatrix`], [`SymbolicError::NotSymmetric`], and what reading
    /// the expression may give.
    pub fn inverse(
        &mut self,
        name: &str,
        symmetries: &[Vec<usize>],
        matrix: &str,
    ) -> Result<&mut Self, SymbolicError> {
        let matrix = self.expression(matrix)?;
        let (rows, columns) = matrix.legs().split_at(matrix.legs().len() / 2);
        let spaces = |legs: &[Index]| legs.iter().map(|leg| leg.space.clone()).collect::<Vec<_>>();
        if spaces(rows) != spaces(columns) {
            return Err(SymbolicError::NotAMatrix {
                tensor: name.into(),
            });
        }
        self.wholly(|theory| {
            let tensor = theory.declare_like(name, &matrix, symmetries)?;
            for symmetry in symmetries {
                theory.inherits(&tensor, &matrix, symmetry)?;
            }
            theory
                .inverses
                .insert(tensor.name().clone(), OnceLock::new());
            theory.draws.push(Draw::Inverse(tensor, matrix));
            Ok(())
        })
    }

    /// The singular values and vectors of a matrix: `singular_vectors("W[d,p]", "r", ["u", "σ", "v"])`
    /// declares `W`, `u[r,d]`, `σ[r]`, `v[r,p]` over a declared space `r` of modes, with the rules
    /// `Wv` (`W v^j = σ_j u^j`) and `Wᵀu` (`Wᵀ u^i = σ_i v^i`). Beyond `min(d, p)` modes `σ` is 0.
    ///
    /// # Errors
    /// As [`Theory::tensors`].
    pub fn singular_vectors(
        &mut self,
        matrix: &str,
        modes: &str,
        [left, values, right]: [&str; 3],
    ) -> Result<&mut Self, SymbolicError> {
        let unexpected = || SymbolicError::Unexpected {
            found: "end".into(),
            at: 0,
            text: matrix.into(),
        };
        let (name, slots) = declarations(matrix)?.pop().ok_or_else(unexpected)?;
        let [rows, columns] = slots.as_slice() else {
            return Err(SymbolicError::Slots {
                tensor: name,
                expected: 2,
                found: slots.len(),
            });
        };
        let on_the_right = format!("[j,a] {name}[a,b] {right}[j,b] = {values}[j] {left}[j,a]");
        let on_the_left = format!("[j,b] {name}[a,b] {left}[j,a] = {values}[j] {right}[j,b]");
        self.wholly(|theory| {
            let modes = modes.to_string();
            let over = |space: &String| [modes.clone(), space.clone()];
            let signature = &mut theory.signature;
            theory.draws.push(Draw::SingularVectors {
                matrix: signature.add_tensor(&name, &slots, &[])?,
                left: signature.add_tensor(left, &over(rows), &[])?,
                values: signature.add_tensor(values, std::slice::from_ref(&modes), &[])?,
                right: signature.add_tensor(right, &over(columns), &[])?,
            });
            theory.add_rule(&format!("{name}{right}"), &on_the_right, Origin::Declared)?;
            theory.add_rule(&format!("{name}ᵀ{left}"), &on_the_left, Origin::Declared)
        })
    }

    /// A rule used from left to right, as in `[j,a] W[a,b] v[j,b] = σ[j] u[j,a]`.
    ///
    /// The first step that uses it asks, once, what speaks for it. A rule between arbitrary tensors and what is
    /// defined by them is decided by the normal form. One that is an instance of `M M⁻¹ = 1` is derived from that.
    /// Any other is tested by itself, at sizes that are pairwise different and above the number of its indices,
    /// and stands among the proof's assumptions.
    ///
    /// # Errors
    /// [`SymbolicError::Declared`] for a second rule of one name, [`SymbolicError::Pattern`], and what reading the
    /// equation may give.
    pub fn rule(&mut self, name: &str, equation: &str) -> Result<&mut Self, SymbolicError> {
        self.add_rule(name, equation, Origin::Stated)?;
        Ok(self)
    }

    /// A rule used from right to left, under a name of its own: `reversed("Wv", "vW")` replaces `σ_j u^j` by `W v^j`. It
    /// stands or falls with the first. Two rules that undo each other do not belong in one step: it would not end.
    ///
    /// # Errors
    /// [`SymbolicError::Unknown`], [`SymbolicError::Declared`], and [`SymbolicError::Pattern`] unless the right side is
    /// one product of tensors with coefficient 1.
    pub fn reversed(&mut self, rule: &str, name: &str) -> Result<&mut Self, SymbolicError> {
        let place = self
            .rules
            .iter()
            .position(|known| known.rule.name() == rule);
        let place = place.ok_or_else(|| SymbolicError::Unknown { name: rule.into() })?;
        if self.rules.iter().any(|known| known.rule.name() == name) {
            return Err(SymbolicError::Declared { name: name.into() });
        }
        let (left, right) = self.rules[place].rule.sides();
        let rule = Rule::new(name, right.clone(), left.clone())?;
        self.rules
            .push(Hypothesis::new(rule, Origin::Reversed(place)));
        Ok(self)
    }

    /// Reads an expression: its legs in brackets first, none for a scalar; every other index is summed.
    ///
    /// ```text
    /// expression = [ "[" names "]" ] sum            legs first, none for a scalar
    /// sum        = [ "-" ] product { ("+" | "-") product }
    /// product    = factor { factor | "/" factor }
    /// factor     = ( number | symbol | tensor [ "[" names "]" ] | "(" sum ")" ) [ power ]
    /// ```
    ///
    /// # Errors
    /// The [`SymbolicError`]s of reading and typing.
    pub fn expression(&self, text: &str) -> Result<Expression, SymbolicError> {
        parse::expression(&self.signature, text, &[])
    }

    /// The rules of the given names.
    ///
    /// # Errors
    /// [`SymbolicError::Unknown`].
    pub fn rules(&self, names: &[&str]) -> Result<Vec<&Rule>, SymbolicError> {
        let hypotheses = self.hypotheses(names)?;
        Ok(hypotheses
            .into_iter()
            .map(|hypothesis| &hypothesis.rule)
            .collect())
    }

    /// The rules of the given names, with what speaks for them.
    pub(super) fn hypotheses(&self, names: &[&str]) -> Result<Vec<&Hypothesis>, SymbolicError> {
        let rule = |name: &&str| {
            let found = self.rules.iter().find(|known| known.rule.name() == *name);
            found.ok_or_else(|| SymbolicError::Unknown {
                name: (*name).into(),
            })
        };
        names.iter().map(rule).collect()
    }

    /// Begins a proof of what `title` says: [`Prover`] has its steps.
    pub fn prove(&self, title: &str) -> Prover<'_> {
        Prover::new(self, title)
    }

    /// Whether all that an expression speaks of is declared here, as what it is there.
    pub(super) fn owns(&self, expression: &Expression) -> Result<(), SymbolicError> {
        let foreign = |name: &str| Err(SymbolicError::Foreign { name: name.into() });
        if let Some(tensor) = expression
            .tensors()
            .find(|t| self.signature.tensor(t.name()) != Some(t))
        {
            return foreign(tensor.name());
        }
        let summed = expression.terms().iter().flat_map(|term| &term.summed);
        for space in expression.legs().iter().chain(summed).map(|i| &i.space) {
            if self.signature.space(space.dimension()) != Some(space) {
                return foreign(space.dimension());
            }
        }
        let mut coefficients = expression.terms().iter().map(|term| &term.coefficient);
        coefficients.try_for_each(|coefficient| self.owns_symbols(coefficient))
    }

    /// Whether every symbol of a coefficient is a formal scalar or a dimension.
    pub(super) fn owns_symbols(&self, coefficient: &Polynomial) -> Result<(), SymbolicError> {
        let symbols = coefficient.terms().flat_map(|(powers, _)| powers.powers());
        for (symbol, _) in symbols {
            if !self.signature.is_scalar(base(symbol)) {
                return Err(SymbolicError::Foreign {
                    name: symbol.to_string(),
                });
            }
        }
        Ok(())
    }

    /// Whether every symbol and every tensor of an expression has an order of growth.
    pub(super) fn tells_orders(
        &self,
        expression: &Expression,
        scaling: Scaling,
    ) -> Result<(), SymbolicError> {
        let no_order = |name: &str| Err(SymbolicError::NoOrder { name: name.into() });
        for (k, (symbol, _)) in scaling.iter().enumerate() {
            if scaling[..k].iter().any(|(other, _)| other == symbol) {
                let name = (*symbol).into();
                return Err(SymbolicError::Declared { name });
            }
        }
        if let Some(tensor) = expression
            .tensors()
            .find(|t| !self.orders.contains_key(t.name()))
        {
            return no_order(tensor.name());
        }
        // Loops are counted as the dimensions they give.
        for term in expression.normal_form().terms() {
            let powers = term
                .coefficient
                .terms()
                .flat_map(|(monomial, _)| monomial.powers());
            for (symbol, _) in powers {
                if !scaling.iter().any(|(listed, _)| *listed == base(symbol)) {
                    return no_order(symbol);
                }
            }
        }
        Ok(())
    }

    /// What each name stands for, in words that agree exactly if the meanings do.
    pub(super) fn meanings(&self) -> BTreeMap<Symbol, String> {
        let spaces = self.signature.spaces().iter();
        let spaces = spaces.map(|space| {
            let meaning = format!("the dimension of {}", space.letters());
            (space.dimension().clone(), meaning)
        });
        let scalars = self.signature.scalars();
        let scalars = scalars.map(|name| {
            let meaning = match &**name == IMAGINARY {
                true => "the imaginary unit",
                false => "a formal scalar",
            };
            (name.clone(), meaning.to_string())
        });
        let tensors = self.draws.iter().flat_map(Draw::meanings);
        let tensors = tensors.map(|(name, meaning)| {
            let meaning = match self.conjugates.get(&name) {
                None => meaning,
                Some(Conjugate::Transposed) => meaning + ", Hermitian",
                Some(Conjugate::Of(other)) => {
                    format!("{meaning}, complex with the conjugate {other}")
                }
            };
            (name, meaning)
        });
        spaces.chain(scalars).chain(tensors).collect()
    }

    /// Whether an expectation over `random` may hold fixed what else is in the expression: `random` must
    /// have free entries, and nothing may be made of it.
    pub(super) fn admits_expectation(
        &self,
        expression: &Expression,
        random: &str,
        law: &Law,
    ) -> Result<(), SymbolicError> {
        if self.signature.tensor(random).is_none() {
            return Err(SymbolicError::Unknown {
                name: random.into(),
            });
        }
        self.admits_law(random, law)?;
        let is_free = |draw: &Draw| matches!(draw, Draw::Free(t) if **t.name() == *random);
        if !self.draws.iter().any(is_free) {
            return Err(SymbolicError::Dependent {
                tensor: random.into(),
            });
        }
        let random_too = self.random_with(random);
        let is_hidden = |name: &Symbol| {
            let made = |own: &Symbol| self.is_made_of(name, own);
            !random_too.contains(name) && random_too.iter().any(made)
        };
        let mut tensors = expression.tensors();
        let hidden = tensors.find(|t| is_hidden(t.name()) && !self.is_function_of(t, random));
        match hidden {
            Some(tensor) => Err(SymbolicError::MadeOf {
                tensor: tensor.name().to_string(),
                random: random.into(),
            }),
            None => Ok(()),
        }
    }

    /// Whether the values of a tensor come from those of another. A definition names earlier tensors only.
    pub(super) fn is_made_of(&self, tensor: &str, other: &str) -> bool {
        let gives = |draw: &&Draw| draw.tensors().iter().any(|own| **own.name() == *tensor);
        let draw = self.draws.iter().find(gives);
        // Over its own random tensor a mean is a number.
        let is_averaged = matches!(draw, Some(Draw::Mean(mean)) if **mean.of.name() == *other);
        let mut sources = draw
            .and_then(Draw::source)
            .into_iter()
            .flat_map(Expression::tensors);
        let made = |source: &Tensor| self.is_made_of(source.name(), other);
        *tensor == *other || !is_averaged && sources.any(made)
    }

    /// All that is declared, as a text.
    pub(super) fn text(&self) -> String {
        let meanings = self.meanings();
        let lines = meanings
            .iter()
            .map(|(name, meaning)| format!("{name}: {meaning}"));
        let conditions = self.conditions.iter().map(ToString::to_string);
        lines.chain(conditions).collect::<Vec<_>>().join("\n")
    }

    /// Declares all or nothing: what was declared before an error is taken back.
    pub(super) fn wholly(
        &mut self,
        declare: impl FnOnce(&mut Self) -> Result<(), SymbolicError>,
    ) -> Result<&mut Self, SymbolicError> {
        let before = self.clone();
        match declare(self) {
            Ok(()) => Ok(self),
            Err(error) => {
                *self = before;
                Err(error)
            }
        }
    }

    fn add_rule(
        &mut self,
        name: &str,
        equation: &str,
        origin: Origin,
    ) -> Result<(), SymbolicError> {
        if self.rules.iter().any(|known| known.rule.name() == name) {
            return Err(SymbolicError::Declared { name: name.into() });
        }
        let (left, right) = parse::equation(&self.signature, equation)?;
        let rule = Rule::new(name, left, right)?;
        self.rules.push(Hypothesis::new(rule, origin));
        Ok(())
    }

    /// Whether an inverse has a symmetry because its matrix has it: one that moves rows to rows or to columns, and
    /// the columns alike.
    fn inherits(
        &self,
        tensor: &Tensor,
        matrix: &Expression,
        symmetry: &[usize],
    ) -> Result<(), SymbolicError> {
        let half = symmetry.len() / 2;
        let keeps = (0..half).all(|k| symmetry[k + half] == (symmetry[k] + half) % (2 * half));
        let difference = matrix.braided(symmetry)?.minus(matrix)?;
        if keeps && self.unfolded(&difference)?.is_zero() {
            return Ok(());
        }
        Err(SymbolicError::NotSymmetric {
            tensor: tensor.name().to_string(),
        })
    }

    pub(super) fn declare_like(
        &mut self,
        name: &str,
        value: &Expression,
        symmetries: &[Vec<usize>],
    ) -> Result<Tensor, SymbolicError> {
        let slots: Vec<String> = value
            .legs()
            .iter()
            .map(|leg| leg.space.dimension().to_string())
            .collect();
        self.signature.add_tensor(name, &slots, symmetries)
    }
}
