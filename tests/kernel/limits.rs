//! Orders against conditions wherever they stand, poles that a scalar may run into, and work that grows like a factorial.

use super::{refused, theory};
use tensor_dyson::symbolic::{
    Ensemble, Notation, Polynomial, Proof, ProofError, TensorLaw, Theory,
};

type Proved = Result<Proof, ProofError>;

fn dropped(theory: &Theory, from: &str, orders: &[(&str, i32)]) -> Proved {
    let begun = theory.prove("").from(from)?;
    Ok(begun.approximately("", orders, 0)?.done())
}

/// `n ≥ d ≥ p` is `n ≥ p`, though d stands in no step.
#[test]
fn conditions_are_closed() {
    let mut t = Theory::new();
    t.at_least("n", "d").unwrap().at_least("d", "p").unwrap();
    refused(
        dropped(&t, "n/p", &[("n", 0), ("p", 1)]),
        "n ≥ p does not hold",
    );
    assert!(dropped(&t, "n/p", &[("n", 1), ("p", 1)]).is_ok());
    // The trace of the hat matrix: its inverse is asked for at no size that the conditions exclude.
    let hat = |t: &mut Theory| -> Proved {
        t.tensors("x[n,p]")?
            .inverse("K", &[vec![1, 0]], "[b,e] x[i,b] x[i,e]")?
            .rule("k", "[b,e] K[b,g] x[i,g] x[i,e] = δ[b,e]")?
            .at_least("n", "d")?
            .at_least("d", "p")?;
        let begun = t.prove("").from("K[b,g] x[i,g] x[i,b]")?;
        Ok(begun.follows("", "p", &["k"])?.done())
    };
    hat(&mut Theory::new()).unwrap();
}

/// What is asked of a dimension may be more than any small size.
#[test]
fn a_large_number_is_asked_of_a_dimension() {
    let mut t = Theory::new();
    t.at_least("d", "1000").unwrap().at_least("n", "d").unwrap();
    let proof = t.prove("").from("δ[a,a] δ[i,i]").unwrap();
    let proof = proof.is("", "n d").unwrap().done();
    assert!(proof.to_string().contains("d=1000"), "{proof}");
}

/// `n ≥ d ≥ p ≥ n` is n = d = p, and no two sizes that are tried are equal.
#[test]
fn a_circle_of_conditions_says_what_it_means() {
    let mut t = Theory::new();
    t.at_least("n", "d").unwrap().at_least("d", "p").unwrap();
    refused(
        t.at_least("p", "n").map(|_| ()),
        "with p ≥ n the conditions say that p = n: let one space stand for both",
    );
    refused(t.at_least("d", "n").map(|_| ()), "d = n");
    // What was refused is not held.
    t.at_least("n", "n").unwrap().at_least("n", "p").unwrap();
    let kept = t.prove("").from("δ[i,i]").unwrap().is("", "n");
    let kept = kept.unwrap().done();
    assert!(kept.assumptions().all(|a| a.to_string() != "p ≥ n"));
}

#[test]
fn orders_of_all_steps_and_theories_are_held_against_all_conditions() {
    let mut t = Theory::new();
    t.at_least("n", "d").unwrap().scalars("w").unwrap();
    let two = || -> Proved {
        let first = t.prove("").from("n w")?;
        let first = first.approximately("", &[("n", 0), ("w", -1)], 0)?;
        let second = first.from("d w")?;
        Ok(second.approximately("", &[("d", 1), ("w", -1)], 0)?.done())
    };
    refused(two(), "n ≥ d does not hold");
    let bounded = t.prove("").from("n δ[a,a]").unwrap();
    let bounded = bounded.is("", "n d").unwrap().done();
    let free = Theory::new();
    let ratio = dropped(&free, "n/d", &[("n", 0), ("d", 1)]).unwrap();
    refused(bounded.and(ratio), "n ≥ d does not hold");
}

/// `z = −5 + 1/N` is of order 0.
#[test]
fn a_scalar_that_stays_away_from_its_pole_is_assumed_to() {
    let mut t = Theory::new();
    t.scalars("z").unwrap();
    let assumed = |z: i32| {
        let proof = dropped(&t, "1/(z+5)/n", &[("n", 1), ("z", z)]).unwrap();
        let all = proof.assumptions().map(ToString::to_string);
        all.filter(|text| text == "(z+5) stays away from 0 as N grows")
            .count()
    };
    assert_eq!([-1, 0, 1].map(assumed), [0, 1, 0]);
    let dimension = dropped(&t, "1/(d+5)/n", &[("n", 1), ("d", 0)]).unwrap();
    assert!(
        dimension
            .assumptions()
            .all(|a| !a.to_string().contains("away"))
    );
}

#[test]
fn what_is_defined_has_the_order_of_its_definition() {
    let mut t = Theory::new();
    t.define("q = n").unwrap();
    refused(t.of_order("q", -1).map(|_| ()), "`q` is defined");
}

/// Factorials and products of lengths: each at once, where it took seconds to hours.
#[test]
fn what_takes_too_many_ways_is_refused_before_it_is_tried() {
    let mut t = theory(|t| t.tensors("T[d,d,d,d,d,d,d,d,d,d,d]")).unwrap();
    let law = TensorLaw::Ensemble(Ensemble::symmetric(11));
    let proof = t.prove("").from("T[a,a,a,a,a,a,a,a,a,a,a]").unwrap();
    assert!(proof.expect("", "T", &law).is_err());
    let swap: Vec<usize> = [1, 0].into_iter().chain(2..11).collect();
    let cycle: Vec<usize> = (1..11).chain([0]).collect();
    let eleven = ["d"; 11].join(",");
    let symmetric = t.symmetric(&format!("S[{eleven}]"), &[swap, cycle]);
    refused(symmetric.map(|_| ()), "symmetry of `S`");

    let mut t = theory(|t| t.tensors("x[d] G[d,p]")).unwrap();
    t.functions(&["φ"], "x", "u[b] = x[a] G[a,b]").unwrap();
    let names = "bb1 bb2 bb3 bb4 bb5 bb6 bb7 bb8 bb9 bb0";
    let indices: Vec<&str> = names.split(' ').collect();
    let factors: Vec<String> = indices.iter().map(|i| format!("φ[{i}]")).collect();
    let mean = format!("K[{}] = {}", indices.join(","), factors.join(" "));
    assert!(t.mean(&mean).is_err());

    let mut t = theory(|t| t.tensors("x[d] A[d]")).unwrap();
    t.copies("x", &["y1", "y2", "y3"]).unwrap();
    let scalar = vec!["x[a] A[a]"; 60].join(" + ");
    let sums = t.cumulant(&[scalar.as_str(); 4], &["x", "y1", "y2", "y3"]);
    refused(sums, "terms of a joint cumulant");

    let long = (0..300)
        .map(|k| Polynomial::from(i64::from(k == 1)))
        .collect();
    refused(TensorLaw::Cumulants(long).exists(), "300 cumulants");
}

#[test]
fn a_rule_of_many_equal_factors_is_given_up() {
    let mut t = theory(|t| t.tensors("v[d] w[d]")).unwrap();
    t.define("q[a] = w[a]").unwrap();
    let eight: Vec<String> = (0..8).map(|k| format!("a{k}")).collect();
    let product = |names: &[String]| {
        let factors = names.iter().map(|name| format!("v[{name}]"));
        factors.collect::<Vec<_>>().join(" ")
    };
    let (legs, left) = (eight.join(","), product(&eight));
    let rule = format!("[{legs},k] {left} q[k] = {left} w[k]");
    t.rule("r", &rule).unwrap();
    let twenty: Vec<String> = (0..20).map(|k| format!("c{k}")).collect();
    let text = format!("[{}] {}", twenty.join(","), product(&twenty));
    let proof = t.prove("").from(&text).unwrap();
    refused(proof.rewrite("", &["r"]), "ways in which a rule may match");
}

#[test]
fn exponents_of_expressions_that_are_made_are_those_of_texts() {
    let t = Theory::new();
    let high = Polynomial::symbol("n", i32::MAX);
    let one = t.expression("δ[i,i]").unwrap().scaled(&high.power(3));
    refused(t.prove("").from_expression(one).map(|_| ()), "too large");
    // What is no pole as it is written here is a symbol that no theory has.
    for name in ["(n+0)", "(n+01)", "(n+9223372036854775807)", "(+1)"] {
        let made = t
            .expression("1")
            .unwrap()
            .scaled(&Polynomial::symbol(name, -1));
        assert!(t.prove("").from_expression(made).is_err(), "{name}");
    }
}

#[test]
fn tex_tells_a_long_name_from_a_product() {
    let mut t = Theory::new();
    t.scalars("zw z w").unwrap().scalars("w°").unwrap();
    let tex = |text: &str| t.expression(text).unwrap().written(Notation::Tex);
    assert_eq!(tex("zw"), "\\mathit{zw}");
    assert_eq!(tex("z w"), "w z");
    assert_eq!(tex("w°^2"), "{w^{\\circ}}^{2}");
}
