"""What a program did on the wire against what a scan of its settings says: rows of a table, and cases for fixtures/."""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from wire import Sent

ROOT = Path(__file__).resolve().parents[2]
# Mechanisms of SMTP that a scan calls an encrypted password.
CHALLENGES = ("CRAM-MD5", "DIGEST-MD5")


@dataclass(frozen=True)
class Played:
    """What a driver tells of one combination of a program's settings."""
    setting: str                 # for people, in the table
    home: Path                   # as the program left it
    sent: Sent | None            # None: nothing came to the servers
    account: str | None = None   # the account's name, where a home has several
    handed: bool = False         # the mail was handed to another program on the computer
    blind: str = ""              # why the settings can't tell what was seen (the server offers no AUTH, for example)
    unsent: str = ""             # the verdict by the documents, where the program shows an error and sends nothing


@dataclass(frozen=True)
class Row:
    client: str
    program: str                 # with its version
    played: Played
    finding: dict | None
    errors: tuple


def scan(program, home):
    """The findings of a home."""
    done = subprocess.run([program, "scan", "--format", "json", "--lang", "en", str(home)], capture_output=True, text=True)
    report = json.loads(done.stdout)
    assert not report["issues"], report["issues"]
    return report["findings"]


def judge(client, version, played, findings):
    """The row of one combination; `errors` says where scan and wire differ."""
    found = [finding for finding in findings if played.account in (None, finding["account"])]
    if len(found) != 1:
        return Row(client, version, played, None, (f"{len(found)} findings",))
    finding = found[0]
    errors = [f"{key}: scan says {finding_value(finding, key)}, seen {value}"
              for key, value in expected(played, finding).items() if finding_value(finding, key) != value]
    if finding_value(finding, "outgoing.auth") == "encrypted-password" and played.sent and not played.blind \
            and played.sent.auth not in CHALLENGES:
        errors.append(f"outgoing.auth: scan says encrypted-password, seen {played.sent.auth}")
    return Row(client, version, played, finding, tuple(errors))


def finding_value(finding, key):
    value = finding
    for part in key.split("."):
        value = value and value[part]
    return value


def expected(played, finding=None):
    """The values of a finding that follow from what was seen."""
    if played.handed:
        return {"verdict": "unreadable"}
    sent = played.sent
    if sent is None:
        return {"verdict": played.unsent or "(nothing was sent)"}
    if played.blind:
        return {"outgoing.port": sent.port}
    security = sent.security
    # A scan tells what is set; that STARTTLS follows where it is needed is a note.
    notes = [note["code"] for note in finding["notes"]] if finding else []
    if security == "starttls" and ("starttls-if-needed" in notes or finding_value(finding, "outgoing.security") == "auto"):
        security = finding_value(finding, "outgoing.security")
    values = {"outgoing.port": sent.port, "outgoing.security": security,
              "outgoing.pop_before_smtp": sent.log_on_first is not None}
    if sent.auth is None:
        values["outgoing.auth"] = "none"
        values["verdict"] = "pop-before-smtp" if sent.log_on_first else "no-smtp-auth"
    else:
        fits = (sent.port, security) in {(587, "plain"), (587, "starttls"), (587, "auto"), (465, "tls"), (465, "auto")}
        values["verdict"] = "smtp-auth" if fits else "smtp-auth-off-policy"
    return values


def table(rows):
    """The rows as Markdown."""
    lines = ["| client | setting | seen on the wire | verdict |", "| --- | --- | --- | --- |"]
    for row in rows:
        verdict = row.finding["verdict"] if row.finding else "none"
        remark = f" ({row.played.blind})" if row.played.blind else ""
        lines.append(f"| {row.program} | {row.played.setting} | {seen(row.played)}{remark} | `{verdict}` |")
    return "\n".join(lines) + "\n"


def seen(played):
    if played.handed:
        return "nothing; handed to a program"
    sent = played.sent
    if sent is None:
        return "nothing: an error" if played.unsent else "nothing"
    first = f"{sent.log_on_first.upper()} log-on, then " if sent.log_on_first else ""
    security = {"plain": "", "starttls": ", STARTTLS", "tls": ", TLS"}[sent.security]
    return f"{first}port {sent.port}{security}, {'AUTH ' + sent.auth if sent.auth else 'no AUTH'}"


def without_versions(document):
    """The document with the programs' names alone."""
    return re.sub(r"^\| (.*?) \d\S* \|", r"| \1 |", document, flags=re.M)


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def keep(client, rows, files, no_canary=""):
    """Writes the settings as the case fixtures/<client>/wire, a user for each home. What the case expects comes from the
    record of the wire, not from the scan. `files`: patterns of the files below a home, and of which of their lines to keep."""
    case = ROOT / "fixtures" / client / "wire"
    shutil.rmtree(case / "home", ignore_errors=True)
    users = {}
    for row in rows:
        users.setdefault(row.played.home, "taro" if row.played.account else slug(row.played.setting))
    for home, user in users.items():
        for pattern, lines in files.items():
            for path in sorted(home.glob(pattern)):
                text = path.read_text().replace(str(home), f"/home/{user}").replace(str(home.parents[1]), "/usr/local")
                text = "".join(line for line in text.splitlines(True) if re.match(lines, line))
                target = case / "home" / user / path.relative_to(home)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text)
    rows = sorted(rows, key=lambda row: (users[row.played.home], row.finding["account"]))
    program = rows[0].program
    text = [f'title = "{program}: settings that it wrote itself, and what it then did on the wire"\n'
            f'source = "written by {program} of Debian, started by tests/real/run, which also wrote this file: the values '
            'are what its servers saw, and stand in docs/wire.md"\n']
    if no_canary:
        text.append(f"# {no_canary}\nno_canary = true\n")
    verdicts = {expected(row.played).get("verdict", row.finding["verdict"]) for row in rows}
    is_change = verdicts & {"pop-before-smtp", "no-smtp-auth", "smtp-auth-off-policy"}
    text.append(f"exit = {1 if is_change else 3 if 'unreadable' in verdicts else 0}\n")
    for row in rows:
        text.append(f'\n[[finding]] # {row.played.setting}: {seen(row.played)}\nuser = "{users[row.played.home]}"\n'
                    f'client = "{client}"\n')
        if row.played.sent or row.played.handed:
            text.append('confidence = "verified"\n')
        if row.played.account:
            text.append(f"account = {json.dumps(row.played.account, ensure_ascii=False)}\n")
        for key, value in expected(row.played, row.finding).items():
            name = f'"{key}"' if "." in key else key
            text.append(f"{name} = {json.dumps(value)}\n")
    (case / "case.toml").write_text("".join(text))
