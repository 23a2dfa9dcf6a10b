//! The superoperator of a model's features, the block equation, and its scalar reduction: proofs made from the text.
//!
//! With `𝒜° = N^{−1/2} Σ_i (ω^i − E ω) ⊗ e_i` the four blocks of `𝒮(M) = E[𝒜° M 𝒜°]` are
//!
//! ```math
//! ⟨𝒬, M₂₂⟩/N I,   (𝒬M₂₁)ᵀ/N,   (M₁₂𝒬)ᵀ/N,   Tr(M₁₁)/N 𝒬
//! ```
//!
//! and with the diagonal ones `M₁₁ = m I`, `M₂₂ = −(ℐ + γm𝒬)⁻¹` solve the block equation where
//! `m = 1/(−z + ⟨𝒬, (ℐ + γm𝒬)⁻¹⟩/N)`.

use super::model::{Model, Sample};
use super::moments::Moments;
use crate::symbolic::{Proof, ProofError, TensorLaw, Theory};

impl Sample {
    /// None where the model uses up all symbols or letters.
    pub(super) fn of(model: &Model) -> Option<Sample> {
        let names = |name: &str| {
            model.spaces.iter().any(|space| space.symbol == name)
                || model.data.iter().any(|data| data.name == name)
                || model.weights.iter().any(|weights| weights.name == name)
        };
        let symbol = ["n", "N", "l"].into_iter().find(|name| !names(name))?;
        let letter = |c: &char| !model.spaces.iter().any(|space| space.letters.contains(*c));
        let mut letters = "ijlmotvwxyz".chars().filter(letter);
        let (index, other) = (letters.next()?, letters.next()?);
        Some(Sample {
            symbol: symbol.into(),
            letters: format!("{index} {other}"),
            index: index.into(),
            other: other.into(),
        })
    }
}

/// The texts of a model over many samples.
pub(super) struct Equation<'a> {
    pub(super) model: &'a Model,
    moments: &'a Moments,
    pub(super) sample: Sample,
    /// Three copies of the legs.
    pub(super) legs: [Vec<String>; 3],
}

/// What is claimed of the superoperator: 𝒬, which blocks, and what is centred.
#[derive(Debug, Clone)]
pub(super) struct Claimed {
    /// 𝒬 as a text over the legs and their copies; of a feature with functions a factor of `R²`.
    pub(super) covariance: String,
    /// The block `Tr(M₁₁) 𝒬`, with its trace.
    pub(super) trace: Trace,
    /// Whether E ω is taken off.
    pub(super) centred: Centred,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trace {
    /// `Σ_i M_ii`.
    Diagonal,
    /// `Σ_ij M_ij`, a near miss.
    AllEntries,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Centred {
    /// `ω − E ω`.
    MeanOff,
    /// ω, a near miss.
    AsItIs,
}

impl<'a> Equation<'a> {
    /// None for a model without room for the index of samples.
    pub(super) fn of(model: &'a Model, moments: &'a Moments) -> Option<Self> {
        let (first, second) = (model.feature.legs.clone(), model.fresh_legs(&[]));
        let third = model.fresh_legs(&second);
        Some(Equation {
            model,
            moments,
            sample: Sample::of(model)?,
            legs: [first, second, third],
        })
    }

    /// Arbitrary blocks of M.
    pub(super) fn blocks(&self) -> String {
        let (n, slots) = (&self.sample.symbol, self.model.slots().join(","));
        format!("M₁₁[{n},{n}] M₁₂[{n},{slots}] M₂₁[{slots},{n}] M₂₂[{slots},{slots}]")
    }

    /// The theory of all samples: the features, centred, and arbitrary blocks.
    fn theory(&self, claimed: &Claimed) -> Result<Theory, ProofError> {
        let [legs, copy, _] = self.legs.each_ref().map(|legs| legs.join(","));
        let index = &self.sample.index;
        let name = &self.model.feature.name;
        let mut theory = self.model.names(Some(&self.sample))?;
        let mean = match (claimed.centred, self.moments.is_centred()) {
            (Centred::MeanOff, false) => format!(" - δ[{index}] ({})", self.moments.mean()),
            _ => String::new(),
        };
        theory
            .define(&format!("{name}[{index},{legs}] = {}", self.rows()))?
            .define(&format!(
                "{name}°[{index},{legs}] = {name}[{index},{legs}]{mean}"
            ))?
            .tensors(&self.blocks())?
            .define(&format!("𝒬[{legs},{copy}] = {}", claimed.covariance))?;
        Ok(theory)
    }

    /// The four blocks of the superoperator, for every matrix M.
    pub(super) fn superoperator(&self, claimed: &Claimed) -> Result<Proof, ProofError> {
        let [l, c, _] = self.legs.each_ref().map(|legs| legs.join(","));
        let Sample {
            index: i, other: j, ..
        } = &self.sample;
        let w = format!("{}°", self.model.feature.name);
        let trace = match claimed.trace {
            Trace::Diagonal => format!("M₁₁[{i},{i}]"),
            Trace::AllEntries => format!("M₁₁[{i},{j}] δ[{i}] δ[{j}]"),
        };
        let blocks = [
            (
                "N E 𝒜°ᵀM₂₂𝒜° = ⟨𝒬, M₂₂⟩ I",
                format!("[{i},{j}] {w}[{i},{l}] M₂₂[{l},{c}] {w}[{j},{c}]"),
                format!("[{i},{j}] δ[{i},{j}] 𝒬[{l},{c}] M₂₂[{l},{c}]"),
            ),
            (
                "N E 𝒜°ᵀM₂₁𝒜°ᵀ = (𝒬M₂₁)ᵀ",
                format!("[{i},{c}] {w}[{i},{l}] M₂₁[{l},{j}] {w}[{j},{c}]"),
                format!("[{i},{c}] 𝒬[{c},{l}] M₂₁[{l},{i}]"),
            ),
            (
                "N E 𝒜°M₁₂𝒜° = (M₁₂𝒬)ᵀ",
                format!("[{l},{j}] {w}[{i},{l}] M₁₂[{i},{c}] {w}[{j},{c}]"),
                format!("[{l},{j}] M₁₂[{j},{c}] 𝒬[{c},{l}]"),
            ),
            (
                "N E 𝒜°M₁₁𝒜°ᵀ = Tr(M₁₁) 𝒬",
                format!("[{l},{c}] {w}[{i},{l}] M₁₁[{i},{j}] {w}[{j},{c}]"),
                format!("[{l},{c}] {trace} 𝒬[{l},{c}]"),
            ),
        ];
        let by_root = !self.model.functions.is_empty();
        let theory = match by_root {
            true => self.by_root(claimed)?,
            false => self.theory(claimed)?,
        };
        let (data, _, unfold) = self.model.rules();
        let name = self.model.feature.name.as_str();
        let (written_out, right): (Vec<&str>, Vec<&str>) = match by_root {
            true => (vec![w.as_str()], vec!["𝒬"]),
            false => (
                [w.as_str(), name].into_iter().chain(data).collect(),
                ["𝒬"].into_iter().chain(unfold).collect(),
            ),
        };
        let white = [("g", TensorLaw::Gaussian)];
        let laws: Vec<(&str, TensorLaw)> = match by_root {
            true => white.into(),
            false => self
                .model
                .data
                .iter()
                .flat_map(|data| data.independent())
                .collect(),
        };
        let mut proof = theory.prove("N 𝒮(M), block by block; 𝒜° = N^{−1/2} Σ_i (ω^i − E ω) ⊗ e_i");
        for (name, product, expectation) in blocks {
            proof = proof
                .from(&product)?
                .rewrite("ω written out", &written_out)?;
            for (tensor, law) in &laws {
                proof = proof.expect(&format!("over {tensor}"), tensor, law)?;
            }
            proof = proof.follows(name, &expectation, &right)?;
        }
        Ok(proof.done())
    }

    /// That `M₁₁ = m I` and `M₂₂ = lower`, a text with R for `(ℐ + γm𝒬)⁻¹`, solve the block equation, and the scalar
    /// equation with the factor `scale` of the pairing.
    pub(super) fn solution(&self, lower: &str, scale: &str) -> Result<Proof, ProofError> {
        let [l, c, k] = self.legs.each_ref().map(|legs| legs.join(","));
        let Sample {
            index: i, other: j, ..
        } = &self.sample;
        let share = self.dimension("^-1");
        let deltas = self.deltas();
        let theory = self.solved(lower)?;
        let rules = ["M₁₁", "M₂₂", "q", "z", "1/m", "R"];
        let proof = theory
            .prove("(E − 𝒮(M)) M = 1, E = diag(−z, −ℐ), with γ = n/N")
            .from(&format!(
                "[{i},{j}] -z M₁₁[{i},{j}] - {share} 𝒬[{l},{c}] M₂₂[{l},{c}] M₁₁[{i},{j}]"
            ))?
            .follows(
                "block 1,1, M₁₁ = mI",
                &format!("[{i},{j}] δ[{i},{j}]"),
                &rules,
            )?
            .from(&format!(
                "[{l},{k}] -M₂₂[{l},{k}] - {share} M₁₁[{i},{i}] 𝒬[{l},{c}] M₂₂[{c},{k}]"
            ))?
            .follows(
                "block 2,2, M₂₂ = −R",
                &format!("[{l},{k}] {deltas}"),
                &rules,
            )?
            .from(&format!("-z m {scale} {share} m 𝒬[{l},{c}] R[{l},{c}]"))?
            .follows("m(−z + ⟨𝒬, R⟩/N) = 1", "1", &["z", "q", "M₂₂", "1/m"])?
            .done();
        Ok(proof)
    }

    /// `N^±1` as a text.
    fn dimension(&self, power: &str) -> String {
        let symbols = self.model.slots().into_iter();
        let factors: Vec<String> = symbols.map(|symbol| format!("{symbol}{power}")).collect();
        factors.join(" ")
    }

    /// ℐ between the first and the third copy of the legs.
    fn deltas(&self) -> String {
        let [legs, _, third] = &self.legs;
        let pairs = legs.iter().zip(third);
        let deltas: Vec<String> = pairs.map(|(a, b)| format!("δ[{a},{b}]")).collect();
        deltas.join(" ")
    }

    /// An arbitrary symmetric 𝒬 and m, with the R and z that belong to them.
    pub(super) fn solved(&self, lower: &str) -> Result<Theory, ProofError> {
        let [l, c, k] = self.legs.each_ref().map(|legs| legs.join(","));
        let Sample {
            symbol: n,
            letters,
            index: i,
            other: j,
        } = &self.sample;
        let spaces = self
            .model
            .spaces
            .iter()
            .map(|space| format!("{}: {}", space.symbol, space.letters));
        let spaces: Vec<String> = spaces.chain([format!("{n}: {letters}")]).collect();
        let half = self.model.feature.legs.len();
        let symmetric = [(0..2 * half).map(|leg| (leg + half) % (2 * half)).collect()];
        let slots = self.model.slots().join(",");
        let (share, whole, deltas) = (self.dimension("^-1"), self.dimension(""), self.deltas());
        let mut theory = Theory::of(&spaces.join("; "))?;
        theory
            .tensors("m")?
            .symmetric(&format!("𝒬[{slots},{slots}]"), &symmetric)?
            .inverse("μ", &[], "m")?
            .rule("1/m", "m μ = 1")?
            .inverse(
                "R",
                &symmetric,
                &format!("[{l},{k}] {deltas} + {n} {share} m 𝒬[{l},{k}]"),
            )?
            .rule(
                "R",
                &format!("[{l},{k}] m 𝒬[{l},{c}] R[{c},{k}] = {whole}/{n} ({deltas} - R[{l},{k}])"),
            )?
            .define(&format!("M₁₁[{i},{j}] = m δ[{i},{j}]"))?
            .define(&format!("M₂₂[{l},{c}] = {lower}[{l},{c}]"))?
            .define(&format!("q = {share} 𝒬[{l},{c}] M₂₂[{l},{c}]"))?
            .define("z = -q - μ")?;
        Ok(theory)
    }
}
