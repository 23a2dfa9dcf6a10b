//! What can go wrong when an expression is declared, written, rewritten or integrated.

use thiserror::Error;

/// An expression or a declaration that cannot be read, or an operation that does not apply.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SymbolicError {
    /// The text does not continue as an expression does.
    #[error("`{found}` cannot stand at character {at} of `{text}`")]
    Unexpected {
        /// The token, `end` at the end of the text.
        found: String,
        /// Its place, counted in characters from 0.
        at: usize,
        /// The whole text.
        text: String,
    },
    /// A name that no declaration introduces.
    #[error("`{name}` is not declared")]
    Unknown {
        /// The name.
        name: String,
    },
    /// A name that is declared twice.
    #[error("`{name}` is declared already")]
    Declared {
        /// The name.
        name: String,
    },
    /// A tensor with the wrong number of indices.
    #[error("`{tensor}` has {expected} slots, not {found}")]
    Slots {
        /// The tensor.
        tensor: String,
        /// Its slots.
        expected: usize,
        /// The indices written.
        found: usize,
    },
    /// An index that stands in slots of two spaces.
    #[error("index `{index}` runs over `{first}` and over `{second}`")]
    SpaceClash {
        /// The index.
        index: String,
        /// The dimension of one space.
        first: String,
        /// The dimension of the other.
        second: String,
    },
    /// An index whose space nothing tells.
    #[error("nothing tells what index `{index}` runs over")]
    NoSpace {
        /// The index.
        index: String,
    },
    /// An index that occurs once and is no leg, or a leg that a term lacks: most often a slip of the pen.
    /// Where it is meant, `δ[i]` (which is 1) says so.
    #[error(
        "index `{index}` stands alone in a term of `{text}`; where that is meant, write δ[{index}]"
    )]
    LoneIndex {
        /// The index.
        index: String,
        /// The whole text.
        text: String,
    },
    /// A power of something with tensors in it.
    #[error(
        "a power of tensors in `{text}`: write the product, with indices of its own for each factor"
    )]
    Power {
        /// The whole text.
        text: String,
    },
    /// A division by something other than a single term without tensors, or `n + 1`, `n² − 1` and the like.
    #[error(
        "only a single power product can be divided by, or a polynomial in one symbol with integer roots, in `{text}`"
    )]
    Division {
        /// The whole text.
        text: String,
    },
    /// A symmetry that is not a permutation of slots of equal spaces.
    #[error("the symmetry of `{tensor}` does not permute slots of equal spaces")]
    Symmetry {
        /// The tensor.
        tensor: String,
    },
    /// An inverse of what has not as many rows as columns, or over other spaces.
    #[error(
        "`{tensor}` is the inverse of no matrix: the second half of its legs is not over the spaces of the first"
    )]
    NotAMatrix {
        /// The tensor.
        tensor: String,
    },
    /// An inverse that is declared to have a symmetry which its matrix has not.
    #[error("`{tensor}` has not the symmetry: the matrix that it is the inverse of has not")]
    NotSymmetric {
        /// The tensor.
        tensor: String,
    },
    /// A name that prints like another one.
    #[error("`{name}` cannot be told from `{other}` in print")]
    LooksLike {
        /// The name.
        name: String,
        /// The one that is known.
        other: String,
    },
    /// A leg that is written twice.
    #[error(
        "leg `{index}` stands twice in `{text}`; write two names and δ, or the legs that are meant in front"
    )]
    RepeatedLeg {
        /// The leg.
        index: String,
        /// The whole text.
        text: String,
    },
    /// A power or a product that is too large to be computed, or to be meant.
    #[error("a power or a product in `{text}` is too large")]
    Overflow {
        /// The whole text.
        text: String,
    },
    /// `≈` with something in the expression whose order nothing tells.
    #[error(
        "nothing tells of what order `{name}` is, so that nothing can be dropped that holds it"
    )]
    NoOrder {
        /// The tensor or the symbol.
        name: String,
    },
    /// An order that a symbol cannot have: a dimension does not shrink, and the imaginary unit is a number.
    #[error("`{name}` cannot be of order {order}")]
    CannotGrow {
        /// The symbol.
        name: String,
        /// The order.
        order: i32,
    },
    /// Orders under which a side condition fails in the end.
    #[error(
        "{condition} does not hold for large N where they are of the orders {own} and {others}"
    )]
    GrowsTooSlowly {
        /// The condition.
        condition: String,
        /// The order of what is not below the other.
        own: i32,
        /// The order of the other.
        others: i32,
    },
    /// A side condition that closes a circle, so that two dimensions would be one number under two names.
    #[error("with {condition} the conditions say that {equal}: let one space stand for both")]
    Equal {
        /// What follows.
        equal: String,
        /// The condition.
        condition: String,
    },
    /// An order for a tensor that has one by its definition.
    #[error("`{name}` is defined, and of the order of what it is made of: write that instead")]
    OfDefined {
        /// The tensor.
        name: String,
    },
    /// A symbol that grows in two ways.
    #[error("`{name}` is of order {first} in one step and of order {second} in another")]
    TwoOrders {
        /// The symbol or the tensor.
        name: String,
        /// One order.
        first: i32,
        /// The other.
        second: i32,
    },
    /// An expectation after `≈`: what was dropped may count in the mean.
    #[error("the expectation over `{tensor}` cannot stand after ≈")]
    AfterDropping {
        /// The random tensor.
        tensor: String,
    },
    /// Cumulants that no law has.
    #[error(
        "no law has these cumulants: their moments up to order {order} are those of no measure"
    )]
    Impossible {
        /// The order.
        order: usize,
    },
    /// Two expressions with different legs.
    #[error("legs over ({left}) against legs over ({right})")]
    Legs {
        /// The dimensions of the left side's legs.
        left: String,
        /// The dimensions of the right side's legs.
        right: String,
    },
    /// A list that does not permute the legs.
    #[error("{order:?} does not permute {legs} legs")]
    NotAPermutation {
        /// The list.
        order: Vec<usize>,
        /// The number of legs.
        legs: usize,
    },
    /// A rule whose left side is not one product of tensors with coefficient 1.
    #[error("the left side of a rule is one product of tensors, not `{pattern}`")]
    Pattern {
        /// The left side.
        pattern: String,
    },
    /// Rewriting that does not come to an end.
    #[error("still rewriting after {steps} steps")]
    Rewriting {
        /// The steps taken.
        steps: usize,
    },
    /// An expectation over a tensor whose entries are tied to one another.
    #[error("the entries of `{tensor}` are not independent")]
    Dependent {
        /// The tensor.
        tensor: String,
    },
    /// What functions are taken of is not linear in a random tensor with free real entries.
    #[error("`{form}` is not linear in a real tensor `{tensor}` with free entries")]
    NotLinear {
        /// The form.
        form: String,
        /// The tensor.
        tensor: String,
    },
    /// A mean of anything but functions of one random tensor.
    #[error(
        "`{text}` is not the mean of functions of one random tensor, each index once and in order"
    )]
    NotAMean {
        /// The declaration.
        text: String,
    },
    /// Stein's formula needs a derivative that is not declared.
    #[error("the derivative of `{function}` is not declared")]
    NoDerivative {
        /// The function.
        function: String,
    },
    /// Stein's formula leaves a mean that is not declared.
    #[error("the mean of `{functions}` is not declared")]
    NoMean {
        /// The functions.
        functions: String,
    },
    /// A joint cumulant with too few copies of the random tensor, or with some that are declared otherwise.
    #[error(
        "a joint cumulant of {needed} scalars needs as many different copies of one tensor that stand in no scalar, not {found}"
    )]
    Copies {
        /// The scalars.
        needed: usize,
        /// The copies.
        found: usize,
    },
    /// A law of another kind of tensor: of another rank, or real where it is complex.
    #[error("`{tensor}` is not declared as a tensor that can have {law}")]
    Unsuited {
        /// The random tensor.
        tensor: String,
        /// The law.
        law: String,
    },
    /// A mean over a tensor that the proof has given another law.
    #[error("the proof has taken a mean over `{tensor}` under another law")]
    TwoLaws {
        /// The random tensor.
        tensor: String,
    },
    /// An expectation of what is made of the random tensor, but hides it behind a definition.
    #[error("`{tensor}` is made of `{random}`: rewrite it before the expectation over `{random}`")]
    MadeOf {
        /// The tensor that would wrongly be held fixed.
        tensor: String,
        /// The random one.
        random: String,
    },
    /// An expectation that needs a cumulant the law does not give.
    #[error("the law gives no cumulant of order {order}")]
    Cumulant {
        /// Its order.
        order: usize,
    },
    /// An expression with a name that this theory does not declare, or declares as something else.
    #[error("`{name}` of the expression is not `{name}` of this theory")]
    Foreign {
        /// The name.
        name: String,
    },
    /// Two proofs joined that do not mean the same by a name.
    #[error("`{name}` stands for {first} in one proof and for {second} in the other")]
    TwoMeanings {
        /// The name.
        name: String,
        /// What it stands for in the first.
        first: String,
        /// What it stands for in the second.
        second: String,
    },
    /// More ways to tie the random factors of a term than can be gone through.
    #[error(
        "the {factors} random factors of a term are tied in more ways than {limit} steps go through"
    )]
    TooManyWays {
        /// The random factors.
        factors: usize,
        /// The most steps.
        limit: u64,
    },
    /// More of something than is gone through.
    #[error("{count} {what}; at most {limit} are gone through")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there are, at least.
        count: usize,
        /// The most.
        limit: usize,
    },
    /// A joint cumulant of too many scalars.
    #[error("a joint cumulant of {scalars} scalars; at most {limit} are gone through")]
    TooManyScalars {
        /// How many there are.
        scalars: usize,
        /// The most.
        limit: usize,
    },
    /// A term with more indices than the integrator's graphs hold.
    #[error("{indices} indices in one term; the integrator holds {limit}")]
    TooManyIndices {
        /// The indices of the term.
        indices: usize,
        /// The most it holds.
        limit: usize,
    },
}
