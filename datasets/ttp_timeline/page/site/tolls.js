// The rule of tolls, as ttp_timeline.toll_rule has it: low and high are the least and most reported; best is the figure of the
// best-placed kind of speaker published last, the highest of one day; a decision overrides it. The ranks come with the data.
"use strict";

/** {low, best, high, report, decision} of an event's measure from what was published by a day; null without a figure. */
function tollOf(eventId, measure, day) {
  const { upper, ranking } = content.rule.measures[measure];
  const ranks = content.rule.ranks[ranking];
  const given = (content.reportsOf.get(eventId) ?? []).filter((row) => row[measure] !== null && isKnown(row, day));
  if (!given.length) return null;
  const rank = (row) => ranks[byKey.actors.get(row.speaker_id)?.actor_type] ?? 9;
  const order = (a, b) =>
    rank(a) - rank(b) || (b.known_date ?? "").localeCompare(a.known_date ?? "") || b[measure] - a[measure];
  const [report] = [...given].sort(order);
  const decision = (content.decisionsOf.get(eventId) ?? []).find(
    (row) => row.column_name === `${measure}_best` && isKnown(row, day),
  );
  return {
    low: Math.min(...given.map((row) => row[measure])),
    best: decision ? Number(decision.value) : report[measure],
    high: Math.max(...given.map((row) => Math.max(row[measure], (upper && row[upper]) ?? 0))),
    report,
    decision,
  };
}

function isKnown(row, day) {
  return !day || Boolean(row.known_date && row.known_date <= day);
}

/** The events known on a day, with their people killed as then reported. */
function eventsAsOf(day) {
  if (!day) return tables.events;
  return needed(`events as of ${day}`, () =>
    knownRows("events", day).map((row) => {
      const toll = tollOf(row.event_id, "killed", day);
      return { ...row, killed_low: toll?.low ?? null, killed_best: toll?.best ?? null, killed_high: toll?.high ?? null };
    }),
  );
}
