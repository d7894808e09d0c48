#!/usr/bin/env python3
"""Makes the reports of a large fleet, the same ones each time, for measurements and for checks of other programs.

    benches/generate-reports.py FOLDER                 20,000 computers, scanned on 5 days: 100,000 reports
    benches/generate-reports.py FOLDER --form jsonl    only FOLDER/jsonl/DATE.jsonl, not also FOLDER/files/DATE/COMPUTER.json

Every account is one of those that the program itself reports for fixtures/demo/office-pc, under other names; those to
change are changed as time goes on. FOLDER/departments.csv names departments, FOLDER/expected.json the numbers.
"""

import argparse
import hashlib
import json
import multiprocessing
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FIRST_DAY = datetime(2026, 9, 7, tzinfo=timezone.utc)
DAYS_BETWEEN = 7
CHUNK = 250
# Of every five computers; 3 accounts on average.
ACCOUNTS = [1, 2, 3, 4, 5]
DEPARTMENTS = ["総務部", "経理部", "営業1課", "営業2課", "開発部", "Sales", "Support", "大阪支店", "福岡支店", "Warehouse"]
GIVEN_NAMES = ["taro", "hanako", "jiro", "yuki", "aoi", "ren", "mei", "sota", "yui", "haruto", "akari", "kenji"]
DOMAINS = [f"{name}.example" for name in ("isp", "mail", "office", "shop", "net", "corp", "web", "home")] + [
    f"isp{number:02}.example.jp" for number in range(52)
]
# A few providers have most accounts.
DOMAIN_WEIGHTS = [1 / (rank + 1) for rank in range(len(DOMAINS))]
TOKEN = re.compile(r"@(computer|time|id|user|sid|domain)@")


def real_report(program):
    command = [program, "scan", "fixtures/demo/office-pc", "--format", "json", "--no-steps"]
    output = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    report = json.loads(output.stdout)
    for finding in report["findings"]:
        # A roll-out keeps its reports small: 2 to 8 KB each in JSON Lines.
        del finding["evidence"][3:]
    return report


def with_tokens(finding):
    """The text of a finding with tokens where accounts differ; places as they are on a live PC."""
    text = json.dumps(finding | {"computer": "@computer@"}, ensure_ascii=False)
    text = text.replace("fixtures/demo/office-pc/Users/", "C:/Users/")
    text = text.replace(json.dumps(finding["user_sid"])[1:-1], "@sid@").replace(finding["id"], "@id@")
    text = re.sub(r"\b(corp\.)?example\.(jp|com)\b", "@domain@", text)
    text = re.sub(rf"\b{finding['user']}\b", "@user@", text)
    return json.loads(text)


def changed(finding, done):
    """The same account after somebody has followed the steps."""
    after = json.loads(json.dumps(finding))
    after["outgoing"].update(port=587, port_is_default=False, auth="password", credentials="same-as-incoming")
    if after["outgoing"]["pop_before_smtp"] is not None:
        after["outgoing"]["pop_before_smtp"] = False
    after.update(verdict=done["verdict"], verdict_text=done["verdict_text"], action="none", deviations=[], notes=[])
    after["steps"] = {"ja": [], "en": []}
    return after


def pieces(text):
    """The text around its tokens: [constant, token, constant, …]."""
    return TOKEN.split(text)


class Form:
    """One state of an account, ready to be filled in."""

    def __init__(self, finding):
        self.verdict, self.action = finding["verdict"], finding["action"]
        line = {"type": "finding", "schema": "smtp-auth-audit/report/v1", "started_at": "@time@"}
        compact = json.dumps(line | finding, ensure_ascii=False, separators=(",", ":"))
        indented = json.dumps(finding, ensure_ascii=False, indent=2).replace("\n", "\n    ")
        self.line, self.object = pieces(compact), pieces(indented)

    @staticmethod
    def fill(parts, values):
        filled = parts[:]
        filled[1::2] = [values[name] for name in parts[1::2]]
        return "".join(filled)


def forms(report):
    """Pairs of an account as it is and as it will be."""
    found = [with_tokens(finding) for finding in report["findings"]]
    done = next(finding for finding in found if finding["verdict"] == "smtp-auth")
    pairs = []
    for finding in found:
        before = Form(finding)
        pairs.append((before, Form(changed(finding, done)) if before.action == "change" else before))
    return pairs


def computer_reports(number, options, pairs, real):
    """All reports of one computer, oldest first: (day, values of each account with its form, the rest)."""
    rng = random.Random(f"{options.seed}/{number}")
    computer = f"PC-{number:06}"
    domain_of_computer = rng.choices(DOMAINS, DOMAIN_WEIGHTS)[0]
    users = [
        {"name": f"{name}{number % 97:02}", "sid": f"S-1-5-21-{1000000000 + number}-1177238915-682003330-{1001 + place}"}
        for place, name in enumerate(rng.sample(GIVEN_NAMES, 1 + (rng.random() < 0.2) + (rng.random() < 0.05)))
    ]
    accounts = []
    for place in range(ACCOUNTS[number % len(ACCOUNTS)]):
        user = rng.choice(users)
        domain = domain_of_computer if rng.random() < 0.7 else rng.choices(DOMAINS, DOMAIN_WEIGHTS)[0]
        identity = hashlib.sha256(f"{options.seed}/{computer}/{user['name']}/{place}".encode()).hexdigest()[:16]
        values = {"computer": computer, "id": identity, "user": user["name"], "sid": user["sid"], "domain": domain}
        done_on = int(rng.expovariate(1 / (0.8 * options.days)))
        accounts.append((values, rng.choice(pairs), done_on))
    accounts.sort(key=lambda account: account[0]["user"])
    for day in range(options.days):
        start = FIRST_DAY + timedelta(days=day * DAYS_BETWEEN, seconds=rng.randrange(8 * 3600))
        time = start.strftime("%Y-%m-%dT%H:%M:%SZ")
        findings = [(values | {"time": time}, pair[day >= done_on]) for values, pair, done_on in accounts]
        yield day, findings, rest_of_report(real, computer, time, users, findings, rng)


def rest_of_report(real, computer, time, users, findings, rng):
    scanned = [
        {"computer": computer, "name": user["name"], "sid": user["sid"], "status": "read", "reason": None} for user in users
    ]
    scanned.sort(key=lambda user: user["name"])
    issues = []
    trouble = rng.random()
    if trouble < 0.02:
        status = "partly" if trouble < 0.015 else "not-read"
        # Who is not read has no accounts in the report: one user more.
        if status == "not-read":
            zoe = {"name": "zoe", "sid": f"{users[0]['sid'][:-4]}1099", "status": status, "reason": None}
            scanned.append({"computer": computer} | zoe)
        scanned[-1].update(status=status, reason=real["issues"][0]["message"])
        issues = [real["issues"][0] | {"computer": computer, "user": scanned[-1]["name"]}]
    actions = Counter(form.action for _, form in findings)
    verdicts = Counter(form.verdict for _, form in findings)
    return {
        "schema": real["schema"],
        "tool": real["tool"],
        "computer": computer,
        "scan": real["scan"]
        | {
            "started_at": time,
            "host": computer,
            "os": "windows",
            "scope": "all-users",
            "sources": ["this computer"],
            "complete": not issues,
            "users": scanned,
        },
        "summary": {
            "findings": len(findings),
            "not_shown": 0,
            "issues": len(issues),
            "actions": {name: actions[name] for name in real["summary"]["actions"]},
            "verdicts": {name: verdicts[name] for name in real["summary"]["verdicts"]},
        },
        "resolved": [],
        "issues": issues,
    }


def as_lines(findings, rest):
    last = json.dumps({"type": "summary"} | rest, ensure_ascii=False, separators=(",", ":"))
    return "\n".join([Form.fill(form.line, values) for values, form in findings] + [last]) + "\n"


def as_object(findings, rest):
    inner = ",\n    ".join(Form.fill(form.object, values) for values, form in findings)
    whole = {}
    for key, value in rest.items():
        whole[key] = value
        if key == "summary":
            whole["findings"] = ["@findings@"]
    return json.dumps(whole, ensure_ascii=False, indent=2).replace('"@findings@"', inner) + "\n"


def day_name(day):
    return (FIRST_DAY + timedelta(days=day * DAYS_BETWEEN)).strftime("%Y-%m-%d")


def make_chunk(first):
    options, pairs, real = SHARED
    lines = [[] for _ in range(options.days)]
    departments, sizes = [], Counter()
    for number in range(first, min(first + CHUNK, options.computers)):
        for day, findings, rest in computer_reports(number, options, pairs, real):
            sizes["reports"] += 1
            sizes["accounts"] += len(findings)
            if options.form != "files":
                lines[day].append(as_lines(findings, rest))
            if options.form != "jsonl":
                file = options.folder / "files" / day_name(day) / f"{rest['computer']}.json"
                file.write_text(as_object(findings, rest), encoding="utf-8", newline="\n")
        if number % 33:
            departments.append(f"PC-{number:06},{DEPARTMENTS[number // 7 % len(DEPARTMENTS)]}\n")
    for day, texts in enumerate(lines):
        if texts:
            part = options.folder / "jsonl" / f"{day_name(day)}.{first:08}.part"
            part.write_text("".join(texts), encoding="utf-8", newline="\n")
    return departments, sizes


def join_parts(options):
    for day in range(options.days):
        with open(options.folder / "jsonl" / f"{day_name(day)}.jsonl", "wb") as whole:
            for part in sorted((options.folder / "jsonl").glob(f"{day_name(day)}.*.part")):
                with open(part, "rb") as piece:
                    shutil.copyfileobj(piece, whole, 1 << 20)
                part.unlink()


def program():
    built = [PROJECT / "target" / kind / "smtp-auth-audit" for kind in ("release", "debug")]
    found = next((str(path) for path in built if path.exists()), None)
    return found or sys.exit("build the program first, or name it with --program")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to write; made if it is not there")
    parser.add_argument("--computers", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=5, help="reports of each computer, a week apart")
    parser.add_argument("--form", choices=["jsonl", "files", "both"], default="both")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--program", default=None, help="the built program; its report is the pattern")
    return parser.parse_args()


def main():
    global SHARED
    options = arguments()
    real = real_report(options.program or program())
    SHARED = (options, forms(real), real)
    if options.form != "files":
        (options.folder / "jsonl").mkdir(parents=True, exist_ok=True)
    if options.form != "jsonl":
        for day in range(options.days):
            (options.folder / "files" / day_name(day)).mkdir(parents=True, exist_ok=True)
    sizes = Counter()
    with multiprocessing.get_context("fork").Pool() as pool, open(
        options.folder / "departments.csv", "w", encoding="utf-8", newline="\n"
    ) as departments:
        departments.write("computer,department\n")
        for rows, part in pool.imap(make_chunk, range(0, options.computers, CHUNK)):
            departments.writelines(rows)
            sizes.update(part)
    if options.form != "files":
        join_parts(options)
    numbers = {"computers": options.computers, **sizes}
    (options.folder / "expected.json").write_text(json.dumps(numbers) + "\n")
    print(json.dumps(numbers))


if __name__ == "__main__":
    main()
