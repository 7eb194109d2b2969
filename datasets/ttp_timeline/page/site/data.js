// The published tables as lists of rows. DATA.overview and DATA.records hold compressed JSON, put there by data/*.js.
"use strict";

const DATA = {};
const tables = {}; // name -> list of rows
const byKey = {}; // name -> Map from the first column, the key of most tables, to the row
const content = {}; // what else the scripts hold: charts, lanes, rule, codebook, files, gates

async function unpack(name) {
  const bytes = Uint8Array.from(atob(DATA[name]), (letter) => letter.charCodeAt(0));
  DATA[name] = null;
  const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  const { tables: packed, charts, ...rest } = JSON.parse(text);
  content.charts = { ...content.charts, ...charts };
  Object.assign(content, rest);
  for (const [table, { columns, rows }] of Object.entries(packed)) {
    tables[table] = rows.map((cells) => Object.fromEntries(cells.map((cell, n) => [columns[n], cell])));
    byKey[table] = new Map(tables[table].map((row) => [row[columns[0]], row]));
  }
}

function loadScript(path) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = path;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${path} is missing; write the page again`));
    document.head.append(script);
  });
}

const once = {};

/** Load and prepare something a single time; returns the promise of it. */
function needed(name, prepare) {
  once[name] ??= prepare();
  return once[name];
}

/** Reports, sources and all else that the first view does without. */
function allRecords() {
  return needed("records", async () => {
    await loadScript("data/records.js");
    await unpack("records");
    tables.reports.sort((a, b) => (a.known_date ?? "9").localeCompare(b.known_date ?? "9"));
    content.reportsOf = grouped(tables.reports, "event_id");
    content.decisionsOf = grouped(tables.decisions.filter((row) => row.table_name === "events"), "record_id");
  });
}

function vega() {
  return needed("vega", async () => {
    await loadScript("lib/vega.js");
    return window.vegaEmbed;
  });
}

function dataTables() {
  return needed("datatables", async () => {
    await loadScript("lib/datatables.js");
    const address = URL.createObjectURL(new Blob([DATATABLES_MODULE], { type: "text/javascript" }));
    return (await import(address)).default;
  });
}

function grouped(rows, column) {
  const found = new Map();
  for (const row of rows) {
    if (!found.has(row[column])) found.set(row[column], []);
    found.get(row[column]).push(row);
  }
  return found;
}

/** A row as it was known on a day: null if it was not yet, with cells empty that became known later. */
function knownRow(table, row, day) {
  if (!day) return row;
  if ("known_date" in row && !(row.known_date && row.known_date <= day)) return null;
  const gates = Object.entries(content.gates?.[table] ?? {});
  const later = gates.filter(([, gate]) => !(row[gate] && row[gate] <= day)).map(([column]) => [column, null]);
  return later.length ? { ...row, ...Object.fromEntries(later) } : row;
}

function knownRows(table, day) {
  return tables[table].map((row) => knownRow(table, row, day)).filter(Boolean);
}

/** The name of a province by its code. */
function provinceName(code) {
  return content.provinces[code] ?? code;
}

function nameOf(table, id) {
  const row = byKey[table]?.get(id);
  return row?.actor_name ?? row?.person_name ?? row?.place_name ?? row?.publisher_name ?? row?.title ?? id;
}
