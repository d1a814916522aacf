#!/usr/bin/env python3
"""Prints tests/tidy/sections.csv: the headings of the sections that data/, i18n/ and app/ cite.

    python3 tests/tidy/sections.py ../shared/reference/rfc > sections.csv && mv sections.csv tests/tidy/

The folder holds rfc3261.txt and so on. Of an RFC whose text is not there, the rows that stand in the table are kept.
"""
import csv
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TABLE = ROOT / "tests/tidy/sections.csv"
CITED = re.compile(r"RFC[ \u00a0](\d{4})[ \u00a0\n]?§[ \u00a0]?([0-9A-Z](?:\.?[0-9A-Za-z]+)*)")
HEADING = r"^(?:Appendix )?%s\.?(?::|\s)\s*(\S.*?)\s*$"


def cited():
    for folder, kind in (("data", "*.toml"), ("i18n", "*.toml"), ("app", "*.cpp"), ("app", "*.h")):
        for file in (ROOT / folder).rglob(kind):
            yield from CITED.findall(file.read_text(encoding="utf-8"))


def heading(text, section):
    """The first line that looks like it and is no row of the table of contents, which has dots before its page."""
    found = [title for title in re.findall(HEADING % re.escape(section), text, re.M) if not re.search(r"(\. ?){3,}|\s{3,}\d+$", title)]
    return found[0] if found else None


def main():
    folder = pathlib.Path(sys.argv[1])
    known = {}
    if TABLE.exists():
        lines = [line for line in TABLE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
        known = {(row["rfc"], row["section"]): row["title"] for row in csv.DictReader(lines)}
    out = csv.writer(sys.stdout, lineterminator="\n")
    print("# python3 tests/tidy/sections.py ../shared/reference/rfc: headings of the sections cited, as their RFCs have them")
    out.writerow(["rfc", "section", "title"])
    for rfc, section in sorted(set(cited()), key=lambda one: (int(one[0]), [part.zfill(3) for part in one[1].split(".")])):
        file = folder / f"rfc{rfc}.txt"
        title = heading(file.read_text(encoding="utf-8", errors="replace"), section) if file.exists() else known.get((rfc, section))
        if title:
            out.writerow([rfc, section, title])
        else:
            print(f"no heading: RFC {rfc} §{section}", file=sys.stderr)


main()
