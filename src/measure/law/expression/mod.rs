//! Laws written as text.
//!
//! ```text
//! sum     = chain { ("+" | "-") number }            number + sum, number - sum
//! chain   = image { op image }                      one op a chain: [+]  [x]  *  [.]  (or ⊞ ⊠ ∗ ⊙)
//! image   = number ("*" | ".") image  |  "-" image  |  primary
//! primary = "(" sum ")"  |  name "(" … ")"  |  name of a law given
//! number  = decimal [ "/" decimal ]
//! ```

mod cursor;
mod error;
mod parser;
mod token;

pub use error::ParseError;
use parser::Parser;
use token::tokens;

use super::Law;

impl Law {
    /// The law that a text describes; what [`Law`] displays, but for long lists of atoms, is read back as the same law.
    ///
    /// | written | law |
    /// |---|---|
    /// | `mp(0.5)`, `semicircle(1)`, `uniform(0, 1)`, `arcsine(-1, 1)` | as the constructors |
    /// | `point(2)`, `atoms(1:0.5, 3:0.5)` | masses after the colon; they must add to 1 |
    /// | `mix(0.3: mp(1), 0.7: point(0))` | mixture |
    /// | `2 * mp(1)` or `2 . mp(1)`, `-mp(1)`, `mp(1) + 3` | images under `x ↦ 2x`, `−x`, `x + 3` |
    /// | `mp(1) [+] semicircle(1)`, or `⊞` | free additive convolution |
    /// | `mp(1) [x] mp(1)`, or `⊠` | free multiplicative convolution |
    /// | `mp(1) * mp(1)`, or `∗` | classical convolution |
    /// | `mp(1) [.] uniform(0, 1)`, or `⊙` | [`Law::classical_product`] |
    /// | `mpmap(0.5, mp(1))` | [`Law::mp_map`] |
    /// | `power(2.5, mp(1))` | [`Law::free_power`] |
    /// | `meixner(m, v, a, e)` | [`Law::free_meixner`] |
    /// | `meixner(uniform(0, 1))` | [`Law::nearest_meixner`] |
    /// | `decompress(0.25, mp(1))` | [`Law::free_decompression`] |
    /// | `covariance(γ₂, α, β, c₀, atoms(…))` | [`WeightedCovariance`](crate::measure::WeightedCovariance), the last its law of squared weights |
    ///
    /// No operation goes before another: a chain of two different ones needs parentheses. A number is not a law,
    /// and is read as a factor or a shift; a fraction such as `1/3` is a number.
    ///
    /// ```
    /// use tensor_dyson::measure::Law;
    /// let law = Law::parse("mp(0.5) [x] (2 * semicircle(0.1) + 3)")?;
    /// assert_eq!(law.moments(1)?[1], 3.0);
    /// assert!(Law::parse("mp(-1)").unwrap_err().to_string().contains("gamma is -1"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ParseError`]: what stands where, and what was expected; or why a law was refused.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        Self::parse_with(text, &[])
    }

    /// The same, where a name without parentheses stands for one of the laws given: one from a file, say.
    ///
    /// ```
    /// use tensor_dyson::measure::Law;
    /// let tent = Law::from_samples(vec![0.0, 1.0, 2.0], vec![0.0, 1.0, 0.0])?;
    /// let sum = Law::parse_with("tent [+] semicircle(1)", &[("tent", tent)])?;
    /// assert!((sum.moments(1)?[1] - 1.0).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Law::parse`].
    pub fn parse_with(text: &str, named: &[(&str, Law)]) -> Result<Self, ParseError> {
        let tokens = tokens(text)?;
        Parser::new(&tokens, named, text.chars().count()).whole()
    }
}
