//! False statements that were accepted once, an instance of each kind; and true ones that were refused.

use super::{refused, theory};
use tensor_dyson::symbolic::{
    Ensemble, Haar, Notation, Polynomial, Proof, ProofError, SymbolicError, TensorLaw, Theory,
};

type Proved = Result<Proof, ProofError>;

fn cumulants(given: &[i64]) -> TensorLaw {
    TensorLaw::Cumulants(given.iter().map(|k| Polynomial::from(*k)).collect())
}

/// One declaration declares one tensor: what stood before it was a rule that nobody tested.
#[test]
fn a_definition_is_of_one_tensor() {
    let mut theory = Theory::of("d: a c").unwrap();
    theory.define("q = 1 + (d-1) (d-2) (d-3)").unwrap();
    for text in ["q p = 1", "q, p = 1", "v[a] w[a] = 1", "= 1", "2 p = 1"] {
        refused(theory.clone().define(text).map(|_| ()), "cannot stand at");
    }
    let mut t = super::theory(|t| t.tensors("x[d] G[d,p]")).unwrap();
    let form = t
        .clone()
        .functions(&["φ"], "x", "y[b] u[b] = x[a] G[a,b]")
        .map(|_| ());
    refused(form, "`u` cannot stand");
    t.functions(&["φ"], "x", "u[b] = x[a] G[a,b]").unwrap();
    refused(
        t.clone().mean("o m[b] = φ[b]").map(|_| ()),
        "`m` cannot stand",
    );
    let vectors = t
        .singular_vectors("U[d,p] W[d,p]", "d", ["u", "σ", "v"])
        .map(|_| ());
    refused(vectors, "`W` cannot stand");
}

/// A rational function of the dimension with as many roots as poles, at none of which it may be tested alone.
#[test]
fn poles_are_counted_as_roots() {
    let zeros: String = (2..=7).map(|k| format!("(d-{k}) ")).collect();
    let poles: String = (1..=7).map(|k| format!("/(d+{k})")).collect();
    let mut t = Theory::of("d: a c").unwrap();
    t.inverse("R", &[], "[a,c] δ[a,c]").unwrap();
    t.rule("r", &format!("[] R[a,a] = d + {zeros}{poles}"))
        .unwrap();
    refused(
        t.prove("").from("R[a,a]").unwrap().rewrite("", &["r"]),
        "does not hold",
    );
}

/// A polynomial of the dimension behind the trace of a matrix that is 1, with its roots where a rule without coefficients is tested.
#[test]
fn sums_are_counted_as_roots() {
    for (k, j) in [(4, 5), (5, 6), (4, 6), (3, 4)] {
        let mut t = Theory::of("d: a c").unwrap();
        t.inverse("R", &[], "[a,c] δ[a,c]").unwrap();
        let rule = format!("[] R[a,a] R[c,c] = {} R[a,a] - {}", k + j, k * j);
        t.rule("r", &rule).unwrap();
        let begun = t.prove("").from("R[a,a] R[c,c]").unwrap();
        refused(begun.rewrite("", &["r"]), "does not hold");
    }
}

/// The transpose of one factor of two is no symmetry of the inverse.
#[test]
fn an_inverse_does_not_inherit_a_partial_transpose() {
    let mut t = Theory::of("d: a c; p: b e").unwrap();
    t.symmetric("M[d,p,d,p]", &[vec![0, 3, 2, 1]]).unwrap();
    let matrix = "[a,b,c,e] M[a,b,c,e]";
    refused(
        t.clone()
            .inverse("R", &[vec![0, 3, 2, 1]], matrix)
            .map(|_| ()),
        "has not the symmetry",
    );
    t.symmetric("N[d,p,d,p]", &[vec![2, 3, 0, 1]]).unwrap();
    let whole = "[a,b,c,e] N[a,b,c,e]";
    assert!(t.inverse("S", &[vec![2, 3, 0, 1]], whole).is_ok());
}

/// Projections onto singular vectors multiply like this only where there are as many modes as dimensions.
#[test]
fn a_rule_is_tested_at_all_orders_of_its_dimensions() {
    let mut t = Theory::of("r: t s; d: a c; p: b e").unwrap();
    t.singular_vectors("W[d,p]", "r", ["u", "σ", "v"]).unwrap();
    t.rule(
        "q",
        "[a,c,b,e] u[t,a] u[t,c] v[s,b] v[s,e] = u[t,a] u[t,c] δ[b,e] + δ[a,c] v[s,b] v[s,e] - δ[a,c] δ[b,e]",
    )
    .unwrap();
    let begun = t
        .prove("")
        .from("[a,c,b,e] (r-2) (r-3) (r-4) (r-5) u[t,a] u[t,c] v[s,b] v[s,e]");
    refused(begun.unwrap().rewrite("", &["q"]), "does not hold");
}

/// What the conditions raise to one size is one test less: the sizes begin where the conditions let them.
#[test]
fn a_condition_leaves_as_many_sizes() {
    let claim = |conditions: &[(&str, &str)], right: &str| {
        let mut t = Theory::of("n: i j; d: a c").unwrap();
        for (large, small) in conditions {
            t.at_least(large, small).unwrap();
        }
        t.inverse("R", &[], "[a,c] δ[a,c]").unwrap();
        t.rule("r", &format!("[] R[a,a] = d + {right}")).unwrap();
        let begun = t.prove("").from("R[a,a]").unwrap();
        begun.rewrite("", &["r"]).map(|_| ())
    };
    refused(claim(&[("d", "20")], "d - 20"), "does not hold");
    refused(
        claim(&[("d", "20"), ("n", "d")], "(d-20) (d-21)"),
        "does not hold",
    );
    refused(claim(&[], "(d-20)/(d-19)"), "does not hold");
    refused(claim(&[("n", "d")], "n - d - 1"), "does not hold");
    refused(claim(&[("n", "d")], "n - d - 2"), "does not hold");
    assert!(claim(&[("n", "d"), ("d", "20")], "n - n").is_ok());
}

/// Three matrices, each with as many singular vectors as the dimension before its own.
fn three_matrices() -> Theory {
    let mut t = Theory::of("a: α; c: χ; b: β; d: η").unwrap();
    for (matrix, modes, parts) in [
        ("W[b,b]", "a", ["u1", "s1", "v1"]),
        ("X[c,c]", "b", ["u2", "s2", "v2"]),
        ("Y[d,d]", "c", ["u3", "s3", "v3"]),
    ] {
        t.singular_vectors(matrix, modes, parts).unwrap();
    }
    t
}

/// A product that vanishes unless three dimensions grow in one order.
#[test]
fn a_rule_of_singular_vectors_is_tested_at_every_order() {
    let mut t = three_matrices();
    t.define("P[β1,β2] = u1[α1,β1] u1[α1,β2] - δ[β1,β2]")
        .unwrap();
    t.define("Q[χ1,χ2] = u2[β1,χ1] u2[β1,χ2] - δ[χ1,χ2]")
        .unwrap();
    t.define("S[η1,η2] = u3[χ1,η1] u3[χ1,η2] - δ[η1,η2]")
        .unwrap();
    t.rule("z", "[β1,β2,χ1,χ2,η1,η2] P[β1,β2] Q[χ1,χ2] S[η1,η2] = 0")
        .unwrap();
    let begun = t
        .prove("")
        .from("[β1,β2,χ1,χ2,η1,η2] P[β1,β2] Q[χ1,χ2] S[η1,η2]")
        .unwrap();
    let outcome = begun.rewrite("", &["z"]).map(|_| ());
    assert!(outcome.is_err(), "{outcome:?}");
}

/// An inverse of a matrix of rank 3 that only rules hold.
#[test]
fn an_inverse_of_low_rank_does_not_exist() {
    let mut t = Theory::of("d: a c q s k").unwrap();
    t.tensors("v[d] w[d] e[d] f[d] g[d] h[d]")
        .unwrap()
        .define("I[a,c] = δ[a,c]")
        .unwrap();
    t.inverse("R", &[], "[a,c] v[a] w[c] + e[a] f[c] + g[a] h[c]")
        .unwrap();
    let rule = "I[a,c] = v[a] w[k] R[k,c] + e[a] f[k] R[k,c] + g[a] h[k] R[k,c]";
    t.rule("intro", rule).unwrap();
    refused(
        t.prove("").from("I[a,a]").unwrap().rewrite("", &["intro"]),
        "singular",
    );
}

/// What was dropped for its order in one chain is not random in another.
#[test]
fn nothing_is_random_here_and_of_an_order_there() {
    let mut t = Theory::new();
    t.tensors("x[n]").unwrap().of_order("x", 0).unwrap();
    let text = "n^-1 x[i] x[i] x[j] x[j]";
    let dropped = || {
        t.prove("")
            .from(text)
            .unwrap()
            .approximately("", &[("n", 1)], 0)
            .unwrap()
    };
    let averaged = || {
        t.prove("")
            .from(text)
            .unwrap()
            .expect("", "x", &TensorLaw::Gaussian)
            .unwrap()
    };
    let second = dropped().from(text).unwrap();
    refused(
        second.expect("", "x", &TensorLaw::Gaussian),
        "cannot stand after ≈",
    );
    let second = averaged().from(text).unwrap();
    refused(
        second.approximately("", &[("n", 1)], 0),
        "of what order `x` is",
    );
    refused(
        dropped().done().and(averaged().done()),
        "cannot stand after ≈",
    );
    refused(
        averaged().done().and(dropped().done()),
        "cannot stand after ≈",
    );
}

/// An inverse of a matrix of rank 1 that only rules hold.
#[test]
fn an_inverse_inside_a_rule_has_to_exist() {
    let mut t = Theory::of("d: a c q s k").unwrap();
    t.tensors("v[d] w[d]")
        .unwrap()
        .define("I[a,c] = δ[a,c]")
        .unwrap();
    t.inverse("R", &[], "[a,c] v[a] w[c]").unwrap();
    t.rule("intro", "I[a,c] = v[a] w[k] R[k,c]").unwrap();
    let begun = t.prove("").from("[a,c,q,s] I[a,c] I[q,s]").unwrap();
    refused(
        begun.follows("", "[a,c,q,s] I[q,c] I[a,s]", &["intro"]),
        "singular",
    );
}

#[test]
fn a_term_is_dropped_for_its_own_order_only() {
    let mut t = Theory::new();
    t.scalars("z w")
        .unwrap()
        .tensors("x[n]")
        .unwrap()
        .of_order("x", 0)
        .unwrap();
    let dropped = |text: &str, scaling: &[(&str, i32)], order| {
        let begun = t.prove("").from(text)?;
        Ok::<_, ProofError>(begun.approximately("", scaling, order)?.done())
    };
    // 1/(z+1) tends to 1 with z to 0.
    let kept = dropped("1 + 1/(z+1)", &[("z", -1)], 0).unwrap();
    assert_eq!(kept.conclusion().unwrap().term_count(), 2);
    let kept = dropped("1 + 1/(z+1)", &[("z", 1)], 0).unwrap();
    assert_eq!(kept.conclusion().unwrap().term_count(), 1);
    // A fixed scalar is not at its pole: the proof says so.
    let fixed = dropped("1/(w-1) + z", &[("z", -1), ("w", 0)], 0).unwrap();
    assert!(fixed.to_string().contains("(w-1)"), "{fixed}");
    refused(
        dropped("n", &[("n", 1), ("q ~ 1\n 0 = 1", 1)], 0),
        "is not declared",
    );
    // One scaling for a proof.
    let begun = || t.prove("").from("n + d").unwrap();
    let one = begun().approximately("", &[("n", 1), ("d", 0)], 1).unwrap();
    let other: &[(&str, i32)] = &[("n", 0), ("d", 1)];
    refused(
        one.clone().approximately("", other, 1),
        "of order 1 in one step and of order 0",
    );
    let again = one.clone().from("n + d").unwrap();
    refused(again.approximately("", other, 1), "of order");
    let second = begun().approximately("", other, 1).unwrap().done();
    refused(one.done().and(second), "of order");
    // What is integrated by parts is random still.
    let begun = t.prove("").from("n^-1 x[i] x[i] x[j] x[j]").unwrap();
    let parts = begun.by_parts("", "x", &TensorLaw::Gaussian).unwrap();
    refused(parts.approximately("", &[("n", 1)], 1), "`x`");
}

#[test]
fn a_joint_cumulant_is_of_copies_that_stand_in_no_scalar() {
    let t = theory(|t| {
        t.tensors("x[d] z[d] G[d,p] h[p]")?
            .copies("x", &["y"])?
            .define("S[a,c] = x[a] x[c]")?
            .functions(&["φ", "φ′"], "x", "u[b] = x[a] G[a,b]")
    })
    .unwrap();
    let cumulant =
        |scalar: &str, copies: &[&str]| t.cumulant(&[scalar, scalar], copies).map(|_| ());
    assert!(cumulant("x[a] x[a]", &["x", "y"]).is_ok());
    assert!(cumulant("y[a] y[a]", &["y", "x"]).is_ok());
    refused(cumulant("x[a] x[a]", &["x", "x"]), "different copies");
    refused(cumulant("x[a] x[a]", &["x", "z"]), "different copies");
    refused(cumulant("x[a] y[a]", &["x", "y"]), "stand in no scalar");
    refused(cumulant("S[a,a]", &["x", "y"]), "`S` is made of `x`");
    refused(cumulant("φ[b] h[b]", &["x", "y"]), "`φ` is made of `x`");
    // The copies have one law.
    let variance = t
        .cumulant(&["x[a] x[a]", "x[c] x[c]"], &["x", "y"])
        .unwrap();
    let begun = t.prove("").from_expression(variance).unwrap();
    let begun = begun.expect("", "x", &TensorLaw::Gaussian).unwrap();
    refused(
        begun.expect("", "y", &cumulants(&[0, 5, 0, 0])),
        "under another law",
    );
}

#[test]
fn a_tensor_has_one_law_wherever_it_is_averaged() {
    let mut t = Theory::new();
    t.complex("U[d,d]", "Ū")
        .unwrap()
        .tensors("x[d] G[d,p]")
        .unwrap();
    t.functions(&["φ", "φ′"], "x", "u[b] = x[a] G[a,b]")
        .unwrap();
    t.mean("m[b] = φ[b]").unwrap();
    let of = |text: &str, tensor: &str, law: TensorLaw| -> Proved {
        Ok(t.prove("").from(text)?.expect("", tensor, &law)?.done())
    };
    let squares = "U[a,c] U[c,a] Ū[k,q] Ū[q,k]";
    let haar = of(squares, "U", TensorLaw::Haar(Haar::unitary("Ū"))).unwrap();
    let ginibre = of(squares, "Ū", TensorLaw::Ensemble(Ensemble::complex(2, "U"))).unwrap();
    refused(haar.and(ginibre), "under another law");
    // A declared mean is over standard Gaussian entries, and says so.
    let skew = cumulants(&[0, 5, 0, 0]);
    refused(
        of("[b] m[b] x[a] x[a]", "x", skew.clone()),
        "under another law",
    );
    let averaged = of("x[a] x[a]", "x", skew).unwrap();
    let mean = t
        .prove("")
        .from("[b] m[b]")
        .unwrap()
        .is("", "[b] m[b]")
        .unwrap()
        .done();
    assert!(mean.to_string().contains("standard Gaussian"), "{mean}");
    refused(averaged.and(mean), "under another law");
    // A law is written in symbols of the theory, as far as it is given, with powers that can be meant.
    let foreign = vec![
        Polynomial::zero(),
        Polynomial::one(),
        Polynomial::symbol("x", 1),
    ];
    refused(of("x[a] x[a]", "x", TensorLaw::Cumulants(foreign)), "`x`");
    let mut high = Polynomial::symbol("n", i32::MAX);
    for _ in 0..30 {
        high = &high * &high;
    }
    let high = TensorLaw::Cumulants(vec![Polynomial::zero(), high]);
    refused(
        of("x[a] x[a] x[c] x[c] x[k] x[k]", "x", high),
        "is too large",
    );
}

#[test]
fn names_print_as_names() {
    let mut t = Theory::of("d: a c").unwrap();
    t.tensors("A[d,d]").unwrap().define("o = 1").unwrap();
    for name in [
        "",
        "q\n\n      0\n    =  by arithmetic\n      1",
        "a\u{202e}b",
        " q",
    ] {
        refused(t.clone().rule(name, "o = 1").map(|_| ()), "cannot stand");
    }
    t.rule("v", "o = 1").unwrap();
    refused(
        t.clone().rule("ν", "o = 1").map(|_| ()),
        "cannot be told from `v`",
    );
    refused(
        t.clone().reversed("v", "ν").map(|_| ()),
        "cannot be told from `v`",
    );
    for spaces in ["n: 0", "n: =", "n: i; d: \u{1}", "n: δ"] {
        refused(Theory::of(spaces).map(|_| ()), "cannot stand");
    }
    refused(
        Theory::of("d: a; p: а").map(|_| ()),
        "cannot be told from `a`",
    );
    refused(
        Theory::of("d: a; p: a").map(|_| ()),
        "`a` is declared already",
    );
    // Letters that do not print, or print like a mark or a power.
    for name in [
        "\u{3164}",
        "\u{115f}1",
        "n\u{30fc}d",
        "n\u{4e00}d",
        "n\u{1c3}",
        "n\u{a7f2}",
    ] {
        refused(
            t.clone().define(&format!("{name} = 2")).map(|_| ()),
            "cannot stand",
        );
    }
    refused(Theory::of("n: i \u{3164}").map(|_| ()), "cannot stand");
    assert!(Theory::of("n: i j; d: a b; p: α β; v: ν").is_ok());
    for numeral in ["O", "l", "lO"] {
        refused(
            t.clone().scalars(numeral).map(|_| ()),
            "cannot be told from",
        );
        refused(
            t.clone().define(&format!("{numeral} = d")).map(|_| ()),
            "cannot be told from",
        );
    }
    // With indices it is no numeral.
    t.tensors("O[d,d]").unwrap();
}

#[test]
fn what_is_too_deep_or_too_long_is_refused() {
    let mut t = Theory::new();
    t.tensors("x[n] O[d,d] g[n]").unwrap();
    let deep = "(".repeat(100_000) + "1" + &")".repeat(100_000);
    refused(t.expression(&deep).map(|_| ()), "`(` cannot stand at");
    let forty = "x[i] ".repeat(40);
    let begun = t.prove("").from(&format!("[i] {forty}")).unwrap();
    refused(
        begun.expect("", "x", &TensorLaw::Gaussian),
        "tied in more ways",
    );
    let high = "(d^999)^99 O[a,c] O[a,c] O[a,c] O[a,c] δ[a] δ[c]";
    let begun = t.prove("").from(high).unwrap();
    refused(
        begun.expect("", "O", &TensorLaw::Haar(Haar::orthogonal())),
        "is too large",
    );
    refused(
        t.clone().at_least("n", "70000").map(|_| ()),
        "`70000` cannot stand",
    );
    // A power of an entry has a byte in the check.
    t.functions(&["φ", "φ′"], "x", "u = x[i] g[i]").unwrap();
    let many = "φ ".repeat(63);
    t.mean(&format!("m = {many} φ′"))
        .unwrap()
        .mean(&format!("M = {many} φ"))
        .unwrap();
    let begun = t.prove("").from(&format!("g[i] x[i] {many} φ")).unwrap();
    refused(
        begun.expect("", "x", &TensorLaw::Gaussian),
        "shapes can be checked",
    );
}

/// Var Tr H² = 2d² of the GUE, by a copy that is Hermitian as well.
#[test]
fn a_hermitian_matrix_has_copies() {
    let mut t = Theory::new();
    t.hermitian("H[d,d]").unwrap().copies("H", &["M"]).unwrap();
    let variance = t
        .cumulant(&["H[a,c] H[c,a]", "H[k,q] H[q,k]"], &["H", "M"])
        .unwrap();
    let gue = TensorLaw::Ensemble(Ensemble::hermitian());
    let begun = t.prove("").from_expression(variance).unwrap();
    let mean = begun
        .expect("", "H", &gue)
        .unwrap()
        .expect("", "M", &gue)
        .unwrap();
    assert!(mean.clone().is("", "2 d^2").is_ok());
    refused(mean.is("", "4 d^2 + 4 d"), "the sides differ");
    t.complex("Z[d,d]", "Y").unwrap();
    refused(t.copies("Z", &["V"]).map(|_| ()), "not independent");
}

/// Weingarten functions as they stand in print.
#[test]
fn products_of_poles_can_be_divided_by() {
    let mut t = Theory::new();
    t.complex("U[d,d]", "Ū")
        .unwrap()
        .at_least("d", "3")
        .unwrap();
    let fourth = "[a,c] U[a,c] U[a,c] Ū[a,c] Ū[a,c]";
    for value in ["2 δ[a] δ[c]/(d (d+1))", "2 δ[a] δ[c] (d-1)/(d^3 - d)"] {
        let begun = t.prove("").from(fourth).unwrap();
        let mean = begun
            .expect("", "U", &TensorLaw::Haar(Haar::unitary("Ū")))
            .unwrap();
        assert!(mean.is("", &format!("[a,c] {value}")).is_ok(), "{value}");
    }
    refused(t.expression("1/(d^2 + 1)").map(|_| ()), "integer roots");
}

/// Each step makes the product longer, and a longer product takes longer to be written in normal form.
#[test]
fn a_rule_under_which_products_grow_is_given_up_soon() {
    let mut t = Theory::of("d: a c k").unwrap();
    t.inverse("R", &[], "[a,c] δ[a,c]").unwrap();
    t.rule("grow", "[a,c] R[a,c] = R[a,k] R[k,c]").unwrap();
    let rules = t.rules(&["grow"]).unwrap();
    let error = t
        .expression("[a,c] R[a,c]")
        .unwrap()
        .rewritten(&rules)
        .unwrap_err();
    assert!(
        matches!(error, SymbolicError::Rewriting { steps } if (50..1000).contains(&steps)),
        "{error}"
    );
}

/// Of four dimensions in one order only, below a condition, or of the rank in which two inverses differ: such a matrix is singular
/// where nobody looked.
#[test]
fn an_inverse_exists_in_every_order_of_the_dimensions() {
    for (least, reason) in [("20", "R"), ("400", "shapes can be checked")] {
        let mut t = Theory::of("r: t s; d: a c k q").unwrap();
        t.at_least("r", least).unwrap();
        t.singular_vectors("W[d,d]", "r", ["u", "σ", "v"]).unwrap();
        t.define("P[a,c] = u[t,a] u[t,c]").unwrap();
        t.inverse("R", &[], "[a,c] P[a,c]").unwrap();
        let proof = t.prove("P R = 1").from("[a,c] P[a,k] R[k,c]").unwrap();
        refused(proof.is("", "[a,c] δ[a,c]"), reason);
    }

    let mut t = Theory::of("d: a c k").unwrap();
    t.tensors("A[d,d] v[d] w[d] x[d] y[d] f[d] g[d]").unwrap();
    t.inverse("R", &[], "[a,c] A[a,c]").unwrap();
    let lower = "[a,c] A[a,c] - v[a] w[c] - x[a] y[c] - f[a] g[c]";
    t.inverse("Q", &[], lower).unwrap();
    t.inverse("S", &[], "[a,c] Q[a,c] - R[a,c]").unwrap();
    let proof = t.prove("").from("[a,c] S[a,k] Q[k,c]").unwrap();
    refused(proof.is("", "[a,c] δ[a,c] + S[a,k] R[k,c]"), "S");

    let mut t = three_matrices();
    t.inverse("T", &[], "[β1,β2] δ[β1,β2] + u1[α1,β1] u1[α1,β2]")
        .unwrap();
    t.inverse("U", &[], "[χ1,χ2] δ[χ1,χ2] + u2[β1,χ1] u2[β1,χ2]")
        .unwrap();
    t.inverse("V", &[], "[η1,η2] δ[η1,η2] + u3[χ1,η1] u3[χ1,η2]")
        .unwrap();
    let whole = "[β1,χ1,η1,β2,χ2,η2] δ[β1,β2] δ[χ1,χ2] δ[η1,η2] - T[β1,β2] U[χ1,χ2] V[η1,η2]";
    t.inverse("R", &[], whole).unwrap();
    let trace = "R[β1,χ1,η1,β1,χ1,η1]";
    let proof = t.prove("").from(trace).unwrap();
    // So large an inverse is not even looked at.
    refused(proof.is("", trace), "shapes can be checked");
}

/// The entries of an inverse multiply the coefficients of its matrix, and with them their roots.
#[test]
fn roots_in_two_terms_of_an_inverse_are_counted_together() {
    let mut t = Theory::of("d: a c k").unwrap();
    t.tensors("v[d] w[d] y[d]").unwrap();
    t.define("f[a] = w[a] y[k] v[k] - y[a] w[k] v[k]").unwrap();
    let product = |roots: std::ops::RangeInclusive<usize>| -> String {
        roots.map(|k| format!("(d-{k}) ")).collect()
    };
    let (one, two) = (product(7..=13), product(14..=20));
    let matrix = format!("[a,c] δ[a,c] + {one} v[a] f[c] + {two} f[a] v[c]");
    t.inverse("R", &[], &matrix).unwrap();
    t.rule("r", "R[a,c] v[a] v[c] = v[a] v[a]").unwrap();
    let proof = t.prove("").from("R[a,c] v[a] v[c]").unwrap();
    refused(proof.rewrite("", &["r"]), "`r`");
}

#[test]
fn what_a_name_means_is_printed() {
    let mut t = Theory::of("d: a c k").unwrap();
    t.tensors("B[d,d]").unwrap();
    t.symmetric("Q[d,d]", &[vec![1, 0]]).unwrap();
    t.define("A[a,c] = δ[a,c]").unwrap();
    let proof = t.prove("all matrices commute").from("[a,c] A[a,k] B[k,c]");
    let proof = proof.unwrap().follows("", "[a,c] B[a,k] A[k,c]", &["A"]);
    let printed = proof.unwrap().done().to_string();
    assert!(
        printed.contains("Where:\n      A is [a,c] δ_ac"),
        "{printed}"
    );
    assert!(!printed.contains("Q is"), "{printed}");
    let proof = t.prove("").from("[a,c] Q[a,c]").unwrap();
    let printed = proof.is("", "[a,c] Q[c,a]").unwrap().done().to_string();
    assert!(
        printed.contains("Q is an arbitrary tensor [d,d], symmetric"),
        "{printed}"
    );
}

/// Sums, products and normal forms keep the names of all indices of a term apart, also from letters that look alike.
#[test]
fn no_two_indices_of_a_term_look_alike() {
    let mut t = Theory::of("d: a c k q; r: α β").unwrap();
    t.tensors("v[d] w[d] B[d,d] x[d] T[r,d]").unwrap();
    t.copies("x", &["y"]).unwrap();
    let zero = t.expression("[a] 0 δ[a]").unwrap();
    let sum = zero.plus(&t.expression("[c] v[c] w[a] w[a]").unwrap());
    assert!(sum.unwrap().to_string().ends_with("v_a w_c w_c"));
    let form = "x[a] B[a,c] x[c]";
    let two = t.cumulant(&[form, form], &["x", "y"]).unwrap();
    assert!(
        two.to_string().contains("x_a B_ac x_c x_k B_kq x_q"),
        "{two}"
    );
    // A Cyrillic leg.
    let long = t.expression("[а] v[а] w[k] w[k]").unwrap().normal_form();
    assert!(!long.to_string().contains("w_a"), "{long}");
    let tex = |text: &str| t.expression(text).unwrap().written(Notation::Tex);
    assert_eq!(tex("[ac,q] δ[ac] v[q]"), "{\\delta}_{\\mathit{ac}} {v}_{q}");
    assert_eq!(tex("[α,c] T[α,c]"), "{T}_{\\alpha c}");
}

#[test]
fn orders_keep_to_the_conditions() {
    let mut t = Theory::new();
    t.at_least("n", "d").unwrap();
    let about = |n: i32| {
        let proof = t.prove("").from("1 + n/d").unwrap();
        proof.approximately("", &[("n", n), ("d", 1)], 0)
    };
    refused(about(0), "n ≥ d does not hold");
    assert!(about(1).is_ok());
}

#[test]
fn the_imaginary_unit_in_a_denominator_is_complex() {
    let mut t = Theory::new();
    t.scalars("i").unwrap().tensors("x[n]").unwrap();
    t.define("q = 1/(1+i)").unwrap();
    let q = t.expression("q").unwrap();
    refused(t.conjugate(&q), "q");
    let complex = t.expression("1/(1+i)").unwrap().as_polynomial().unwrap();
    let law = TensorLaw::Cumulants(vec![Polynomial::from(0), complex]);
    let proof = t.prove("").from("x[i] x[i]").unwrap();
    assert!(proof.expect("", "x", &law).is_err());
}

/// Short texts that stand for long sums, and chains of definitions.
#[test]
fn what_is_short_and_stands_for_much_is_refused_at_once() {
    let mut t = Theory::new();
    t.scalars("z w z1 z2 z3 z4 z5 z6 z7 z8 z9 y1 y2 y3 y4 y5")
        .unwrap();
    let long = t.expression(&"(d+1)".repeat(40)).unwrap();
    assert!(long.terms().len() < 100);
    let sixteen = "(z+w+z1+z2+z3+z4+z5+z6+z7+z8+z9+y1+y2+y3+y4+y5)";
    refused(t.expression(&format!("{sixteen}^16")), "too large");
    refused(
        t.expression(&format!("{sixteen}^3 ").repeat(3)),
        "too large",
    );
    let poles = ["n", "d", "p", "z", "w"].map(|s| format!("1/({s}+1)^60/({s}+2)^60"));
    refused(t.expression(&poles.join(" ")), "too large");
    assert!(t.functions(&[], "x", "u[b] = x[a] G[a,b]").is_err());

    let mut t = Theory::new();
    t.tensors("s").unwrap().define("q = (n^999)^999 s").unwrap();
    let proof = t.prove("").from("q/(n+1)").unwrap();
    refused(proof.rewrite("", &["q"]), "too large");

    let mut t = Theory::new();
    t.tensors("x t1").unwrap();
    for k in 1..40 {
        t.define(&format!("t{} = t{k} t{k}", k + 1)).unwrap();
    }
    let proof = t.prove("").from("x x t40").unwrap();
    assert!(proof.expect("", "x", &TensorLaw::Gaussian).is_ok());
    let names: Vec<String> = (2..=9).map(|k| format!("x{k}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    t.copies("x", &names).unwrap();
    let all = [&["x"], names.as_slice()].concat();
    refused(t.cumulant(&["x x"; 9], &all), "9 scalars");
}
