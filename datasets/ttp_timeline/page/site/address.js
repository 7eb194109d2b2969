// The address after #: a page ("event/2014-12-16-…") and, after ?, filters. What cannot be read is ignored, with a notice.
"use strict";

const FILTERS = ["from", "to", "class", "type", "province", "actor", "q", "asof"];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function isDay(text) {
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}

/** {page, id, filters, notices} of the address now. */
function readAddress() {
  const [path, query = ""] = location.hash.replace(/^#/, "").split("?", 2);
  let [page, ...rest] = (path || "overview").split("/");
  let id = rest.join("/");
  try {
    id = decodeURIComponent(id);
  } catch {
    // not an encoded address: taken as it stands
  }
  const filters = {};
  const notices = [];
  for (const [name, value] of new URLSearchParams(query)) {
    const wrong = faultOf(name, value);
    if (wrong) notices.push(wrong);
    else if (value) filters[name] = value;
  }
  if (filters.from && filters.to && filters.from > filters.to) {
    notices.push(`The filter from ${filters.from} to ${filters.to} ends before it begins and was ignored.`);
    delete filters.from;
    delete filters.to;
  }
  return { page, id, filters, notices };
}

function faultOf(name, value) {
  if (!FILTERS.includes(name)) return `There is no filter “${name}”; it was ignored. There are: ${FILTERS.join(", ")}.`;
  if (!value) return null;
  if (["from", "to", "asof"].includes(name) && !isDay(value)) {
    return `“${value}” is no day for the filter ${name}, such as 2022-05-20; it was ignored.`;
  }
  const known = choicesOf(name);
  if (known && !known.has(value)) return `The filter ${name} knows no “${value}”; it was ignored.`;
  return null;
}

/** The values of a filter that is a choice, with their words; null for the others. */
function choicesOf(name) {
  if (name === "class") return distinct(tables.events, "event_class");
  if (name === "type") return distinct(tables.events, "event_type");
  if (name === "province") return distinct(tables.places, "province_code", provinceName);
  if (name === "actor") {
    const named = new Set(tables.participants.map((row) => row.actor_id));
    const rows = tables.actors.filter((row) => named.has(row.actor_id)).map((row) => [row.actor_id, row.actor_name]);
    return new Map(rows.sort((a, b) => a[1].localeCompare(b[1])));
  }
  return null;
}

function distinct(rows, column, named = words) {
  const found = [...new Set(rows.map((row) => row[column]).filter(Boolean))].sort();
  return new Map(found.map((value) => [value, named(value)]));
}

function addressOf(page, id = "", filters = {}) {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value)).toString();
  return `#${page}${id ? `/${encodeURIComponent(id)}` : ""}${query ? `?${query}` : ""}`;
}

/** Where a link leads: filters do not go along to a record, the day of knowledge does. */
function linkTo(page, id) {
  const { asof } = readAddress().filters;
  return addressOf(page, id, asof ? { asof } : {});
}

/** Change filters in place, without a new entry in the history for each step of a slider. */
function setFilters(changes) {
  const { page, id, filters } = readAddress();
  history.replaceState(null, "", addressOf(page, id, { ...filters, ...changes }));
  window.dispatchEvent(new Event("hashchange"));
}

function words(code) {
  return String(code).replaceAll("_", " ");
}
