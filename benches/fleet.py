#!/usr/bin/env python3
"""Times `fleet` over the reports of `benches/generate-reports.py`, beside jq and DuckDB computing the same counts on the same
files, in turns: time, throughput and peak memory of each. Prints for reading; fails only where the counts differ.

    benches/fleet.py FOLDER [--runs N]     FOLDER: made by generate-reports.py. Needs jq and, for DuckDB, its Python package
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent

# The files lie in the order of their dates: what comes later takes the place of what came before.
JQ = """
reduce inputs as $x ({newest: {}, waiting: {}};
  if $x.type == "finding" then .waiting[$x.user] += [$x.action]
  else
    reduce $x.scan.users[] as $u (.;
      ($x.computer + "/" + $u.name) as $whose
      | if $u.status == "read" or ($u.status == "partly" and (.newest[$whose] == null))
        then .newest[$whose] = (.waiting[$u.name] // []) else . end)
    | .waiting = {} end)
| [.newest[][]] | group_by(.) | map({key: .[0], value: length}) | from_entries
"""
# Only the accounts by action. What takes seconds would print its progress among the result.
DUCKDB_SUMS = """
import duckdb, json, sys
duckdb.sql('SET enable_progress_bar = false')
rows = duckdb.sql(f'''
  WITH lines AS (
    SELECT * FROM read_json('{sys.argv[1]}/jsonl/*.jsonl', format = 'newline_delimited', columns = {{
      type: 'VARCHAR', computer: 'VARCHAR', "user": 'VARCHAR', started_at: 'TIMESTAMP', action: 'VARCHAR',
      scan: 'STRUCT(started_at TIMESTAMP, users STRUCT(name VARCHAR, status VARCHAR)[])'}})),
  users AS (SELECT computer, scan.started_at AS started_at, unnest(scan.users, recursive := true)
    FROM lines WHERE type = 'summary'),
  newest AS (SELECT computer, name AS "user", arg_max(started_at, (status = 'read', started_at)) AS started_at
    FROM users WHERE status <> 'not-read' GROUP BY ALL)
  SELECT action, count(*) FROM lines JOIN newest USING (computer, "user", started_at)
  WHERE type = 'finding' GROUP BY action''').fetchall()
print(json.dumps(dict(rows)))
"""
# All that `fleet` gives: every query of docs/fleet.md.
DUCKDB_ALL = """
import duckdb, json, re, sys
text = open(sys.argv[2], encoding='utf-8').read()
queries = dict(re.findall(r'<!-- query: (\\S+) -->\\n```sql\\n(.*?)```', text, re.S))
base = duckdb.connect()
base.execute('SET enable_progress_bar = false')
base.execute(queries.pop('setup').replace('reports/**/*.jsonl', sys.argv[1] + '/jsonl/*.jsonl'))
departments = queries.pop('departments').replace('departments.csv', sys.argv[1] + '/departments.csv')
rows = {name: base.execute(query).fetchall() for name, query in [*queries.items(), ('departments', departments)]}
counts = {}
for _, action, number in rows['verdicts']:
    counts[action] = counts.get(action, 0) + number
print(json.dumps(counts))
"""


def run(command):
    """Seconds, seconds of all processors, peak memory in MB, and what was printed."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output


def counts_of_fleet(output):
    actions = json.loads(output)["summary"]["actions"]
    return {name: number for name, number in actions.items() if number}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--program", default=PROJECT / "target/release/smtp-auth-audit")
    options = options.parse_args()
    lines = sorted((options.folder / "jsonl").glob("*.jsonl"))
    size = sum(path.stat().st_size for path in lines) / 1e6
    files = options.folder / "files"
    fleet = [options.program, "fleet", options.folder / "jsonl", "--departments", options.folder / "departments.csv"]
    commands = {
        "fleet to JSON": (fleet + ["--format", "json"], counts_of_fleet),
        "fleet to HTML": (fleet + ["--format", "html"], None),
    }
    if files.is_dir():
        commands["fleet to JSON, a file per report"] = (
            [options.program, "fleet", files, "--format", "json"], counts_of_fleet)
    if shutil.which("jq"):
        commands["jq"] = (["jq", "-n", JQ, *lines], json.loads)
    if subprocess.run([sys.executable, "-c", "import duckdb"], capture_output=True).returncode == 0:
        every = [sys.executable, "-c", DUCKDB_ALL, options.folder, PROJECT / "docs/fleet.md"]
        commands["DuckDB, every figure"] = (every, json.loads)
        commands["DuckDB, accounts by action alone"] = ([sys.executable, "-c", DUCKDB_SUMS, options.folder], json.loads)
    # Nobody pays for the disk alone: all files are in the page cache before the first run.
    for path in [*lines, *files.rglob("*.json")]:
        path.read_bytes()
    figures = {name: [] for name in commands}
    counts = {}
    for _ in range(options.runs):
        for name, (command, read) in commands.items():
            seconds, worked, memory, output = run(command)
            figures[name].append((seconds, worked, memory))
            if read:
                counts[name] = read(output)
    print(f"{size:.0f} MB of JSON Lines in {len(lines)} files; {options.runs} runs in turns; medians")
    for name, runs in figures.items():
        seconds, worked = (statistics.median(figure) for figure in list(zip(*runs))[:2])
        memory = max(memory for _, _, memory in runs)
        print(f"{name:34} {seconds:7.2f} s ({worked:.2f} s of processors)  {size / seconds:5.0f} MB/s"
              f"  {memory:4.0f} MB at most  {counts.get(name, '')}")
    if len({json.dumps(numbers, sort_keys=True) for numbers in counts.values()}) > 1:
        sys.exit("the counts differ")


main()
