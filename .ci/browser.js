// What .ci/browser.sh looks at in the page, from within: run once it is loaded, with the colours it should have.
"use strict";
addEventListener("load", () => setTimeout(() => {
  const all = (css, of = document) => [...of.querySelectorAll(css)];
  const fault = text => faults.push(text);
  document.documentElement.style.scrollBehavior = "auto";

  // The page was opened at a claim; each claim is in sight when its link is followed.
  const opened = id => document.querySelector(":target")?.id === id;
  const seen = id => {
    const box = document.getElementById(id).getBoundingClientRect();
    const end = document.documentElement.scrollHeight - innerHeight;
    return box.height > 0 && (scrollY >= end - 1 || (box.top > -2 && box.top < innerHeight));
  };
  if (!opened(location.hash.slice(1))) fault("the page did not open at " + location.hash);
  const claims = all("article").map(article => article.id);
  for (const id of claims) {
    location.hash = "#" + id;
    if (!opened(id) || !seen(id)) fault("#" + id + " does not open");
  }

  // Links: inside the page, and to something that is there once; the certificates are files to download.
  const files = all("a[download]").map(a => a.getAttribute("href"));
  if (files.some(file => !file.startsWith("certificates/"))) fault("a download of something else");
  const links = all("a[href]:not([download])").map(a => a.getAttribute("href"));
  for (const link of links)
    if (link[0] !== "#") fault("a link leads outside: " + link);
    else if (!document.getElementById(decodeURIComponent(link.slice(1)))) fault("no target: " + link);
  const ids = all("[id]").map(node => node.id);
  ids.filter((id, k) => ids.indexOf(id) !== k).forEach(id => fault("twice: " + id));

  // Figures: every series of the legend has marks in the frame, nothing else is drawn outside, texts are apart.
  const plots = all("svg.plot");
  for (const plot of plots) {
    const name = plot.closest("figure").id, grid = all(".s-grid", plot).map(line => line.getBBox());
    if (grid.length < 4) { fault(name + " has no axes"); continue; }
    const frame = {
      left: Math.min(...grid.map(b => b.x)), right: Math.max(...grid.map(b => b.x + b.width)),
      top: Math.min(...grid.map(b => b.y)), bottom: Math.max(...grid.map(b => b.y + b.height)),
    };
    const kind = mark => mark.tagName + "." + mark.getAttribute("class");
    const marks = all("[class]", plot).filter(mark => /^[sf]-[lbr]\d$/.test(mark.getAttribute("class")));
    const swatches = marks.filter(mark => mark.getBBox().y + mark.getBBox().height < frame.top);
    const drawn = marks.filter(mark => !swatches.includes(mark));
    if (new Set(swatches.map(kind)).size < Number(plot.dataset.series)) fault(name + ": a legend without its mark");
    for (const swatch of swatches)
      if (!drawn.some(mark => kind(mark) === kind(swatch))) fault(name + ": no " + kind(swatch) + " in the frame");
    const room = 20; // a marker's radius, in the drawing's units
    for (const mark of drawn) {
      const b = mark.getBBox();
      if (b.x < frame.left - room || b.x + b.width > frame.right + room ||
          b.y < frame.top - room || b.y + b.height > frame.bottom + room) fault(name + ": out of the frame: " + kind(mark));
    }
    const texts = all("text", plot).map(text => ({ text: text.textContent.trim(), box: text.getBoundingClientRect() }));
    const whole = plot.getBoundingClientRect();
    texts.forEach(({ text, box }, k) => {
      if (!text) fault(name + ": an empty text");
      if (box.left < whole.left - 1 || box.right > whole.right + 1 || box.top < whole.top - 1 || box.bottom > whole.bottom + 1)
        fault(name + ": cut: " + text);
      // A font's line box is higher than its letters: a pixel of it may touch.
      for (const other of texts.slice(k + 1))
        if (Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left) > 1 &&
            Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top) > 2)
          fault(name + ": on each other: " + text + " and " + other.text);
    });
  }

  // Tables: a click on a head sorts, another one the other way; numbers as numbers, evidence by its strength.
  const kinds = ["proved", "exact", "enclosed", "rounding", "rate", "sampled", "none"];
  for (const table of all("table")) {
    const heads = all("thead th", table), rows = table.tBodies[0].rows, count = rows.length;
    heads.forEach((head, column) => {
      if (getComputedStyle(head).display === "none") return;
      const value = row => {
        const text = row.cells[column].textContent;
        return head.textContent === "Rests on" ? kinds.indexOf(text) : head.classList.contains("n") ? parseFloat(text) : text;
      };
      for (const way of ["ascending", "descending"]) {
        head.querySelector("button").click();
        const values = [...rows].map(value), sign = way === "ascending" ? 1 : -1;
        // Words come in groups, whatever their order; a column that starts with a link is sorted by its letters.
        const words = typeof values[0] === "string" && !rows[0].cells[column].querySelector("a");
        const sorted = words
          ? values.every((v, k) => values.indexOf(v) === k || values[k - 1] === v)
          : values.every((v, k) => k === 0 || sign * (typeof v === "string" ? values[k - 1].localeCompare(v) : values[k - 1] - v) <= 0);
        if (!sorted || rows.length !== count || head.getAttribute("aria-sort") !== way || all("[aria-sort]", table).length !== 1)
          fault(head.textContent + " does not sort " + way + ": " + values.slice(0, 12));
      }
    });
  }

  // Widths: of the page, of tables, of formulas.
  if (document.documentElement.scrollWidth > innerWidth)
    fault("wider than the window: " + document.documentElement.scrollWidth + " > " + innerWidth);
  for (const math of all("math")) {
    const room = math.parentElement.closest("p,dd,div,li").getBoundingClientRect(), box = math.getBoundingClientRect();
    const cut = math.getAttribute("display") === "block" && math.scrollWidth > math.clientWidth + 1;
    if (box.width > 0 && (box.right > room.right + 1 || cut))
      fault("cut formula in " + (math.closest("[id]") || document.body).id + ": " + math.textContent.slice(0, 40));
  }
  for (const wide of all(".wide"))
    if (wide.querySelector("table") && wide.scrollWidth > wide.clientWidth + 1) fault("cut table");

  // Colours: light or dark as asked, every text told from its ground (WCAG 2.1, 1.4.3), and a button for the other.
  const light = color => {
    const [r, g, b] = color.match(/[\d.]+/g).map(Number)
      .map(c => c / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = node => {
    for (; node; node = node.parentElement) {
      const color = getComputedStyle(node).backgroundColor;
      if (!/, 0\)$/.test(color)) return light(color);
    }
    return 1;
  };
  const contrasts = () => {
    for (const node of all("body,p,a:not(svg a),h2,h3,dt,dd,th,td,li,summary,figcaption,.badge,.num,svg text")) {
      const style = getComputedStyle(node), [a, b] = [light(node.closest("svg") ? style.fill : style.color), ground(node)];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) { fault("contrast " + ratio.toFixed(2) + ": " + node.tagName + " " + node.textContent.trim().slice(0, 30)); break; }
    }
  };
  const dark = () => ground(document.body) < 0.2;
  if (matchMedia("(prefers-color-scheme: dark)").matches !== DARK) fault("the browser's colours are not as asked");
  if (dark() !== DARK) fault("the page's colours are not as asked");
  contrasts();
  document.getElementById("theme").click();
  if (dark() === DARK) fault("the button does not change the colours");
  contrasts();
  document.getElementById("theme").click();
  if (dark() !== DARK) fault("the button does not change the colours back");

  if (performance.getEntriesByType("resource").some(r => !r.name.startsWith("data:"))) fault("something was loaded");
  const found = plots.length + " figures, " + claims.length + " claims, " + files.length + " certificates, " + links.length + " links, " + all("table").length + " tables";
  parent.postMessage("PROBED " + found + " FAULTS " + JSON.stringify(faults), "*");
}, 0));
