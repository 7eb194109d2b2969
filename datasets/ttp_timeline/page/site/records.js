// A page for each event, actor, person, source, round, truce, accord and series of talks; lists of them; codebook, downloads.
"use strict";

const WHERE = { 1: "the place itself", 2: "near the place", 3: "the district", 4: "the province", 5: "along a line or over an area", 6: "the country", 7: "across the border, not clear where" };
const PRECISION = { 1: "the day", 2: "two to six days", 3: "the week", 4: "the month", 5: "the year" };

const pages = {
  event: { table: "events", show: showEvent },
  actor: { table: "actors", show: showActor },
  person: { table: "people", show: showPerson },
  source: { table: "sources", show: showSource },
  round: { table: "talks", show: showRound },
  truce: { table: "truces", show: showTruce },
  accord: { table: "agreements", show: showAccord },
  process: { table: "processes", show: showProcess },
};
const lists = { rounds: listRounds, truces: listTruces, accords: listAccords, statements: listStatements, codebook: showCodebook, downloads: showDownloads, charts: showCharts };

async function showRecord(main, { page, id, filters }) {
  await allRecords();
  const { table, show } = pages[page];
  const row = byKey[table].get(id);
  const known = row && knownRow(table, row, filters.asof);
  if (!row) main.replaceChildren(el("h1", {}, `No such ${page}`), el("p", {}, `There is no ${page} “${id}”. `), nearest(page, table, id));
  else if (!known) main.replaceChildren(el("h1", {}, `Not known on ${filters.asof}`), el("p", {}, "No page that told of it had been published by that day. ", el("button", { type: "button", onclick: () => setFilters({ asof: "" }) }, "Show what is known now")));
  else {
    main.replaceChildren(...[show(known, filters.asof)].flat().filter(Boolean));
    await Promise.all([...main.querySelectorAll("[data-draw]")].map((holder) => holder.drawing()));
  }
}

/** Records whose id shares the most words with an unknown one. */
function nearest(page, table, id) {
  const asked = simplified(id).split(/[^a-z0-9]+/).filter((word) => word.length > 1);
  const score = (key) => asked.filter((word) => key.includes(word)).length;
  const near = [...byKey[table].keys()].map((key) => [score(key), key]).filter(([points]) => points).sort((a, b) => b[0] - a[0]).slice(0, 5);
  const links = near.map(([, key]) => el("li", {}, record(page, key, key)));
  return links.length ? el("div", {}, el("p", {}, "Near to it:"), el("ul", {}, links)) : el("p", {}, record("overview", "", "Search the overview"));
}

function sourceLink(id) {
  const row = byKey.sources.get(id);
  return row ? record("source", id, `${nameOf("publishers", row.publisher_id)}, ${row.published_edtf ?? "no date"}`) : id;
}

function sources(ids) {
  return section("Sources", el("ul", {}, (ids ?? []).map((id) => el("li", {}, sourceLink(id), ": ", byKey.sources.get(id)?.title ?? ""))));
}

function showEvent(row, known) {
  const id = row.event_id;
  const place = byKey.places.get(row.place_id);
  const reports = (content.reportsOf.get(id) ?? []).filter((report) => isKnown(report, known));
  const round = byKey.talks.get(id);
  const roles = tables.participants.filter((part) => part.event_id === id);
  const people = tables.appearances.filter((part) => part.event_id === id);
  const truces = knownRows("truces", known).filter((truce) => truce.begin_event_id === id || truce.end_event_id === id);
  const accords = knownRows("agreements", known).filter((accord) => accord.begin_event_id === id || accord.end_event_id === id);
  const released = byKey.releases.get(id) && knownRow("releases", byKey.releases.get(id), known);
  return [
    el("h1", {}, row.title),
    row.summary ? el("p", {}, row.summary) : null,
    facts([
      ["Date", `${row.date_edtf} (known to ${PRECISION[row.date_precision] ?? "an interval"})`],
      ["Type", words(row.event_type)],
      ["Place", place ? [place.place_name, place.district_name && place.district_name !== place.place_name ? `, ${place.district_name}` : "", place.province_code && place.place_type !== "province" ? `, ${provinceName(place.province_code)}` : "", ` (where: ${WHERE[row.where_precision] ?? "unknown"})`] : ""],
      ["Took part", listOf(roles.map((part) => [actorLink(part.actor_id), ` (${words(part.role)}, ${words(part.attribution)})`]), "; ")],
      ["People", listOf(people.map((part) => [personLink(part.person_id), ` (${words(part.role)})`]), "; ")],
      ["Known since", row.known_date],
      ["Round of talks", round ? record("round", id, round.outcome_summary ?? "the round") : ""],
      ["Truces", listOf(truces.map((truce) => record("truce", truce.truce_id)))],
      ["Accords", listOf(accords.map((accord) => record("accord", accord.agreement_id, accord.agreement_name)))],
      ["Release", released ? `${released.description ?? ""} claimed ${released.claimed_count ?? "no number"}, confirmed ${released.confirmed_count ?? "none"}` : ""],
      ["Other ids", listOf(tables.crosswalk.filter((cross) => cross.table_name === "events" && cross.record_id === id).map((cross) => `${words(cross.scheme)} ${cross.external_id}`))],
    ]),
    tollsSection(row, known),
    section("Who says what, and when", evidenceTable(reports)),
    linkedEvents(id),
  ];
}

function tollsSection(row, known) {
  const found = Object.entries(content.rule.measures).map(([measure, { title }]) => [title, tollOf(row.event_id, measure, known)]).filter(([, toll]) => toll);
  if (!found.length) return null;
  const why = ({ report, decision, partial }) => {
    if (decision) return [`Decided: ${decision.reason}`];
    const listed = (rows) => [...new Set(rows.map((row) => row.killed))].join(", ");
    const when = report.known_date ? `known since ${report.known_date}` : "of unknown date";
    return ["the figure of ", actorLink(report.speaker_id), ` in `, sourceLink(report.source_id), `, ${when}: of the best-placed kind of speaker the last published`, partial.length ? `; set aside as leaving out a side: ${listed(partial)}` : ""];
  };
  const chart = el("div", { class: "chart", "data-draw": "" });
  const killed = tollOf(row.event_id, "killed", known);
  chart.drawing = () => (killed ? drawTollsOf(chart, [{ ...row, killed_low: killed.low, killed_best: killed.best, killed_high: killed.high }], known) : null);
  return section(
    "Tolls",
    grid("Least, best and most reported, and why the best figure was chosen", ["People", "Low", "Best", "High", "Why this best figure"], found.map(([title, toll]) => [title, String(toll.low), String(toll.best), String(toll.high), why(toll)])),
    chart,
  );
}

function evidenceTable(reports) {
  const figures = (report) => Object.entries(content.rule.measures).filter(([measure]) => report[measure] !== null).map(([measure, { title }]) => `${title.toLowerCase()} ${report[measure]}`).join(", ");
  const claims = (report) => [["claimed by", report.claimed_by_id], ["denied by", report.denied_by_id], ["blamed on", report.blamed_id]].filter(([, id]) => id).map(([text, id]) => [` ${text} `, actorLink(id), "."]);
  return grid("Reports by day of publication", ["Known since", "Speaker", "What it says", "Figures", "Source", "Origin"], reports.map((report) => {
    const source = byKey.sources.get(report.source_id);
    return [report.known_date ?? "not dated", actorLink(report.speaker_id), [report.says, claims(report)], figures(report), sourceLink(report.source_id), nameOf("publishers", source?.origin_id)];
  }));
}

function linkedEvents(id) {
  const links = tables.links.filter((link) => link.from_event_id === id || link.to_event_id === id);
  const line = (link) => (link.from_event_id === id ? [words(link.link_type), " ", eventLink(link.to_event_id)] : [eventLink(link.from_event_id), ` ${words(link.link_type)} this`]);
  return section("Linked events", links.length ? el("ul", {}, links.map((link) => el("li", {}, line(link)))) : null);
}

function eventList(heading, ids, note = () => "") {
  const rows = [...new Set(ids)].map((id) => byKey.events.get(id)).filter(Boolean).sort((a, b) => b.start_date.localeCompare(a.start_date));
  if (!rows.length) return null;
  return section(heading, grid(`${rows.length} events, the latest first`, ["Date", "Event", "Note"], rows.map((row) => [row.date_edtf, eventLink(row.event_id), note(row.event_id)])));
}

function showActor(row) {
  const id = row.actor_id;
  const roles = grouped(tables.participants.filter((part) => part.actor_id === id), "event_id");
  const relations = tables.relations.filter((relation) => relation.subject_actor_id === id || relation.object_actor_id === id);
  const offices = new Map(tables.offices.filter((office) => office.actor_id === id).map((office) => [office.office_id, office]));
  return [
    el("h1", {}, row.actor_name),
    row.description ? el("p", {}, row.description) : null,
    facts([["Also known as", listOf(row.aliases)], ["Kind", words(row.actor_type)], ["Founded", row.founded_edtf], ["Dissolved", row.dissolved_edtf]]),
    section("Relations", relations.length ? el("ul", {}, relations.map((relation) => el("li", {}, `${relation.date_edtf ?? "no date"}: `, actorLink(relation.subject_actor_id), ` ${words(relation.relation_type)} `, actorLink(relation.object_actor_id)))) : null),
    section("Offices", offices.size ? grid("Who held office", ["Office", "Person", "Term"], tables.positions.filter((term) => offices.has(term.office_id)).map((term) => [offices.get(term.office_id).office_name, personLink(term.person_id), term.date_edtf])) : null),
    eventList("Events", roles.keys(), (event) => roles.get(event).map((part) => words(part.role)).join(", ")),
    sources(row.source_ids),
  ];
}

function showPerson(row) {
  const id = row.person_id;
  const roles = grouped(tables.appearances.filter((part) => part.person_id === id), "event_id");
  const terms = tables.positions.filter((term) => term.person_id === id);
  return [
    el("h1", {}, row.person_name),
    row.description ? el("p", {}, row.description) : null,
    facts([["Also known as", listOf(row.aliases)], ["Born", row.born_edtf], ["Died", row.died_edtf]]),
    section("Offices", terms.length ? grid("Terms of office", ["Office", "Term", "Came", "Went"], terms.map((term) => [byKey.offices.get(term.office_id)?.office_name ?? term.office_id, term.date_edtf, words(term.how_began ?? ""), words(term.how_ended ?? "")])) : null),
    eventList("Events", roles.keys(), (event) => roles.get(event).map((part) => words(part.role)).join(", ")),
    sources(row.source_ids),
  ];
}

function showSource(row) {
  const reports = tables.reports.filter((report) => report.source_id === row.source_id);
  return [
    el("h1", {}, row.title),
    facts([
      ["Publisher", nameOf("publishers", row.publisher_id)],
      ["Origin of the text", nameOf("publishers", row.origin_id)],
      ["Published", `${row.published_edtf ?? "unknown"} (${words(row.published_basis)})`],
      ["Read", row.read_extent],
      ["Address", outside(row.url)],
      ["Note", row.note],
    ]),
    section("What it says", reports.length ? grid("Reports of this page", ["Event", "Speaker", "What it says", "Killed"], reports.map((report) => [eventLink(report.event_id), actorLink(report.speaker_id), report.says, report.killed === null ? "" : String(report.killed)])) : null),
  ];
}

function showRound(row) {
  const event = byKey.events.get(row.event_id);
  const parts = tables.participants.filter((part) => part.event_id === row.event_id);
  return [
    el("h1", {}, event.title),
    facts([
      ["Date", event.date_edtf],
      ["Place", nameOf("places", event.place_id)],
      ["Series", row.process_id ? record("process", row.process_id, byKey.processes.get(row.process_id)?.process_name) : ""],
      ["At the table", listOf(parts.map((part) => [actorLink(part.actor_id), ` (${words(part.role)})`]), "; ")],
      ["For the state", row.delegation_state],
      ["For the group", row.delegation_group],
      ["The state asked", row.demands_state],
      ["The group asked", row.demands_group],
      ["Outcome", [words(row.outcome ?? "not known then"), row.outcome_summary ? `: ${row.outcome_summary}` : ""]],
      ["Decided by", row.outcome_event_id ? eventLink(row.outcome_event_id) : ""],
      ["Days until then", row.days_to_outcome],
      ["Denied by", actorLink(row.denied_by_id)],
      ["Evidence", eventLink(row.event_id)],
    ]),
  ];
}

function showTruce(row) {
  return [
    el("h1", {}, row.truce_id),
    row.terms ? el("p", {}, row.terms) : null,
    facts([
      ["Scope", row.scope],
      ["Parties", listOf((row.party_ids ?? []).map(actorLink))],
      ["Declared", [row.declared_edtf ?? "", (row.declared_by_ids ?? []).length ? [" by ", listOf(row.declared_by_ids.map(actorLink))] : ""]],
      ["In effect", row.in_effect_edtf],
      ["Announced end", row.announced_end_edtf],
      ["Ended", row.ended_edtf ?? "not known"],
      ["Why it ended", [words(row.end_reason ?? "not known"), row.ended_by_id ? [", by ", actorLink(row.ended_by_id)] : ""]],
      ["Extends", row.extends_truce_id ? record("truce", row.extends_truce_id) : ""],
      ["Accord", row.agreement_id ? record("accord", row.agreement_id) : ""],
      ["Began with", eventLink(row.begin_event_id)],
      ["Ended with", eventLink(row.end_event_id)],
    ]),
  ];
}

function showAccord(row) {
  return [
    el("h1", {}, row.agreement_name),
    row.terms ? el("p", {}, row.terms) : null,
    facts([
      ["Signed", row.signed_edtf],
      ["Parties", listOf((row.party_ids ?? []).map(actorLink))],
      ["Stage", words(row.stage ?? "")],
      ["Concluded", words(row.status ?? "")],
      ["Ended", row.ended_edtf ?? "not known"],
      ["Why it ended", [words(row.end_reason ?? "not known"), row.ended_by_id ? [", by ", actorLink(row.ended_by_id)] : ""]],
      ["Began with", eventLink(row.begin_event_id)],
      ["Ended with", eventLink(row.end_event_id)],
    ]),
  ];
}

function showProcess(row, known) {
  const rounds = knownRows("talks", known).filter((round) => round.process_id === row.process_id);
  return [
    el("h1", {}, row.process_name),
    row.outcome_summary ? el("p", {}, row.outcome_summary) : null,
    facts([["When", row.date_edtf], ["Parties", listOf((row.party_ids ?? []).map(actorLink))], ["Mediators", listOf((row.mediator_ids ?? []).map(actorLink))], ["Outcome", words(row.outcome ?? "not known")], ["Ended with", eventLink(row.end_event_id)]]),
    section("Rounds", rounds.length ? grid("Rounds of this series", ["Date", "Round", "Outcome"], rounds.map((round) => [byKey.events.get(round.event_id)?.date_edtf, record("round", round.event_id, nameOf("events", round.event_id)), words(round.outcome ?? "")])) : null),
    sources(row.source_ids),
  ];
}

function listRounds(known) {
  const rows = knownRows("talks", known).filter((round) => byKey.events.has(round.event_id)).sort((a, b) => byKey.events.get(a.event_id).start_date.localeCompare(byKey.events.get(b.event_id).start_date));
  return [el("h1", {}, "Rounds of talks"), grid("Every round and how it ended", ["Date", "Round", "Place", "Outcome", "Days until it was decided"], rows.map((round) => {
    const event = byKey.events.get(round.event_id);
    return [event.date_edtf, record("round", round.event_id, event.title), nameOf("places", event.place_id), words(round.outcome ?? "not known then"), round.days_to_outcome === null ? "" : String(round.days_to_outcome)];
  }))];
}

function listTruces(known) {
  const rows = knownRows("truces", known).sort((a, b) => (a.declared_date ?? "").localeCompare(b.declared_date ?? ""));
  return [el("h1", {}, "Truces"), grid("Every truce, when it held and how it ended", ["Declared", "Truce", "Scope", "In effect", "Ended", "How"], rows.map((row) => [row.declared_edtf, record("truce", row.truce_id), row.scope, row.in_effect_edtf, row.ended_edtf ?? "not known", words(row.end_reason ?? "not known")]))];
}

function listAccords(known) {
  const rows = knownRows("agreements", known).sort((a, b) => (a.signed_date ?? "").localeCompare(b.signed_date ?? ""));
  return [el("h1", {}, "Accords"), grid("Every accord and how it ended", ["Signed", "Accord", "Parties", "Ended", "How"], rows.map((row) => [row.signed_edtf, record("accord", row.agreement_id, row.agreement_name), listOf((row.party_ids ?? []).map(actorLink)), row.ended_edtf ?? "not known", words(row.end_reason ?? "not known")]))];
}

function listStatements(known) {
  const rows = knownRows("statements", known);
  const part = (heading, some) => section(heading, grid(heading, ["Said", "Statement, in our words", "Verdict", "What is right", "Decided by"], some.map((row) => [row.said_edtf, row.statement_text, words(row.verdict ?? "not yet decided"), row.right_value, [listOf((row.event_ids ?? []).map(eventLink), "; "), (row.source_ids ?? []).length ? [" ", listOf(row.source_ids.map(sourceLink), "; ")] : ""]])));
  const isArticle = (row) => row.statement_id.startsWith("article-");
  return [el("h1", {}, "Statements and their verdicts"), part("The article of May 2022", rows.filter(isArticle)), part("Others", rows.filter((row) => !isArticle(row)))];
}

function showCodebook() {
  const of = new Map(content.files.map((file) => [file.name, file.description]));
  return [el("h1", {}, "Codebook"), Object.entries(content.codebook).map(([name, columns]) => section(name, el("p", {}, of.get(name) ?? ""), grid(`Columns of ${name}`, ["Column", "Type", "Description"], columns)))];
}

function showDownloads() {
  const size = (bytes) => `${Math.ceil(bytes / 1024)} KiB`;
  return [
    el("h1", {}, "Downloads"),
    el("p", {}, `Version ${content.version}. Apache Parquet with the description in `, el("a", { href: "downloads/datapackage.json" }, "datapackage.json"), "."),
    grid("Files with their checksums", ["Table", "What it holds", "Size", "sha256"], content.files.map((file) => [el("a", { href: `downloads/${file.path}`, download: "" }, file.path), file.description, size(file.bytes), el("code", {}, file.hash.replace("sha256:", ""))])),
  ];
}

function showCharts() {
  const chart = (heading, name, label, text) => {
    const holder = el("div", { class: "chart scroll", "data-draw": "", tabindex: "0" });
    holder.drawing = () => draw(holder, content.charts[name], label);
    return section(heading, el("p", {}, text), holder);
  };
  return [
    el("h1", {}, "Charts"),
    chart("Violence around truces", "truce_windows", "Attacks a day in the 30 days before, during, and in the 30 days after each national truce", "Attacks a day. The table truce_windows has the numbers and says on how many days another truce was in force."),
    chart("Groups over time", "tree", "How groups split, merged, pledged and were renamed", "Each line is a group; arrows lead from the group that acted to the other."),
    chart("Calendar", "calendar", "People killed each day of 2021 and 2022, days of a national truce framed", "People killed a day; framed days had a national truce. The charts of this page show what is known now."),
  ];
}

async function showTables(main, { page, filters }) {
  await allRecords();
  main.replaceChildren(...lists[page](filters.asof).flat(Infinity).filter(Boolean));
  for (const holder of main.querySelectorAll("[data-draw]")) await holder.drawing();
}
