// Elements of the page. Text from the data only ever becomes text: there is no innerHTML here or elsewhere.
"use strict";

/** An element with attributes and children; a child that is no node becomes text. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function record(page, id, text) {
  return el("a", { href: linkTo(page, id) }, text ?? id);
}

function actorLink(id) {
  return id ? record("actor", id, nameOf("actors", id)) : "";
}

function personLink(id) {
  return id ? record("person", id, nameOf("people", id)) : "";
}

function eventLink(id) {
  return id ? record("event", id, nameOf("events", id)) : "";
}

/** An address outside; anything but the web is shown as text. */
function outside(url, text) {
  if (!/^https?:\/\//.test(url ?? "")) return text ?? url ?? "";
  return el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text ?? url);
}

function listOf(parts, between = ", ") {
  return (parts ?? []).flatMap((part, n) => (n ? [between, part] : [part]));
}

/** A list of terms: [[term, content], …], those without content left out. */
function facts(pairs) {
  const filled = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value.length !== 0);
  return el("dl", {}, filled.map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]));
}

/** A table: headings and rows of cells, each a node, a text, or a list of them. */
function grid(caption, headings, rows) {
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el(
      "table",
      { class: "grid" },
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, headings.map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell, n) => el("td", { "data-label": headings[n] }, cell ?? ""))))),
    ),
  );
}

function section(heading, ...children) {
  return children.flat(Infinity).filter(Boolean).length ? el("section", {}, el("h2", {}, heading), children) : null;
}

function range(low, best, high) {
  if (best === null || best === undefined) return "";
  return low === high ? `${best}` : `${best} (${low}–${high})`;
}

/** Draw a chart into a holder: text equivalent, theme by the page's colours, data given by name. */
async function draw(holder, specification, label, data = {}, options = {}) {
  const embed = await vega();
  const spec = structuredClone({ ...specification, datasets: data });
  const size = Math.max(200, holder.clientWidth - (options.beside ?? 0));
  options.size?.(spec, size);
  const text = { labelColor: "currentColor", titleColor: "currentColor" };
  const config = {
    ...spec.config,
    aria: false,
    background: null,
    axis: { ...spec.config?.axis, ...text, domainColor: "currentColor", tickColor: "currentColor" },
    legend: { ...spec.config?.legend, ...text, symbolBaseFillColor: "currentColor" },
    title: { ...spec.config?.title, color: "currentColor" },
    header: text,
    style: { cell: { stroke: null } },
  };
  const result = await embed(holder, { ...spec, config }, { actions: false, renderer: "svg", ast: true });
  holder.setAttribute("role", "img");
  holder.setAttribute("aria-label", label);
  holder.querySelector("svg").setAttribute("aria-hidden", "true"); // its marks have no names of their own
  return result;
}

async function fill(view, data) {
  for (const [name, rows] of Object.entries(data)) view.data(name, structuredClone(rows));
  await view.resize().runAsync();
}
