#!/usr/bin/env python3
"""Every view of the demo has its Chinese: labels, words, and no code where a word belongs. TAP.

usage: tests/api/language_test.py PROGRAM

Cells of kind label are names of data, text cells that do not look like words are names, ids, sources; of the others
NAMES says which columns hold ids and names after all.
"""
import itertools
import json
import os
import re
import sys
import tempfile
import urllib.parse
import urllib.request

import yaml
from demo import Demo, ask
from service import ROOT, Cases

case = Cases()
CONTRACT = yaml.safe_load((ROOT / "api/openapi.yaml").read_text())
VIEW = "application/vnd.tanlian.view+json"
PEOPLE = ("reviewer", "regulator", "analyst", "carmaker", "mill", "verifier", "bank")
CARS = "vehicle=ademe-8bc1b6209a2e&vehicle=ademe-46acfefcfb2a"
# what stands in a path, and what a query needs
PLACES = {"company": ["byd"], "set": ["cati-auto", "car-rule"], "facility": ["demo"], "batch": ["demo"],
          "vehicle": ["ademe-8bc1b6209a2e"], "material": ["steel", "primary-aluminium"], "key": ["electricity-grid-loss"],
          "record": ["ademe-000a0968b0fe"]}
QUERIES = {"/datasets/diff": ["from=cati-auto@2024&to=cati-corporate@2023"], "/epd-calendar": ["until=2030-01-01"],
           "/factors/comparison": ["q=steel"], "/ratings/what-if": ["w12=40%25"], "/search": ["q=byd", "q=steel"],
           "/ratings/comparison": ["company=byd&company=tesla"], "/records": ["kind=vehicle&limit=20"],
           "/ratings/companies/{company}/crosswalk": ["to=cati-corporate"], "/ratings/indices": ["", "index=cati-auto"],
           "/ratings/rescore": ["index=cati-auto&to=cati-auto"], "/vehicles/comparison": [CARS], "/origin": ["company=byd"],
           "/vehicles/break-even": [CARS], "/top-runner": ["from=2024-01&until=2026-12"], "/factors": ["", "q=steel"]}
# the demo has no declarations, no award and no sales
NOT_THERE = {"/epds/{record}", "/epds/{record}/effects", "/top-runner/awards/{award}", "/statistics/best-sellers",
             "/frozen/{id}", "/frozen/{id}/{place}"}
FILLED = {"/factors/{set}/{key}": "/factors/uk-2025/electricity-grid-loss"}
# ids, names and what sources print; TABLE.COLUMN or fact.KEY
NAMES = set("""
    answers.slot assessments.company assessments.index assumptions.car batches.batch batches.title companies.company
    companies.id companies.parent choices.option company.id fact.batch fact.borrower fact.car fact.company fact.facility
    fact.from fact.id fact.index fact.material fact.source fact.text fact.to facilities.borrower facilities.facility
    factors.key factors.set gaps.slot installed.set indices.index items.group lines.basis lines.item lines.unit
    names.field names.row counts.field pins.set rows.column rows.company rows.key rows.measure rows.table rows.unit
    sets.id tenants.company tenants.tenant people.roles people.tenant parameters.name parameters.unit roles.rights
    entries.object entries.actor hits.id records.record records.id records.company records.method marks.subject
    bodies.id versions.author record.author files.path cars.description sets.note sets.licence fact.note fact.licence
    factors.note factors.source companies.source counts.source names.source rows.subject rows.same_as pins.id changes.who company.note companies.note choices.parameter rows.from rows.to lines.activity
    """.split())
# words that are names in every language
SAME = re.compile(r"[A-Z0-9].*|.*\d.*|eta|m|%|(?:stage|material|indicator):.*")


class Person:
    def __init__(self, demo, name, password):
        self.base = demo.base + "/api/v1"
        body = json.dumps({"email": f"{name}@demo.example", "password": password}).encode()
        request = urllib.request.Request(self.base + "/session", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def get(self, address):
        return ask(self.base + urllib.parse.quote(address, safe="/?&=%@:"), headers={"Cookie": self.cookie})


def addresses():
    for path, methods in CONTRACT["paths"].items():
        if "get" not in methods or VIEW not in methods["get"]["responses"]["200"].get("content", {}) or path in NOT_THERE:
            continue
        places = re.findall(r"\{(\w+)\}", path)
        for filled in itertools.product(*(PLACES[p] for p in places)) if path not in FILLED else [()]:
            address = FILLED.get(path, path)
            for place, value in zip(places, filled):
                address = address.replace("{%s}" % place, value)
            for query in QUERIES.get(path, [""]):
                yield f"{address}?{query}{'&' if query else ''}format=view"


def labels(thing, where):
    """Every pair of languages but those of label cells, with its place."""
    if isinstance(thing, list):
        for one in thing:
            yield from labels(one, where)
    elif isinstance(thing, dict):
        if "zh" in thing:
            yield where, thing
        for key, value in thing.items():
            if key not in ("rows", "zh", "en", "columns", "facts", "tables"):
                yield from labels(value, f"{where}.{key}")
        for column in thing.get("columns", []):
            yield from labels(column, f"{where}{thing['key']}.{column['key']}")
        for table in thing.get("tables", []):
            yield from labels(table, "")
        for fact in thing.get("facts", []):
            yield from labels(fact, f"fact.{fact['key']}")
        for row in thing.get("rows", []):
            for column, cell in zip(thing["columns"], row):
                if isinstance(cell, dict) and column["kind"] != "label":
                    yield from labels(cell, f"{thing['key']}.{column['key']}")


def texts(view):
    for fact in view["facts"]:
        if isinstance(fact.get("value"), str) and "word" not in fact:
            yield f"fact.{fact['key']}", fact["value"]
    for table in view["tables"]:
        for row in table["rows"]:
            for column, cell in zip(table["columns"], row):
                if column["kind"] == "text" and isinstance(cell, str):
                    yield f"{table['key']}.{column['key']}", cell


@case
def asked(views):
    """every operation with a view is asked, and answers somebody"""
    assert [a for a, view in views.items() if not isinstance(view, dict)] == [], \
        {a: view for a, view in views.items() if not isinstance(view, dict)}
    assert len(views) > 60, len(views)


@case
def every_label(views):
    """every label and word has its Chinese"""
    bare = {}
    for address, view in views.items():
        for where, label in labels(view, ""):
            en, zh = label.get("en") or "", label.get("zh") or ""
            if zh == en and not SAME.fullmatch(en) and en or not zh and en and where != ".title":
                bare.setdefault(where, (address, en, zh))
    assert bare == {}, bare


@case
def no_code_for_a_word(views):
    """no column shows codes where there are words"""
    codes = {}
    for address, view in views.items():
        for where, text in texts(view):
            if where not in NAMES and re.fullmatch(r"[a-z]{3,}(?:[ -][a-z]+)*", text):
                codes.setdefault(where, (address, text))
    assert codes == {}, codes


def fetch(demo, text):
    password = re.search(r"([0-9a-f]{4}(?:-[0-9a-f]{4}){3})", text)[1]
    people = [Person(demo, name, password) for name in PEOPLE]
    views = {}
    for address in addresses():
        for person in people:
            status, body = person.get(address)
            views[address] = json.loads(body) if status == 200 else (status, body)
            if status == 200:
                break
    return views


def main():
    with tempfile.TemporaryDirectory(prefix="tanlian-language-test-") as folder:
        demo = Demo(os.path.abspath(sys.argv[1]), folder)
        try:
            views = fetch(demo, demo.text())
        finally:
            demo.stop()
    return case.run(views)


sys.exit(main())
