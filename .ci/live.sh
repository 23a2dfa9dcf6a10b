#!/usr/bin/env bash
# The laws that the page solves against the library's, in a headless browser: 10⁴ random points to 1e-10, and the edges of each
# law and its atoms, all that the page prints of them; and how long a slider's move takes there.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$here/.."
cargo build --release --bin tensor-dyson
python3 - "$folder" "${CARGO_TARGET_DIR:-target}/release/tensor-dyson" << 'POINTS'
import json, math, pathlib, random, subprocess, sys
folder, program = pathlib.Path(sys.argv[1]), sys.argv[2]
random.seed(20240522)
u = random.uniform

def theorem():
    alpha, c0, c = (random.choice([0, u(0, 1.5), u(0, 1.5)]) for _ in range(3))
    p = dict(gamma1=10 ** u(-1.3, 0.47), gamma2=10 ** u(-0.69, 0.6), alpha=alpha, beta=math.sqrt(alpha ** 2 + c0 ** 2 + c), c0=c0,
             x1=u(0.05, 4), x2=u(0.05, 4), w=random.choice([1, u(0.02, 0.98)]))
    nu = f"{p['x1']}:1" if p["w"] == 1 else f"{p['x1']}:{p['w']},{p['x2']}:{1 - p['w']}"
    return p, ["--gamma1", p["gamma1"], "--gamma2", p["gamma2"], "--alpha", alpha, "--beta", p["beta"], "--mean", c0, "--nu", nu]

def written(form, **draws):
    p = {key: u(*draw) for key, draw in draws.items()}
    return p, ["--expr", form(**p)]

g, ab = dict(gamma1=(0.05, 3), gamma2=(0.2, 4)), dict(a=(0.05, 2), b=(0.05, 2))
LAWS = [
    theorem,
    lambda: written(lambda gamma1, gamma2, a, b: f"mp({gamma2}) [x] ({a} * mp({gamma1}) + {b})", **g, **ab),
    lambda: written(lambda gamma1, a, b: f"semicircle({b * b})", gamma1=(0.05, 3), a=(0, 0), b=(0.1, 2)),
    lambda: written(lambda gamma0, gamma1, gamma2, a, b: f"mp({gamma2}) [x] ({a} * (mp({gamma1}) [x] ({a} * mp({gamma0}) + {b})) + {b})",
                    gamma0=(0.05, 3), **g, **ab),
    lambda: written(lambda gamma1, c1, v: f"({c1} * mp({gamma1}) + {-c1}) [+] semicircle({gamma1 * v})", gamma1=(0.05, 3), c1=(0.05, 1.5), v=(0.05, 2)),
    lambda: written(lambda gamma1, c1, v: f"({c1 / math.sqrt(gamma1)} * mp({gamma1}) + {-c1 / math.sqrt(gamma1)}) [+] semicircle({v})",
                    gamma1=(0.05, 3), c1=(0.05, 1.5), v=(0.05, 2)),
    lambda: written(lambda gamma1, c1, v: f"{1 + c1 * c1} * mp({gamma1}) + {v}", gamma1=(0.05, 3), c1=(0, 1.5), v=(0.01, 2)),
    lambda: written(lambda gamma1, gamma2, a, b, v: f"(({a} * mp({gamma1}) + {b}) [x] (mp({gamma2}) + 1)) + {v}", **g, **ab, v=(0.01, 2)),
]
points, supports, refused = [], [], 0
while len(points) < 10000:
    k = random.choice([0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7])
    values, flags = LAWS[k]()
    if k == 2:
        values["a"] = 0
    command = [program, "law", "--format", "json", *map(str, flags)]
    for _ in range(40):
        command += ["--z", f"{u(-2, 12)!r}+{random.choice([0, 10 ** u(-8, 1)])!r}i"]
    answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    supports.append([k, values, answer["support"], [[atom["at"], atom["mass"]] for atom in answer["atoms"]]])
    for at in answer["values"]:
        if at.get("m") is None or abs(complex(*at["z"])) < 1e-9:
            refused += 1
        else:
            points.append([k, values, at["z"], at["m"]])
print(f"{len(points)} points; {refused} refused by the library")
scripts = "".join((pathlib.Path("derivations/live") / name).read_text(encoding="utf-8") for name in ("laws.js", "play.js"))
(folder / "page.html").write_text(f"""<title>-</title><div id="live"></div><script id="live-data" type="application/json">{{}}</script><script>{scripts}</script>
<script>
const points = {json.dumps(points[:10000])}, supports = {json.dumps(supports)};
let worst = [0], outside = 0; const of = laws.play.LAWS.map(() => 0);
for (const [k, values, z, m] of points) {{
  const law = laws.play.LAWS[k].versions[0][1](values);
  const s = laws.play.transform(law, z, 1e-13);
  const error = Math.hypot(s[0] - m[0], s[1] - m[1]) / Math.max(1, Math.hypot(...m));
  if (!(error <= 1e-10)) {{ outside++; of[k]++; }}
  if (!(error <= worst[0])) worst = [error, k, values, z, m, s];
}}
// The page prints three digits; a gap below a thousandth of the whole it need not see.
const {{ LAWS, curve, range, ends, all }} = laws.play, wrong = [];
const near = (found, parts) => {{
  const wanted = parts.flat(), least = Math.min(...parts.map(([low, high]) => high - low));
  return found.length === wanted.length && found.every((x, j) => Math.abs(x - wanted[j]) <= 2e-3 * Math.abs(wanted[j]) + 1e-4 * least);
}};
// Atoms to rounding: places and masses are in closed form.
const alike = (found, wanted) => found.length === wanted.length && wanted.every(([at, mass]) => found.some(([x, m]) => Math.abs(x - at) <= 1e-9 * (1 + Math.abs(at)) && Math.abs(m - mass) <= 1e-9));
for (const [k, values, support, atoms] of supports) {{
  const law = LAWS[k].versions[0][1](values), whole = support.length && support.at(-1)[1] - support[0][0], closed = [];
  for (const [low, high] of support) if (closed.length && low - closed.at(-1)[1] < 1e-3 * whole) closed.at(-1)[1] = high; else closed.push([low, high]);
  const found = [...ends(law, curve(law, ...range(law, all(law)), all(law)))].filter(x => x !== null);
  if (!alike(law.atoms, atoms) || !near(found, support) && !near(found, closed)) wrong.push([k, values, found, support, law.atoms, atoms]);
}}
const slider = document.querySelector("#live input"), times = [];
for (let j = 0; j < 40; j++) {{ slider.value = 0.2 + 0.02 * j; slider.oninput({{ target: slider }}); times.push(laws.play.state.took); }}
times.sort((a, b) => a - b);
document.title = `PROBED ${{points.length}} points, ${{outside}} outside, by law ${{of}}, worst ${{JSON.stringify(worst)}}; edges of ${{supports.length}} laws, ${{wrong.length}} wrong ${{JSON.stringify(wrong)}}; a slider's move: median ${{times[20].toFixed(0)}} ms, worst ${{times[39].toFixed(0)}} ms`;
</script>""", encoding="utf-8")
POINTS
timeout 1200 chromium --headless --no-sandbox --disable-gpu --virtual-time-budget=9000 --user-data-dir="$folder/profile" \
  --dump-dom "file://$folder/page.html" > "$folder/dom" 2> /dev/null
title=$(grep -o '<title>PROBED[^<]*' "$folder/dom" || echo "no answer")
echo "${title#<title>}"
[[ "$title" == *", 0 outside, "*" laws, 0 wrong "* ]]
