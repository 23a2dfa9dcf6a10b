//! The identities of the example hold, and the check that follows them is not idle.

#[path = "../examples/prove_your_own_identity.rs"]
#[expect(dead_code, reason = "its main prints, the tests call what it prints")]
mod example;

#[test]
fn the_covariance_of_the_cube_counts_six_and_nine_pairings() {
    let proof = example::covariance_of_the_cube().unwrap();
    assert_eq!(
        proof.conclusion().unwrap().normal_form().to_string(),
        "9 u_a u_a u_c v_c v_k v_k + 6 u_a u_c u_k v_a v_c v_k"
    );
}

#[test]
fn a_space_of_ones_own_has_its_dimension_and_letters() {
    let proof = example::covariance_of_three_inputs().unwrap();
    let check = proof.checks().last().unwrap();
    assert!(check.shapes[0].contains("h="), "{:?}", check.shapes);
}
