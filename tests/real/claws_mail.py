"""Claws Mail: its assistant makes accounts; other combinations come from a short accountrc in what the assistant left, which
the program itself reads and writes out in full when it ends. Then it is started again, opens its composer, and sends by
its own shortcut."""

import re
import shutil
import subprocess
import time
from itertools import count

from compare import Played
from world import HOST, PASSWORD, PATIENCE, home_for, keys, start, type_text, until, window, xdotool

CLIENT = "claws-mail"
PACKAGES = ("claws-mail",)
FILES = {".claws-mail/accountrc": "", ".claws-mail/clawsrc": r"\[Common\]|config_version="}
NO_CANARY = "The program keeps the password in another file, encrypted."
FOLDER = ".claws-mail"
ACCOUNT = {
    "account_name": "taro@example.jp", "is_default": 1, "name": "Taro", "address": "taro@example.jp", "protocol": 0,
    "receive_server": HOST, "smtp_server": HOST, "user_id": "taro", "config_version": 4,
    "ssl_certs_auto_accept": 1,
}
# What is to be sent does not lie on the test's server, which keeps nothing.
FOLDERS = {"set_queue_folder": 1, "queue_folder": "#mh/Mailbox/queue", "set_sent_folder": 1, "sent_folder": "#mh/Mailbox/sent"}
IMAP, LOCAL, SMTP_ONLY = {"protocol": 1} | FOLDERS, {"protocol": 3, "receive_server": ""}, {"protocol": 4, "receive_server": ""}
AUTH, FIRST = {"use_smtp_auth": 1}, {"pop_before_smtp": 1}
PORT_587 = {"set_smtpport": 1, "smtp_port": 587}
TLS, STARTTLS = {"ssl_smtp": 1}, {"ssl_smtp": 2}
OWN = {"smtp_user_id": "other"}
OLD = {"config_version": 0}
# What is set; what stands in accountrc beside ACCOUNT.
CASES = [
    ("nothing", {}),
    ("pop_before_smtp", FIRST),
    ("use_smtp_auth", AUTH),
    ("use_smtp_auth, pop_before_smtp", AUTH | FIRST),
    ("IMAP, pop_before_smtp", IMAP | FIRST),
    ("IMAP, use_smtp_auth, port 587", IMAP | AUTH | PORT_587),
    ("port 587", PORT_587),
    ("pop_before_smtp, port 587", FIRST | PORT_587),
    ("use_smtp_auth, port 587", AUTH | PORT_587),
    ("use_smtp_auth, smtp_port 587 without set_smtpport", AUTH | {"smtp_port": 587}),
    ("TLS", TLS),
    ("use_smtp_auth, TLS", AUTH | TLS),
    ("use_smtp_auth, TLS, port 587", AUTH | TLS | PORT_587),
    ("use_smtp_auth, STARTTLS", AUTH | STARTTLS),
    ("use_smtp_auth, STARTTLS, port 587", AUTH | STARTTLS | PORT_587),
    ("STARTTLS, pop_before_smtp", STARTTLS | FIRST),
    ("use_smtp_auth by LOGIN, port 587", AUTH | PORT_587 | {"smtp_auth_method": 1}),
    ("use_smtp_auth by CRAM-MD5, port 587", AUTH | PORT_587 | {"smtp_auth_method": 2}),
    ("use_smtp_auth by PLAIN, port 587", AUTH | PORT_587 | {"smtp_auth_method": 16}),
    ("use_smtp_auth, user name of its own", AUTH | PORT_587 | OWN),
    ("use_smtp_auth, no user name", AUTH | PORT_587 | {"user_id": ""}),
    ("use_smtp_auth=TRUE", {"use_smtp_auth": "TRUE"}),
    ("use_smtp_auth=FALSE", {"use_smtp_auth": "FALSE"}),
    ("use_smtp_auth=01", {"use_smtp_auth": "01"}),
    ("local mailbox", LOCAL),
    ("local mailbox, pop_before_smtp", LOCAL | FIRST),
    ("SMTP only", SMTP_ONLY),
    ("SMTP only, use_smtp_auth, user name of its own", SMTP_ONLY | AUTH | PORT_587 | OWN),
    ("settings of before 3.14: APOP, pop_before_smtp", OLD | {"protocol": 1} | FIRST),
    ("settings of before 3.14: IMAP, pop_before_smtp", OLD | FOLDERS | {"protocol": 3} | FIRST),
]


def version():
    said = subprocess.run(["claws-mail", "--version"], capture_output=True, text=True).stdout
    return "Claws Mail " + re.search(r"version (\S+)", said)[1]


def play(folder, servers, screen):
    mechanisms = servers.smtp_mechanisms
    assisted, numbers = [], count(1)

    def one(name, make, handed=None, blind=""):
        home, environment = home_for(folder, f"claws{next(numbers)}", screen)
        program = Program(home, environment)
        make(program)
        sent = program.send(servers, handed)
        assisted.append(home)
        return Played(name, home, sent, handed=bool(handed and handed.exists()), blind=blind)

    def written(settings):
        return lambda program: program.write(settings, assisted[0])

    yield one("assistant", lambda program: program.assist(False))
    yield one("assistant, authentication", lambda program: program.assist(True))
    for name, settings in CASES:
        yield one(name, written(settings))

    letter = folder / "handed"
    command = folder / "bin/sendmail"
    command.parent.mkdir(exist_ok=True)
    command.write_text(f"#!/bin/sh\ncat >{letter}\n")
    command.chmod(0o755)
    external = AUTH | {"use_mail_command": 1, "mail_command": f"{command} -t"}
    yield one("use_mail_command", written(external), letter)
    letter.unlink(missing_ok=True)
    yield one("use_mail_command without a command", written(FIRST | {"use_mail_command": 1, "mail_command": ""}))

    servers.smtp_mechanisms = ()
    yield one("use_smtp_auth, port 587, no AUTH offered", written(AUTH | PORT_587), blind="the server offers none")
    servers.smtp_mechanisms = mechanisms
    servers.auth_needs_tls = True
    yield one("use_smtp_auth, port 587, AUTH offered after STARTTLS", written(AUTH | PORT_587))
    servers.auth_needs_tls = False


def compose(program):
    """Starts it, and opens its composer with a message."""
    program.start()
    time.sleep(0.5)
    subprocess.run(["claws-mail", "--compose", "mailto:hanako@example.jp?subject=wire&body=sent"],
                   env=program.environment, timeout=PATIENCE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def is_composing():
        # No dictionary for the spelling.
        for dialog in program.windows("^Error$"):
            keys(program.environment, dialog, "Return")
        return program.windows("wire - Compose") and not program.windows("^Error$")
    until(is_composing, PATIENCE, "no composer")
    time.sleep(0.5)


class Program:
    def __init__(self, home, environment):
        self.home, self.environment = home, environment

    def start(self, title="Claws Mail [0-9]"):
        self.process = start(self.environment, title, "claws-mail")

    def end(self):
        """It writes its settings when it ends. On a busy computer it may not hear the first time."""
        for _ in range(3):
            subprocess.run(["claws-mail", "--exit"], env=self.environment, timeout=PATIENCE, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
            try:
                return self.process.wait(PATIENCE / 3)
            except subprocess.TimeoutExpired:
                pass
        titles = [xdotool(self.environment, "getwindowname", one) for one in self.windows(".")]
        raise TimeoutError(f"it does not end; windows: {titles}")

    def windows(self, title):
        found = xdotool(self.environment, "search", "--onlyvisible", "--name", title)
        return found.split() if found else []

    def write(self, account, assisted):
        """A few settings in place of those that the assistant made; the program makes all of them."""
        for name in (FOLDER, "Mail"):
            shutil.copytree(assisted / name, self.home / name)
        lines = "".join(f"{name}={value}\n" for name, value in (ACCOUNT | account).items())
        (self.home / FOLDER / "accountrc").write_text(f"[Account: 1]\n{lines}")
        self.start()
        time.sleep(0.5)
        self.end()

    def assist(self, with_authentication):
        """The assistant that comes up at the first start."""
        self.start("Setup Wizard")
        dialog = window(self.environment, "Setup Wizard")
        time.sleep(1)

        def field(text, tabs):
            keys(self.environment, dialog, *["Tab"] * tabs, "ctrl+a")
            type_text(self.environment, text)

        def page():
            keys(self.environment, dialog, "alt+n")
            time.sleep(0.5)
        page()
        field("Taro", 2)
        field("taro@example.jp", 1)
        page()
        field(HOST, 2)
        field("taro", 1)
        field(PASSWORD, 1)
        page()
        field(HOST, 0)
        if with_authentication:
            keys(self.environment, dialog, "Tab", "space")
        page()
        page()
        keys(self.environment, dialog, "alt+s")
        window(self.environment, "Claws Mail [0-9]")
        time.sleep(0.5)
        self.end()

    def send(self, servers, handed):
        compose(self)
        servers.forget()
        keys(self.environment, self.windows("wire - Compose")[-1], "ctrl+Return")

        def is_sent():
            for dialog in self.windows("^Input password$"):
                keys(self.environment, dialog)
                type_text(self.environment, PASSWORD)
                keys(self.environment, dialog, "Return")
            return servers.sent() or (handed and handed.exists())
        try:
            until(is_sent, PATIENCE, "nothing is sent")
        except TimeoutError:
            self.process.kill()
            self.process.wait()
            return None
        sent = servers.wait_for_message(1)
        until(lambda: not self.windows("wire - Compose"), PATIENCE, "the composer does not close")
        self.end()
        return sent
