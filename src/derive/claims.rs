//! The claims of a model: what a derivation by hand would state and check, made from the one line.

use super::claimed;
use super::concentration::Concentration;
use super::concentration_claim;
use super::equation_claim;
use super::forms;
use super::law_claim;
use super::limit::Limit;
use super::limit_claim;
use super::model::Model;
use super::model_laws::{DataLaw, SphereOrder, WeightsLaw};
use super::moments::Moments;
use super::outlier;
use super::pairing::Pairing;
use super::spectrum_claim;
use super::statements::Statements;
use super::unsettled::{self, concluded};
use super::variants::{Variant, variants};
use crate::ledger::{CheckError, Claim, Context, Finding, Made, Measurement, Printed};
use crate::symbolic::{Expression, ProofError};
use std::sync::{Arc, OnceLock};

/// Why nothing is derived of a model.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DerivationError {
    /// What the calculus does not take.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// 𝒬 = 0.
    #[error("the covariance of the feature `{feature}` is 0: it is the same for every sample")]
    Constant {
        /// What it is.
        feature: String,
    },
}

/// A model with what was derived of it.
#[derive(Debug, Clone)]
pub struct Derivation {
    /// The model.
    pub model: Model,
    /// Its moments.
    pub moments: Moments,
    /// Near misses of its covariance.
    pub variants: Vec<Variant>,
    /// What of its covariance the law is made of, where the feature has functions.
    pub limit: Option<Limit>,
    /// `Var |ω°|²`, once it was asked for.
    concentration: OnceLock<Result<Concentration, ProofError>>,
}

impl Derivation {
    /// Derives `E ω` and `Cov ω`.
    ///
    /// # Errors
    /// Moments that a law does not have, a feature whose expectation the calculus cannot take, or one that is the same for
    /// every sample.
    pub fn of(model: Model) -> Result<Self, DerivationError> {
        let moments = Moments::of(&model)?;
        if moments.covariance().is_zero() {
            let feature = model.feature.text.trim().to_owned();
            return Err(DerivationError::Constant { feature });
        }
        let variants = variants(&model, &moments).map_err(ProofError::from)?;
        let limit = Limit::of(&model, &moments)?;
        Ok(Derivation {
            model,
            moments,
            variants,
            limit,
            concentration: OnceLock::new(),
        })
    }

    /// `Var |ω°|²`, derived at the first call.
    ///
    /// # Errors
    /// As [`Concentration::of`].
    pub fn concentration(&self) -> Result<&Concentration, ProofError> {
        let found = self
            .concentration
            .get_or_init(|| Concentration::of(&self.model));
        found.as_ref().map_err(Clone::clone)
    }

    /// The covariance that the law is made of: 𝒬, or what is left of it in the limit.
    pub(super) fn limiting(&self) -> &Expression {
        let limit = self.limit.as_ref().map(|limit| &limit.covariance);
        limit.unwrap_or(self.moments.covariance())
    }

    /// Near misses of that.
    pub(super) fn limiting_variants(&self) -> &[Variant] {
        let limit = self.limit.as_ref().map(|limit| &limit.variants);
        limit.unwrap_or(&self.variants)
    }

    /// The covariances among the weights, by name, with their roots: symmetric matrices.
    pub fn symmetric(&self) -> Vec<&str> {
        let weights = self.model.weights.iter();
        let covariances = weights
            .filter(|w| !matches!(w.law, WeightsLaw::Entries { .. }))
            .map(|w| w.name.as_str());
        let roots = covariances
            .clone()
            .filter_map(|name| self.model.root_of(name));
        covariances.chain(roots).collect()
    }

    /// 𝒬 as a sum of braids of Kronecker products, where every term is one: `τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)`.
    pub fn braids(&self) -> Option<String> {
        self.braids_of(self.moments.covariance())
    }

    fn braids_of(&self, covariance: &Expression) -> Option<String> {
        let symmetric = self.symmetric();
        let mut braids = Vec::new();
        for term in covariance.terms() {
            let pairing = Pairing::of(covariance, term, &symmetric).filter(Pairing::is_braid)?;
            let factor = term.coefficient.to_string();
            let factor = match (factor.as_str(), term.coefficient.terms().count()) {
                ("1", _) => String::new(),
                (one, 1) => format!("{one} "),
                (sum, _) => format!("({sum}) "),
            };
            let braid = factor + &pairing.braid();
            braids.push((pairing.legs, braid));
        }
        // Those that tie each leg to its own copy first.
        braids.sort_by(|x, y| x.0.cmp(&y.0));
        let texts: Vec<String> = braids.into_iter().map(|(_, braid)| braid).collect();
        let mut sum = String::new();
        for text in texts {
            sum += &match (sum.is_empty(), text.strip_prefix(['-', '−'])) {
                (true, _) => text,
                (false, Some(rest)) => format!(" − {rest}"),
                (false, None) => format!(" + {text}"),
            };
        }
        Some(if sum.is_empty() { "0".into() } else { sum })
    }

    /// What was derived, for a reader: the feature, its mean, its covariance in index notation and, where it is one, as a
    /// sum of braids.
    pub fn lines(&self) -> Vec<String> {
        let Derivation { model, moments, .. } = self;
        let super::Feature { name, legs, text } = &model.feature;
        let legs = legs.join("");
        let mut lines = vec![
            format!("{name}_{legs} = {text}"),
            format!("E {name}_{legs} = {}", moments.mean_expression()),
            format!(
                "𝒬_{} = {}",
                moments.legs(model).replace(['[', ']', ','], ""),
                moments.covariance()
            ),
        ];
        lines.extend(self.braids().map(|braids| format!("𝒬 = {braids}")));
        let functions = model.functions.iter();
        lines.extend(functions.map(|applied| format!("with {}", applied.meaning(model))));
        if let Some(limit) = &self.limit {
            lines.extend(limit.lines(self.braids_of(&limit.covariance)));
        }
        lines
    }

    /// The claims, in the order in which they rest on one another.
    pub fn claims(self) -> Vec<Claim> {
        let statements = Statements::of(&self);
        let shared = Arc::new(self);
        let made = |id, statement, uses: &'static [&'static str], check: Check| {
            claim(id, statement, uses, check, &shared)
        };
        let mut claims = vec![made("covariance", statements.covariance, &[], covariance)];
        let of_covariance = &["covariance"];
        if let Some(claimed) = &shared.model.claim {
            let statement = kept(format!("As the model claims: Cov ω = {claimed}"));
            claims.push(made("claimed", statement, of_covariance, claimed::check));
        }
        if let Some(limit) = &shared.limit {
            let statement = kept(format!(
                "The law of 𝒬's eigenvalues has the limit of that of 𝒬≈ = {}",
                limit.covariance
            ));
            claims.push(made("limit", statement, of_covariance, limit_claim::check));
        }
        let (statement, check) = (statements.concentration, concentration_claim::check);
        claims.push(made("concentration", statement, of_covariance, check));
        let check: Check = match shared.has_full_spheres() {
            true => |_, _| Ok(unsettled::without_rows()),
            false => equation_claim::check,
        };
        claims.push(made("equation", statements.equation, of_covariance, check));
        let (statement, check) = (statements.spectrum, spectrum_claim::check);
        claims.push(made("spectrum", statement, of_covariance, check));
        let uses = &["covariance", "concentration"];
        claims.push(Claim {
            assumes: &[
                "Var ⟨ω°, Bω°⟩ = o(N²) for every bounded B, of which B = 1 is checked (Bai and Zhou 2008)",
            ],
            told: true,
            ..made("law", statements.law, uses, law_claim::check)
        });
        if !shared.moments.is_centred() {
            let (statement, uses) = (statements.outlier, &["covariance", "law"]);
            claims.push(Claim {
                told: true,
                ..made("outlier", statement, uses, outlier::check)
            });
        }
        claims
    }

    /// Whether a vector on a sphere stands twice in a term: it is then made of a matrix, which has no row for each sample.
    fn has_full_spheres(&self) -> bool {
        let is_full = |data: &super::Data| {
            let all = SphereOrder::All;
            matches!(&data.law, DataLaw::Sphere { order, .. } if *order == all)
        };
        self.model.data.iter().any(is_full)
    }
}

/// A text that is kept as long as the program runs, as those of written claims are.
pub(super) fn kept(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

type Check = fn(&Derivation, &Context) -> Result<Finding, CheckError>;

fn claim(
    id: &'static str,
    statement: &'static str,
    uses: &'static [&'static str],
    check: Check,
    derivation: &Arc<Derivation>,
) -> Claim {
    let derivation = derivation.clone();
    Claim {
        id,
        section: 1,
        slide: "derived",
        statement,
        uses,
        made: Some(Made::new(
            move |context| check(&derivation, context),
            concluded,
        )),
        ..Claim::BLANK
    }
}

fn covariance(derivation: &Derivation, ctx: &Context) -> Result<Finding, CheckError> {
    let Derivation {
        model,
        moments,
        variants,
        ..
    } = derivation;
    let squared = moments.product_of_means();
    let proof = |covariance: &str| moments.proof(model, &squared, covariance);
    let mut evidence = vec![
        Measurement::proved("E ω", &moments.proof_of_mean(model, moments.mean()))?,
        Measurement::proved("E ω⊗ω = Eω⊗Eω + 𝒬", &proof(moments.text()))?,
    ];
    let mut controls = Vec::new();
    for variant in variants {
        controls.push(Measurement::proved(
            &format!("𝒬 {}", variant.what),
            &proof(&variant.text),
        )?);
    }
    if !moments.is_centred() {
        let forgotten = moments.proof(model, "0", moments.text());
        controls.push(Measurement::proved("the mean forgotten", &forgotten)?);
    }
    // The means that a proof leaves are numbers, and samples tell whether they are these.
    if !model.functions.is_empty() && !model.has_files() {
        let (seen, missed) = forms::of_samples(derivation, ctx)?;
        // Samples of heavy tails tell nothing apart, and a mean that is small is not missed.
        let told = missed
            .into_iter()
            .filter(|miss| miss.supports() == Some(false));
        let told: Vec<Measurement> = told.collect();
        if !told.is_empty() || seen.supports() != Some(true) {
            evidence.push(seen);
            controls.extend(told);
        }
    }
    Ok(Finding {
        printed: Printed::as_claimed(moments.covariance().to_string(), &evidence),
        evidence,
        controls,
        ..Finding::default()
    })
}
