"""`fix` and `undo` killed at each system call that writes: the settings are the old or the new ones to the byte, the canary
stands in no other file but the new one that was to take their place, and the next run brings it to its end."""

import os
import re
import shutil
import subprocess
from collections import Counter

import profiles
from person import NUMBER, Person

# What puts something on the disk.
CALLS = "openat write fsync renameat renameat2 unlinkat unlink mkdirat mkdir fchmod fchmodat fchown bind rmdir linkat ftruncate utimensat".split()
NEW = "smtp-auth-audit-new"


def play(folder, screen, program, expect, chosen):
    tried = Counter()
    for number, client in enumerate(profiles.CLIENTS):
        if chosen and client not in chosen:
            continue
        person = Person(folder, f"c{number}", screen, program)
        file = profiles.make(person, client)
        old = file.read_bytes()
        pristine = folder / f"pristine{number}"
        subprocess.run(["cp", "-a", person.home, pristine], check=True)
        ran = person.fix()
        expect(ran.states == ["done"], client, f"{ran}")
        new = file.read_bytes()
        changed = folder / f"changed{number}"
        subprocess.run(["cp", "-a", person.home, changed], check=True)
        for what, begin in (("fix", pristine), ("undo", changed)):
            for call in places(person, what, begin, expect):
                one(person, file, what, begin, call, (old, new), expect)
                tried[f"{client} {what}"] += 1
    return ", ".join(f"{name} killed at {count} places" for name, count in tried.items())


def reset(person, begin):
    for path in (person.home, person.runtime):
        shutil.rmtree(path)
    subprocess.run(["cp", "-a", begin, person.home], check=True)
    person.runtime.mkdir(mode=0o700)
    person.own()


def places(person, what, begin, expect):
    """The calls that write below the home or the folder for sockets: (name, which of that thread, what it says)."""
    reset(person, begin)
    log = person.folder / "calls"
    ran = run(person, what, ("strace", "-f", "-y", "-s", "0", "-o", log, "-e", f"trace={','.join(CALLS)}"))
    expect(ran.code == 0, what, f"under strace: {ran}")
    counts, found = Counter(), []
    for line in log.read_text().splitlines():
        match = re.match(r"(\d+) +(\w+)\((.*)", line)
        if not match:
            continue
        thread, name, rest = match.groups()
        counts[thread, name] += 1
        is_own = str(person.home) in rest or str(person.runtime) in rest
        if is_own and (name != "openat" or re.search(r"O_WRONLY|O_RDWR|O_CREAT", rest)):
            found.append((name, counts[thread, name], plain(rest)))
    return found


def plain(text):
    """Without what differs between runs."""
    return re.sub(r"\d{8}t\d+z|<[^<>]*>|, \d+\)|= .*$", "", text).strip()


def run(person, what, before):
    return person.fix(before=before) if what == "fix" else person.undo(before=before)


def one(person, file, what, begin, call, contents, expect):
    name, number, text = call
    where = f"{what} of {file.name} killed at {name} {number} ({text})"
    reset(person, begin)
    log = person.folder / "killed"
    ran = run(person, what, ("strace", "-f", "-y", "-s", "0", "-o", log, "-e", f"trace={','.join(CALLS)}",
                             "-e", f"inject={name}:signal=KILL:when={number}"))
    last = [line for line in log.read_text().splitlines() if re.match(rf"\d+ +{name}\(", line)][-1]
    expect("killed by SIGKILL" in log.read_text() and plain(re.sub(r"^\d+ +\w+\(", "", last)) == text, where, f"it was killed elsewhere: {last}")
    expect(file.read_bytes() in contents, where, "neither the old nor the new content")
    others = [path for path in profiles.holding(person) if path != file]
    for path in others:
        is_like = (path.stat().st_mode, path.stat().st_uid) == (file.stat().st_mode, NUMBER)
        expect(path == file.with_name(f".{file.name}.{NEW}") and is_like, where, f"the canary stands in {path}")
    # The next run says what has to be done, or does it.
    old, new = contents
    for path in person.home.rglob("*.new"):
        os.utime(path, (0, 0))
    ran = person.fix()
    if ran.codes == ["unfinished"]:
        ran = person.undo()
        expect(ran.code == 0 and file.read_bytes() == old, where, f"undo: {ran}")
        expect(not left(person, file), where, f"left over after undo: {left(person, file)}")
        ran = person.fix()
    expect(ran.states in (["done"], []), where, f"fix: {ran}")
    expect(file.read_bytes() == new, where, "not the new content at the end")
    expect(not left(person, file), where, f"left over: {left(person, file)}")
    ran = person.undo()
    expect(ran.code == 0 and file.read_bytes() == old, where, f"undo at the end: {ran}")
    expect(person.fix().states == ["done"] and not list(person.home.rglob("*.new")), where, "records on their way are left")


def left(person, file):
    """New files of settings that were on their way, and copies of the canary. (A record that was on its way holds neither, and
    goes when it is a day old.)"""
    return [path for path in person.home.rglob("*") if path.name.endswith(NEW) or path in profiles.holding(person) and path != file]
