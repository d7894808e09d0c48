#!/usr/bin/env python3
"""The queries of docs/fleet.md, as they stand there, against the program's own `fleet`. Called by `.ci/full duckdb`.

    tests/deploy/queries.py PROGRAM FOLDER      FOLDER gets the reports
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb

PROJECT = Path(__file__).resolve().parents[2]
ACTIONS = ["change", "check-by-hand", "none"]


def queries():
    text = (PROJECT / "docs/fleet.md").read_text(encoding="utf-8")
    found = dict(re.findall(r"<!-- query: (\S+) -->\n```(?:sql|sh)\n(.*?)```", text, re.S))
    assert len(found) == 10, sorted(found)
    return found


def run(program, *arguments, exits=(0, 1, 3)):
    output = subprocess.run([program, *map(str, arguments)], stdout=subprocess.PIPE, check=False)
    assert output.returncode in exits, (arguments, output.returncode)
    return output.stdout


def make_reports(program, reports):
    """A small fleet, answers to what could not be read in it, and an answer about an account that no scan has."""
    generate = [PROJECT / "benches/generate-reports.py", reports.parent / "made", "--computers", 1500, "--form", "jsonl"]
    subprocess.run([*map(str, generate), "--program", program], check=True, stdout=subprocess.DEVNULL)
    (reports.parent / "made/jsonl").rename(reports)
    (reports.parent / "made/departments.csv").rename(reports.parent / "departments.csv")
    answers = reports.parent / "answers.txt"
    answers.write_text("address = zoe@isp.example\nincoming = pop3\nlog-on-first = n\nauth = n\nserver = MAIL.isp.example\n")
    day = sorted(reports.glob("*.jsonl"))[-1]
    lines = [json.loads(line) for line in day.read_text(encoding="utf-8").splitlines()]
    unread = [line for line in lines if line.get("verdict") == "unreadable"]
    known = [line for line in lines if line.get("verdict") == "smtp-auth" and line["client"] == "becky"]
    for number, line in enumerate(unread[:20] + known[:3]):
        earlier = reports.parent / "earlier.jsonl"
        last = next(other for other in lines if other["type"] == "summary" and other["computer"] == line["computer"])
        earlier.write_text("\n".join(json.dumps(part) for part in (line | {"verdict": "unreadable", "action": "check-by-hand"}, last)) + "\n")
        target = reports / "answers" / f"{number}.jsonl"
        target.parent.mkdir(exist_ok=True)
        chosen = ["--finding", line["id"], "--report", earlier, "--answers", answers]
        run(program, "ask", line["client"], *chosen, "--quiet", "--format", "jsonl", "--output", target)
    alone = ["--answers", answers, "--computer", "PHONE-1", "--quiet", "--format", "jsonl"]
    run(program, "ask", "ios-mail", *alone, "--output", reports / "answers/phone.jsonl")
    write_later(reports / "later", lines, unread[0])


def write_later(folder, lines, answered):
    """One report twice, one with a filter, and one in which the account of an answer is gone."""
    folder.mkdir()
    computers = [line["computer"] for line in lines if line["type"] == "summary" and line["computer"] != answered["computer"]]
    of = lambda computer: [json.loads(json.dumps(line)) for line in lines if line["computer"] == computer]
    same, filtered, gone = of(computers[0]), of(computers[1])[-1:], of(answered["computer"])
    filtered[0]["scan"] |= {"started_at": "2027-01-01T00:00:00Z", "filters": ["--client outlook"]}
    filtered[0]["summary"]["findings"] = 0
    gone = [line for line in gone if line.get("id") != answered["id"]]
    for line in gone[:-1]:
        line["started_at"] = "2027-01-01T00:00:00Z"
    gone[-1]["scan"]["started_at"] = "2027-01-01T00:00:00Z"
    gone[-1]["summary"]["findings"] = len(gone) - 1
    for user in gone[-1]["scan"]["users"]:
        user["status"] = "read"
    # And a user of whom only what two filters let through is known.
    alone = of(computers[2])
    for line in alone:
        line["computer"] = "PC-FILTERED"
    alone[-1]["scan"]["filters"] = ["--client becky"]
    for user in alone[-1]["scan"]["users"]:
        user |= {"computer": "PC-FILTERED", "status": "partly"}
    other = json.loads(json.dumps(alone[-1:]))
    other[0]["scan"] |= {"started_at": "2027-01-02T00:00:00Z", "filters": ["--client outlook"]}
    other[0]["summary"] |= {"findings": 0, "not_shown": 2}
    reports = {"same": same, "filtered": filtered, "gone": gone, "alone": alone, "other": other}
    reports["several"] = several(of(computers[3]), of(computers[4]))
    for name, report in reports.items():
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, report)) + "\n")


def several(one, other):
    """One report of two computers, with a user of each not read, and an issue that may be of either."""
    last = json.loads(json.dumps(one[-1])) | {"computer": None}
    last["scan"] |= {"started_at": "2027-01-03T00:00:00Z", "users": [], "filters": []}
    for part in (one[-1], other[-1]):
        last["scan"]["users"] += part["scan"]["users"]
        last["scan"]["users"].append({"computer": part["computer"], "name": "zoe", "sid": None, "status": "not-read", "reason": None})
    lost = {"user": None, "client": None, "kind": "denied", "place": "D:", "message": {"ja": "", "en": ""}}
    last["issues"] = [lost | {"computer": one[-1]["computer"], "user": "zoe"}, lost | {"computer": None}]
    findings = one[:-1] + other[:-1]
    for line in findings:
        line["started_at"] = "2027-01-03T00:00:00Z"
    last["summary"]["findings"] = len(findings)
    return [*findings, last]


def numbers(group):
    return tuple(group[action] for action in ACTIONS)


def compare(name, found, wanted):
    assert found == wanted, f"{name}: {sorted(set(found) ^ set(wanted), key=str)[:5]}"
    print(f"{name}: {len(found)} rows are those of fleet")


def main():
    program, folder = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2])
    folder.mkdir(parents=True)
    os.chdir(folder)
    folder = Path.cwd()
    make_reports(program, folder / "reports")
    sql = queries()
    base = duckdb.connect()
    base.execute(sql["setup"])
    rows = {name: base.execute(text).fetchall() for name, text in sql.items() if name != "setup" and "jq" not in name}
    fleet = json.loads(run(program, "fleet", "reports", "--departments", "departments.csv", "--format", "json"))
    assert fleet["issues"] == [] and fleet["summary"]["findings"] > 4000 and len(fleet["incomplete"]) > 10

    by_action, by_verdict = Counter(), Counter()
    for verdict, action, count in rows["verdicts"]:
        by_action[action] += count
        by_verdict[verdict] += count
    nonzero = lambda counts: {name: count for name, count in counts.items() if count}
    compare("verdicts", dict(by_verdict), nonzero(fleet["summary"]["verdicts"]))
    compare("actions", dict(by_action), nonzero(fleet["summary"]["actions"]))
    for name in ["clients", "servers", "departments"]:
        compare(name, {row[0]: row[1:] for row in rows[name]}, {group["name"]: numbers(group) for group in fleet[name]})
    keys = ["computer", "user", "client_name", "account", "server", "port", "verdict", "action", "id"]
    compare("left", set(rows["left"]), {tuple(row[key] for key in keys) for row in fleet["left"]})
    days = {(day["date"], day["change"], day["check-by-hand"], day["users"]) for day in fleet["history"]}
    compare("history", {(str(row[0]), *map(int, row[1:])) for row in rows["history"]}, days)
    keys = ["computer", "users", "issues", "not_shown", "filtered"]
    incomplete = {tuple(row[key] for key in keys) for row in fleet["incomplete"]}
    compare("incomplete", {(row[0], *map(int, row[1:4]), row[4]) for row in rows["incomplete"]}, incomplete)
    compare_jq(program, sql, folder / "reports")


def compare_jq(program, sql, reports):
    """jq over one day, whose every finding counts."""
    day = reports / "2026-11-22"
    day.mkdir()
    sorted(reports.glob("*.jsonl"))[-1].rename(day / "all.jsonl")
    fleet = json.loads(run(program, "fleet", day, "--format", "json"))
    shell = lambda script: subprocess.run(["sh", "-c", script], stdout=subprocess.PIPE, check=True, text=True).stdout
    counts = [line.split() for line in shell(sql["jq-verdicts"]).splitlines()]
    wanted = {verdict: count for verdict, count in fleet["summary"]["verdicts"].items() if count}
    compare("jq verdicts", {verdict: int(count) for count, verdict in counts}, wanted)
    assert len(shell(sql["jq-left"]).splitlines()) == fleet["summary"]["actions"]["change"]


if __name__ == "__main__":
    main()
