#!/usr/bin/env python3
"""Many homes: makes them, and measures a scan beside `cat` of the same files and beside libhivex.

    benches/homes.py FOLDER PROGRAM              1,000 homes with hives of 1 to 6 MB (2.5 GB), made once
    benches/homes.py FOLDER PROGRAM --homes 10000 --small     hives of 0.25 MB

Each home has Outlook, Thunderbird, Windows Live Mail and Becky!; the files are those of fixtures/demo, the hives are made by
libhivex (tests/make-hives.sh) with the settings of many programs beside. Printed are the medians of several rounds in one run,
warm, as ratios to `cat`, and the memory of the largest process. Nothing is asserted.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DEMO = PROJECT / "fixtures/demo/office-pc/Users"
# In MB; 2.5 on average.
SIZES = [1, 1, 2, 2, 3, 6]
OUTLOOK = r"Software\Microsoft\Office\16.0\Outlook\Profiles\Outlook\9375CFF0413111d3B88A00104B2A6676"
DEFAULT = r"Software\Microsoft\Office\16.0\Outlook"

# One process, each hive opened once, the same two keys with their values and what lies below.
HIVEX = r"""
use strict; use warnings; use Win::Hivex;
sub values_of { my ($h, $node) = @_; for my $v ($h->node_values($node)) { my $k = $h->value_key($v); my @x = $h->value_value($v); } }
sub walk { my ($h, $node) = @_; values_of($h, $node); walk($h, $_) for $h->node_children($node); }
my ($found, @paths) = (0, split /\n/, $ENV{KEYS});
while (my $file = <STDIN>) {
    chomp $file;
    my $h = Win::Hivex->open($file, unsafe => 0);
    for my $path (@paths) {
        my $node = $h->root();
        for my $part (split /\\/, $path) { $node = $h->node_get_child($node, $part); last unless $node; }
        if ($node) { $found++; $path =~ /9375/ ? walk($h, $node) : values_of($h, $node); }
    }
}
print "$found\n";
"""


def hive(folder, size):
    """A hive of about so many MB."""
    made = folder / f"hive-{size}"
    if made.exists():
        return made
    text = "".join((PROJECT / f"tests/demo/{name}.reg").read_text("utf-8") for name in ["taro", "hanako"])
    text = text.replace("Windows Registry Editor Version 5.00", "")
    lines = ["Windows Registry Editor Version 5.00", text]
    # About 1.1 kB a key.
    for key in range(int(size * 880)):
        lines.append(f"\n[HKEY_CURRENT_USER\\Software\\Maker {key // 100}\\Program\\Key {key % 100}]")
        lines.extend(f'"Value {value}"="{"x" * 120}"' for value in range(2))
    source = folder / "hive.reg"
    source.write_text("\n".join(lines), "utf-8")
    subprocess.run([PROJECT / "tests/make-hives.sh", source, made], check=True)
    return made


def make(folder, homes, small):
    """The homes, each of whose files is a file of its own."""
    users = folder / "Users"
    if users.exists():
        return users
    hives = [hive(folder, size) for size in ([0.25] if small else SIZES)]
    prefs = (DEMO / "jiro/AppData/Roaming/Thunderbird/Profiles/k3j2h1g0.default-release/prefs.js").read_text("utf-8")
    # As long as those of people who have used it for years.
    prefs += "".join(f'user_pref("extensions.part{n}.setting{n}", "{"y" * 60}");\n' for n in range(800))
    unfinished = folder / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    for number in range(homes):
        home = unfinished / f"user{number:05}"
        shutil.copytree(DEMO / "hanako", home, ignore=shutil.ignore_patterns("NTUSER.DAT"))
        shutil.copytree(DEMO / "jiro/AppData/Roaming", home / "AppData/Roaming", dirs_exist_ok=True)
        profile = home / "AppData/Roaming/Thunderbird/Profiles/k3j2h1g0.default-release/prefs.js"
        profile.write_text(prefs, "utf-8")
        shutil.copyfile(hives[number % len(hives)], home / "NTUSER.DAT")
    unfinished.rename(users)
    return users


def run(command, stdin=None, environment=None):
    """Seconds, processor seconds, MB of the largest process, exit code and the first line of what it wrote."""
    start = time.monotonic()
    # GNU time, because a child of this program begins with this program's own memory; it tells the largest process below it.
    timed = ["/usr/bin/time", "-q", "-f", "%M", "-o", "/dev/fd/2", *command]
    process = subprocess.Popen(timed, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    written = 0
    first = b""
    while chunk := process.stdout.read(1 << 20):
        first = first or chunk[:80]
        written += len(chunk)
    memory = process.stderr.read().split()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    taken = time.monotonic() - start
    return taken, usage.ru_utime + usage.ru_stime, int(memory[-1]) / 1024, process.returncode, written


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("program", type=Path)
    parser.add_argument("--homes", type=int, default=1000)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--formats", action="store_true", help="also the memory of the other formats")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    users = make(given.folder, given.homes, given.small)
    files = sorted(str(path) for path in users.rglob("*") if path.is_file())
    size = sum(os.path.getsize(path) for path in files)
    hives = given.folder / "hives.txt"
    hives.write_text("".join(f"{path}\n" for path in files if path.endswith("NTUSER.DAT")))
    names = given.folder / "files.txt"
    names.write_bytes(b"".join(path.encode() + b"\0" for path in files))
    program = str(given.program.resolve())
    scan = [program, "scan", str(users), "--format", "jsonl"]
    ways = {
        "cat": lambda: run(["sh", "-c", f"xargs -0 cat <'{names}' >/dev/null"]),
        "scan": lambda: run(scan),
        "scan --client outlook": lambda: run([*scan, "--client", "outlook"]),
        "libhivex": lambda: run(
            ["perl", "-e", HIVEX], hives.open("rb"), {**os.environ, "KEYS": f"{OUTLOOK}\n{DEFAULT}"}
        ),
    }
    if given.formats:
        ways |= {f"scan --format {form}": (lambda form=form: run([*scan[:-1], form])) for form in ["json", "table", "csv", "html"]}
    print(f"{given.homes} homes, {len(files)} files, {size / 1e6:.0f} MB, {os.cpu_count()} processors")
    taken = {name: [] for name in ways}
    for _ in range(given.rounds + 1):
        for name, way in ways.items():
            taken[name].append(way())
    base = None
    for name, rounds in taken.items():
        # The first round warms up.
        middle = statistics.median(seconds for seconds, *_ in rounds[1:])
        base = base or middle
        processor = statistics.median(seconds for _, seconds, *_ in rounds[1:])
        memory = max(megabytes for _, _, megabytes, *_ in rounds)
        print(
            f"  {name:24} {middle:7.2f} s  {middle / base:5.2f} x cat  processor {processor:6.2f} s  "
            f"largest process {memory:6.1f} MB  exit {rounds[-1][3]}  {rounds[-1][4] / 1e6:.1f} MB written"
        )
    return 0


sys.exit(main())
