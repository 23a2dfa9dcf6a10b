#!/usr/bin/env bash
# Opens the report in a real headless browser, as wide as a desk and as narrow as a phone, light and dark: nothing on
# the console, nothing loaded, figures and tables and links as `browser.js` says; every figure is a file too.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
page=$(realpath "${1:-report/index.html}")
for try in 1 2 3; do
  command -v chromium > /dev/null && break
  (apt-get update -qq && apt-get install -y -qq chromium > /dev/null) || sleep $((try * 5))
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# The page with a probe before everything that counts errors, and the one after it that looks; and what the text
# itself says is there.
expected=$(python3 - "$page" "$here/browser.js" "$folder" << 'PROBE'
import json, pathlib, re, sys
page, script, folder = map(pathlib.Path, sys.argv[1:])
text = page.read_text(encoding="utf-8")
for outside in re.findall(r"""(?:src|srcset|href|action)\s*=\s*["'](?!#|data:|certificates/)[^"']*|url\((?!["']?(?:#|data:))[^)]*|@import.*""", text):
    sys.exit(f"not self-contained: {outside}")
certificates = re.findall(r'href="(certificates/[^"]*)"', text)
for name in certificates:
    json.loads((page.parent / name).read_text(encoding="utf-8"))
figures = re.findall(r'<figure id="figure-([^"]*)"', text)
for name in figures:
    drawing = page.parent / "figures" / f"{name}.svg"
    if not drawing.is_file() or len(re.findall(r'class="[sf]-[lbr]\d"', drawing.read_text(encoding="utf-8"))) < 2:
        sys.exit(f"no drawing in {drawing}")
claims = re.findall(r'<article id="([^"]*)"', text)
if not figures or not claims or not certificates:
    sys.exit("no figures, no claims, or no certificates")
first = '<script>window.faults=[];addEventListener("error",e=>faults.push(e.message||"resource"),true);</script>'
for dark in ("false", "true"):
    last = f"<script>const DARK={dark};{script.read_text(encoding='utf-8')}</script>"
    probed = text.replace("<head>", "<head>" + first, 1).replace("</body>", last + "</body>", 1)
    (folder / f"{dark}.html").write_text(probed, encoding="utf-8")
    # A window is not made narrower than 500 pixels; a frame is.
    for width in (1280, 400):
        (folder / f"{width}-{dark}.html").write_text(
            '<title>-</title><body style="margin:0"><script>addEventListener("message",e=>{document.title=e.data})</script>'
            f'<iframe src="{dark}.html#{claims[len(claims) // 2]}" style="border:0;width:{width}px;height:900px"></iframe>',
            encoding="utf-8")
print(f"{len(figures)} figures, {len(claims)} claims, {len(certificates)} certificates")
PROBE
)
for width in 1280 400; do
  for dark in false true; do
    # The setting counts dark as 0.
    scheme=$([ "$dark" = true ] && echo 0 || echo 1)
    timeout 120 chromium --headless --no-sandbox --disable-gpu --window-size=1280,900 --virtual-time-budget=9000 \
      --blink-settings=preferredColorScheme="$scheme" --enable-logging=stderr \
      --user-data-dir="$folder/profile" --dump-dom "file://$folder/$width-$dark.html" > "$folder/dom" 2> "$folder/log"
    title=$(grep -o '<title>PROBED[^<]*' "$folder/dom" || echo "no answer")
    echo "$width, dark $dark: ${title#<title>}"
    if grep -a 'CONSOLE' "$folder/log"; then exit 1; fi
    [[ "$title" == *"PROBED $expected, "*"FAULTS []" ]]
  done
done
