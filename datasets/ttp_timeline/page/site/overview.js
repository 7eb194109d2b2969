// The overview: filters, the timeline to brush, the map, tolls and the list, all of the same events.
"use strict";

const overview = { table: null, lanes: null, map: null, drawn: 0 };

async function showOverview(main, address) {
  if (!main.querySelector("#filters")) {
    main.replaceChildren(
      el("h1", {}, "Pakistan and the Tehreek-e-Taliban Pakistan, 2001 to the present"),
      filterForm(),
      el("p", { id: "found", "aria-live": "polite" }),
      el("p", { id: "named" }),
      el("h2", {}, "Timeline"),
      el("div", { id: "lanes", class: "chart" }),
      el("h2", { id: "list-heading" }, "Events"),
      el("table", { id: "list", class: "display compact", "aria-labelledby": "list-heading" }),
      el("h2", {}, "Map"),
      el("div", { id: "map", class: "chart" }),
      el("h2", {}, "Tolls: the deadliest of the events found"),
      el("div", { id: "tolls", class: "chart" }),
    );
    Object.assign(overview, { table: null, lanes: null, map: null });
  }
  fillForm(address.filters);
  const day = address.filters.asof;
  if (day) await allRecords();
  const events = await eventsAsOf(day);
  const found = events.filter(filterOf(address.filters));
  const killed = found.reduce((sum, row) => sum + (isCounted(row) ? row.killed_best ?? 0 : 0), 0);
  document.getElementById("found").textContent =
    `${found.length} of ${events.length} events${day ? ` known on ${day}` : ""}; ${killed} people killed in the violence among them (best figures; lasting operations not counted twice).`;
  showNamed(address.filters.q);
  await Promise.all([drawLanes(events, address.filters), showList(found)]);
  performance.mark("useful");
  await drawMap(found);
  await drawTolls(found, day);
}

function filterForm() {
  const choice = (name, text) =>
    el("label", {}, text, el("select", { name }, el("option", { value: "" }, "all"), [...choicesOf(name)].map(([value, label]) => el("option", { value }, label))));
  const changed = (event) => setFilters({ [event.target.name]: event.target.value });
  return el(
    "form",
    { id: "filters", role: "search", "aria-label": "Filters", onsubmit: (event) => event.preventDefault(), onchange: changed },
    el("label", {}, "Search name, alias, place or date", el("input", { type: "search", name: "q", oninput: later(changed) })),
    el(
      "details",
      { open: window.matchMedia("(min-width: 601px)").matches || Object.keys(readAddress().filters).some((name) => !["q", "asof"].includes(name)) },
      el("summary", {}, "Filters"),
      el(
        "div",
        {},
        el("label", {}, "From", el("input", { type: "date", name: "from" })),
        el("label", {}, "To", el("input", { type: "date", name: "to" })),
        choice("class", "Kind"),
        choice("type", "Type"),
        choice("province", "Province"),
        choice("actor", "Actor"),
      ),
    ),
    el("button", { type: "button", onclick: () => setFilters(Object.fromEntries(FILTERS.filter((f) => f !== "asof").map((f) => [f, ""]))) }, "Clear"),
  );
}

function fillForm(filters) {
  for (const field of document.getElementById("filters").elements) {
    if (field.name && field !== document.activeElement) field.value = filters[field.name] ?? "";
  }
}

function later(run, wait = 200) {
  let timer;
  return (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(event), wait);
  };
}

function simplified(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Event id -> everything that it may be searched by. */
function searchTexts() {
  return needed("texts", () => {
    const texts = new Map();
    const add = (id, ...parts) => texts.set(id, `${texts.get(id) ?? ""} ${parts.flat().filter(Boolean).join(" ")}`);
    const names = (row, name) => (row ? [row[name], row.aliases] : []);
    for (const row of tables.events) {
      const place = byKey.places.get(row.place_id);
      add(row.event_id, row.event_id, row.title, row.date_edtf, place?.place_name, place?.district_name);
    }
    for (const row of tables.participants) add(row.event_id, names(byKey.actors.get(row.actor_id), "actor_name").flat());
    for (const row of tables.appearances) add(row.event_id, names(byKey.people.get(row.person_id), "person_name").flat());
    for (const [id, text] of texts) texts.set(id, simplified(text));
    return texts;
  });
}

function filterOf(filters) {
  const asked = simplified(filters.q ?? "").split(/\s+/).filter(Boolean);
  const texts = asked.length ? searchTexts() : null;
  const ofActor = filters.actor && new Set(tables.participants.filter((row) => row.actor_id === filters.actor).map((row) => row.event_id));
  return (row) =>
    (!filters.from || (row.end_date ?? row.start_date) >= filters.from) &&
    (!filters.to || row.start_date <= filters.to) &&
    (!filters.class || row.event_class === filters.class) &&
    (!filters.type || row.event_type === filters.type) &&
    (!filters.province || byKey.places.get(row.place_id)?.province_code === filters.province) &&
    (!ofActor || ofActor.has(row.event_id)) &&
    asked.every((word) => texts.get(row.event_id)?.includes(word));
}

/** Actors and people whose name or alias is searched for. */
function showNamed(q) {
  const asked = simplified(q ?? "").trim();
  const matching = (table, name, page, id) =>
    tables[table].filter((row) => simplified([row[name], row.aliases].flat().join(" ")).includes(asked)).slice(0, 8).map((row) => record(page, row[id], row[name]));
  const found = asked.length < 2 ? [] : [...matching("actors", "actor_name", "actor", "actor_id"), ...matching("people", "person_name", "person", "person_id")];
  document.getElementById("named").replaceChildren(...(found.length ? ["Also: ", ...listOf(found)] : []));
}

async function showList(found) {
  const rows = found.map((row) => ({ ...row, place: nameOf("places", row.place_id) }));
  if (overview.table) {
    overview.table.clear().rows.add(rows).draw();
    return;
  }
  const DataTable = await dataTables();
  if (overview.table) return showList(found);
  const plain = (column, heading, extra = {}) => ({
    title: heading,
    data: column,
    defaultContent: "",
    render: { display: () => "", _: (value) => value ?? "" },
    createdCell: (cell, value, row) => cell.replaceChildren(extra.node ? extra.node(row) : String(value ?? "")),
    ...extra.options,
  });
  overview.table = new DataTable("#list", {
    data: rows,
    columns: [
      plain("start_date", "Date", { node: (row) => row.date_edtf.replace("/", " to "), options: { type: "string", className: "date" } }),
      plain("title", "Event", { node: (row) => eventLink(row.event_id) }),
      plain("event_type", "Type", { node: (row) => words(row.event_type), options: { className: "wide" } }),
      plain("place", "Place", { options: { className: "wide" } }),
      plain("killed_best", "Killed", { node: (row) => range(row.killed_low, row.killed_best, row.killed_high), options: { type: "num", className: "number" } }),
      plain("origin_count", "Origins", { options: { className: "wide number", type: "num" } }),
    ],
    order: [[0, "desc"]],
    pageLength: 10,
    deferRender: true,
    autoWidth: false,
    layout: { topStart: null, topEnd: null, bottomStart: "info", bottomEnd: "paging" },
    language: { emptyTable: "No event fits these filters." },
  });
}

function day(time) {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whether an event's toll adds up with others: a lasting operation holds fights that are events of their own. */
function isCounted(row) {
  return row.event_class === "violence" && !row.is_lasting;
}

function monthsOf(events) {
  const sums = new Map();
  for (const row of events) {
    if (!isCounted(row) || row.date_precision > 4 || !row.start_date) continue;
    const month = row.start_date.slice(0, 7);
    const sum = sums.get(month) ?? { month: Date.parse(`${month}-01`), killed: 0, events: 0 };
    sums.set(month, { ...sum, killed: sum.killed + (row.killed_best ?? 0), events: sum.events + 1 });
  }
  return [...sums.values()];
}

/** The intervals known on a day, ended only if their end was known. */
function intervalsAsOf(known) {
  if (!known) return content.lanes.intervals;
  const asThought = (row) => (row.end_known && row.end_known <= known ? row : { ...row, end: row.open_end, until: row.open_until, certainty: row.open_certainty });
  return content.lanes.intervals.filter((row) => row.known && row.known <= known).map(asThought);
}

async function drawLanes(events, filters) {
  const holder = document.getElementById("lanes");
  const { from, to, asof, ...others } = filters;
  const data = { intervals: intervalsAsOf(asof), months: monthsOf(events.filter(filterOf(others))) };
  const width = holder.clientWidth;
  if (overview.lanes?.width === width) return fill(overview.lanes.view, data);
  const [low, high] = [tables.events[0].start_date, tables.events.at(-1).start_date];
  const { view } = await draw(holder, content.lanes.chart, "Talks, truces, accords, operations and leaders as intervals over the people killed each month; the list below holds the same events.", data, {
    beside: 135,
    size: (spec, size) => {
      spec.vconcat[0].width = size;
      spec.vconcat[1].width = size;
      if (from || to) spec.params = spec.params.map((param) => (param.name === "brush" ? { ...param, value: { x: [Date.parse(from ?? low), Date.parse(to ?? high)] } } : param));
    },
  });
  overview.lanes = { view, width };
  const brushed = later((value) => {
    const [first, last] = Object.values(value ?? {})[0] ?? [];
    setFilters({ from: first ? day(first) : "", to: last ? day(last) : "" });
  }, 150);
  view.addSignalListener("brush", (_, value) => brushed(value));
  view.addEventListener("click", (_, item) => item?.datum?.record && (location.hash = linkTo(...item.datum.record.split("/"))));
}

function pointsOf(found) {
  const placed = { 1: "at the place", 2: "near the place" };
  return found
    .map((row) => ({ ...byKey.places.get(row.place_id), ...row }))
    .filter((row) => row.latitude !== null && ["PK", "AF"].includes(row.country_code))
    .map((row) => ({
      ...row,
      killed: isCounted(row) ? row.killed_best ?? 0 : 0,
      placed: placed[row.where_precision] ?? "somewhere in the district or province",
      kind: row.event_class === "violence" ? "violence" : "talks and politics",
    }))
    .sort((a, b) => b.killed - a.killed);
}

async function drawMap(found) {
  const holder = document.getElementById("map");
  const width = holder.clientWidth;
  const data = { points: pointsOf(found) };
  if (overview.map?.width === width) return fill(overview.map.view, data);
  const { view } = await draw(holder, content.charts.map, "The events on a map of Pakistan and Afghanistan; the list above holds the same events.", data, {
    beside: width > 600 ? 160 : 0,
    size: (spec, size) => {
      spec.width = Math.min(size, 760);
      spec.height = spec.width * 0.97;
      if (width <= 600) spec.config = { ...spec.config, legend: { ...spec.config?.legend, disable: true } };
    },
  });
  overview.map = { view, width };
  view.addEventListener("click", (_, item) => item?.datum?.event_id && (location.hash = linkTo("event", item.datum.event_id)));
}

async function drawTolls(found, known) {
  const holder = document.getElementById("tolls");
  const turn = ++overview.drawn;
  await allRecords();
  const most = found.filter((row) => isCounted(row) && row.killed_best).sort((a, b) => b.killed_best - a.killed_best).slice(0, 15);
  if (turn !== overview.drawn || !document.body.contains(holder)) return; // filters have changed meanwhile
  if (!most.length) {
    holder.replaceChildren(el("p", {}, "No toll is reported of these events."));
    return;
  }
  await drawTollsOf(holder, most, known);
}

async function drawTollsOf(holder, events, known) {
  const label = (row) => `${row.start_date}  ${row.title}`;
  const kinds = content.kinds;
  const told = events.flatMap((row) =>
    (content.reportsOf.get(row.event_id) ?? [])
      .filter((report) => report.killed !== null && isKnown(report, known))
      .map((report) => ({ label: label(row), killed: report.killed, source_id: report.source_id, speaker: nameOf("actors", report.speaker_id), kind: kinds[byKey.actors.get(report.speaker_id)?.actor_type] ?? "other" })),
  );
  const shown = events.map((row) => ({ ...row, label: label(row) }));
  const narrow = holder.clientWidth < 600;
  await draw(holder, content.charts.tolls, "For each event the least, most and best figure of people killed, and each report by the kind of its speaker.", { tolls: shown, toll_reports: told }, {
    beside: narrow ? 150 : 580,
    size: (spec, size) => {
      spec.width = Math.max(120, size);
      for (const layer of spec.layer) {
        layer.encoding.y.scale = { domain: shown.map((row) => row.label) };
        delete layer.encoding.y.sort;
        if (narrow && layer.encoding.y.axis) layer.encoding.y.axis.labelLimit = 120;
      }
      if (narrow) spec.config = { ...spec.config, legend: { ...spec.config?.legend, orient: "bottom", columns: 2 } };
    },
  });
}
