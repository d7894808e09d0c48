"""Evolution: its registry writes an account, then the program itself opens its composer and sends by Ctrl+Return.

A home for each case: Evolution sends by its default account.
"""

import json
import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from compare import Played
from world import HOST, PASSWORD, home_for, until, xdotool

CLIENT = "evolution"
# python3-gi and the bindings are for evolution_accounts.py, which the system's Python runs.
PACKAGES = ("dbus-daemon", "evolution", "gir1.2-edataserver-1.2", "gnome-keyring", "python3-gi")
SOURCES = ".config/evolution/sources"
# All but system-proxy.source, which is long and has nothing to do with mail.
FILES = {f"{SOURCES}/[!s]*.source": ""}
NO_CANARY = "The passwords lie in the keyring, encrypted."
# The keyring's own password.
KEYRING = "of the keyring"
# No question before sending, no receiving at the start, and no search for a network beyond the test's own.
SETTINGS = """\
[org/gnome/evolution/mail]
prompt-on-accel-send=false
prompt-check-if-default-mailer=false
send-recv-on-start=false

[org/gnome/evolution-data-server]
network-monitor-gio-name='always-online'
"""


@dataclass(frozen=True)
class Case:
    method: str              # [Authentication] Method of the outgoing server
    port: int
    security: str = "none"   # [Security] Method
    incoming: str = "pop"
    blind: str = ""
    unsent: str = ""         # the verdict by the documents, where the program shows an error and nothing is sent
    absent: bool = False     # take the settings that are the default out of the file again

    @property
    def name(self):
        parts = ["IMAP"] if self.incoming == "imapx" else []
        parts += ["no Method, Port, Security"] if self.absent else [f"Method={self.method}", f"Port={self.port}"]
        parts += [self.security] if self.security != "none" else []
        return ", ".join(parts + (["no AUTH offered"] if self.blind else []))


STARTTLS, TLS = "starttls-on-standard-port", "ssl-on-alternate-port"
CASES = [
    Case("none", 587),
    Case("none", 25),
    Case("none", 587, STARTTLS),
    Case("none", 465, TLS),
    Case("none", 587, incoming="imapx"),
    Case("none", 0, unsent="no-smtp-auth"),
    Case("none", 0, unsent="no-smtp-auth", absent=True),
    Case("PLAIN", 587),
    Case("PLAIN", 25),
    Case("PLAIN", 587, STARTTLS),
    Case("PLAIN", 465, TLS),
    Case("PLAIN", 587, TLS),
    Case("PLAIN", 587, STARTTLS, "imapx"),
    Case("PLAIN", 0, TLS, unsent="smtp-auth"),
    Case("LOGIN", 587, STARTTLS),
    Case("CRAM-MD5", 587),
    Case("PLAIN", 587, blind="the server offers none"),
    Case("POPB4SMTP", 25, unsent="pop-before-smtp"),
    Case("POPB4SMTP", 587, STARTTLS, unsent="pop-before-smtp"),
    Case("POPB4SMTP", 25, incoming="imapx", unsent="pop-before-smtp"),
]


def version():
    said = subprocess.run(["evolution", "--version"], capture_output=True, text=True).stdout
    return "Evolution " + re.search(r"\d[\d.]*", said)[0]


def play(folder, servers, screen):
    mechanisms = servers.smtp_mechanisms
    for number, case in enumerate(CASES):
        # A short name: sockets of WebKit below it have at most 107 bytes for their paths.
        home, environment = home_for(folder, f"evolution-{number}", screen)
        environment |= {"GSETTINGS_BACKEND": "keyfile", "LIBGL_ALWAYS_SOFTWARE": "1"}
        make_account(case, home, dict(environment))
        servers.smtp_mechanisms = () if case.blind else mechanisms
        sent = send(case, servers, environment)
        yield Played(case.name, home, sent, blind=case.blind, unsent=case.unsent)
    servers.smtp_mechanisms = mechanisms


def make_account(case, home, environment):
    settings = home / ".config/glib-2.0/settings"
    settings.mkdir(parents=True)
    (settings / "keyfile").write_text(SETTINGS)
    account = {"incoming": case.incoming, "method": case.method, "security": case.security, "port": case.port}
    environment |= {"HOST": HOST, "PASSWORD": PASSWORD, "ACCOUNT": json.dumps(account)}
    script = Path(__file__).with_name("evolution_accounts.py")
    said = Path(environment["TMPDIR"], "said")
    if session(environment, f'/usr/bin/python3 {script} "$HOST" "$PASSWORD" "$ACCOUNT" 2>{said}').wait(120):
        raise RuntimeError(f"{case.name}: the account could not be made\n{said.read_text()}")
    if case.absent:
        for path in (home / SOURCES).glob("*.source"):
            lines = path.read_text().splitlines()
            if "[Mail Transport]" in lines:
                kept = [line for line in lines if not line.startswith(("Method=", "Port=", "[Security]"))]
                path.write_text("\n".join(kept) + "\n")


def send(case, servers, environment):
    """What came, or None. On a busy computer the program may not get its window up, or not hear a key at first."""
    def windows():
        return (xdotool(environment, "search", "--onlyvisible", "--name", ".*") or "").split()

    def composer():
        found = xdotool(environment, "search", "--onlyvisible", "--name", "^wire$")
        return found and found.split()[-1]

    heard = False
    for _ in range(3):
        until(lambda: not composer(), 20, "the composer of another case stays")
        program = session(environment, 'exec evolution "mailto:hanako@example.jp?subject=wire&body=sent"')
        try:
            window = until(composer, 60, "no composer")
            # It stands there before it takes keys.
            time.sleep(2)
            before = windows()
            # An IMAP account is logged on to at the start: that is not for the sake of sending.
            servers.forget()
            xdotool(environment, "windowfocus", window)
            xdotool(environment, "key", "--window", window, "ctrl+Return")
            # Either it arrives, or an error comes up in a window without a name, as other messages may.
            until(lambda: servers.sent() or set(windows()) - set(before), 20, "the key was not heard")
            heard = True
            sent = servers.wait_for_message(3 if case.unsent else 30)
            if sent or case.unsent:
                return sent
        except TimeoutError:
            pass
        finally:
            end(program)
    if heard:
        return None
    raise TimeoutError(f"{case.name}: no composer, or no answer from it")


def session(environment, command):
    """A D-Bus session with an open keyring; what runs in it ends with it."""
    script = f"printf %s '{KEYRING}' | gnome-keyring-daemon --unlock --components=secrets >/dev/null\n{command}"
    return subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", script], env=environment, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def end(process):
    """What of it does not end by itself must not be in the way of the next."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            pass
