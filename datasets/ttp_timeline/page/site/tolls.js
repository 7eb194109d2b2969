// The rule of tolls, as ttp_timeline.toll_rule has it: low and high are the least and most reported; best is the figure of the
// best-placed kind of speaker published last, the highest of one day; a decision overrides it. A figure of all killed that leaves
// out a side gives way to a fuller one. The ranks come with the data.
"use strict";

/** {low, best, high, report, decision, partial} of an event's measure from what was published by a day; null without a figure. */
function tollOf(eventId, measure, day) {
  const { upper, ranking } = content.rule.measures[measure];
  const ranks = content.rule.ranks[ranking];
  const known = (content.reportsOf.get(eventId) ?? []).filter((row) => row[measure] !== null && isKnown(row, day));
  if (!known.length) return null;
  const rank = (row) => ranks[byKey.actors.get(row.speaker_id)?.actor_type] ?? 9;
  const heard = known.filter((row) => rank(row) <= content.rule.fuller_rank);
  const partial = measure === "killed" ? known.filter((row) => heard.some((other) => leavesOutASideOf(row, other))) : [];
  const given = known.filter((row) => !partial.includes(row));
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
    partial,
  };
}

/** Whether a report's figure of all killed is the sum of sides that the other's higher one covers, and that counts one more. */
function leavesOutASideOf(row, other) {
  const { sides } = content.rule;
  const sum = (report) => sides.reduce((total, side) => total + (report[side] ?? 0), 0);
  const given = sides.filter((side) => row[side] !== null);
  return (
    given.length > 0 &&
    sum(row) === row.killed &&
    other.killed > row.killed &&
    given.every((side) => other[side] !== null || other.killed > sum(other)) &&
    sides.some((side) => row[side] === null && other[side] > 0)
  );
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
