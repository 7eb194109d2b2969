"""The command ``ttp-timeline``: look at the tables, show an event's evidence, export, copy, verify."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ttp_timeline.errors import BadArgumentError, TtpTimelineError

if TYPE_CHECKING:
    import pandas as pd


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit status: 0, or 1 after an error told in one line."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
        sys.stdout.flush()
    except TtpTimelineError as error:
        print(f"ttp-timeline: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader, such as head, has seen enough
        sys.stderr.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ttp-timeline", description="Pakistan's conflict and talks with the TTP, 2001 to the present."
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    for added in (
        command("tables", _tables, "list the tables"),
        command("describe", _describe, "list the columns of a table"),
        command("rounds", _rounds, "list every round of talks and how it ended"),
        command("show", _show, "show an event and who says what about it"),
    ):
        added.add_argument("--json", action="store_true", help="print JSON lines")
    parser_of = commands.choices
    parser_of["describe"].add_argument("table")
    parser_of["show"].add_argument("event")
    parser_of["show"].add_argument("--as-of", help="only what had been published by this day, such as 2022-05-20")
    export = command("export", _export, "write a table for another tool")
    export.add_argument("table", help='a table; with --format sqlite or duckdb also "all"')
    export.add_argument("--format", default="csv", metavar="FORMAT", help=_formats())
    export.add_argument("--as-of", help="as known on this day, such as 2022-05-20")
    export.add_argument("--output", help="the file to write; without it, standard output")
    export.add_argument("--force", action="store_true", help="replace an existing file")
    copy = command("copy", _copy, "copy the Parquet files and their description to a folder")
    copy.add_argument("folder")
    copy.add_argument("--force", action="store_true", help="replace existing files")
    page = command("page", _page, "write a page to explore the timeline offline")
    page.add_argument("folder")
    page.add_argument("--force", action="store_true", help="replace the page in the folder")
    coverage = command("coverage", _coverage, "the share of your copy of UCDP's events that the timeline holds")
    coverage.add_argument("file", help="UCDP GED or Candidate Events: CSV, zip or Parquet")
    coverage.add_argument("--backend", default="duckdb", help="duckdb (default) or spark")
    coverage.add_argument("--json", action="store_true", help="print JSON lines")
    command("verify", _verify, "compare every data file with its checksum")
    command("cite", _cite, "print how to cite").add_argument("--style", default="text", help="text (default) or bibtex")
    return parser


def _formats() -> str:
    from ttp_timeline.exports import FORMATS

    return "csv unless one of these is given. " + "; ".join(f"{name}: {f.title}" for name, f in FORMATS.items())


def _tables(options: argparse.Namespace) -> None:
    from ttp_timeline.codebook import tables

    _print(tables().reset_index(), options.json)


def _rounds(options: argparse.Namespace) -> None:
    from ttp_timeline.loading import load

    rounds = load("talks").merge(load("timeline"), on="event_id").sort_values(["start_date", "event_id"])
    rounds = rounds.assign(
        date=rounds["start_date"].dt.strftime("%Y-%m-%d"), mediators=rounds["mediator_ids"].map(", ".join)
    )
    frame = rounds[["date", "place_name", "title", "mediators", "outcome"]]
    _print(frame if options.json else frame.fillna(""), options.json)


def _describe(options: argparse.Namespace) -> None:
    from ttp_timeline.codebook import describe

    frame = describe(options.table).reset_index()
    _print(frame if options.json else frame[["column", "type", "unit", "description"]], options.json)


def _show(options: argparse.Namespace) -> None:
    from ttp_timeline.evidence import evidence
    from ttp_timeline.loading import load

    found = evidence(options.event, as_of=options.as_of)
    if options.json:
        _print(found, True)
        return
    event = load("events", filters=[("event_id", "==", options.event)], as_of=options.as_of)
    if event.empty:
        print(f"{options.event}: nothing had been published by {options.as_of}")
        return
    row = event.iloc[0]
    print(f"{row['title']}\n{row['date_edtf']}  {row['event_type']}\n{row['summary'] or ''}")
    for measure in ("killed", "killed_civilians", "killed_security", "killed_militants", "injured"):
        if row.notna()[f"{measure}_best"]:
            print(f"{measure}: {row[f'{measure}_best']} (from {row[f'{measure}_low']} to {row[f'{measure}_high']})")
    for report in found.to_dict("records"):
        day = report["published"].date() if report["published"] == report["published"] else "day unknown"
        figure = (
            ""
            if report["killed"] != report["killed"] or str(report["killed"]) == "<NA>"
            else f", killed {report['killed']}"
        )
        print(f"\n- {report['publisher']} ({report['origin']}), {day}; speaker: {report['speaker']}{figure}")
        print(f"  {report['says']}\n  {report['url'] or '(no address)'}")


def _export(options: argparse.Namespace) -> None:
    from ttp_timeline.exports import export

    export(options.table, options.format, output=options.output, as_of=options.as_of, force=options.force)


def _copy(options: argparse.Namespace) -> None:
    from ttp_timeline.exports import copy

    print(f"{copy(options.folder, force=options.force)} files copied to {options.folder}")


def _page(options: argparse.Namespace) -> None:
    from ttp_timeline.page import write_page

    print(f"open {write_page(options.folder, force=options.force)}")


def _coverage(options: argparse.Namespace) -> None:
    try:
        from ttp_timeline import corpus
    except ImportError as error:
        raise BadArgumentError(str(error)) from None
    found = corpus.coverage(corpus.read_ucdp(options.file, backend=options.backend))
    _print(found if options.json else found.assign(share=found["share"].map("{:.0%}".format)), options.json)
    if not options.json:
        print("\nWhy the two differ:", *corpus.REASONS, sep="\n- ")


def _verify(options: argparse.Namespace) -> None:
    from ttp_timeline.verifying import verify

    verify()
    print("all files are as they were built")


def _cite(options: argparse.Namespace) -> None:
    from ttp_timeline.citing import cite

    print(cite(options.style))


def _print(frame: pd.DataFrame, as_json: bool) -> None:
    if as_json:
        print(frame.to_json(orient="records", lines=True, date_format="iso", force_ascii=False), end="")
    else:
        if frame.empty:
            raise BadArgumentError("nothing to show")
        print(frame.to_string(index=False, max_colwidth=90))


if __name__ == "__main__":
    sys.exit(main())
