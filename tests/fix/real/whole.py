"""The whole way, for each program and each way in which it was set: the server refuses its message; the settings are changed,
and taken back to the byte; changed again, and the same program sends, authenticated; taken back, and the server refuses again."""

from dataclasses import dataclass

from person import Person
from senders import COMMANDS, SENDERS

SASL = "sasl_username=taro"


@dataclass
class Row:
    program: str
    way: str
    written: list
    before: str = ""
    after: str = ""
    undone: str = ""


def play(folder, screen, program, servers, expect, chosen):
    """Yields the rows of the table."""
    number = 0
    for kind in SENDERS:
        if chosen and kind.client not in chosen:
            continue
        for way, settings in kind.ways.items():
            number += 1
            person = Person(folder, f"w{number}", screen, program, COMMANDS)
            sender = kind(person)
            sender.make(settings)
            yield one(sender, way, servers, expect)


def one(sender, way, servers, expect):
    person, where = sender.person, f"{sender.client}, {way}"
    row = Row(sender.version(), way, [])
    row.before = sender.send(servers)
    expect(row.before and SASL not in row.before and not servers.accepted(), where, f"before: {row.before}")

    # Nobody touches the file between: it is as before, to the byte, its mode and owner, too.
    old, mode = sender.file.read_bytes(), sender.file.stat()
    ran = person.fix()
    expect(ran.code == 0 and ran.states == ["done"], where, f"fix: {ran}")
    new = sender.file.stat()
    expect((new.st_mode, new.st_uid, new.st_gid) == (mode.st_mode, mode.st_uid, mode.st_gid), where, "mode or owner")
    row.written = [(edit["setting"], edit["old"], edit["new"]) for change in ran.changes for edit in change["settings"]]
    ran = person.undo()
    expect(ran.code == 0, where, f"undo: {ran}")
    expect(sender.file.read_bytes() == old, where, "undo: not the bytes of before")
    before = values(sender)

    ran = person.fix()
    expect(ran.states == ["done"], where, f"second fix: {ran}")
    changed = sender.file.read_bytes()
    row.after = sender.send(servers)
    expect(row.after and SASL in row.after and servers.accepted(), where, f"after: {row.after}")
    rewritten = sender.file.read_bytes() != changed
    ran = person.undo()
    expect(ran.code == 0, where, f"undo after a sending: {ran}")
    expect(values(sender) == before, where, f"undo after a sending: {values(sender)}, not {before}")
    if not rewritten:
        expect(sender.file.read_bytes() == old, where, "undo after a sending: not the bytes of before")
    row.undone = sender.send(servers)
    expect(row.undone == row.before, where, f"undone: {row.undone}, not {row.before}")
    return row


def values(sender):
    """The lines of the outgoing server's settings."""
    def is_one(line):
        return any(line.startswith((f"{name}=", f'user_pref("{name}",')) for name in sender.settings)
    return sorted(line for line in sender.file.read_text(errors="replace").splitlines() if is_one(line))
