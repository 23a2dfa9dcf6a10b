//! Names that print alike, legs written twice, and declarations that are refused.

use super::{claim, reason, refused, theory};
use tensor_dyson::symbolic::{TensorLaw, Theory};

#[test]
fn a_leg_stands_once() {
    let theory = theory(|t| t.tensors("G[d,p] T[d,d]")).unwrap();
    refused(
        claim(&theory, "[a,a] δ[a,a]", "[a,c] δ[a] δ[c]", &[]),
        "leg `a` stands twice",
    );
    refused(
        claim(&theory, "[a,c] δ[a] δ[c]", "[a,a] δ[a,a]", &[]),
        "leg `a` stands twice",
    );
    refused(
        claim(&theory, "[a,b,a] G[a,b]", "[a,b,c] G[a,b] δ[c]", &[]),
        "leg `a` stands twice",
    );
    for definition in ["S[a,a] = T[a,a]", "S[a,b,a] = G[a,b]"] {
        refused(
            super::theory(|t| t.tensors("G[d,p] T[d,d]")?.define(definition)),
            "leg `a` stands twice",
        );
    }
    let rule = super::theory(|t| t.tensors("T[d,d]")?.rule("r", "T[a,a] = 1"));
    refused(rule, "leg `a` stands twice");
}

#[test]
fn letters_of_two_alphabets_that_look_alike_are_not_two_names() {
    // Cyrillic а, е, р; Greek ο, ν, ρ; a Latin letter in a mathematical alphabet.
    for (one, other) in [
        ("a", "а"),
        ("e", "е"),
        ("o", "ο"),
        ("v", "ν"),
        ("p", "р"),
        ("A", "𝖠"),
        ("x", "𝑥"),
    ] {
        let declared = theory(|t| {
            t.tensors(&format!("{one}[n]"))?
                .tensors(&format!("{other}[n]"))
        });
        if one == "p" {
            refused(declared, "`p` is declared already");
            continue;
        }
        refused(declared, &format!("`{other}` cannot be told from `{one}`"));
    }
    refused(theory(|t| t.scalars("ρ")), "`ρ` cannot be told from `p`");
    refused(theory(|t| t.space("р", "w")), "`р` cannot be told from `p`");
    refused(theory(|t| t.tensors("z[n]")?.scalars("ᴢ")), "cannot stand");
    let theory = theory(|t| t.tensors("T[d,d] Q[d] 𝒬[d] u[n] v[n]")).unwrap();
    let alike = "[a,а] T[a,а]";
    refused(
        claim(&theory, alike, "[a,c] T[a,c]", &[]),
        "`а` cannot be told from `a`",
    );
    refused(
        claim(&theory, "T[a,c] T[с,c] δ[a] δ[с]", "0", &[]),
        "`с` cannot be told from `c`",
    );
}

#[test]
fn no_name_prints_like_a_tensor_with_its_indices() {
    for name in ["x_ia", "x_", "G_ab[n]"] {
        refused(
            theory(|t| t.tensors("x[n,d]")?.tensors(name)),
            "`_` cannot stand at character 1",
        );
    }
    let theory = theory(|t| t.tensors("x[n,d]")).unwrap();
    let printed = |text: &str| theory.expression(text).unwrap().to_string();
    assert_ne!(printed("δ[ac]"), printed("δ[a,c]  δ[a] δ[c]"));
    assert_eq!(printed("δ[a1]"), "δ_{a1}");
    assert_eq!(printed("[i,a] x[i,a]"), "x_ia");
}

#[test]
fn a_rule_has_a_name_of_its_own() {
    let twice = theory(|t| {
        t.tensors("G[d,p] W[d,p]")?
            .define("V[a,b] = G[a,b]")?
            .rule("r", "V[a,b] = G[a,b]")?
            .rule("r", "V[a,b] = W[a,b]")
    });
    refused(twice, "`r` is declared already");
    let definition = theory(|t| {
        t.tensors("G[d,p] W[d,p]")?
            .define("V[a,b] = G[a,b]")?
            .rule("V", "V[a,b] = W[a,b]")
    });
    refused(definition, "`V` is declared already");
    let vectors = theory(|t| {
        t.space("r", "t")?
            .tensors("G[d,p]")?
            .define("C[a,c] = G[a,b] G[c,b]")?
            .rule("Wv", "C[a,c] = G[a,b] G[c,b]")?
            .singular_vectors("W[d,p]", "r", ["u", "s", "v"])
    });
    refused(vectors, "`Wv` is declared already");
}

#[test]
fn what_is_refused_leaves_nothing_declared() {
    let mut theory = Theory::new();
    theory.tensors("G[d,p]").unwrap();
    assert!(theory.rule("S", "G[a,b] = G[a,b]").is_ok());
    // The name of the rule is taken, the tensor is not kept either.
    refused(theory.define("S[a,b] = G[a,b]"), "`S` is declared already");
    refused(theory.expression("[a,b] S[a,b]"), "`S` is not declared");
    refused(theory.tensors("A[d] B[d] G[d]"), "`G` is declared already");
    refused(theory.expression("[a] A[a]"), "`A` is not declared");
    refused(theory.scalars("t G"), "`G` is declared already");
    refused(theory.expression("t"), "`t` is not declared");
    refused(
        theory.inverse(
            "K",
            &[vec![1, 0]],
            "[a,c] G[a,b] G[c,e] δ[b] δ[e] δ[b,e] + G[a,b] δ[c] δ[b]",
        ),
        "`K` has not the symmetry",
    );
    refused(theory.expression("K[a,a]"), "`K` is not declared");
    refused(
        theory.singular_vectors("W[d,p]", "n", ["u", "G", "v"]),
        "`G` is declared already",
    );
    refused(theory.expression("[a,b] W[a,b]"), "`W` is not declared");
    assert!(theory.tensors("S[d,p] A[d] W[d,p] K[d]").is_ok());
}

#[test]
fn a_scalar_rule_is_a_scalar() {
    let theory = theory(|t| {
        t.tensors("u[d] v[d]")?
            .define("w[a] = v[a]")?
            .rule("r", "u[a] w[a] = u[a] v[a]")
    });
    let theory = theory.unwrap();
    let rule = theory.rules(&["r"]).unwrap()[0];
    assert!(rule.sides().0.legs().is_empty());
    // Read with the leg a it would rewrite this too, entry by entry.
    let entry = theory.expression("[a] u[a] w[a]").unwrap();
    assert_eq!(entry.rewritten(&[rule]).unwrap().to_string(), "u_a w_a");
    let trace = super::theory(|t| {
        t.tensors("G[d,p]")?
            .rule("r", "G[a,b] G[a,b] = G[a,b] G[a,b]")
    });
    assert!(trace.is_ok(), "{}", reason(trace));
}

#[test]
fn symbols_of_a_law_are_those_of_the_theory() {
    let theory = theory(|t| t.tensors("x[n,d] m")).unwrap();
    let over = |symbol: &str| {
        let variance = tensor_dyson::symbolic::Polynomial::symbol(symbol, 1);
        let law = TensorLaw::Cumulants(vec![tensor_dyson::symbolic::Polynomial::zero(), variance]);
        let begun = theory.prove("").from("m x[i,a] x[i,a]").unwrap();
        begun.expect("", "x", &law).map(|p| p.done())
    };
    // `m` is a tensor: as a scalar it would print the same and be another thing.
    refused(over("m"), "`m` of the expression is not `m` of this theory");
    refused(over("t"), "`t` of the expression is not `t` of this theory");
    assert!(over("d").is_ok());
}

#[test]
fn nothing_raised_or_unseen_is_part_of_a_name() {
    for name in ["zⁿ", "Xᵀ", "zᵏ", "ⁿz", "zᴴ", "vˣ"] {
        refused(theory(|t| t.scalars(name)), "cannot stand at character");
    }
    for (one, other) in [
        ("ȳ", "y\u{304}"),
        ("φ″", "φ′′"),
        ("φ′", "φ'"),
        ("rn", "m"),
        ("x1", "xl"),
        ("ε", "ϵ"),
    ] {
        let declared = theory(|t| t.tensors(one)?.scalars(other));
        refused(declared, &format!("`{other}` cannot be told from `{one}`"));
    }
    for name in [
        "x\u{3164}",
        "x\u{1160}x",
        "x\u{200b}",
        "x\u{200d}y",
        "x\u{202e}",
        "x\u{301}",
    ] {
        refused(theory(|t| t.scalars(name)), "cannot stand at character 1");
    }
}
