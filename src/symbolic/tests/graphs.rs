//! Contractions whose vertices look alike.

use super::equal;

/// A regular graph from its LCF code: a cycle of `Y`'s with the chords that the code gives, the edges
/// written down from the `first` one on, so that the vertices are met in another order.
fn cubic_graph(chords: [i32; 12], first: usize) -> String {
    let edge = |a: i32, b: i32| format!("Y[a{a},a{b}]");
    let around = (0..12).map(|k| edge(k, (k + 1) % 12));
    let across = (0..12)
        .zip(chords)
        .map(|(k, chord)| (k, (k + chord).rem_euclid(12)));
    let across = across.filter(|(a, b)| a < b).map(|(a, b)| edge(b, a));
    let mut edges: Vec<String> = around.chain(across).collect();
    edges.rotate_left(first);
    edges.join(" ")
}

#[test]
fn vertices_of_one_colour_that_no_symmetry_exchanges_are_searched_through() {
    // Frucht's graph is 3-regular, so refinement finds one cell, and it has no automorphism at all.
    const FRUCHT: [i32; 12] = [-5, -2, -4, 2, 5, -2, 2, 5, -2, -5, 4, 2];
    const MOBIUS_LADDER: [i32; 12] = [6; 12];
    for first in 1..18 {
        assert!(equal(&cubic_graph(FRUCHT, 0), &cubic_graph(FRUCHT, first)));
    }
    assert!(!equal(
        &cubic_graph(FRUCHT, 0),
        &cubic_graph(MOBIUS_LADDER, 0)
    ));
}

/// `Π Y_vw` over the pairs that are joined, with the vertices called `a0, a1, …` in the order of `names`.
fn graph(names: &[usize], joined: impl Fn(usize, usize) -> bool) -> String {
    let vertices = 0..names.len();
    let pairs = vertices.flat_map(|v| (0..v).map(move |w| (v, w)));
    let edges = pairs.filter(|(v, w)| joined(*v, *w));
    let edge = |(v, w): (usize, usize)| format!("Y[a{},a{}]", names[v], names[w]);
    edges.map(edge).collect::<Vec<_>>().join(" ")
}

/// Each would take more steps than there are seconds in an hour if what an automorphism exchanges were tried again.
#[test]
fn vertices_that_automorphisms_exchange_are_tried_once() {
    let shuffled = |count: usize| (0..count).map(|v| (7 * v + 3) % count).collect::<Vec<_>>();
    let plain = |count: usize| (0..count).collect::<Vec<_>>();
    let complete = |_, _| true;
    let parts = |v: usize, w: usize| v % 4 != w % 4;
    let cube = |v: usize, w: usize| (v ^ w).is_power_of_two();
    for count in [12, 16] {
        let same = |joined: fn(usize, usize) -> bool| {
            let [one, other] = [plain(count), shuffled(count)].map(|names| graph(&names, joined));
            equal(&one, &other)
        };
        assert!(same(complete) && same(parts) && same(cube), "{count}");
    }
    let but_one = |v: usize, w: usize| (v, w) != (5, 2);
    let another = |v: usize, w: usize| (v, w) != (9, 8);
    assert!(equal(
        &graph(&plain(12), but_one),
        &graph(&shuffled(12), another)
    ));
    assert!(!equal(
        &graph(&plain(12), but_one),
        &graph(&plain(12), complete)
    ));
}

/// Both have 16 vertices with six neighbours each, two neighbours of any two that are joined, and two of any two that are not
/// (Shrikhande 1959): refinement tells them apart only after choices.
#[test]
fn graphs_of_the_same_numbers_are_told_apart() {
    let names = |turn: usize| (0..16).map(|v| (v + turn) % 16).collect::<Vec<_>>();
    let rook = |v: usize, w: usize| v / 4 == w / 4 || v % 4 == w % 4;
    let shrikhande = |v: usize, w: usize| {
        let step = ((v / 4 + 4 - w / 4) % 4, (v % 4 + 4 - w % 4) % 4);
        [(0, 1), (0, 3), (1, 0), (3, 0), (1, 1), (3, 3)].contains(&step)
    };
    for turn in 1..16 {
        assert!(equal(&graph(&names(0), rook), &graph(&names(turn), rook)));
        assert!(equal(
            &graph(&names(0), shrikhande),
            &graph(&names(turn), shrikhande)
        ));
        assert!(!equal(
            &graph(&names(0), rook),
            &graph(&names(turn), shrikhande)
        ));
    }
}

#[test]
fn equal_branches_cost_no_search() {
    let star = |name: &str| {
        (0..12)
            .map(|k| format!("x[i,{name}{k}] G[{name}{k},b]"))
            .collect::<Vec<_>>()
    };
    let reversed: Vec<String> = star("c").into_iter().rev().collect();
    assert!(equal(&star("a").join(" "), &reversed.join(" ")));
}
