use num_complex::Complex64;
use num_traits::ToPrimitive;
use std::time::Instant;

use super::super::{Polynomial, Variables};
use crate::measure::Law;

fn show(text: &str, variables: &Variables) {
    println!("== {text}");
    let start = Instant::now();
    let polynomial = match Polynomial::parse(text, variables) {
        Ok(p) => p,
        Err(e) => {
            println!("{e}");
            return;
        }
    };
    println!("{}parse {:?}", polynomial.linearisation(), start.elapsed());
    let start = Instant::now();
    let law = match polynomial.law() {
        Ok(l) => l,
        Err(e) => {
            println!("{e}");
            return;
        }
    };
    println!(
        "law {:?} hull {:?} atoms {:?}",
        start.elapsed(),
        law.hull(),
        law.point_masses()
    );
    let start = Instant::now();
    println!("support {:?} {:?}", law.support(), start.elapsed());
    let start = Instant::now();
    println!("moments {:?} {:?}", law.moments(6), start.elapsed());
    let m: Option<Vec<f64>> = polynomial
        .moments(6)
        .unwrap()
        .map(|m| m.iter().map(|m| m.to_f64().unwrap()).collect());
    println!("exact   {m:?}");
    for z in [
        Complex64::new(0.3, 1.0),
        Complex64::new(0.7, 0.0),
        Complex64::new(0.0, 0.0),
        Complex64::new(30.0, 0.0),
        Complex64::new(0.7, 1e-9),
    ] {
        match law.stieltjes(z) {
            Ok(v) => println!(
                "{z}: {} {:.1e} {} {:.1e} steps {}",
                v.s, v.radius, v.derivative, v.derivative_radius, v.steps
            ),
            Err(e) => println!("{z}: {e}"),
        }
    }
    if let Ok(s) = law.support() {
        let (low, high) = (s[0].0, s[s.len() - 1].1);
        let grid: Vec<f64> = (0..1000)
            .map(|k| low + (high - low) * (k as f64 + 0.5) / 1000.0)
            .collect();
        let start = Instant::now();
        let d = law.density_on(&grid);
        println!(
            "1000 points {:?}, failed {}, radius {:.1e}",
            start.elapsed(),
            d.iter().filter(|d| d.is_err()).count(),
            d.iter().flatten().map(|d| d.radius).fold(0.0, f64::max)
        );
        if let Some(Err(e)) = d.iter().find(|d| d.is_err()) {
            println!("{e}");
        }
        let start = Instant::now();
        match law.distribution() {
            Ok(f) => println!(
                "total {} est {:.1e} F(0)={} {:?}",
                f.total(),
                f.error_estimate(),
                f.at(0.0),
                start.elapsed()
            ),
            Err(e) => println!("{e}"),
        }
    }
    println!("cumulative {:?}", law.cumulative(0.4));
}

#[test]
fn explore() {
    let s = || Law::semicircle(1.0).unwrap();
    let two = Variables::new()
        .free("a", s())
        .free("b", s())
        .free("p", Law::marchenko_pastur(0.5).unwrap())
        .free("e", Law::atoms(vec![1.0, 3.0], vec![0.5, 0.5]).unwrap())
        .free("f", Law::atoms(vec![0.0, 1.0], vec![0.5, 0.5]).unwrap())
        .free("g", Law::atoms(vec![0.0, 1.0], vec![0.25, 0.75]).unwrap());
    for text in [
        "a",
        "a + b",
        "a^2",
        "a*b + b*a",
        "i*(a*b - b*a)",
        "a*b*a",
        "a*p + p*a",
        "a*b^2*a",
        "e + a",
        "f + g",
        "f*g*f",
        "f*g+g*f",
        "e*f + f*e",
        "inv(3 + a*b + b*a)",
        "p",
        "a*b",
    ] {
        show(text, &two);
    }
    let rect = Variables::new()
        .gaussian("X", "n", "d")
        .gaussian("W", "d", "p")
        .gaussian("V", "p", "q")
        .gaussian("Y", "n", "p")
        .free("D", Law::atoms(vec![1.0, 3.0], vec![0.5, 0.5]).unwrap())
        .ratio("n", "d", 0.5)
        .ratio("n", "p", 2.0)
        .ratio("q", "d", 1.0);
    for text in [
        "X*X'",
        "X*D*X'",
        "X*D*X' + Y*Y'",
        "X*W*W'*X'",
        "X*W*V*V'*W'*X'",
        "(0.5*X*W + 0.3*Y)*(0.5*X*W + 0.3*Y)'",
        "X*X",
        "X*W",
        "inv(1 + X*X')",
    ] {
        show(text, &rect);
    }
}
