"""The edges of the rules: small changes of the smallest data, just within a rule and just beyond it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casting import key_columns
from problems import Problem

Rows = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Case:
    """Cells changed and rows added, by table and record; what the rule then finds: record -> message, or nothing."""

    rule: str
    what: str
    changed: dict[str, Rows] = field(default_factory=dict)
    added: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    found: dict[str, str] = field(default_factory=dict)

    def apply(self, folder: Path) -> None:
        """Make the changes in a copy of the smallest data."""
        for table in self.changed.keys() | self.added.keys():
            file = folder / f"{table}.csv" if (folder / f"{table}.csv").exists() else folder / table / "2010.csv"
            with file.open(encoding="utf-8", newline="") as stream:
                reader = csv.DictReader(stream)
                rows, columns = list(reader), list(reader.fieldnames or ())
            for record, cells in self.changed.get(table, {}).items():
                next(r for r in rows if "/".join(r[k] for k in key_columns(table)) == record).update(cells)
            rows += self.added.get(table, [])
            with file.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)

    def holds(self, problems: Iterable[Problem]) -> bool:
        """Whether these problems are the ones that the rule should find."""
        told = {p.record_id: p.message[: len(self.found.get(p.record_id, ""))] for p in problems}
        return told == self.found


EARLY = "2010-01-01-blast/paper-20100102-blast/press"
LATE = "2010-01-01-blast/agency-20100105-toll/hospital"
BLAST = "2010-01-01-blast"
TRUCE = "truce-2010"


def _reports(early: dict[str, str] | None = None, late: dict[str, str] | None = None) -> dict[str, Rows]:
    return {"reports": {EARLY: early or {}, LATE: late or {}}}


def _truce(**cells: str) -> dict[str, Rows]:
    return {"truces": {TRUCE: cells}}


def _second_truce(**cells: str) -> dict[str, list[dict[str, str]]]:
    row = {
        "truce_id": "truce-b", "scope": "national", "party_ids": "state;alpha", "declared_by_ids": "alpha",
        "declared_edtf": "2010-02-15", "in_effect_edtf": "2010-02-15", "ended_edtf": "2010-04-01",
        "end_reason": "called_off", "is_partial": "false", "purpose": "talks", "begin_event_id": "2010-02-01-truce",
    }  # fmt: skip
    return {"truces": [row | cells]}


def _toll(early: str, late: str, **more: str) -> dict[str, Rows]:
    sides = {"killed_civilians": "", "killed_security": "", "killed_militants": ""}
    return {"reports": {EARLY: {"killed": early} | sides, LATE: {"killed": late} | sides | more}}


def _term(record: str, **cells: str) -> dict[str, Any]:
    return {"positions": {record: cells}}


_FIGURES = ("killed", "killed_civilians", "killed_security", "killed_militants", "injured")
AGAIN = f"{BLAST}-again"
_BLAST_REPORT = {
    "event_id": AGAIN, "source_id": "agency-20100105-toll", "speaker_id": "state", "date_edtf": "2010-01-01",
    "killed": "12", "killed_civilians": "7", "killed_security": "5", "says": "The page reports it.",
}  # fmt: skip


def _again(figures: dict[str, str] | None = None, **cells: str) -> dict[str, list[dict[str, str]]]:
    event = {
        "event_id": AGAIN, "date_edtf": "2010-01-01", "event_type": "bombing", "title": "Bomb again",
        "place_id": "miranshah", "where_precision": "1",
    }  # fmt: skip
    return {"events": [event | cells], "reports": [_BLAST_REPORT | (figures or {})]}


def _round_again(event_type: str, place: str = "miranshah") -> dict[str, list[dict[str, str]]]:
    record = "2010-02-10-round-again"
    event = {
        "event_id": record, "date_edtf": "2010-02-10", "event_type": event_type, "title": "Round again",
        "place_id": place, "where_precision": "1",
    }  # fmt: skip
    report = {"event_id": record, "source_id": "paper-20100211-round", "speaker_id": "state", "date_edtf": "2010-02-10"}
    return {"events": [event], "reports": [report | {"says": "The page reports it."}]}


def _mir_ali(**cells: str) -> dict[str, list[dict[str, str]]]:
    row = {
        "place_id": "mir-ali", "place_name": "Mir Ali", "place_type": "town", "district_name": "North Waziristan",
        "province_code": "PK-KP", "country_code": "PK", "province_before_2018_code": "PK-TA",
    }  # fmt: skip
    return {"places": [row | cells]}


_ANN, _BOB = "alpha-emir-ann-alpha-2008", "alpha-emir-bob-beta-2010"
_OTHER_ACCORD: dict[str, Rows] = {
    "agreements": {"accord-2010": {"signed_edtf": "2010-02-10", "begin_event_id": "2010-02-10-round"}}
}
_OVERLAP = "in force from 2010-02-15, while truce-2010 was until "

CASES = [
    # key-unique
    Case("key-unique", "a key of several columns that stands three times",
         added={"participants": [{"event_id": BLAST, "actor_id": "alpha", "role": "perpetrator", "attribution": "claimed"}] * 2},
         found={f"{BLAST}/alpha/perpetrator": "the key stands already in line 2 of "}),
    Case("key-unique", "keys that differ in their last column",
         added={"participants": [{"event_id": BLAST, "actor_id": "alpha", "role": "target", "attribution": "claimed"}]}),
    # reference
    Case("reference", "an unknown source in a list", {"actors": {"alpha": {"source_ids": "paper-20100102-blast;nowhere"}}},
         found={"alpha": "nowhere is not in sources"}),
    Case("reference", "an unknown place", {"agreements": {"accord-2010": {"place_id": "miransha"}}},
         found={"accord-2010": "miransha is not in places"}),
    Case("reference", "empty cells refer to nothing", {"agreements": {"accord-2010": {"place_id": ""}}, "actors": {"alpha": {"source_ids": ""}}}),
    # province-known
    Case("province-known", "no province before 2018", {"places": {"miranshah": {"province_before_2018_code": ""}}}, found={"miranshah": "no province"}),
    Case("province-known", "a province of another country", {"places": {"miranshah": {"province_code": "AF-KHO"}}}, found={"miranshah": "AF-KHO is not in PK or is no province"}),
    Case("province-known", "a former province of another country", {"places": {"miranshah": {"province_before_2018_code": "AF-KHO"}}}, found={"miranshah": "PK-KP is not in PK or is no province"}),
    Case("province-known", "no such province", {"places": {"miranshah": {"province_code": "PK-XX"}}}, found={"miranshah": "PK-XX is not in PK or is no province"}),
    Case("province-known", "no such former province", {"places": {"miranshah": {"province_before_2018_code": "PK-XX"}}}, found={"miranshah": "PK-KP is not in PK or is no province"}),
    Case("province-known", "the tribal areas after 2018", {"places": {"miranshah": {"province_code": "PK-TA"}}}, found={"miranshah": "PK-TA is not in PK or is no province"}),
    Case("province-known", "any province of a third country", {"places": {"miranshah": {"country_code": "IR", "province_code": "IR-11", "province_before_2018_code": "IR-11"}}}),
    Case("province-known", "no province in a third country", {"places": {"miranshah": {"country_code": "IR", "province_code": "", "province_before_2018_code": ""}}}),
    Case("province-known", "half a position", {"places": {"miranshah": {"longitude": ""}}}, found={"miranshah": "half a position"}),
    Case("province-known", "a position from nowhere", {"places": {"miranshah": {"coordinate_source": ""}}}, found={"miranshah": "half a position"}),
    Case("province-known", "no position", {"places": {"miranshah": {"longitude": "", "latitude": "", "coordinate_source": ""}}}),
    # date-supported
    Case("date-supported", "no report gives a day", _reports({"date_edtf": ""}, {"date_edtf": ""}),
         found={BLAST: "2010-01-01 is the date of none of its reports (none gives one)"}),
    Case("date-supported", "approximate, three days off", {"events": {BLAST: {"date_edtf": "2010-01-04~"}}} ),
    Case("date-supported", "approximate, four days off", {"events": {BLAST: {"date_edtf": "2010-01-05~"}}}, found={BLAST: "2010-01-05~ is the date of none"}),
    Case("date-supported", "exact, a day off", {"events": {BLAST: {"date_edtf": "2010-01-02"}}}, found={BLAST: "2010-01-02 is the date of none"}),
    Case("date-supported", "a month counts, though another gives a day", _reports({"date_edtf": "2010-01"}, {"date_edtf": "2010-02-03"}) ),
    Case("date-supported", "a span of 32 days does not count where another gives a day", _reports({"date_edtf": "2010-01-01/2010-02-02"}, {"date_edtf": "2010-02-03"}),
         found={BLAST: "2010-01-01 is the date of none"}),
    Case("date-supported", "a year counts where none gives more", _reports({"date_edtf": "2010"}, {"date_edtf": ""})),
    Case("date-supported", "a year does not count where another gives exactly 31 days", _reports({"date_edtf": "2010"}, {"date_edtf": "2010-02-01/2010-03-04"}),
         found={BLAST: "2010-01-01 is the date of none"}),
    Case("date-supported", "an open span that begins before", _reports({"date_edtf": "2009-12-30/.."}, {"date_edtf": ""})),
    Case("date-supported", "an open span where another gives a day", _reports({"date_edtf": "2009-12-30/.."}, {"date_edtf": "2010-01-03"}), found={BLAST: "2010-01-01 is the date of none"}),
    Case("date-supported", "a span that ended before", _reports({"date_edtf": "2009-12-30/2009-12-31"}, {"date_edtf": "2009-12-31"}), found={BLAST: "2010-01-01 is the date of none"}),
    Case("date-supported", "an event still going", {"events": {BLAST: {"date_edtf": "2010-01-01/.."}}, "reports": {EARLY: {"date_edtf": "2012-05-01"}, LATE: {"date_edtf": "2012-05-01"}}}),
    # report-near-event
    Case("report-near-event", "366 days later and earlier", _reports({"date_edtf": "2011-01-02"}, {"date_edtf": "2008-12-31"})),
    Case("report-near-event", "367 days later and earlier", _reports({"date_edtf": "2011-01-03"}, {"date_edtf": "2008-12-30"}),
         found={EARLY: "2011-01-03 is more than a year from the event's 2010-01-01", LATE: "2008-12-30 is more than a year"}),
    Case("report-near-event", "an open span that begins long before", _reports({"date_edtf": "2008-06-01/.."}), found={EARLY: "2008-06-01/.. is more than a year"}),
    Case("report-near-event", "a long span that reaches the event", _reports({"date_edtf": "2007-01-01/2009-06-01"})),
    # address
    Case("address", "the same page three times, otherwise spelled",
         {"sources": {"paper-20100202-truce": {"url": "http://www.example.org/paper-20100102-blast/"}, "paper-20100211-round": {"url": "http://example.org/paper-20100102-blast"}}},
         found={"paper-20100202-truce": "the address stands already at paper-20100102-blast", "paper-20100211-round": "the address stands already at paper-20100102-blast"}),
    Case("address", "two pages without an address, each with a note", {"sources": {s: {"url": "", "note": "Printed only."} for s in ("paper-20100202-truce", "paper-20100211-round")}}),
    # decisions
    Case("decision-agrees", "a figure that is chosen but not held", added={"decisions": [{"table_name": "events", "record_id": BLAST, "column_name": "injured_best", "value": "21", "reason": "So.", "source_ids": "paper-20100102-blast"}]}),
    Case("decision-agrees", "a text in place of a figure is for another rule", {"decisions": {f"events/{BLAST}/killed_best": {"value": "eleven"}}}),
    Case("low-best-high", "only figures have bounds", added={"decisions": [{"table_name": "events", "record_id": BLAST, "column_name": "event_type", "value": "suicide_bombing", "reason": "So.", "source_ids": "paper-20100102-blast"}]}),
    # claim-entered
    Case("claim-entered", "a claim by another than who took part", _reports({"claimed_by_id": "state"}), found={EARLY: "state claims it here and has no row with its claim"}),
    Case("claim-entered", "a claim entered at another event",
         _reports({"claimed_by_id": "state"}), {"participants": [{"event_id": "2010-02-01-truce", "actor_id": "state", "role": "party", "attribution": "claimed"}]},
         {EARLY: "state claims it here"}),
    Case("claim-entered", "denied, so disputed", {"participants": {f"{BLAST}/alpha/perpetrator": {"attribution": "disputed"}}, "reports": {EARLY: {"claimed_by_id": "alpha", "denied_by_id": ""}}}),
    Case("claim-entered", "a claim of no violence", {"reports": {"2010-02-01-truce/paper-20100202-truce/press": {"claimed_by_id": "alpha"}}}),
    # unidentified-claimed
    Case("unidentified-claimed", "beside two groups that claimed it",
         {"participants": {f"{BLAST}/alpha/perpetrator": {"attribution": "claimed"}}},
         {"actors": [{"actor_id": "unidentified-men", "actor_name": "Unidentified men", "actor_type": "unnamed_witness"}],
          "participants": [{"event_id": BLAST, "actor_id": a, "role": "perpetrator", "attribution": "claimed"} for a in ("unidentified-men", "state")]},
         {f"{BLAST}/unidentified-men/perpetrator": "unidentified-men beside alpha, which claimed it"}),
    Case("unidentified-claimed", "beside a target that claimed something else",
         {"participants": {f"{BLAST}/alpha/perpetrator": {"role": "target"}}},
         {"actors": [{"actor_id": "unidentified-men", "actor_name": "Unidentified men", "actor_type": "unnamed_witness"}],
          "participants": [{"event_id": BLAST, "actor_id": "unidentified-men", "role": "perpetrator", "attribution": "acknowledged"}]}),
    # truce-overlap
    Case("truce-overlap", "from the day on which the other ended", _truce(ended_edtf="2010-02-15"), _second_truce()),
    Case("truce-overlap", "from the day before", _truce(ended_edtf="2010-02-16"), _second_truce(), {"truce-b": _OVERLAP + "2010-02-16"}),
    Case("truce-overlap", "while the other is in force by its announcement", _truce(ended_edtf="", end_reason="unknown"), _second_truce(), {"truce-b": _OVERLAP + "an end not given"}),
    Case("truce-overlap", "while the other is ongoing", _truce(ended_edtf="", announced_end_edtf="", end_reason="ongoing"), _second_truce(), {"truce-b": _OVERLAP + "an end not given"}),
    Case("truce-overlap", "after one of which no end is known", _truce(ended_edtf="", announced_end_edtf="", end_reason="unknown"), _second_truce()),
    Case("truce-overlap", "in another area", added=_second_truce(place_id="miranshah")),
    Case("truce-overlap", "of another scope", added=_second_truce(scope="local")),
    Case("truce-overlap", "between other parties", added=_second_truce(party_ids="alpha;press")),
    Case("truce-overlap", "declared by the other side", added=_second_truce(declared_by_ids="state")),
    Case("truce-overlap", "from the same day", added=_second_truce(in_effect_edtf="2010-02-01", declared_edtf="2010-02-01"), found={"truce-b": "in force from 2010-02-01, while truce-2010 was until 2010-03-01"}),
    Case("truce-overlap", "never in force", _truce(in_effect_edtf=""), _second_truce()),
    Case("truce-overlap", "the second never in force", added=_second_truce(in_effect_edtf="")),
    # truce-end
    Case("truce-end", "ongoing without an end", _truce(ended_edtf="", end_reason="ongoing")),
    Case("truce-end", "extends itself", _truce(extends_truce_id=TRUCE), found={TRUCE: "extends truce-2010, declared later"}),
    Case("truce-end", "extends a later one", _truce(extends_truce_id="truce-b"), _second_truce(), {TRUCE: "extends truce-b, declared later"}),
    Case("truce-end", "extends one of the same day", _truce(extends_truce_id="truce-b"), _second_truce(declared_edtf="2010-02-01")),
    # event-of-record
    Case("event-of-record", "seven days before and after", _truce(declared_edtf="2010-01-25", ended_edtf="2010-03-08")),
    Case("event-of-record", "eight days after", _truce(ended_edtf="2010-03-09"), found={TRUCE: "2010-03-09 is not the date of 2010-03-01-truce-ends"}),
    Case("event-of-record", "eight days before", _truce(declared_edtf="2010-01-24"), found={TRUCE: "2010-01-24 is not the date of 2010-02-01-truce"}),
    Case("event-of-record", "known to the month, 31 days before", {"truces": {TRUCE: {"declared_edtf": "2010-01"}}}),
    Case("event-of-record", "known to the month, 32 days before", {"truces": {TRUCE: {"declared_edtf": "2010-01"}}, "events": {"2010-02-01-truce": {"date_edtf": "2010-02-02"}}, **_OTHER_ACCORD}, found={TRUCE: "2010-01-01 is not the date"}),
    Case("event-of-record", "known to the month, 31 days after", {"truces": {TRUCE: {"declared_edtf": "2010-02"}}, "events": {"2010-02-01-truce": {"date_edtf": "2010-01-01"}}, **_OTHER_ACCORD}),
    Case("event-of-record", "known to the month, 32 days after", {"truces": {TRUCE: {"declared_edtf": "2010-02"}}, "events": {"2010-02-01-truce": {"date_edtf": "2009-12-31"}}, **_OTHER_ACCORD}, found={TRUCE: "2010-02-01 is not the date"}),
    Case("event-of-record", "known to the year, 366 days before", {"truces": {TRUCE: {"declared_edtf": "2009"}}, "events": {"2010-02-01-truce": {"date_edtf": "2010-01-02"}}, **_OTHER_ACCORD}),
    Case("event-of-record", "known to the year, 367 days before", {"truces": {TRUCE: {"declared_edtf": "2009~"}}, "events": {"2010-02-01-truce": {"date_edtf": "2010-01-03"}}, **_OTHER_ACCORD}, found={TRUCE: "2009-01-01 is not the date"}),
    Case("event-of-record", "known to the year, 366 days after", {"truces": {TRUCE: {"declared_edtf": "2011"}}, "events": {"2010-02-01-truce": {"date_edtf": "2009-12-31"}}, **_OTHER_ACCORD}),
    Case("event-of-record", "known to the year, 367 days after", {"truces": {TRUCE: {"declared_edtf": "2011"}}, "events": {"2010-02-01-truce": {"date_edtf": "2009-12-30"}}, **_OTHER_ACCORD}, found={TRUCE: "2011-01-01 is not the date"}),
    Case("event-of-record", "an event still going", {"truces": {TRUCE: {"declared_edtf": "2010-06-01"}}, "events": {"2010-02-01-truce": {"date_edtf": "2010-02-01/.."}}}),
    # incumbents-overlap
    Case("incumbents-overlap", "begun while the other is in office, end open", _term(_ANN, date_edtf="2008-01-01/.."), found={_BOB: "begins on 2010-03-01 while ann-alpha is in office until now"}),
    Case("incumbents-overlap", "both from one day", _term(_ANN, date_edtf="2010-03-01/2010-06-01"), found={_BOB: "begins on 2010-03-01 while ann-alpha is in office until 2010-06-01"}),
    Case("incumbents-overlap", "handed over within the year", _term(_ANN, date_edtf="2008-01-01/2010")),
    Case("incumbents-overlap", "handed over within the month", {"positions": {_ANN: {"date_edtf": "2008-01-01/2010-03"}, _BOB: {"date_edtf": "2010-03-02/.."}}}),
    # acts-after-death
    Case("acts-after-death", "a term that reaches 31 days after", {"people": {"ann-alpha": {"died_edtf": "2010-02-10"}}, "positions": {_ANN: {"date_edtf": "2008-01-01/2010-03-13"}}}),
    Case("acts-after-death", "a term that reaches 32 days after", {"people": {"ann-alpha": {"died_edtf": "2010-02-10"}}, "positions": {_ANN: {"date_edtf": "2008-01-01/2010-03-14"}}},
         found={_ANN: "Ann Alpha died on 2010-02-10, the term reaches 2010-03-14"}),
    Case("acts-after-death", "a term that goes on", {"people": {"bob-beta": {"died_edtf": "2012-01-01"}}}, found={_BOB: "Bob Beta died on 2012-01-01, the term reaches 2010-03-01"}),
    Case("acts-after-death", "a term that began after and ended at once", {"people": {"bob-beta": {"died_edtf": "2010-02-28"}}, "positions": {_BOB: {"date_edtf": "2010-03-01/2010-03-02"}}}, found={_BOB: "Bob Beta died on 2010-02-28"}),
    Case("acts-after-death", "a term begun on the day of death", {"people": {"bob-beta": {"died_edtf": "2010-03-01"}}, "positions": {_BOB: {"date_edtf": "2010-03-01/2010-03-02"}}}),
    # actor-exists
    Case("actor-exists", "before, of an end not known", {"actors": {"alpha": {"founded_edtf": "2010-01-02", "dissolved_edtf": ""}}}, found={f"{BLAST}/alpha/perpetrator": "Alpha group existed from 2010-01-02 to now, the event was on 2010-01-01"}),
    Case("actor-exists", "after, of a beginning not known", {"actors": {"alpha": {"founded_edtf": "", "dissolved_edtf": "2010-02-09"}}}, found={"2010-02-10-round/alpha/party": "Alpha group existed from ? to 2010-02-09, the event was on 2010-02-10"}),
    Case("actor-exists", "an event still going, begun before", {"actors": {"alpha": {"founded_edtf": "2010-01-02", "dissolved_edtf": ""}}, "events": {BLAST: {"date_edtf": "2010-01-01/.."}}}, found={f"{BLAST}/alpha/perpetrator": "Alpha group existed from 2010-01-02 to now"}),
    Case("actor-exists", "on its first and last day", {"actors": {"alpha": {"founded_edtf": "2010-01-01", "dissolved_edtf": "2010-02-10"}}}),
    # toll-parts
    Case("toll-parts", "each side counts", _reports(late={"killed": "5", "killed_civilians": "1", "killed_security": "2", "killed_militants": "3"}), found={LATE: "the sides add up to 6, the whole is 5"}),
    Case("toll-parts", "up to the higher end", _reports(late={"killed": "5", "killed_max": "6", "killed_civilians": "1", "killed_security": "2", "killed_militants": "3"})),
    Case("toll-parts", "beyond the higher end", _reports(late={"killed": "5", "killed_max": "6", "killed_civilians": "", "killed_security": "", "killed_militants": "7"}), found={LATE: "the sides add up to 7, the whole is 6"}),
    Case("toll-parts", "one side alone", _reports(late={"killed": "5", "killed_civilians": "", "killed_security": "6", "killed_militants": ""}), found={LATE: "the sides add up to 6, the whole is 5"}),
    Case("toll-parts", "another side alone", _reports(late={"killed": "5", "killed_civilians": "6", "killed_security": "", "killed_militants": ""}), found={LATE: "the sides add up to 6, the whole is 5"}),
    Case("toll-parts", "sides that add up to the whole", _reports(late={"killed": "5", "killed_civilians": "5", "killed_security": "", "killed_militants": ""})),
    # toll-range
    Case("toll-range", "a higher end without a lower one", _reports({"killed": "", "killed_max": "9"}), found={EARLY: "9 is not above an empty killed"}),
    # toll-period
    Case("toll-period", "counted until a week after", {"reports": {LATE: {"date_edtf": "2010-01-01/2010-01-08"}}}),
    Case("toll-period", "counted until eight days after", {"reports": {LATE: {"date_edtf": "2010-01-01/2010-01-09"}}},
         found={LATE: "counts until 2010-01-09, the event is of 2010-01-01"}),
    Case("toll-period", "no figure is given", {"reports": {LATE: {"date_edtf": "2010-01-01/2010-01-09", **dict.fromkeys(_FIGURES, "")}}}),
    *(Case("toll-period", f"only {side}", {"reports": {LATE: {"date_edtf": "2010-01-01/2010-01-09", **dict.fromkeys(_FIGURES, ""), side: "3"}}}, found={LATE: "counts until 2010-01-09"}) for side in _FIGURES),
    Case("toll-period", "a month is known, no period", {"reports": {LATE: {"date_edtf": "2010-01"}}}),
    Case("toll-period", "no end is known", {"reports": {LATE: {"date_edtf": "2010-01-01/.."}}}),
    Case("toll-period", "an event that lasts", {"events": {BLAST: {"date_edtf": "2010-01-01/2010-01-20"}}, "reports": {LATE: {"date_edtf": "2010-01-01/2010-02-20"}}}),
    # place-once
    Case("place-once", "two spellings of one name", added=_mir_ali(place_id="miran-shah", place_name="Mirān Shāh"), found={"miranshah": "Miranshah sounds like miran-shah"}),
    Case("place-once", "another consonant", added=_mir_ali(place_id="miramshah", place_name="Miramshah")),
    Case("place-once", "in another district", added=_mir_ali(place_id="miran-shah", place_name="Miran Shah", district_name="Bannu")),
    *(Case("place-once", f"the {area} of a town", added=_mir_ali(place_id="miran-shah", place_name="Miran Shah", place_type=area)) for area in ("district", "province", "country")),
    Case("place-once", "without a district, in one province", {"places": {"miranshah": {"district_name": ""}}}, added=_mir_ali(place_id="miran-shah", place_name="Miran Shah", district_name=""), found={"miranshah": "Miranshah sounds like miran-shah"}),
    Case("place-once", "names without a letter of that kind", {"places": {"miranshah": {"place_name": "Oye"}}}, added=_mir_ali(place_id="aya", place_name="Aya")),
    # event-once
    Case("event-once", "the same page and figures on the next day", added=_again(date_edtf="2010-01-02")),
    Case("event-once", "the same page and figures, the end not known", added=_again(date_edtf="2010-01-01/")),
    Case("event-once", "in another place of the district", added=_again(place_id="mir-ali") | _mir_ali(), found={AGAIN: f"agency-20100105-toll says the same of {BLAST}"}),
    Case("event-once", "in another district", added=_again(place_id="mir-ali") | _mir_ali(district_name="Bannu")),
    Case("event-once", "in two places without a district", {"places": {"miranshah": {"district_name": ""}}}, added=_again(place_id="mir-ali") | _mir_ali(district_name="")),
    Case("event-once", "the same page and figures, begun a day before", added=_again(date_edtf="2009-12-31/2010-01-01")),
    *(Case("event-once", f"another figure in {side}", added=_again(figures={side: "4"})) for side in _FIGURES[:-1]),
    Case("event-once", "linked from it", added=_again() | {"links": [{"from_event_id": BLAST, "link_type": "led_to", "to_event_id": AGAIN}]}),
    Case("event-once", "linked to it", added=_again() | {"links": [{"from_event_id": AGAIN, "link_type": "follows", "to_event_id": BLAST}]}),
    Case("event-once", "of another page", added=_again(figures={"source_id": "paper-20100202-truce"})),
    Case("event-once", "without figures, of another kind", added=_round_again("talks_contact")),
    Case("event-once", "without figures, of the same kind", added=_round_again("talks_round"), found={"2010-02-10-round-again": "paper-20100211-round says the same of 2010-02-10-round"}),
    Case("event-once", "without figures, of the same kind in another place of the district", added=_round_again("talks_round", "mir-ali") | _mir_ali()),
    # link-direction
    Case("link-direction", "an event linked to itself", added={"links": [{"from_event_id": BLAST, "link_type": "led_to", "to_event_id": BLAST}]},
         found={f"{BLAST}/led_to/{BLAST}": "the event is linked to itself"}),
    Case("link-direction", "the way back under another name", added={"links": [{"from_event_id": "2010-02-01-truce", "link_type": "led_to", "to_event_id": "2010-03-01-truce-ends"}]}),
    Case("link-direction", "an actor related to itself", {"relations": {"alpha-rival-of-state-2002": {"object_actor_id": "alpha"}}},
         found={"alpha-rival-of-state-2002": "the actor is related to itself"}),
    # toll-plausible
    Case("toll-plausible", "ten times as many", _toll("3", "30")),
    Case("toll-plausible", "more than ten times, and twenty more", _toll("2", "23"), found={LATE: "23 against a median of 2"}),
    Case("toll-plausible", "more than ten times, and not more than twenty", _toll("1", "21")),
    Case("toll-plausible", "just ten times, and far apart", _toll("10", "100")),
    Case("toll-plausible", "just beyond ten times", _toll("10", "101"), found={LATE: "101 against a median of 10"}),
    Case("toll-plausible", "far fewer than the others",
         {"reports": {EARLY: {"killed": "300"}, LATE: {"killed": "300", "killed_civilians": "", "killed_security": ""}}},
         {"reports": [{"event_id": BLAST, "source_id": "paper-20100102-blast", "speaker_id": s, "date_edtf": "2010-01-01", "killed": k, "says": "The page reports it."} for s, k in (("alpha", "29"), ("state", "300"))]},
         {f"{BLAST}/paper-20100102-blast/alpha": "29 against a median of 300"}),
    Case("toll-plausible", "a tenth of the others",
         {"reports": {EARLY: {"killed": "300"}, LATE: {"killed": "300", "killed_civilians": "", "killed_security": ""}}},
         {"reports": [{"event_id": BLAST, "source_id": "paper-20100102-blast", "speaker_id": s, "date_edtf": "2010-01-01", "killed": k, "says": "The page reports it."} for s, k in (("alpha", "30"), ("state", "300"))]}),
    Case("toll-plausible", "the higher end counts for the median", _toll("31", "3", killed_max="300"), found={LATE: "3 against a median of 31"}),
    Case("toll-plausible", "injured, ten times as many", _reports({"injured": "10"}, {"injured": "100"})),
    Case("toll-plausible", "injured, just beyond ten times", _reports({"injured": "10"}, {"injured": "101"}), found={LATE: "101 against a median of 10"}),
    Case("toll-plausible", "injured, twenty more", _reports({"injured": "1"}, {"injured": "21"})),
    Case("toll-plausible", "injured, twenty-one more", _reports({"injured": "1"}, {"injured": "22"}), found={LATE: "22 against a median of 1"}),
    Case("toll-plausible", "figures of a lasting event grow", {"events": {BLAST: {"date_edtf": "2010-01-01/2010-03-01"}}} | _toll("2", "230")),
    # audit-counts
    Case("audit-counts", "all wrong", added={"audits": [{"audit_id": "a", "audited_edtf": "2011-05", "sample": "All.", "table_name": "events", "column_name": "title", "checked_count": "3", "wrong_count": "3"}]}),
    Case("audit-counts", "one checked", added={"audits": [{"audit_id": "a", "audited_edtf": "2011-05", "sample": "All.", "table_name": "events", "column_name": "title", "checked_count": "1", "wrong_count": "0"}]}),
    Case("audit-counts", "nothing checked", added={"audits": [{"audit_id": "a", "audited_edtf": "2011-05", "sample": "All.", "table_name": "events", "column_name": "title", "checked_count": "0", "wrong_count": "0"}]}, found={"a": "0 wrong of 0"}),
]  # fmt: skip
