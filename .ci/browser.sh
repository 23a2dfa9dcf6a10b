#!/usr/bin/env bash
# Opens the report in a real headless browser, as wide as a desk and as narrow as a phone: no error, figures that are
# not empty, links that resolve, no formula and no table cut.
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
for(const s of plots){const b=s.getBBox();if(b.width<100||b.height<100||s.querySelectorAll("[class*='-l'],[class*='-b'],[class*='-r']").length<2*s.dataset.series)faults.push("empty figure "+s.getAttribute("aria-label"));}
if(plots.length===0)faults.push("no figures");
const head=document.querySelector("table.sortable thead button"),key=()=>document.querySelector("table.sortable tbody td").dataset.key;
head.click();const a=key();head.click();if(a===key())faults.push("the table does not sort");
if(document.documentElement.scrollWidth>innerWidth)faults.push("wider than the window: "+document.documentElement.scrollWidth+" > "+innerWidth);
for(const m of document.querySelectorAll("math")){
  const room=m.parentElement.closest("p,dd,div,li").getBoundingClientRect(),box=m.getBoundingClientRect();
  if(box.width>0&&(box.right>room.right+1||m.scrollWidth>m.clientWidth+1&&m.getAttribute("display")==="block"))
    faults.push("cut formula in "+(m.closest("[id]")||document.body).id+": "+m.textContent.slice(0,40));}
for(const w of document.querySelectorAll(".wide"))
  if(w.querySelector("table")&&w.scrollWidth>w.clientWidth+1)faults.push("cut table");
if(performance.getEntriesByType("resource").some(r=>!r.name.startsWith("data:")))faults.push("something was loaded");
parent.postMessage("PROBED "+plots.length+" FAULTS "+JSON.stringify(faults),"*");});</script>"""
text = text.replace("<head>", "<head>" + first, 1).replace("</body>", last + "</body>", 1)
open(sys.argv[2], "w", encoding="utf-8").write(text)
# A window is not made narrower than 500 pixels; a frame is.
frame = """<title>-</title><body style="margin:0"><script>addEventListener("message",e=>{document.title=e.data})</script>
<iframe src="index.html" style="border:0;width:%spx;height:900px"></iframe>"""
for width in (1280, 400):
    open(sys.argv[2].replace("index", str(width)), "w", encoding="utf-8").write(frame % width)
PROBE
for width in 1280 400; do
  timeout 60 chromium --headless --no-sandbox --disable-gpu --window-size=1280,900 --virtual-time-budget=5000 \
    --user-data-dir="$probe/profile" --dump-dom "file://$probe/$width.html" > "$probe/dom" 2> /dev/null
  title=$(grep -o '<title>PROBED[^<]*' "$probe/dom")
  echo "$width: $title"
  [[ "$title" == *"PROBED"*"FAULTS []" ]]
done
