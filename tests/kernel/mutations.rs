//! True statements with one number or one sign changed: none stands.

use tensor_dyson::symbolic::{Ensemble, Haar, ProofError, SymbolicError, TensorLaw, Theory};

type Declare = fn(&mut Theory) -> Result<&mut Theory, SymbolicError>;

/// What is said of a mean over a tensor, or over two.
struct Statement {
    declare: Declare,
    from: &'static str,
    over: Vec<(&'static str, TensorLaw)>,
    /// Whether it is integrated by parts.
    by_parts: bool,
    to: &'static str,
}

fn statements() -> Vec<Statement> {
    let mean = |declare: Declare, from, over: &[(&'static str, &TensorLaw)], to| Statement {
        declare,
        from,
        over: over
            .iter()
            .map(|(name, law)| (*name, (*law).clone()))
            .collect(),
        by_parts: false,
        to,
    };
    let gaussian = TensorLaw::Gaussian;
    let [hermitian, complex] = [Ensemble::hermitian(), Ensemble::complex(2, "Z̄")];
    let [hermitian, complex] = [hermitian, complex].map(TensorLaw::Ensemble);
    let [orthogonal, unitary] = [Haar::orthogonal(), Haar::unitary("Ū")].map(TensorLaw::Haar);
    vec![
        mean(
            |t| t.complex("Z[d,p]", "Z̄")?.tensors("v[d]"),
            "v[a] Z[a,b] v[c] Z̄[c,b] v[k] Z[k,e] v[q] Z̄[q,e]",
            &[("Z", &complex)],
            "(p^2 + p) v[a] v[a] v[c] v[c]",
        ),
        mean(
            |t| t.scalars("i")?.hermitian("H[d,d]")?.tensors("v[d]"),
            "i^4 H[a,c] H[c,k] H[k,q] H[q,a] + i H[a,c] v[a] v[c] H[k,k]",
            &[("H", &hermitian)],
            "2 d^3 + d + i v[a] v[a]",
        ),
        mean(
            |t| t.tensors("O[d,d] v[d]"),
            "v[a] v[c] v[k] v[q] O[a,s] O[c,s] O[k,s] O[q,s]",
            &[("O", &orthogonal)],
            "3/(d + 2) v[a] v[a] v[c] v[c]",
        ),
        mean(
            |t| t.complex("U[d,d]", "Ū")?.tensors("A[d,d]"),
            "A[a,c] U[c,k] Ū[a,k] + U[a,c] U[c,a] Ū[k,q] Ū[q,k]",
            &[("U", &unitary)],
            "1/1 A[a,a] + 2",
        ),
        mean(
            |t| {
                t.tensors("x[d] G[d,p]")?
                    .functions(&["φ", "φ′", "φ″"], "x", "u[b] = x[a] G[a,b]")?
                    .mean("K[b,e] = φ[b] φ[e]")?
                    .mean("L[b,e] = φ′[b] φ′[e]")?
                    .mean("J[b,e] = φ″[b] φ[e]")
            },
            "[b,e] x[a] x[a] φ[b] φ[e]",
            &[("x", &gaussian)],
            "[b,e] d K[b,e] + G[a,b] G[a,b] J[b,e] + G[a,e] G[a,e] J[e,b] + 2 G[a,b] G[a,e] L[b,e]",
        ),
        mean(
            |t| t.tensors("x[n,d] A[n,n]")?.copies("x", &["y"]),
            "x[i,a] x[i,a] A[j,l] x[j,c] x[l,c] - x[i,a] x[i,a] A[j,l] y[j,c] y[l,c]",
            &[("x", &gaussian), ("y", &gaussian)],
            "2 d A[i,i]",
        ),
        Statement {
            by_parts: true,
            ..mean(
                |t| {
                    t.scalars("z t")?.hermitian("H[d,d]")?.inverse(
                        "R",
                        &[],
                        "[a,c] z δ[a,c] - t H[a,c]",
                    )
                },
                "H[a,c] H[c,a] R[k,k] + H[a,c] R[c,k] R[k,a]",
                &[("H", &hermitian)],
                "d^2 R[k,k] + t H[a,c] R[c,k] R[k,a] + 2 t R[a,a] R[c,k] R[k,c]",
            )
        },
    ]
}

fn holds(statement: &Statement, to: &str) -> Result<(), ProofError> {
    let mut theory = Theory::new();
    (statement.declare)(&mut theory)?;
    let mut prover = theory.prove("").from(statement.from)?;
    for (tensor, law) in &statement.over {
        prover = match statement.by_parts {
            true => prover.by_parts("", tensor, law)?,
            false => prover.expect("", tensor, law)?,
        };
    }
    prover.is("", to).map(|_| ())
}

/// Every number raised by one, every sign turned around, and all of it twice.
fn changes(text: &str) -> Vec<String> {
    let legs = match text.starts_with('[') {
        true => text.find("] ").map_or(0, |end| end + 2),
        false => 0,
    };
    let (front, back) = text.split_at(legs);
    let mut changes = vec![format!("{front}2 ({back})")];
    for (at, c) in back.char_indices() {
        let changed = match c {
            '0'..='8' => ((c as u8 + 1) as char).to_string(),
            '+' => "-".into(),
            '-' => "+".into(),
            _ => continue,
        };
        changes.push(format!(
            "{front}{}{changed}{}",
            &back[..at],
            &back[at + 1..]
        ));
    }
    changes
}

#[test]
fn no_number_or_sign_of_a_statement_can_be_changed() {
    let mut tried = 0;
    for statement in statements() {
        holds(&statement, statement.to).unwrap_or_else(|error| panic!("{}: {error}", statement.to));
        for changed in changes(statement.to) {
            let refused = matches!(holds(&statement, &changed), Err(ProofError::Refuted(_)));
            assert!(refused, "{} = {changed}", statement.from);
            tried += 1;
        }
    }
    assert!(tried > 25, "{tried}");
}
