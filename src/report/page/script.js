"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  table.querySelectorAll("thead th").forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      table.querySelectorAll("th").forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const body = table.tBodies[0], key = row => row.cells[column].dataset.key;
      const rows = [...body.rows].sort((a, b) => {
        const [x, y] = [key(a), key(b)], [u, v] = [Number(x), Number(y)];
        const order = Number.isNaN(u) || Number.isNaN(v) ? x.localeCompare(y) : u - v;
        return up ? order : -order;
      });
      body.append(...rows);
    });
  });
}
document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});
const edges = [...document.querySelectorAll("svg.graph .edge")];
for (const node of document.querySelectorAll("svg.graph [data-node]")) {
  const light = on => edges.forEach(edge => edge.classList.toggle("lit",
    on && (edge.dataset.from === node.dataset.node || edge.dataset.to === node.dataset.node)));
  node.addEventListener("pointerenter", () => light(true));
  node.addEventListener("pointerleave", () => light(false));
  node.addEventListener("focusin", () => light(true));
  node.addEventListener("focusout", () => light(false));
}
if (matchMedia("(max-width:36rem)").matches) document.querySelector("details.uses").open = true;
