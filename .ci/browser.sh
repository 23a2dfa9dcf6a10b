#!/usr/bin/env bash
# Opens the report in a real headless browser: no error, figures that are not empty, links that resolve.
set -euo pipefail
page=$(realpath "${1:-report/index.html}")
for try in 1 2 3; do
  command -v chromium > /dev/null && break
  (apt-get update -qq && apt-get install -y -qq chromium > /dev/null) || sleep $((try * 5))
done
probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT
# The page with a probe before everything that counts errors, and one after it that looks.
python3 - "$page" "$probe/index.html" << 'PROBE'
import sys
text = open(sys.argv[1], encoding="utf-8").read()
first = """<script>window.faults=[];addEventListener("error",e=>faults.push(e.message||"resource"),true);</script>"""
last = """<script>addEventListener("load",()=>{
for(const a of document.querySelectorAll("a[href^='#']"))
  if(!document.getElementById(decodeURIComponent(a.getAttribute("href").slice(1))))faults.push("link "+a.getAttribute("href"));
const plots=[...document.querySelectorAll("svg.plot")];
for(const s of plots){const b=s.getBBox();if(b.width<100||b.height<100||s.querySelectorAll("[class*='-l'],[class*='-b'],[class*='-r']").length===0)faults.push("empty figure "+s.getAttribute("aria-label"));}
if(plots.length===0)faults.push("no figures");
const head=document.querySelector("table.sortable thead button"),key=()=>document.querySelector("table.sortable tbody td").dataset.key;
head.click();const a=key();head.click();if(a===key())faults.push("the table does not sort");
if(document.documentElement.scrollWidth>innerWidth)faults.push("wider than the window: "+document.documentElement.scrollWidth+" > "+innerWidth);
if(performance.getEntriesByType("resource").some(r=>!r.name.startsWith("data:")))faults.push("something was loaded");
document.title="PROBED "+plots.length+" FAULTS "+JSON.stringify(faults);});</script>"""
text = text.replace("<head>", "<head>" + first, 1).replace("</body>", last + "</body>", 1)
open(sys.argv[2], "w", encoding="utf-8").write(text)
PROBE
for width in 1280 500; do
  timeout 60 chromium --headless --no-sandbox --disable-gpu --window-size=$width,900 --virtual-time-budget=5000 \
    --user-data-dir="$probe/profile" --dump-dom "file://$probe/index.html" > "$probe/dom" 2> /dev/null
  title=$(grep -o '<title>PROBED[^<]*' "$probe/dom")
  echo "$width: $title"
  [[ "$title" == *"PROBED"*"FAULTS []" ]]
done
