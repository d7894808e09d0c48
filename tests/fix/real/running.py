"""The real programs and `fix` never write at once: while a program runs nothing is written, whatever its process is called;
and a program that is started while `fix` holds its lock does not get to its settings."""

import subprocess
import time
from pathlib import Path

from person import AS, Person
from senders import COMMANDS, SENDERS
from world import PATIENCE, until, xdotool

# Seconds that `fix` stands still before the new file takes the old one's place.
STILL = 12
OTHER = "other-name"


def play(folder, screen, program, expect, chosen):
    tried = 0
    for number, kind in enumerate(SENDERS):
        if chosen and kind.client not in chosen:
            continue
        person = Person(folder, f"r{number}", screen, program, COMMANDS)
        sender = kind(person)
        sender.make(next(iter(kind.ways.values())))
        for name in (kind.command, OTHER):
            runs(sender, name, expect)
            starts_meanwhile(sender, name, expect)
            tried += 2
    return f"{tried} runs"


def started(sender, name, has_screen=False):
    """The program; under another name it is known by its lock alone."""
    path = Path(f"/usr/bin/{sender.command}")
    if sender.client == "thunderbird":
        path = Path("/usr/lib/thunderbird/thunderbird-bin")
    environment = sender.environment
    if name == OTHER:
        link = sender.person.folder / "as-user" / OTHER
        link.unlink(missing_ok=True)
        link.symlink_to(path)
        path = link
    options = ["--headless"] if sender.client == "thunderbird" and not has_screen else []
    return subprocess.Popen([*AS, path, *options], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def is_up(sender):
    if sender.client == "thunderbird":
        # A link that tells who holds the profile, beside the file with the lock.
        return (sender.file.parent / "lock").is_symlink()
    return xdotool(sender.environment, "search", "--onlyvisible", "--name", sender.title)


def processes(names):
    """Names of the user's processes, as the system shows them."""
    shown = subprocess.run(["ps", "-u", "65534", "-o", "pid=,comm="], capture_output=True, text=True).stdout
    return [line.split(None, 1) for line in shown.splitlines() if any(name in line for name in names)]


def runs(sender, name, expect):
    where = f"{sender.client} runs as {name}"
    process = started(sender, name)
    try:
        until(lambda: is_up(sender), PATIENCE, f"{where}: it does not come up")
        time.sleep(1)
        comm = Path(f"/proc/{process.pid}/comm").read_text().strip()
        expect((comm in sender.names) == (name != OTHER), where, f"the process is called {comm}")
        before = sender.file.read_bytes()
        ran = sender.person.fix()
        expect(ran.states == ["refused"] and ran.codes == ["running"], where, f"{ran}")
        expect(ran.code == 1, where, f"exit code {ran.code}")
        expect(sender.file.read_bytes() == before, where, "it was written")
    finally:
        process.terminate()
        process.wait(PATIENCE)
    # What a program leaves that was ended so keeps nobody away.
    ran = sender.person.fix()
    expect(ran.states == ["done"], where, f"after its end: {ran}")
    ran = sender.person.undo()
    expect(ran.code == 0 and sender.file.read_bytes() == before, where, f"undo: {ran}")


def starts_meanwhile(sender, name, expect):
    """`fix` stands still with the lock in its hands, and the program is started. Sylpheed and Claws Mail wait for an answer at
    the socket, and end with `fix`; Thunderbird stays, with a message that it runs already. Who is known by its name makes
    `fix` change nothing; who isn't has read nothing, either."""
    where = f"{sender.client} is started meanwhile as {name}"
    before = sender.file.read_bytes()
    others = {path: path.read_bytes() for path in sender.file.parent.iterdir() if path.is_file() and path.suffix in ("", ".js", ".xml")}
    second = []

    def start_second():
        # Its new file is there: it stands before the renaming.
        until(lambda: sender.file.with_name(f".{sender.file.name}.smtp-auth-audit-new").exists(), 60, f"{where}: fix does not get there")
        second.append(started(sender, name, has_screen=True))
        time.sleep(STILL / 2)
        expect(sender.file.read_bytes() == before, where, "something was written")
        for path, content in others.items():
            expect(not path.exists() or path.read_bytes() == content, where, f"{path.name} was written")
        expect(not is_up(sender), where, "it comes up")

    # Of the renamings the first is the journal's, the second that of the settings.
    ran = sender.person.at_terminal(
        ["fix", "--apply", "--format", "json", "--policy", str(sender.person.policy)], lambda _: "c",
        ("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=renameat", "-e", f"inject=renameat:delay_enter={STILL}000000:when=2"),
        start_second)
    (process,) = second
    is_known = name != OTHER
    expected = (["refused"], ["started"]) if is_known else (["done"], [])
    expect((ran.states, ran.codes) == expected, where, f"{ran}")
    expect((sender.file.read_bytes() == before) == is_known, where, "written or not")
    if sender.client == "thunderbird":
        expect(process.poll() is None, where, "it does not stay")
        process.terminate()
    # The others end without a window.
    process.wait(PATIENCE)
    if is_known:
        ran = sender.person.fix()
        expect(ran.states == ["done"], where, f"afterwards: {ran}")
    ran = sender.person.undo()
    expect(ran.code == 0 and sender.file.read_bytes() == before, where, f"undo: {ran}")
