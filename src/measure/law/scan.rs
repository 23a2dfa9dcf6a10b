//! Points of the axis inside and beside a support, from the density itself.

/// A point of the axis: the density there, 0 beside the support; `None` where nothing is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) density: Option<f64>,
}

impl Place {
    pub(super) fn is_beside(&self) -> bool {
        self.density == Some(0.0)
    }
}

/// Halvings of the way to a minimum.
const STEPS: usize = 40;

/// What is known at the points, ascending, and at the minima of the density between them; both ends are beside the support.
pub(super) fn scanned(points: &[f64], place: &mut dyn FnMut(f64) -> Place) -> Vec<Place> {
    let grid: Vec<Place> = points.iter().map(|&x| place(x)).collect();
    let mut all = grid.clone();
    for three in grid.windows(3) {
        let [Some(a), Some(b), Some(c)] = [0, 1, 2].map(|k| three[k].density) else {
            continue;
        };
        if b > 0.0 && b < 0.7 * a.min(c) {
            all.extend(minimum(three[0].x, three[2].x, place));
        }
    }
    // A point where nothing is known counts as one of the support if it is one; atoms are not.
    all.retain(|place| place.density.is_some());
    all.sort_by(|a, b| a.x.total_cmp(&b.x));
    if let Some(first) = all.first_mut() {
        first.density = Some(0.0);
    }
    if let Some(last) = all.last_mut() {
        last.density = Some(0.0);
    }
    all
}

/// Points on both sides of special ones, nearer and nearer, in a law of this width.
pub(super) fn beside(special: impl Iterator<Item = f64>, width: f64) -> impl Iterator<Item = f64> {
    let step = move |k: i32| 0.7 * width * 10.0_f64.powi(-k);
    special.flat_map(move |at| (2..=12).flat_map(move |k| [at - step(k), at + step(k)]))
}

/// The intervals between two edges each, an edge between a place beside the support and one inside.
pub(super) fn intervals(
    places: &[Place],
    edge: &mut dyn FnMut(Place, Place) -> f64,
) -> Vec<(f64, f64)> {
    let changes =
        places
            .windows(2)
            .filter_map(|pair| match [pair[0].is_beside(), pair[1].is_beside()] {
                [true, false] => Some(edge(pair[0], pair[1])),
                [false, true] => Some(edge(pair[1], pair[0])),
                _ => None,
            });
    let edges: Vec<f64> = changes.collect();
    // Of a point at which the transform is infinite an atom alone is left.
    let pairs = edges
        .chunks_exact(2)
        .map(|pair| (pair[0] + 0.0, pair[1] + 0.0));
    pairs.filter(|(low, high)| low < high).collect()
}

/// Points on the way to a minimum of the density, the first of density 0 the last.
fn minimum(mut low: f64, mut high: f64, place: &mut dyn FnMut(f64) -> Place) -> Vec<Place> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let mut found = Vec::new();
    for _ in 0..STEPS {
        let inner = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
        let [a, b] = inner.map(&mut *place);
        found.extend([a, b]);
        if a.is_beside() || b.is_beside() {
            break;
        }
        let (Some(left), Some(right)) = (a.density, b.density) else {
            break;
        };
        if left < right {
            high = b.x
        } else {
            low = a.x
        }
        if high - low <= 1e-10 * (high.abs() + low.abs()) {
            break;
        }
    }
    found
}
