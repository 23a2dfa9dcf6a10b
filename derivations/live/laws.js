"use strict";
// The laws of the talk in the page: Stieltjes transforms s(z) = ∫ dμ/(x − z), solved here, in Im z ≥ 0.
const laws = (() => {
  const MOST = 2000; // nodes of a contour
  const RATIO = 10 ** -0.1; // of the steps from far out
  const LIMIT = 60000; // Newton steps of a response
  const GAUSS = [[-0.9739065285171717, 0.06667134430868814], [-0.8650633666889845, 0.1494513491505804], [-0.6794095682990244, 0.219086362515982], [-0.4333953941292472, 0.2692667193099965], [-0.14887433898163122, 0.2955242247147528], [0.14887433898163122, 0.2955242247147528], [0.4333953941292472, 0.2692667193099965], [0.6794095682990244, 0.219086362515982], [0.8650633666889845, 0.1494513491505804], [0.9739065285171717, 0.06667134430868814]];
  // Complex numbers are pairs [re, im]; only the innermost loop below spells its parts out.
  const add = (a, b) => [a[0] + b[0], a[1] + b[1]], sub = (a, b) => [a[0] - b[0], a[1] - b[1]];
  const mul = (a, b) => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
  const scale = (a, k) => [a[0] * k, a[1] * k], norm = a => Math.hypot(a[0], a[1]);
  const div = (a, b) => { const n = b[0] * b[0] + b[1] * b[1]; return [(a[0] * b[0] + a[1] * b[1]) / n, (a[1] * b[0] - a[0] * b[1]) / n]; };
  const real = x => [x, 0], ONE = [1, 0], inverse = a => div(ONE, a);
  // The root with a positive real part; on the cut the one in the closed upper half plane.
  const sqrt = a => {
    const r = norm(a), m = Math.sqrt((r + Math.abs(a[0])) / 2);
    if (m === 0) return [0, 0];
    const other = Math.abs(a[1]) / (2 * m), [x, y] = a[0] >= 0 ? [m, other] : [other, m];
    return [x, a[1] < 0 ? -y : y];
  };

  // A zero of `f` near `from` by secants, or null. The first step is short: `f` is called with nothing but its value.
  const zero = (f, from, tolerance) => {
    let last = Infinity, a = from, fa = f(a), b = add(a, [1e-5 * norm(a), 1e-5 * norm(a)]);
    for (let turn = 0; turn < 40; turn++) {
      const fb = f(b), change = sub(fb, fa);
      if (norm(fb) === 0) return b;
      if (!(norm(change) > 0)) return norm(sub(a, b)) <= 1e-8 * norm(b) ? b : null;
      const step = mul(fb, div(sub(b, a), change));
      if (!(norm(step) < 1e300)) return null;
      [a, fa, b] = [b, fb, sub(b, step)];
      const size = norm(step) / norm(b);
      // As near as wanted, or as the rounding of `f` lets it come.
      if (size <= tolerance || (size < 1e-8 && size >= 0.5 * last)) return b;
      last = size;
    }
    return null;
  };

  // s at z = x + iy, y ≥ 0, where `residual(s, z)` vanishes for the one s in the upper half plane that goes as −1/z: followed
  // down from far above, in steps that shrink where the solution turns.
  const descend = (residual, z, reach, tolerance) => {
    let height = 8 * Math.max(reach, norm(z)), s = scale(inverse([-z[0], -height]), 0.999), ratio = 0.25;
    const least = tolerance > 1e-8 ? 0.02 : 0.25;
    const far = [z[0], height];
    s = zero(s => residual(s, far), s, 1e-9) || s;
    // zs(z) tends to a constant far out, and changes less than s on the way down.
    let last = mul(s, far);
    const floor = Math.max(z[1], (tolerance > 1e-8 ? 1e-6 : 1e-14) * reach);
    while (height > floor) {
      const next = Math.max(floor, height * ratio), at = [z[0], next <= floor ? z[1] : next];
      const found = zero(s => residual(s, at), s, tolerance > 1e-8 ? 3e-3 : 1e-9);
      if (found && found[1] > -1e-9 * norm(found) && norm(sub(mul(found, at), last)) < 0.35 * Math.max(norm(last), norm(mul(found, at)))) {
        [height, s, last, ratio] = [at[1], found, mul(found, at), Math.max(least, ratio * 0.5)];
        if (at[1] === z[1]) break;
      } else if ((ratio = Math.sqrt(ratio)) > 0.999) break;
    }
    return upper(residual, z, s, tolerance);
  };
  // The root at z next to `s`. Next to the axis roots come in pairs, of which the upper one is meant.
  const upper = (residual, z, s, tolerance) => {
    const found = zero(s => residual(s, z), s, tolerance) || s;
    if (found[1] >= -1e-9 * norm(found)) return found;
    const mirrored = [found[0], -found[1]];
    return z[1] === 0 ? mirrored : zero(s => residual(s, z), mirrored, tolerance) || mirrored;
  };

  // Marchenko–Pastur, n/p → γ, mean 1: γzs² + (z + γ − 1)s + 1 = 0.
  const marchenkoPastur = gamma => z => {
    const root = Math.sqrt(gamma), a = [1 - gamma - z[0], -z[1]];
    const r = mul(sqrt([z[0] - (1 - root) ** 2, z[1]]), sqrt([z[0] - (1 + root) ** 2, z[1]]));
    const [plus, minus] = [add(a, r), sub(a, r)];
    return norm(plus) > norm(minus) ? div(plus, scale(z, 2 * gamma)) : div(real(2), minus);
  };
  const affine = (s, a, b) => a === 0 ? z => inverse([b - z[0], -z[1]]) : a < 0
    ? z => { const t = s([(z[0] - b) / a, -z[1] / a]); return [t[0] / a, -t[1] / a]; }
    : z => scale(s([(z[0] - b) / a, z[1] / a]), 1 / a);

  // The law of K(t) = tα² G(1 + tcD²)⁻¹Gᵀ along the line through −½ that separates it from its mirror image, and with it
  // the response I(t) = ∫ x/(1+tx) of 𝒬's law: the trapezoidal rule in φ, v = −½ + i e^{iθ/2} L tan(φ/2), θ = arg t.
  const covariance = ({ gamma2, alpha, c, atoms }) => {
    const count = atoms.length, weight = atoms.map(([, w]) => w), a2 = alpha * alpha;
    const carriers = atoms.filter(([x]) => x > 0), rank = Math.min(1, gamma2 * atoms.reduce((sum, [x, w]) => x > 0 ? sum + w : sum, 0)), rest = 1 - rank;
    const tr = new Float64Array(count), ti = new Float64Array(count), dr = new Float64Array(count), di = new Float64Array(count);
    let gr = 0, gi = 0, qr = 0, qi = 0, moved = 0, middle = null, steps = 0, toward = [1, 0];
    // One Newton step for 1/g + v − γ₂ Σ w τ/(1 + τg) = 0.
    const step = (vr, vi) => {
      steps++;
      const n = gr * gr + gi * gi, ir = gr / n, ii = -gi / n;
      let fr = ir + vr, fi = ii + vi, er = -(ir * ir - ii * ii), ei = -2 * ir * ii;
      for (let k = 0; k < count; k++) {
        const br = 1 + tr[k] * gr - ti[k] * gi, bi = tr[k] * gi + ti[k] * gr, b = br * br + bi * bi;
        const hr = (tr[k] * br + ti[k] * bi) / b, hi = (ti[k] * br - tr[k] * bi) / b, w = gamma2 * weight[k];
        fr -= w * hr; fi -= w * hi; er += w * (hr * hr - hi * hi); ei += 2 * w * hr * hi;
      }
      const e = er * er + ei * ei, sr = (fr * er + fi * ei) / e, si = (fi * er - fr * ei) / e;
      gr -= sr; gi -= si;
      moved = Math.hypot(sr, si) / Math.hypot(gr, gi);
    };
    // From v₀, where g is known, to v₁: halved as long as Newton's first steps are long, or lead out of the half plane
    // Re(g e^{iψ}) > 0, in which there is one root where cos ψ ≥ 0.
    const follow = (ar, ai, br, bi, tolerance, depth) => {
      const [sr, si] = [gr, gi];
      step(br, bi);
      const first = moved;
      if (first > tolerance) step(br, bi);
      const short = first < 0.4 && (first <= tolerance || moved <= 0.15 * first + 1e-9);
      for (let turn = 0; short && moved > tolerance && turn < 6; turn++) step(br, bi);
      const inside = toward[0] < 0 || gr * toward[0] - gi * toward[1] > -1e-9 * Math.hypot(gr, gi);
      if ((short && inside && moved <= Math.max(tolerance, 1e-9)) || depth >= 40 || steps >= LIMIT) return;
      [gr, gi] = [sr, si];
      const mr = (ar + br) / 2, mi = (ai + bi) / 2;
      follow(ar, ai, mr, mi, 1e-3, depth + 1);
      follow(mr, mi, br, bi, tolerance, depth + 1);
    };
    const trace = () => {
      qr = qi = 0;
      for (let k = 0; k < count; k++) {
        const br = 1 + tr[k] * gr - ti[k] * gi, bi = tr[k] * gi + ti[k] * gr, b = br * br + bi * bi;
        const hr = (gr * br + gi * bi) / b, hi = (gi * br - gr * bi) / b;
        qr += weight[k] * (dr[k] * hr - di[k] * hi); qi += weight[k] * (dr[k] * hi + di[k] * hr);
      }
    };
    // g at v from a neighbour's: where Re(g e^{iψ}) > 0 there is one root only, so that it is the right one from wherever it is found.
    const near = (re, im, vr, vi, turn, tolerance) => {
      [gr, gi] = [re, im];
      for (let turn = 0; turn < 6; turn++) { step(vr, vi); if (moved <= tolerance) break; }
      return moved <= tolerance && gr * turn[0] - gi * turn[1] > 1e-6 * Math.hypot(gr, gi);
    };
    let warm = null;
    // The sum over the line's points at these y, which lie evenly about 0, so that g at −1−v is g at the point opposite. A
    // coarse one begins at each point where the last such sum ended.
    const sum = (rule, turn, tolerance, key) => {
      const before = key && warm?.key === key ? warm.g : null, ends = key && new Float64Array(2 * rule.y.length);
      const { y, h } = rule, nodes = y.length, g = new Float64Array(2 * nodes), q = new Float64Array(2 * nodes);
      let vr = 0, vi = 0, n = 0;
      for (let j = 0; j < nodes; j++) {
        const nr = -0.5 - turn[1] * y[j], ni = turn[0] * y[j];
        const [sr, si] = [gr, gi];
        if (!(before && near(before[2 * j], before[2 * j + 1], nr, ni, turn, tolerance))) {
          [gr, gi] = [sr, si];
          if (j === 0) track(nr, ni, tolerance); else follow(vr, vi, nr, ni, tolerance, 0);
        }
        if (key) [ends[2 * j], ends[2 * j + 1]] = [gr, gi];
        [vr, vi, n] = [nr, ni, nr * nr + ni * ni];
        if (j === nodes >> 1) middle = [vr, vi, gr, gi];
        trace();
        g[2 * j] = gr + rest * nr / n; g[2 * j + 1] = gi - rest * ni / n; q[2 * j] = qr; q[2 * j + 1] = qi;
      }
      if (key) warm = { key, g: ends };
      let sr = 0, si = 0;
      for (let j = 0, m = nodes - 1; j < nodes; j++, m--) {
        sr += h[j] * (q[2 * j] * g[2 * m] - q[2 * j + 1] * g[2 * m + 1]); si += h[j] * (q[2 * j] * g[2 * m + 1] + q[2 * j + 1] * g[2 * m]);
      }
      return mul([sr / (2 * Math.PI), si / (2 * Math.PI)], turn);
    };
    // Two rules on −∞ < y < ∞: y = L tan φ, for a spectrum clear of the line, and y = δ sinh s, for one at a distance δ.
    const tangent = (nodes, length) => {
      const y = new Float64Array(nodes), h = new Float64Array(nodes);
      for (let j = 0; j < nodes; j++) { const p = Math.PI * (j + 0.5) / nodes - Math.PI / 2; y[j] = length * Math.tan(p); h[j] = Math.PI / nodes * length / Math.cos(p) ** 2; }
      return { y, h };
    };
    const graded = (nodes, near, end) => {
      const y = new Float64Array(nodes), h = new Float64Array(nodes), step = 2 * end / nodes;
      for (let j = 0; j < nodes; j++) { const p = (j + 0.5) * step - end; y[j] = near * Math.sinh(p); h[j] = step * near * Math.cosh(p); }
      return { y, h };
    };
    // Where the two spectra lie close along the line, the integrand turns at a few places only: panels of φ, outwards from
    // −½ on both sides at once, halved until a panel and its halves agree.
    const adaptive = (turn, length, tolerance) => {
      const sharp = tolerance > 1e-8 ? 1e-6 : 1e-14;
      track(-0.5 - turn[1] * length, turn[0] * length, sharp);
      follow(-0.5 - turn[1] * length, turn[0] * length, -0.5, 0, sharp, 0);
      middle = [-0.5, 0, gr, gi];
      const panel = (from, to, state) => {
        const center = (from + to) / 2, half = (to - from) / 2, s = state.slice();
        let sr = 0, si = 0;
        for (let j = 0; j < GAUSS.length; j++) {
          const phi = center + half * GAUSS[j][0], y = length * Math.tan(phi), h = GAUSS[j][1] * half * length / Math.cos(phi) ** 2;
          const values = [];
          for (const side of [1, -1]) {
            const o = side > 0 ? 0 : 4, vr = -0.5 - side * turn[1] * y, vi = side * turn[0] * y, n = vr * vr + vi * vi;
            [gr, gi] = [s[o + 2], s[o + 3]];
            follow(s[o], s[o + 1], vr, vi, sharp, 0);
            [s[o], s[o + 1], s[o + 2], s[o + 3]] = [vr, vi, gr, gi];
            trace();
            values.push([gr + rest * vr / n, gi - rest * vi / n], [qr, qi]);
          }
          const [g, q, gm, qm] = values, both = add(mul(q, gm), mul(qm, g));
          sr += h * both[0]; si += h * both[1];
        }
        return { sum: [sr, si], state: s };
      };
      const refine = (from, to, state, whole, depth) => {
        const m = (from + to) / 2, left = panel(from, m, state), right = panel(m, to, left.state), sum = add(left.sum, right.sum);
        if (norm(sub(sum, whole.sum)) <= tolerance * norm(total) || depth > 24 || steps > LIMIT) return sum;
        return add(refine(from, m, state, left, depth + 1), refine(m, to, left.state, right, depth + 1));
      };
      const start = [-0.5, 0, middle[2], middle[3], -0.5, 0, middle[2], middle[3]], end = Math.PI / 2 * (1 - 1e-15);
      const whole = panel(0, end, start), total = whole.sum;
      return mul(scale(refine(0, end, start, whole, 0), 1 / (2 * Math.PI)), turn);
    };
    // The edges of the law of G|τ|Gᵀ off 0: v = −u + γ₂ Σ w|τ|u/(u+|τ|) where v′ = 0, on the left and on the right of all −|τ|.
    const edges = (moduli, turns) => carriers.length === 1 ? [-1, 1].map(sign => moduli[0] * (1 + sign * Math.sqrt(gamma2 * carriers[0][1])) ** 2) : [-Math.min(...moduli), -Math.max(...moduli)].map((pole, side) => {
      let [near, far] = [0, 4 * (1 + gamma2) * Math.max(...moduli)];
      const u = x => side ? pole - x : pole + x;
      for (let turn = 0; turn < turns; turn++) {
        const x = (near + far) / 2, rise = moduli.reduce((sum, m, k) => sum - gamma2 * carriers[k][1] * (m / (u(x) + m)) ** 2, 1);
        if (rise < 0) near = x; else far = x;
      }
      return moduli.reduce((v, m, k) => v + gamma2 * carriers[k][1] * m * u(far) / (u(far) + m), -u(far));
    });
    // The line's direction and rule that need the fewest nodes. The eigenvalues of K(t) lie between the arguments of the τ,
    // and their moduli between those edges, the lower one times the cosine of half the angle between the τ. A coarse answer
    // keeps the direction of its neighbour as long as that serves.
    let kept = null;
    const choose = (t, tolerance) => {
      const theta = Math.atan2(t[1], t[0]), lost = Math.log(1 / tolerance), moduli = [], angles = [];
      for (let k = 0; k < count; k++) if (atoms[k][0] > 0) { moduli.push(Math.hypot(tr[k], ti[k])); angles.push(Math.atan2(ti[k], tr[k])); }
      const [least, most] = [Math.min(...angles), Math.max(...angles)], coarse = tolerance > 1e-8, [lower, upper] = edges(moduli, coarse ? 24 : 60);
      const low = Math.max(1e-12 * upper, lower * Math.cos((most - least) / 2)), length = Math.sqrt((0.5 + low) * (0.5 + upper));
      let best = { nodes: Infinity };
      const consider = j => {
        const psi = theta * j / 12, turn = [Math.cos(psi), Math.sin(psi)];
        let worst = 0, near = Infinity, width = Math.PI / 2;
        for (let share = 0; share <= 6; share++) for (const angle of [least, most]) {
          const h = low * (upper / low) ** (share / 6), u = [h * Math.cos(angle - psi) + 0.5 * turn[0], h * Math.sin(angle - psi) - 0.5 * turn[1]];
          worst = Math.max(worst, norm([u[0] - length, u[1]]) / norm([u[0] + length, u[1]]));
          near = Math.min(near, u[0]); width = Math.min(width, Math.PI / 2 - Math.abs(Math.atan2(u[1], u[0])));
        }
        if (!(near > 0 && width > 0)) return;
        const end = Math.log(2e4 * length / tolerance / near), rules = [
          { nodes: lost / -Math.log(worst), kind: "tangent", make: n => tangent(n, length), turn, length, j },
          { nodes: 2 * end * lost / (2 * Math.PI * width), kind: "graded", make: n => graded(n, near, end), turn, length, j }];
        for (const rule of rules) if (rule.nodes < best.nodes) best = rule;
      };
      if (coarse && kept) consider(kept.j);
      if (!(best.nodes <= 1.3 * kept?.nodes)) {
        for (let j = 0; j <= 12; j++) consider(j);
        if (coarse && best.nodes < Infinity) kept = best;
      }
      return best;
    };
    // To −½ + u from far out on the same line, where g = −1/v, in steps of a fixed ratio.
    const track = (br, bi, tolerance) => {
      const count = tolerance < 1e-8 ? 60 : 15, far = RATIO ** -count;
      let [ur, ui] = [(br + 0.5) * far, bi * far];
      const n = (ur - 0.5) ** 2 + ui * ui;
      [gr, gi] = [-(ur - 0.5) / n, ui / n];
      for (let k = 0; k < count; k++) {
        const nr = ur * RATIO, ni = ui * RATIO;
        follow(ur - 0.5, ui, nr - 0.5, ni, 1e-3, 0);
        [ur, ui] = [nr, ni];
      }
      for (let turn = 0; turn < 4; turn++) step(br, bi);
    };
    const prepare = t => {
      for (let k = 0; k < count; k++) {
        const x = atoms[k][0], d = inverse([1 + t[0] * c * x, t[1] * c * x]), dt = scale(mul(d, d), a2 * x), tau = scale(mul(t, d), a2 * x);
        [tr[k], ti[k], dr[k], di[k]] = [tau[0], tau[1], dt[0], dt[1]];
      }
    };
    const response = (t, tolerance) => {
      let total = [0, 0];
      for (const [x, w] of atoms) total = add(total, div(real(w * c * x), [1 + t[0] * c * x, t[1] * c * x]));
      if (a2 === 0) return total;
      prepare(t);
      steps = 0;
      const rule = choose(t, tolerance), fine = tolerance < 1e-8;
      if (rule.nodes === Infinity) return [NaN, NaN];
      toward = rule.turn;
      let integral, nodes = Math.min(MOST, fine ? Math.max(12, 2 * Math.ceil(0.4 * rule.nodes / 2)) : 12 * 2 ** Math.ceil(Math.max(0, Math.log2(0.6 * rule.nodes / 12))));
      if (rule.nodes > (fine ? 800 : 500)) [integral, nodes] = [adaptive(rule.turn, rule.length, tolerance), MOST];
      else integral = sum(rule.make(nodes), rule.turn, fine ? 1e-14 : 1e-6, fine ? "" : `${rule.kind} ${nodes}`);
      while (fine && nodes < MOST) {
        nodes *= 2;
        const again = sum(rule.make(nodes), rule.turn, 1e-14), apart = norm(sub(again, integral));
        integral = again;
        if (apart <= Math.sqrt(tolerance) * norm(again)) break;
      }
      total = add(total, integral);
      if (rest > 0) {
        [gr, gi] = middle.slice(2);
        follow(middle[0], middle[1], -1, 0, 1e-14, 0);
        trace();
        total = add(total, [rest * qr, rest * qi]);
      }
      return total;
    };
    // ∫ α²h/(1 + tα²h) dρ, ρ the law of GGᵀ: the trace of K′(1 + K)⁻¹.
    response.single = (t, tolerance) => {
      if (a2 === 0) return [0, 0];
      response(t, tolerance);
      [gr, gi] = middle.slice(2);
      follow(middle[0], middle[1], -1, 0, 1e-14, 0);
      trace();
      return [gamma2 * qr, gamma2 * qi];
    };
    return response;
  };

  // The Marchenko–Pastur map at ratio γ of the law with the response `I`: s = 1/(−z + I(γs)).
  const mpMap = (gamma, response, tolerance) => (s, z) => sub(add(inverse(s), z), response(scale(s, gamma), tolerance));

  return { add, sub, mul, div, scale, norm, inverse, real, zero, descend, upper, marchenkoPastur, affine, covariance, mpMap };
})();
