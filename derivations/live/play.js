// The laws with sliders: what the page solves itself, drawn beside the samples of the run.
(() => {
  const { marchenkoPastur, affine, covariance, mpMap, descend, upper, mul, div, sub, add, scale, inverse, norm, real, zero } = laws;
  const COARSE = 1e-4, LOW = 1e-7, FINE = 1e-13;

  // A law: the equation of its transform, how far its spectrum may reach, and its atoms.
  // MP^γ ⊠ T with sk = t(z/k), k = 1 − γ − γzs. Where s has a pole at 0, its companion g = −k/z is solved for, which has none.
  const free = (t, gamma) => {
    const direct = (s, z) => { const k = [1 - gamma - gamma * (z[0] * s[0] - z[1] * s[1]), -gamma * (z[0] * s[1] + z[1] * s[0])]; return sub(s, div(t(div(z, k)), k)); };
    const inner = g => { const w = inverse(g); return mul(t([-w[0], -w[1]]), w); };
    const companion = (g, z) => add(mul(z, g), add(real(1 - gamma), scale(inner(g), gamma)));
    return gamma > 1 ? { residual: companion, of: (g, z) => scale(div(inner(g), z), -1) } : { residual: direct, of: s => s };
  };
  const withSemicircle = (t, variance) => (s, z) => sub(s, t(add(z, scale(s, variance))));
  const explicit = t => (s, z) => sub(s, t(z));
  // The transform that solves an equation. A little above the axis there is one root in the upper half plane: the last one
  // found, followed to there, need only stay in it. From there down to z.
  const follower = (residual, reach, tolerance) => {
    let last = null;
    return z => {
      const above = [z[0], Math.max(z[1], 1e-5 * norm(z), 1e-8 * reach)], found = last && zero(s => residual(s, above), last, tolerance);
      last = found && found[1] > 100 * tolerance * norm(found) ? found : descend(residual, above, reach, tolerance);
      if (above[1] === z[1]) return last;
      return upper(residual, z, last, tolerance);
    };
  };
  const top = gamma => (1 + Math.sqrt(gamma)) ** 2, hole = gamma => Math.max(0, 1 - 1 / gamma);
  const atom = (at, mass) => mass > 1e-12 ? [[at, mass]] : [];

  // 1/(1 + tx) over a shifted law, and over its free sum with two atoms, from the response R of the law itself.
  const shifted = (R, c) => (t, e) => { const u = [1 + t[0] * c, t[1] * c], v = div(t, u), r = R(v, e); return div(add(r, scale(sub(real(1), mul(v, r)), c)), u); };
  const plusAtoms = (R, atoms, c, mean) => (t, e) => {
    const z = scale(inverse(t), -1), ofA = w => { const u = scale(inverse(w), -1); return mul(u, sub(real(1), mul(u, R(u, e)))); };
    const ofB = w => atoms.reduce((sum, [x, p]) => add(sum, scale(inverse([c * x - w[0], -w[1]]), p)), [0, 0]);
    const w = zero(w => { const m = ofB(w); return sub(ofA(sub(sub(z, inverse(m)), w)), m); }, [z[0] - mean, z[1]], Math.max(e, LOW));
    if (!w) return [NaN, NaN];
    const m = ofB(w);
    return div(add(real(1), mul(z, m)), t);
  };

  const atomsOf = p => p.w >= 1 || p.x1 === p.x2 ? [[p.x1, 1]] : p.w <= 0 ? [[p.x2, 1]] : [[p.x1, p.w], [p.x2, 1 - p.w]];
  // The theorem's law with what a version changes.
  const theorem = change => p => {
    const v = { ...p, ...change?.(p) }, atoms = atomsOf(v), c = Math.max(0, v.beta ** 2 - v.alpha ** 2 - v.c0 ** 2), a2 = v.alpha ** 2;
    const most = Math.max(v.x1, v.x2), shift = c < 1e-12 ? 0 : c, I = covariance({ gamma2: v.gamma2, alpha: v.alpha, c: shift, atoms });
    const lost = shift > 0 ? 0 : v.alpha === 0 ? 1 : 1 - (1 - Math.max(0, 1 - v.gamma2) ** 2) / (2 * v.gamma2);
    const reach = top(v.gamma1) * (2 * a2 * top(v.gamma2) + shift) * most;
    return { residual: (e => mpMap(v.gamma1, I, e)), reach: reach || 1, atoms: atom(0, 1 - (1 - lost) / v.gamma1) };
  };
  const printed = p => {
    const atoms = atomsOf(p), a2 = p.alpha ** 2, c = Math.max(0, p.beta ** 2 - a2), I = covariance({ gamma2: p.gamma2, alpha: p.alpha, c: 0, atoms });
    const mean = 2 * a2 * atoms.reduce((sum, [x, w]) => sum + w * x, 0);
    // μ*μ for μ = MP^{γ₂}⊠ν: μ is ρ/γ₂ beside its mass at 0, and I holds ρ*ρ.
    const twice = (t, e) => scale(add(scale(I.single(t, e), 1 - 1 / p.gamma2), I(t, e)), 2 / p.gamma2);
    const R = atoms.length === 1 ? shifted(twice, c * atoms[0][0]) : plusAtoms(twice, atoms, c, mean);
    const lost = c > 0 ? 0 : hole(p.gamma2) ** 2;
    return { residual: e => mpMap(p.gamma1, R, e), reach: top(p.gamma1) * (2 * a2 * top(p.gamma2) + c) * Math.max(p.x1, p.x2), atoms: atom(0, 1 - (1 - lost) / p.gamma1) };
  };
  // Voiculescu's product in place of the map: the same eigenvalues off 0 at 1/γ₁, on another scale.
  const product = p => {
    const g = p.gamma1, law = theorem(() => ({ gamma1: 1 / g }))(p), map = law.residual, zeros = law.atoms[0]?.[1] ?? 0;
    return { residual: e => (s, z) => { const inner = add(scale(s, g * g), scale(inverse(z), g * g * (1 - 1 / g))); return map(e)(inner, scale(z, 1 / g)); },
      reach: law.reach * g, atoms: atom(0, 1 - (1 - zeros) / g) };
  };

  const simple = (residual, reach, atoms = []) => ({ residual: () => residual, plain: true, reach, atoms });
  const composed = ({ residual, of }, reach, atoms) => ({ ...simple(residual, reach, atoms), of });
  // T = a MP^γ₁ + b: its transform, and the mass of its atom at b.
  const population = (p, a = p.a, b = p.b) => affine(marchenkoPastur(p.gamma1), a, b);
  const held = (gamma1, a) => a > 0 ? hole(gamma1) : 1;
  // Of two laws, free of one another, the larger mass at 0 is that of the product.
  const conjugate = (gamma2, t, most, lost) => composed(free(t, gamma2), top(gamma2) * most, atom(0, Math.max(hole(gamma2), lost)));
  const zeros = (gamma1, a, b) => b > 0 ? 0 : held(gamma1, a);
  // s = ∫ dT/(tk − z), where k is a function of e = ∫ t dT/(tk − z), which is solved for: no branch is to be chosen.
  const weighted = (t, factor, reach, atoms, shift = 0) => {
    const inner = (e, z) => { const k = factor(e); return [k, div([z[0] - shift, z[1]], k)]; };
    const residual = (e, z) => { const [k, w] = inner(e, z); return sub(e, div(add(real(1), mul(w, t(w))), k)); };
    return { ...simple(residual, reach, atoms), of: (e, z) => { const [k, w] = inner(e, z); return div(t(w), k); } };
  };
  // sc(1) ⊠ T: k = −e.
  const wigner = (t, most, zeros) => ({ signed: true, ...weighted(t, e => scale(e, -1), 3 * most, atom(0, zeros)) });

  const G1 = ["gamma1", "γ₁", 0.05, 3, 0.5], G2 = ["gamma2", "γ₂", 0.2, 4, 1.5], A = ["a", "a", 0, 2, 0.6], B = ["b", "b", 0, 2, 0.3];
  const half = Math.exp(-0.5);
  // E f(z), z ~ N(0,1), by the trapezoidal rule; and of σ = tanh E σ′, E σ², Var σ′.
  const mean = f => { let sum = 0; for (let j = -200; j <= 200; j++) sum += 0.05 * f(j / 20) * Math.exp(-j * j / 800); return sum / Math.sqrt(2 * Math.PI); };
  const slope = mean(z => Math.cosh(z) ** -2), square = mean(z => Math.tanh(z) ** 2), spread = mean(z => Math.cosh(z) ** -4) - slope ** 2;
  const tanh = { gamma1: 0.5, gamma2: 0.7, a: slope ** 2, b: square - slope ** 2 };
  const LAWS = [
    { name: "The NTK in the quadratic scaling (the theorem)", sliders: [G1, G2, ["alpha", "α", 0, 1.5, 0.6], ["beta", "β", 0, 2, 1], ["c0", "c₀", 0, 1.5, 0.4],
        ["x1", "first atom of ν", 0.05, 4, 1], ["x2", "second atom of ν", 0.05, 4, 1], ["w", "mass of the first", 0, 1, 1]],
      versions: [["as corrected", theorem()], ["as printed: α²(μ*μ) ⊞ (β²−α²)ν", printed], ["control: c₀ forgotten", theorem(() => ({ c0: 0 }))],
        ["control: 1/γ₁ for γ₁", theorem(p => ({ gamma1: 1 / p.gamma1 }))], ["control: 1/γ₂ for γ₂", theorem(p => ({ gamma2: 1 / p.gamma2 }))],
        ["control: the law of |a| for that of a²", theorem(p => ({ x1: Math.sqrt(p.x1), x2: Math.sqrt(p.x2) }))], ["control: ⊠ for the Marchenko–Pastur map", product]],
      samples: [["ntk-linear", "σ′ = x", { alpha: 1, beta: 1, c0: 0 }], ["ntk-cos", "σ′ = cos", { alpha: 0, beta: Math.sqrt((1 + half ** 4) / 2), c0: half }],
        ["ntk-relu", "ReLU", { alpha: 1 / Math.sqrt(2 * Math.PI), beta: Math.SQRT1_2, c0: 0.5 }]].map(([figure, name, p]) => [figure, name, { gamma1: 0.5, gamma2: 1.5, x1: 1, x2: 1, w: 1, ...p }]) },
    { name: "Conjugate kernel, linear width", sliders: [G1, G2, A, B],
      versions: [["as corrected: MP^γ₂ ⊠ (a MP^γ₁ + b)", p => conjugate(p.gamma2, population(p), p.a * top(p.gamma1) + p.b, zeros(p.gamma1, p.a, p.b))],
        ["control: a and b interchanged", p => conjugate(p.gamma2, population(p, p.b, p.a), p.b * top(p.gamma1) + p.a, zeros(p.gamma1, p.b, p.a))],
        ["control: 1/γ₁ for γ₁", p => conjugate(p.gamma2, population({ ...p, gamma1: 1 / p.gamma1 }), p.a * top(1 / p.gamma1) + p.b, zeros(1 / p.gamma1, p.a, p.b))]],
      samples: [["conjugate-kernel", "σ = tanh", tanh]] },
    { name: "Conjugate kernel, overparametrized", sliders: [G1, A, B],
      versions: [["as corrected: sc(1) ⊠ (a MP^γ₁ + b)", p => wigner(population(p), p.a * top(p.gamma1) + p.b, zeros(p.gamma1, p.a, p.b))], ["as printed: a and b interchanged", p => wigner(population(p, p.b, p.a), p.b * top(p.gamma1) + p.a, zeros(p.gamma1, p.b, p.a))]] },
    { name: "Conjugate kernel, two layers", sliders: [["gamma0", "γ₀", 0.05, 3, 0.5], G1, G2, A, B],
      versions: [["as corrected: MP^γ₂ ⊠ (a (MP^γ₁ ⊠ (a MP^γ₀ + b)) + b)", p => twoLayers(p, p.gamma2)], ["control: 1/γ₂ for γ₂", p => twoLayers(p, 1 / p.gamma2)]],
      samples: [["multi-layer", "σ = tanh/‖tanh‖", { gamma0: 0.4, gamma1: 0.6, gamma2: 0.5, a: tanh.a / square, b: tanh.b / square }]] },
    { name: "Kernel matrices, linear width", sliders: [G1, ["c1", "c₁", -1.5, 1.5, 0.8], ["v", "v − c₀² − c₁²", 0, 2, 0.4]],
      versions: [["as corrected: c₁(MP^γ₁ − 1) ⊞ sc(γ₁(v − c₀² − c₁²))", p => kernel(p, -p.c1, p.gamma1 * p.v)], ["as printed: c₁ MP^γ₁ ⊞ sc", p => kernel(p, 0, p.gamma1 * p.v)],
        ["control: no semicircle", p => kernel(p, -p.c1, 0)], ["control: 1/γ₁ for γ₁", p => kernel({ ...p, gamma1: 1 / p.gamma1 }, -p.c1, p.v / p.gamma1)]],
      samples: [["kernel-linear", "f = tanh", { gamma1: 0.6, c1: slope, v: tanh.b }]] },
    { name: "Kernel matrices, polynomial width", sliders: [["gamma1", "γ′ = ℓ! γ", 0.05, 3, 1], ["c1", "c_ℓ", -1.5, 1.5, 0.8], ["v", "Σ_{k>ℓ} c_k²", 0, 2, 0.4]],
      versions: [["as corrected: (c_ℓ/√γ′)(MP^γ′ − 1) ⊞ sc(Σ c_k²)", p => polynomial(p, -1)], ["as printed: (c_ℓ/√γ′) MP^γ′ ⊞ sc(Σ c_k²)", p => polynomial(p, 0)]] },
    { name: "NTK, linear width", sliders: [G1, ["c1", "c₁", 0, 1.5, 0.8], ["v", "Var σ′", 0, 2, 0.4]],
      versions: [["as corrected: K₁ + XXᵀ/d, Var σ′ + (1 + c₁²) MP^γ₁", p => bulk(p, 1 + p.c1 ** 2)], ["as printed: Var σ′ + MP^γ₁", p => bulk(p, 1)], ["control: c₁ for c₁²", p => bulk(p, 1 + p.c1)]],
      samples: [["ntk-linear-width", "σ = tanh", { gamma1: 0.6, c1: slope, v: spread }]] },
    { name: "The whole NTK, linear width", sliders: [G1, G2, A, B, ["v", "Var σ′ − b", -0.2, 2, 0.4]],
      versions: [["K₁ + K₂: T^½(1 + MP^γ₂)T^½ + Var σ′ − b, T = a MP^γ₁ + b", p => whole(p, p.gamma2)], ["control: 1/γ₂ for γ₂", p => whole(p, 1 / p.gamma2)]],
      samples: [["ntk-whole", "σ = tanh", { ...tanh, v: spread - tanh.b }]] },
  ];
  function twoLayers(p, gamma2) {
    const t = affine(marchenkoPastur(p.gamma0), p.a, p.b), reach = top(p.gamma1) * (p.a * top(p.gamma0) + p.b);
    const inner = free(t, p.gamma1), follow = follower(inner.residual, reach, FINE), first = z => inner.of(follow(z), z);
    return conjugate(gamma2, p.a === 0 ? z => inverse([p.b - z[0], -z[1]]) : affine(first, p.a, p.b), p.a * reach + p.b, zeros(Math.max(p.gamma0, p.gamma1), p.a, p.b));
  }
  function kernel(p, shift, variance) { return { signed: true, ...simple(withSemicircle(affine(marchenkoPastur(p.gamma1), p.c1, shift), variance), Math.abs(p.c1) * top(p.gamma1) + 2 * Math.sqrt(variance) + 1, variance > 0 ? [] : atom(shift, held(p.gamma1, Math.abs(p.c1)))) }; }
  function polynomial(p, sign) { const a = p.c1 / Math.sqrt(p.gamma1); return kernel({ ...p, c1: a }, sign * a, p.v); }
  function bulk(p, slope) { return simple(explicit(affine(marchenkoPastur(p.gamma1), slope, p.v)), slope * top(p.gamma1) + p.v, atom(p.v, held(p.gamma1, slope))); }
  // T^½(1 + YYᵀ)T^½: k = 1 + 1/(1 + γ₂e); an atom where both have one.
  function whole(p, gamma2) {
    const reach = p.a * top(p.gamma1) + p.b;
    return weighted(population(p), e => add(real(1), inverse(add(real(1), scale(e, gamma2)))), (1 + top(gamma2)) * reach + Math.abs(p.v) + 1, atom(p.b + p.v, held(p.gamma1, p.a) + hole(gamma2) - 1), p.v);
  }

  // The density from left to right.
  const curve = (law, low, high, points) => {
    const follow = law.plain ? follower(law.residual(FINE), law.reach, FINE) : coarse(law), found = [];
    for (let j = 0; j < points; j++) {
      const share = (j + 0.5) / points, z = [low + (high - low) * (low < 0 ? share : share ** 1.6), 0];
      const s = follow(z), value = law.of ? law.of(s, z) : s;
      // Beside an atom s is large, and what is left of its imaginary part is the solver's.
      found.push([z[0], value[1] > 1e-5 * norm(value) ? value[1] / Math.PI : 0]);
    }
    return found;
  };
  // Where an equation takes an integral: each transform from its neighbour's, or from above where that leads nowhere.
  const coarse = law => {
    const residual = law.residual(COARSE);
    let last = null, before = null;
    return z => {
      // Off the support s is real and rises with x.
      const dark = last && last[1] <= 1e-6 * norm(last), from = last && (dark ? [last[0], 0] : last);
      const ahead = before && !dark && norm(sub(last, before)) < 0.2 * norm(last) ? sub(scale(last, 2), before) : from;
      let s = from && zero(s => residual(s, z), ahead[1] < 0 ? from : ahead, COARSE);
      if (!s || s[1] < -1e-6 * norm(s) || norm(sub(s, from)) > 0.4 * norm(s) || (dark && !(s[0] > from[0]))) s = descend(residual, z, law.reach, COARSE);
      [before, last] = [last, s];
      return s;
    };
  };
  // How many points show a law whole.
  const all = law => law.plain ? 1000 : 150;
  // Where there is something to see, with a margin.
  const range = (law, count) => {
    const [low, high] = [law.signed ? -law.reach : 0, law.reach], looks = law.plain ? all(law) : Math.round(0.27 * count) + 2;
    const seen = curve(law, low, high, looks).filter(([, y]) => y > 2e-3 / law.reach);
    if (!seen.length) return [low, high];
    const margin = 0.05 * (seen.at(-1)[0] - seen[0][0]) + (high - low) / 60;
    return [law.signed ? seen[0][0] - margin : Math.max(0, seen[0][0] - margin), seen.at(-1)[0] + margin];
  };
  const transform = (law, z, tolerance) => { const s = descend(law.residual(tolerance), z, law.reach, tolerance); return law.of ? law.of(s, z) : s; };
  // Im s/|s| on the axis, without the atoms' part: above SHARE on the support only. It is what Im s at two heights tends to
  // linearly; lower down, in a gap, the contour of the theorem's law is pinched.
  const NEAR = 1e-10, SHARE = 1e-8;
  const shareOf = law => {
    const follow = follower(law.residual(NEAR), law.reach, NEAR);
    return x => {
      const at = height => {
        const z = [x, height], s = follow(z), value = law.of ? law.of(s, z) : s;
        return [value[1] - law.atoms.reduce((sum, [at, mass]) => sum + mass * height / ((x - at) ** 2 + height ** 2), 0), norm(value)];
      };
      const height = Math.max(1e-6 * Math.abs(x), 1e-9 * law.reach), [high, size] = at(height), [low] = at(height / 2);
      return (2 * low - high) / size;
    };
  };
  // A place off the support between two on it, if the least share between them is at one.
  const dark = (share, low, high) => {
    for (let turn = 0; turn < 15; turn++) {
      const [a, b] = [low + (high - low) / 3, high - (high - low) / 3], [atA, atB] = [share(a), share(b)];
      if (Math.min(atA, atB) <= SHARE) return atA < atB ? a : b;
      if (atA < atB) high = b; else low = a;
    }
    return null;
  };
  // The ends of the support's parts, one after the other, with a null after each short piece of work: the coarse curve says where
  // to look, and is asked again there, since beside an atom it sees what is not, and misses where the density vanishes fast.
  function* ends(law, points) {
    const share = shareOf(law), inside = x => share(x) > SHARE, known = new Map(), floor = 2e-3 / law.reach, last = points.length - 1;
    const beyond = (end, step, j) => points[end][0] + (j - end) * step;
    const x = j => j > last ? beyond(last, points[last][0] - points[last - 1][0], j) : j >= 0 ? points[j][0] : law.signed ? beyond(0, points[1][0] - points[0][0], j) : 0;
    const lit = j => { if (!known.has(j)) known.set(j, (law.signed || j >= 0) && inside(x(j))); return known.get(j); };
    let done = -1;
    for (let j = 0; j <= last; j++) {
      if (j <= done || !(points[j][1] > floor)) continue;
      yield null;
      if (!lit(j)) continue;
      let [first, after] = [j, j];
      for (; lit(first - 1); first--) yield null;
      while (after < last && points[after + 1][1] > floor) after++;
      for (; !lit(after); after--) yield null;
      for (; lit(after + 1); after++) yield null;
      done = after;
      const width = x(after + 1) - x(first - 1);
      const brackets = [[x(first), x(first - 1)]];
      for (let k = first + 1; k < after; k++) {
        if (!(k > 0 && k < last && points[k][1] <= points[k - 1][1] && points[k][1] < points[k + 1][1])) continue;
        const gap = dark(share, x(k - 1), x(k + 1));
        if (gap !== null) brackets.push([x(k - 1), gap], [x(k + 1), gap]);
      }
      brackets.push([x(after), x(after + 1)]);
      for (let [from, to] of brackets) {
        for (let turn = 0; turn < 14 && Math.abs(from - to) > 5e-4 * Math.min(width, Math.max(Math.abs(from), Math.abs(to))); turn++) {
          const middle = (from + to) / 2;
          if (inside(middle)) from = middle; else to = middle;
          yield null;
        }
        yield (from + to) / 2;
      }
    }
  }

  const svg = (name, attributes, text) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const html = (name, attributes, ...children) => { const node = document.createElement(name); Object.assign(node, attributes); node.append(...children); return node; };
  const short = x => Math.abs(x) >= 100 ? x.toFixed(0) : Math.abs(x) >= 10 ? x.toFixed(1) : x.toFixed(2);
  const signed = x => short(x).replace("-", "−");
  const ticks = (low, high, count) => {
    const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough)), step = [1, 2, 5, 10].map(k => k * power).find(k => k >= rough);
    const list = [];
    for (let x = Math.ceil(low / step) * step; x <= high + 1e-9 * step; x += step) list.push(Math.abs(x) < 1e-9 * step ? 0 : x);
    return list;
  };
  laws.play = { LAWS, transform, curve, range, ends, all };
  const root = typeof document === "undefined" ? null : document.getElementById("live");
  if (!root) return;

  const samples = JSON.parse(document.getElementById("live-data").textContent);
  const state = { law: LAWS[0], version: 0, sample: null, values: {} };
  const picture = svg("svg", { viewBox: "0 0 720 330", role: "img", "aria-labelledby": "live-title" }), note = html("p", { className: "small" }), controls = html("div", { className: "sliders" });
  const choose = html("select", {}, ...LAWS.map((law, k) => html("option", { value: k }, law.name))), version = html("select", {}), sample = html("select", {});
  root.append(html("div", { className: "choices" }, html("label", {}, "Law ", choose), html("label", {}, "Version ", version), html("label", {}, "Sample ", sample)), controls, html("figure", {}, picture), note);

  // A move of a slider may take so many milliseconds: it draws as many points as the last move has shown to fit, and
  // all of them once the slider rests.
  const BUDGET = 32, FEWEST = 40;
  const draw = () => {
    const begin = performance.now();
    const { law } = paint(state.points), most = all(law);
    state.took = performance.now() - begin;
    state.points = Math.round(Math.min(most, Math.max(FEWEST, state.points * BUDGET / state.took)));
    clearTimeout(state.later);
    state.later = setTimeout(() => settle(paint(most)), 120);
  };
  // The edges, in turns so short that the next move of a slider finds the page free.
  const settle = ({ law, points, X }) => {
    const rest = ends(law, points), found = [];
    const turn = () => {
      const { value, done } = rest.next();
      if (!done) state.later = setTimeout(turn);
      if (value === null) return;
      if (!done) {
        found.push(value);
        picture.append(svg("line", { class: "edge", x1: X(value), x2: X(value), y1: 30, y2: 285 }));
      }
      const edges = found.map(x => String(+x.toPrecision(3)).replace("-", "−")).join(", ") || "none";
      const masses = (law.atoms.length ? law.atoms : [[0, 0]]).map(([at, mass]) => `mass at ${at === 0 ? 0 : signed(at)}: ${mass.toFixed(3)}`).join(", ");
      note.textContent = `Edges: ${edges}${done ? "" : ", …"}; ${masses}. Solved here in ${state.took.toFixed(0)} ms.`;
    };
    turn();
  };
  const paint = count => {
    const { law: family, values } = state;
    const law = family.versions[state.version][1](values), data = state.sample && samples[state.sample[0]];
    let [low, high] = range(law, count);
    if (data) [low, high] = [Math.min(low, data.edges[0]), Math.max(high, data.edges.at(-1))];
    const points = curve(law, low, high, count);
    const height = 1.15 * Math.max(...(data ? data.heights : [0]), ...points.map(([, y]) => y).sort((a, b) => a - b).slice(0, -Math.ceil(count / 20)));
    const X = x => 60 + 640 * (x - low) / (high - low), Y = y => 285 - 255 * Math.min(1.02, y / height);
    picture.replaceChildren(svg("title", { id: "live-title" }, `Density: ${family.name}, ${family.versions[state.version][0]}`));
    for (const x of ticks(low, high, 8)) picture.append(svg("line", { class: "grid", x1: X(x), x2: X(x), y1: 30, y2: 285 }), svg("text", { x: X(x), y: 302, "text-anchor": "middle" }, String(+x.toPrecision(6)).replace("-", "−")));
    for (const y of ticks(0, height, 4)) picture.append(svg("line", { class: "grid", x1: 60, x2: 700, y1: Y(y), y2: Y(y) }), svg("text", { x: 54, y: Y(y) + 4, "text-anchor": "end" }, String(+y.toPrecision(6))));
    picture.append(svg("text", { x: 380, y: 322, "text-anchor": "middle" }, "λ"), svg("text", { x: 16, y: 158, "text-anchor": "middle", transform: "rotate(-90 16 158)" }, "density"));
    if (data) data.heights.forEach((y, k) => picture.append(svg("rect", { class: "bar", x: X(data.edges[k]), width: X(data.edges[k + 1]) - X(data.edges[k]), y: Y(y), height: 285 - Y(y) })));
    picture.append(svg("path", { class: "law", d: points.map(([x, y], k) => `${k ? "L" : "M"}${X(x).toFixed(1)} ${Y(y).toFixed(1)}`).join("") }));
    picture.append(svg("text", { x: 700, y: 22, "text-anchor": "end", class: "legend" }, `— ${family.versions[state.version][0]}${data ? `; bars: ${state.sample[1]}${data.edges.at(-1) < 0.95 * high ? `, up to λ = ${short(data.edges.at(-1))}` : ""}` : ""}`));
    return { law, points, X };
  };
  const setValue = (key, value) => {
    state.values[key] = value;
    // Bessel's inequality: no function has β² below α² + c₀².
    const least = Math.hypot(state.values.alpha ?? 0, state.values.c0 ?? 0);
    if ("beta" in state.values && state.values.beta < least) state.values.beta = least;
    for (const input of controls.querySelectorAll("input")) { input.value = state.values[input.name]; input.nextSibling.textContent = signed(state.values[input.name]); }
  };
  const known = () => (state.law.samples ?? []).filter(([figure]) => samples[figure]);
  const select = index => {
    state.law = LAWS[index]; state.version = 0; state.points = FEWEST;
    state.values = Object.fromEntries(state.law.sliders.map(([key, , , , start]) => [key, start]));
    version.replaceChildren(...state.law.versions.map(([name], k) => html("option", { value: k }, name)));
    sample.replaceChildren(html("option", { value: -1 }, "none"), ...known().map(([, name], k) => html("option", { value: k }, name)));
    sample.disabled = known().length === 0;
    controls.replaceChildren(...state.law.sliders.map(([key, label, min, max]) => html("label", {}, html("span", {}, label), html("input", { type: "range", name: key, min, max, step: (max - min) / 400, oninput: e => { setValue(key, Number(e.target.value)); draw(); } }), html("output", {}))));
    take(known().length ? 0 : -1);
  };
  const take = index => {
    state.sample = index < 0 ? null : known()[index];
    sample.value = index;
    Object.assign(state.values, state.sample?.[2]);
    for (const key of Object.keys(state.values)) setValue(key, state.values[key]);
    draw();
  };
  choose.onchange = () => select(Number(choose.value));
  version.onchange = () => { state.version = Number(version.value); state.points = FEWEST; draw(); };
  sample.onchange = () => take(Number(sample.value));
  laws.play.state = state;
  window.laws = laws;
  select(0);
})();
