"""``python build``: make the Parquet files from the curated CSV files; ``check``, ``format``, ``diff``, ``release`` beside it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "datasets"))

from pipeline import CURATED, DATA, build


def main() -> int:
    parser = argparse.ArgumentParser(prog="python build", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print problems as JSON")
    commands = parser.add_subparsers(metavar="command")
    parser.set_defaults(run=_build)
    for name, run, text in (
        ("check", _check, "only check the curated data: exit status 0 clean, 2 warnings, 1 errors"),
        ("format", _format, "put the curated files into their one layout"),
        ("readme", _readme, "renew what is generated: parts of README.md and the list of table names"),
        ("diff", _diff, "compare the build with an older one; exit status 1 if the version must rise further"),
        ("coverage", _coverage, "renew the table coverage from your copy of UCDP GED"),
        ("bench", _bench, "measure, beside floors and peers; results go into README.md with `python build readme`"),
        ("release", _release, "make dist/: wheel, sdist, Parquet, CSV, databases, metadata and checksums"),
    ):
        added = commands.add_parser(name, help=text, description=text)
        added.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
        added.set_defaults(run=run)
        if name == "diff":
            added.add_argument("old", type=Path, help="a folder of Parquet files, a wheel or a zip")
        if name == "coverage":
            added.add_argument("file", type=Path, help="UCDP GED: CSV, zip or Parquet")
            added.add_argument("--scope", default="Pakistan since 2001", help="which part of the corpus it is")
            added.add_argument("--compared", required=True, help="the day of the comparison, such as 2026-11-23")
        if name == "bench":
            added.add_argument("group", nargs="*", help="what to measure; without it, everything that can be")
            added.add_argument("--ucdp", type=Path, help="your copy of UCDP GED, for the group corpus")
        if name == "release":
            added.add_argument("--previous", type=Path, help="the last release, which this version must follow")
    options = parser.parse_args()
    status: int = options.run(options)
    return status


def _build(options: argparse.Namespace) -> int:
    from problems import exit_status, report
    from progress import Progress

    with Progress(enabled=sys.stderr.isatty() and not options.json) as progress:
        try:
            problems = build(progress=progress.step)
        except OSError as error:  # a full disk, a folder that may not be written
            print(f"python build: {error}; the last good build stays", file=sys.stderr)
            return 1
    status = exit_status(problems)
    if problems or options.json:
        print(report(problems, as_json=options.json))
    if status == 1:
        print("nothing was written; the last good build stays", file=sys.stderr)
    elif not options.json:
        files = sorted(DATA.glob("*.parquet"))
        print(f"{len(files)} tables, {sum(f.stat().st_size for f in files) // 1000} kB in datasets/ttp_timeline/data")
    return status


def _check(options: argparse.Namespace) -> int:
    from checking import check_all
    from problems import exit_status, report

    problems = check_all(CURATED)
    print(report(problems, as_json=options.json))
    return exit_status(problems)


def _format(options: argparse.Namespace) -> int:
    from curated import read_all
    from formatting import formatted_files, rewrite, tidied
    from problems import report

    raw, problems = read_all(CURATED)
    if problems:
        print(report(problems, as_json=options.json))
        print("nothing was changed: mend these first", file=sys.stderr)
        return 1
    changed = rewrite(CURATED, formatted_files({name: tidied(table) for name, table in raw.items()}))
    print(f"{len(changed)} files changed" + "".join(f"\n  datasets/curated/{f}" for f in changed))
    return 0


def _readme(options: argparse.Namespace) -> int:
    from generated import renew

    print("\n".join(renew()) or "nothing to renew")
    return 0


def _diff(options: argparse.Namespace) -> int:
    from descriptor import version
    from diffing import changelog_entry, compare, tell, version_of
    from versions import required_version, satisfies

    difference, old = compare(options.old, DATA), version_of(options.old)
    print(tell(difference, as_json=options.json))
    if not options.json:
        print(f"\n{changelog_entry(difference, required_version(old, difference.rises))}\n")
        print(f"part of the version that must rise after {old}: {difference.rises}")
    if satisfies(old, version(), difference.rises):
        return 0
    wanted = required_version(old, difference.rises)
    print(f"version {version()} is too low: it must be {wanted} or higher", file=sys.stderr)
    return 1


def _coverage(options: argparse.Namespace) -> int:
    from corpus_coverage import renew
    from ttp_timeline.errors import TtpTimelineError

    try:
        print(f"{renew(options.file, options.scope, options.compared, CURATED)} rows in datasets/curated/coverage.csv")
    except TtpTimelineError as error:
        print(f"python build coverage: {error}", file=sys.stderr)
        return 1
    return 0


def _bench(options: argparse.Namespace) -> int:
    import bench
    from progress import Progress

    with Progress(enabled=sys.stderr.isatty()) as progress:
        try:
            results = bench.measure(options.group, progress.step, ucdp=options.ucdp)
        except bench.BenchRefusedError as error:
            print(f"python build bench: {error}", file=sys.stderr)
            return 1
    print(bench.tell(results, as_json=options.json))
    return 0


def _release(options: argparse.Namespace) -> int:
    from problems import exit_status, report
    from progress import Progress
    from release import DIST, ReleaseRefusedError, release

    with Progress(enabled=sys.stderr.isatty() and not options.json) as progress:
        try:
            problems = release(options.previous, progress.step)
        except ReleaseRefusedError as error:
            print(f"python build release: {error}", file=sys.stderr)
            return 1
    if problems or options.json:
        print(report(problems, as_json=options.json))
    if exit_status(problems) == 1:
        print("nothing was released", file=sys.stderr)
    elif not options.json:
        print("".join(f"{f.relative_to(DIST)}\n" for f in sorted(DIST.rglob("*")) if f.is_file()), end="")
    return exit_status(problems)


if __name__ == "__main__":
    sys.exit(main())
