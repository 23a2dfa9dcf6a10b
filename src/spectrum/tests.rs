//! Every operator against the dense matrix it stands for, rebuilt from unit vectors.

mod methods;
mod plans;
mod quadratures;

use super::*;
use crate::linalg::{Real, symmetric_eigenvalues};
use crate::model::{Activation, EntryLaw, Streams, WeightLaw, ntk};
use ndarray::{Array1, Array2, ArrayView1, Axis, ShapeBuilder};

/// (n, d, p): d < p, d = p, d > p, one of each, and more than one block of samples.
const SHAPES: [(usize, usize, usize); 8] = [
    (7, 3, 5),
    (9, 4, 4),
    (6, 5, 3),
    (1, 3, 2),
    (5, 1, 4),
    (6, 4, 1),
    (1, 1, 1),
    (BLOCK + 3, 3, 4),
];

/// The operator that is diagonal in the basis it acts in.
struct Diagonal(Vec<f64>);

impl SymmetricOperator for Diagonal {
    fn dimension(&self) -> usize {
        self.0.len()
    }
    fn apply(&self, block: ndarray::ArrayView2<'_, f64>, mut out: ndarray::ArrayViewMut2<'_, f64>) {
        out.assign(&(&block * &ArrayView1::from(&self.0)));
    }
    fn operations(&self) -> f64 {
        self.0.len() as f64
    }
}

fn go_on(_: usize) -> std::ops::ControlFlow<()> {
    std::ops::ControlFlow::Continue(())
}

struct Data {
    rows: DrawnRows,
    x: Array2<f64>,
    w: Array2<f64>,
    a: Array1<f64>,
}

fn data((n, d, p): (usize, usize, usize)) -> Data {
    let streams = Streams::new(5, "spectrum");
    let mut rng = streams.stream(u64::MAX);
    let rows = DrawnRows {
        streams,
        entries: EntryLaw::Gaussian,
        n,
        d,
    };
    let Samples::Stored(x) = rows.stored() else {
        panic!("stored rows are stored")
    };
    Data {
        rows,
        x,
        w: EntryLaw::Gaussian.matrix(d, p, &mut rng),
        a: WeightLaw::Uniform(2.0).sample(p, &mut rng),
    }
}

fn layer<S: Real>(data: &Data, activation: &Activation) -> Layer<S> {
    let activation = activation.clone();
    Layer::new(data.w.view(), data.a.view(), move |u| activation.phi(u))
}

/// The matrix of an operator, 100 unit vectors at a time.
fn rebuilt(operator: &dyn SymmetricOperator) -> Array2<f64> {
    let n = operator.dimension();
    let mut matrix = Array2::zeros((n, n));
    let unit = Array2::<f64>::eye(n);
    for (block, out) in unit
        .axis_chunks_iter(Axis(0), 100)
        .zip(matrix.axis_chunks_iter_mut(Axis(0), 100))
    {
        operator.apply(block, out);
    }
    matrix
}

fn largest(a: &Array2<f64>) -> f64 {
    a.iter().fold(0.0, |m: f64, x| {
        assert!(!x.is_nan());
        m.max(x.abs())
    })
}

fn explicit(map: &dyn FeatureMap) -> Array2<f64> {
    let blocks: Vec<_> = (0..map.samples().div_ceil(BLOCK))
        .map(|block| map.explicit(block))
        .collect();
    let views: Vec<_> = blocks.iter().map(|block| block.view()).collect();
    ndarray::concatenate(Axis(0), &views).unwrap()
}

/// Both sides, the explicit features and the tiles against the dense kernel.
///
/// A sum of N products of relative error u each, in any order, is off by at most about N u Σ|terms|; the
/// chain has sums over n, d and p. Random signs leave far less: 64 u times the largest entry of the operator,
/// times the root of the number of terms.
fn assert_is(map: &dyn FeatureMap, kernel: &Array2<f64>) {
    let n = map.samples();
    let terms = (n * map.dimension()) as f64;
    let close = |what: &str, a: &Array2<f64>, b: &Array2<f64>| {
        let allowance = 64.0 * f64::EPSILON * terms.sqrt() * largest(b).max(1e-300);
        assert!(
            largest(&(a - b)) <= allowance,
            "{what}: {}",
            largest(&(a - b)) / allowance
        );
    };
    let omega = explicit(map);
    close("explicit", &omega.dot(&omega.t()), kernel);
    close("kernel", &rebuilt(&Kernel(map)), kernel);
    let mut gram = map.gram();
    for i in 0..gram.nrows() {
        for j in 0..i {
            gram[[j, i]] = gram[[i, j]];
        }
    }
    close("gram", &gram, &omega.t().dot(&omega));
    close(
        "covariance",
        &rebuilt(&SampleCovariance(map)),
        &omega.t().dot(&omega),
    );
    for row in 0..n.div_ceil(BLOCK) {
        for col in 0..n.div_ceil(BLOCK) {
            let range = |index: usize| index * BLOCK..((index + 1) * BLOCK).min(n);
            let part = kernel.slice(ndarray::s![range(row), range(col)]).to_owned();
            close("tile", &map.tile(row, col), &part);
        }
    }
}

#[test]
fn the_ntk_is_rebuilt_from_unit_vectors() {
    for shape in SHAPES {
        let data = data(shape);
        for activation in [Activation::Identity, Activation::Cos, Activation::Step] {
            let kernel = ntk(data.x.view(), data.w.view(), data.a.view(), &activation).unwrap();
            for x in [Samples::Stored(data.x.clone()), Samples::Drawn(data.rows)] {
                assert_is(
                    &KhatriRao::<f64>::ntk(x, layer(&data, &activation)),
                    &kernel,
                );
            }
        }
    }
}

#[test]
fn the_symmetric_features_give_the_ntk_at_sigma_prime_x() {
    // More than one strip of the moments: within the rank, across it and beyond it.
    let strips = [(BLOCK + 3, 19, 10), (9, 10, 19), (5, 27, 3)];
    for shape in SHAPES.into_iter().chain(strips) {
        let data = data(shape);
        let kernel = ntk(
            data.x.view(),
            data.w.view(),
            data.a.view(),
            &Activation::Identity,
        );
        let kernel = kernel.unwrap();
        let mut by_columns = Array2::zeros(data.x.dim().f());
        by_columns.assign(&data.x);
        let stored = [data.x.clone(), by_columns].map(Samples::Stored);
        for x in stored.into_iter().chain([Samples::Drawn(data.rows)]) {
            let map = SymmetricSquare::<f64>::new(x, data.w.view(), data.a.view()).unwrap();
            let (_, d, p) = shape;
            let r = d.min(p);
            assert_eq!(map.dimension(), r * (r + 1) / 2 + r * (d - r));
            assert_is(&map, &kernel);
        }
    }
}

#[test]
fn the_plain_kernels_and_the_whole_ntk_are_rebuilt() {
    for shape in SHAPES {
        let data = data(shape);
        let (n, d, p) = shape;
        let ones = Array1::ones(p);
        let sigma = || Layer::<f64>::new(data.w.view(), ones.view(), f64::sin);
        let y = data.x.dot(&data.w) / (d as f64).sqrt();
        let s = y.mapv(f64::sin);
        let k_2 = s.dot(&s.t()) / p as f64;
        let m_1 = data.x.dot(&data.x.t()) / d as f64;
        let m_2 = &m_1 * &(y.dot(&y.t()) / p as f64);
        let k_1 = ntk(
            data.x.view(),
            data.w.view(),
            data.a.view(),
            &Activation::Cos,
        )
        .unwrap();
        let stored = || Samples::Stored(data.x.clone());
        let root = |count: usize| (count as f64).sqrt().recip();
        let second = || Plain::new(stored(), Some(sigma()), root(p));
        assert_is(&Plain::new(stored(), None, root(d)), &m_1);
        assert_is(&second(), &k_2);
        assert_is(
            &Plain::new(Samples::Drawn(data.rows), Some(sigma()), root(p)),
            &k_2,
        );
        assert_is(
            &KhatriRao::new(stored(), LayerFeatures::Stored(y), root(d * p)),
            &m_2,
        );
        let first = KhatriRao::ntk(stored(), layer(&data, &Activation::Cos));
        let whole = Stacked::new(vec![Box::new(first), Box::new(second())]);
        assert_eq!(whole.dimension(), p * (d + 1));
        assert_is(&whole, &(&k_1 + &k_2));
        let second = second();
        let (whole, second) = (Kernel(&whole), Kernel(&second));
        let difference = Combination::new(vec![(2.0, &whole), (-0.5, &second)]);
        let gap = rebuilt(&difference) - (&k_1 * 2.0 + &k_2 * 1.5);
        assert!(largest(&gap) <= 1e-12 * largest(&k_1).max(1.0) * n as f64);
    }
}

#[test]
fn the_inner_product_kernels_are_rebuilt() {
    for (n, d, _) in SHAPES {
        let data = data((n, d, 1));
        let scale = (d as f64).sqrt();
        let entry = |u: f64, i: usize, j: usize| {
            if i == j {
                0.0
            } else {
                (u / scale).tanh() / scale
            }
        };
        let inner = data.x.dot(&data.x.t());
        let dense = Array2::from_shape_fn((n, n), |(i, j)| entry(inner[[i, j]], i, j));
        for x in [Samples::Stored(data.x.clone()), Samples::Drawn(data.rows)] {
            let kernel = PairKernel::<f64, _>::new(x, entry);
            let gap = largest(&(rebuilt(&kernel) - &dense));
            assert!(gap <= 64.0 * f64::EPSILON * scale, "{gap}");
        }
    }
}

/// `|fl(Kv) − Kv| ≤ (rounding per term) (|X||F| products of |v|)`: the storage rounds x, f, v and M once each,
/// and a product in f32 sums at most `max(BLOCK, d)` terms.
#[test]
fn f32_storage_errs_by_no_more_than_its_bound() {
    for shape in [(BLOCK + 3, 12, 9), (BLOCK, 40, 3), (5, 2, 2)] {
        let (n, d, p) = shape;
        let data = data(shape);
        let Samples::Stored(x) = data.rows.stored::<f32>() else {
            panic!("stored rows are stored")
        };
        let exact = KhatriRao::<f64>::ntk(
            Samples::Stored(data.x.clone()),
            layer(&data, &Activation::Identity),
        );
        let single = KhatriRao::<f32>::ntk(Samples::Stored(x), layer(&data, &Activation::Identity));
        let v = Array2::from_shape_fn((2, n), |(k, i)| ((k + 3 * i) % 7) as f64 - 3.0);
        let (mut a, mut b) = (Array2::zeros(v.dim()), Array2::zeros(v.dim()));
        Kernel(&exact).apply(v.view(), a.view_mut());
        Kernel(&single).apply(v.view(), b.view_mut());
        // The same chain with every entry replaced by its modulus; f itself is a sum of d products.
        let x = data.x.mapv(f64::abs);
        let f = x.dot(&data.w.mapv(f64::abs)) * &data.a.mapv(f64::abs) / (d as f64).sqrt();
        let kernel = x.dot(&x.t()) * f.dot(&f.t()) / (d * p) as f64;
        let bound = v.mapv(f64::abs).dot(&kernel);
        // Roundings along one term: two f of d + 3 each, two x, v, M, and the two products.
        let roundings = (2 * (d + 3) + 4 + n.min(BLOCK) + d) as f64;
        let unit = f64::from(f32::EPSILON) / 2.0;
        for ((a, b), bound) in a.iter().zip(&b).zip(&bound) {
            assert!((a - b).abs() <= 1.01 * roundings * unit * bound);
        }
        // It is f32 that was used, not f64 under another name.
        assert!(largest(&(&a - &b)) > 1e-9 * largest(&a));
    }
}

#[test]
#[should_panic(expected = "a kernel of dimension 7: a block (2, 7) into (1, 7)")]
fn a_kernel_takes_no_block_into_one_of_another_shape() {
    let data = data((7, 3, 5));
    let features = KhatriRao::<f64>::ntk(
        Samples::Stored(data.x.clone()),
        layer(&data, &Activation::Identity),
    );
    let mut out = Array2::zeros((1, 7));
    Kernel(&features).apply(Array2::zeros((2, 7)).view(), out.view_mut());
}

/// The map of a unit mass at x ends at `x (1 + √γ)²`, and that of more than one at most there.
#[test]
fn the_bound_of_a_maps_support_is_its_end() {
    use crate::measure::{Atoms, Law};
    for gamma in [0.25, 1.0, 4.0] {
        for x in [0.5, 1.0, 3.0] {
            let one = Atoms::new(vec![x], vec![1.0]).unwrap();
            let end = x * (1.0 + f64::sqrt(gamma)).powi(2);
            assert!((support_bound(gamma, &one) / end - 1.0).abs() < 1e-15);
            let two = Atoms::new(vec![0.25, x], vec![0.5, 0.5]).unwrap();
            let map = Law::atoms(vec![0.25, x], vec![0.5, 0.5]).unwrap();
            let map = map.mp_map(gamma).unwrap();
            let top = map.support().unwrap().last().unwrap().1;
            assert!(top <= support_bound(gamma, &two), "{gamma} {x}: {top}");
        }
    }
}
