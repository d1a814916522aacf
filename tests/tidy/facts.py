#!/usr/bin/env python3
"""Prints tests/tidy/facts.csv: the facts of every response, and what the project's sourced tables say of each.

    python3 tests/tidy/facts.py ../shared/reference > facts.csv && mv facts.csv tests/tidy/

A row is a code's fact with its value and its source. `confirmed` says what the tables of the folder, made from the RFCs
by somebody else, agree with: the value, the section, both, or nothing. A change of a fact is made in data/ and here, and
its row is read in review against the RFC; the tests name every row that differs.
"""
import csv
import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EFFECTS = {"transaction": "transaction only", "usage": "destroys usage", "dialog": "destroys dialog", "success": "success", "refresh": "success",
           "timeout": "transaction only"}
FORWARDING = {"consumed": "Never forward", "at-once": "Forwarded at once", "at-once-2xx": "Forwarded at once", "stored-503": "SHOULD NOT be forwarded"}


def table(folder, name):
    with open(folder / name, encoding="utf-8") as lines:
        return {row["code"]: row for row in reversed(list(csv.DictReader(lines)))}      # a profile follows its code


def rows_of(id, facts):
    yield "phrase", facts["phrase"], facts["defined_in"]
    yield "status", facts["status"], ""
    for one in facts.get("generated_by", []):
        yield "generated-by", one["who"], one.get("source", "")
    methods = facts.get("methods", {})
    yield "methods", " ".join(methods.get("of", []) or ["any"] + ["-" + name for name in methods.get("except", [])]), methods.get("source", "")
    for fact, key in (("dialog", "effect"), ("retry", "rule"), ("proxy", "forwarding"), ("failover", "rule")):
        if fact in facts:
            yield fact, facts[fact][key], facts[fact].get("source", "")
    for header in facts.get("headers", []):
        yield "header " + header["name"], header["strength"] + (" when " + header["when"] if "when" in header else ""), header.get("source", "")
    yield "related", " ".join(str(one) for one in facts.get("related", [])), ""
    yield "sources", "", "; ".join(facts.get("sources", []))
    for cause in facts.get("cause", []):
        yield "cause " + cause["id"], cause["where"], ""
    for step in facts.get("step", []):
        yield "step " + step["id"], step["who"], ""


def agrees(fact, value, known, registered):
    """Whether the tables say the value; None where they say nothing of it in words that can be compared."""
    if fact == "phrase":
        return bool(registered) and value == registered["phrase"]
    if not known:
        return None
    if fact == "retry":
        return value == known["retry"]
    if fact == "dialog":
        return known["dialog_effect"].startswith(EFFECTS.get(value, "?")) or None
    if fact == "failover":
        return (value == "no") == (known["caller_failover"] == "no")
    if fact == "proxy":
        return known["proxy_forwarding"].startswith(FORWARDING.get(value, "Stored")) or None
    if fact.startswith("header "):
        column = {"must": "required_headers", "should": "recommended_headers", "may": "recommended_headers"}.get(value.split()[0])
        return bool(column and re.search(rf"\b{re.escape(fact[7:])}\b", known[column])) or None
    return None


def cites(source, known, registered):
    """Whether every section of the source stands in what the tables cite for the code."""
    said = " ".join(known.values()) if known else ""
    if registered:
        said += f" {registered['rfc']} s{registered['section']} {registered['source']}"
    sections = re.findall(r"RFC (\d+)(?: §([0-9A-Z.]+))?", source)
    return bool(sections) and all(re.search(rf"RFC {rfc}\b", said) and (not section or re.search(rf"\bs{re.escape(section)}(?![0-9.]*[0-9])", said))
                                  for rfc, section in sections)


def main():
    folder = pathlib.Path(sys.argv[1])
    facts, codes = table(folder, "facts.csv"), table(folder, "response-codes.csv")
    out = csv.writer(sys.stdout, lineterminator="\n")
    print("# python3 tests/tidy/facts.py ../shared/reference: the facts of every response, as data/responses/ has them on the day of the check")
    out.writerow(["code", "fact", "value", "source", "confirmed"])
    for file in sorted((ROOT / "data/responses").glob("*.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        known, registered = facts.get(file.stem), codes.get(file.stem)
        for fact, value, source in rows_of(file.stem, told):
            confirmed = [word for word, yes in (("value", agrees(fact, value, known, registered)), ("section", cites(source, known, registered))) if yes]
            if agrees(fact, value, known, registered) is False and told["status"] == "registered":
                print(f"the tables disagree: {file.stem} {fact}: {value}", file=sys.stderr)
            out.writerow([file.stem, fact, value, source, " and ".join(confirmed)])


main()
