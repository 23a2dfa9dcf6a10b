//! Which law was asked for: how the answer names it, and the title of its plot.

use super::finite::Layer;
use super::json::{Name, Source};
use super::{Arguments, CommandError, Pairs, named_laws, plot};
use tensor_dyson::measure::{Atoms, Law, WeightedCovariance};
use tensor_dyson::model::{Activation, HermiteData, NORMALISATION};
use tensor_dyson::polynomial::MatrixExpression;

/// A law with its names.
pub(super) struct Asked {
    pub law: Law,
    pub name: Name,
    pub title: String,
    /// Lines before the answer.
    pub said: Vec<String>,
}

/// The law that the arguments are about.
pub(super) fn asked(arguments: &Arguments) -> Result<Asked, CommandError> {
    let mut given = named_laws(&arguments.law)?;
    let polynomials = arguments.polynomials.polynomials(&given)?;
    if let Some(text) = &arguments.expr {
        for (expression, polynomial) in &polynomials {
            let name = expression.name.as_deref().ok_or(CommandError::Unnamed)?;
            given.push((name, polynomial.law()?));
        }
        return expression_of_laws(text, &given);
    }
    match &polynomials[..] {
        [] => of_the_talk(arguments),
        [(expression, polynomial)] => of_matrices(arguments, &expression.text, polynomial),
        _ => Err(CommandError::Several),
    }
}

fn expression_of_laws(text: &str, given: &[(&str, Law)]) -> Result<Asked, CommandError> {
    let law = Law::parse_with(text, given)?;
    let expr = law.to_string();
    Ok(Asked {
        law,
        title: plot::rounded(&expr),
        name: Name::Expression { expr },
        said: vec![],
    })
}

fn of_matrices(
    arguments: &Arguments,
    text: &str,
    polynomial: &MatrixExpression,
) -> Result<Asked, CommandError> {
    let law = polynomial.law()?;
    let said = arguments
        .polynomials
        .said(polynomial, &law, arguments.seed)?;
    let linearisation = polynomial.linearisation();
    Ok(Asked {
        law,
        title: text.to_owned(),
        name: Name::Polynomial {
            poly: text.to_owned(),
            linearisation: linearisation.entries,
            dimensions: linearisation.dimensions,
        },
        said,
    })
}

/// c₀, α and β.
fn hermite(arguments: &Arguments) -> [f64; 3] {
    match &arguments.activation {
        Some(activation) => {
            let data = activation.hermite_data();
            [data.mean(), data.alpha(), data.beta_squared().sqrt()]
        }
        None => [
            arguments.mean.unwrap_or(0.0),
            required(arguments.alpha),
            required(arguments.beta),
        ],
    }
}

/// clap has seen to it that it is there.
fn required(value: Option<f64>) -> f64 {
    value.unwrap_or(f64::NAN)
}

/// What the title says of a²: nothing of the usual ±1.
fn said_of_squares(pairs: &[(f64, f64)]) -> String {
    match *pairs {
        [(1.0, _)] => String::new(),
        [(x, _)] => format!(", a² = {x}"),
        _ => format!(", a² of {} values", pairs.len()),
    }
}

/// The Marchenko–Pastur map of 𝒬's law, in the limit or of one first layer.
fn of_the_talk(arguments: &Arguments) -> Result<Asked, CommandError> {
    let gamma1 = required(arguments.gamma1);
    let [mean, alpha, beta] = hermite(arguments);
    let one = || Pairs {
        at: vec![1.0],
        mass: vec![1.0],
    };
    let squares = arguments.nu.clone().unwrap_or_else(one);
    let drawn = arguments.output_weights.is_none();
    let nu = drawn.then(|| squares.pairs());
    let mut title = format!(
        "γ₁ = {gamma1}, α = {alpha}, β = {beta}, c₀ = {mean}{}",
        nu.as_deref().map_or(String::new(), said_of_squares)
    );
    let (mut gamma2, mut sizes, mut sources) = (None, [None; 2], [None, None]);
    let covariance = match Layer::of(arguments) {
        Some(layer) => {
            let data = HermiteData::new(mean, alpha, beta * beta)?;
            let (law, [d, p]) = layer.law(&data, squares)?;
            title = format!("d = {d}, p = {p}, {title}");
            sizes = [Some(d), Some(p)];
            sources = [layer.weights, layer.output_weights]
                .map(|path| Some(Source::of(path, layer.seed)));
            law
        }
        None => {
            let ratio = required(arguments.gamma2);
            title = format!("γ₂ = {ratio}, {title}");
            gamma2 = Some(ratio);
            let atoms = Atoms::new(squares.at, squares.mass)?;
            Law::from(WeightedCovariance::new(ratio, alpha, beta, mean, atoms)?)
        }
    };
    let formulas = arguments.activation.as_ref().map(Activation::formulas);
    let named = formulas.iter().map(|formulas| format!("{formulas}: "));
    let taken =
        named.collect::<String>() + &format!("α = {alpha:.6}, β = {beta:.6}, c₀ = {mean:.6}");
    let [d, p] = sizes;
    let [weights, output_weights] = sources;
    Ok(Asked {
        law: covariance.mp_map(gamma1)?,
        title: plot::rounded(&title),
        name: Name::Talk {
            gamma1,
            gamma2,
            alpha,
            beta,
            mean,
            formulas,
            normalisation: NORMALISATION,
            nu,
            d,
            p,
            weights,
            output_weights,
        },
        said: vec![taken, format!("limit law of {NORMALISATION}")],
    })
}
