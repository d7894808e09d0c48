"""Sylpheed: its assistant makes accounts; other combinations come from a short accountrc that the program itself reads
and writes out in full when it ends. Then it is started again, opens its composer, and sends by its own shortcut."""

import re
import subprocess
import time
from itertools import count

from compare import Played
from world import HOST, PASSWORD, PATIENCE, home_for, keys, start, type_text, until, window, xdotool

CLIENT = "sylpheed"
PACKAGES = ("sylpheed",)
FILES = {".sylpheed-2.0/accountrc": "", ".sylpheed-2.0/sylpheedrc": r"\[Common\]|\w*ext_sendmail"}
FOLDER = ".sylpheed-2.0"
ACCOUNT = {
    "account_name": "taro@example.jp", "is_default": 1, "name": "Taro", "address": "taro@example.jp", "protocol": 0,
    "receive_server": HOST, "smtp_server": HOST, "user_id": "taro", "password": PASSWORD,
}
IMAP, LOCAL = {"protocol": 3}, {"protocol": 5}
AUTH, FIRST = {"use_smtp_auth": 1}, {"pop_before_smtp": 1}
PORT_587 = {"set_smtpport": 1, "smtp_port": 587}
TLS, STARTTLS = {"ssl_smtp": 1}, {"ssl_smtp": 2}
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
    ("SSL", TLS),
    ("use_smtp_auth, SSL", AUTH | TLS),
    ("use_smtp_auth, SSL, port 587", AUTH | TLS | PORT_587),
    ("use_smtp_auth, STARTTLS", AUTH | STARTTLS),
    ("use_smtp_auth, STARTTLS, port 587", AUTH | STARTTLS | PORT_587),
    ("STARTTLS, pop_before_smtp", STARTTLS | FIRST),
    ("use_smtp_auth by LOGIN, port 587", AUTH | PORT_587 | {"smtp_auth_method": 1}),
    ("use_smtp_auth by CRAM-MD5, port 587", AUTH | PORT_587 | {"smtp_auth_method": 2}),
    ("use_smtp_auth by PLAIN, port 587", AUTH | PORT_587 | {"smtp_auth_method": 8}),
    ("use_smtp_auth, user name of its own", AUTH | PORT_587 | {"smtp_user_id": "other", "smtp_password": PASSWORD}),
    ("use_smtp_auth, no user name", AUTH | PORT_587 | {"user_id": ""}),
    ("use_smtp_auth=TRUE", {"use_smtp_auth": "TRUE"}),
    ("use_smtp_auth=FALSE", {"use_smtp_auth": "FALSE"}),
    ("use_smtp_auth=01", {"use_smtp_auth": "01"}),
    ("APOP account of old versions, pop_before_smtp", {"protocol": 1} | FIRST),
    ("RPOP account of old versions, pop_before_smtp", {"protocol": 2} | FIRST),
    ("no receiving", LOCAL),
    ("no receiving, use_smtp_auth", LOCAL | AUTH),
]


def version():
    said = subprocess.run(["sylpheed", "--version"], capture_output=True, text=True).stdout
    return "Sylpheed " + re.search(r"version (\S+)", said)[1].rstrip(",")


def play(folder, servers, screen):
    mechanisms, numbers = servers.smtp_mechanisms, count(1)

    def one(name, make, handed=None, blind=""):
        home, environment = home_for(folder, f"sylpheed{next(numbers)}", screen)
        program = Program(home, environment)
        make(program)
        sent = program.send(servers, handed)
        return Played(name, home, sent, handed=bool(handed and handed.exists()), blind=blind)

    yield one("assistant", lambda program: program.assist(False))
    yield one("assistant, SMTP authentication", lambda program: program.assist(True))
    for name, settings in CASES:
        yield one(name, lambda program: program.write(settings))

    letter = folder / "handed"
    command = folder / "bin/sendmail"
    command.parent.mkdir(exist_ok=True)
    command.write_text(f"#!/bin/sh\ncat >{letter}\n")
    command.chmod(0o755)
    external = {"use_ext_sendmail": 1, "ext_sendmail_cmd": f"{command} -t"}
    yield one("use_ext_sendmail", lambda program: program.write(AUTH, external), letter)
    letter.unlink(missing_ok=True)
    nothing = {"use_ext_sendmail": 1, "ext_sendmail_cmd": ""}
    yield one("use_ext_sendmail without a command", lambda program: program.write(FIRST, nothing))

    servers.smtp_mechanisms = ()
    yield one("use_smtp_auth, port 587, no AUTH offered", lambda program: program.write(AUTH | PORT_587),
              blind="the server offers none")
    servers.smtp_mechanisms = mechanisms


class Program:
    def __init__(self, home, environment):
        self.home, self.environment = home, environment

    def start(self, title="Sylpheed"):
        self.process = start(self.environment, title, "sylpheed")

    def end(self):
        """It writes its settings when it ends."""
        subprocess.run(["sylpheed", "--exit"], env=self.environment, timeout=PATIENCE, stdout=subprocess.DEVNULL)
        self.process.wait(PATIENCE)

    def accept_mailbox(self):
        keys(self.environment, window(self.environment, "Mailbox setting"), "Return")

    def write(self, account, common=None):
        """A few settings; the program makes all of them."""
        folder = self.home / FOLDER
        folder.mkdir()
        lines = "".join(f"{name}={value}\n" for name, value in (ACCOUNT | account).items())
        (folder / "accountrc").write_text(f"[Account: 1]\n{lines}")
        if common:
            lines = "".join(f"{name}={value}\n" for name, value in common.items())
            (folder / "sylpheedrc").write_text(f"[Common]\n{lines}")
        self.start("Mailbox setting")
        self.accept_mailbox()
        until(lambda: (folder / "folderlist.xml").exists(), PATIENCE, "no mailbox")
        self.end()

    def assist(self, with_authentication):
        """The assistant that comes up at the first start."""
        self.start("Mailbox setting")
        self.accept_mailbox()
        dialog = window(self.environment, "New account setup")
        time.sleep(0.5)
        keys(self.environment, dialog, "alt+f")
        type_text(self.environment, "Taro")
        keys(self.environment, dialog, "Tab")
        type_text(self.environment, "taro@example.jp")
        keys(self.environment, dialog, "alt+f")
        type_text(self.environment, "taro")
        keys(self.environment, dialog, "Tab")
        type_text(self.environment, HOST)
        keys(self.environment, dialog, "Tab", "Tab")
        type_text(self.environment, HOST)
        if with_authentication:
            keys(self.environment, dialog, "Tab", "space")
        keys(self.environment, dialog, "alt+f", "alt+c")
        until(lambda: not xdotool(self.environment, "search", "--onlyvisible", "--name", "New account setup"), PATIENCE,
              "the assistant does not end")
        self.end()

    def send(self, servers, handed):
        self.start()
        subprocess.run(["sylpheed", "--compose", "mailto:hanako@example.jp?subject=wire&body=sent"],
                       env=self.environment, timeout=PATIENCE, stdout=subprocess.DEVNULL)
        composer = window(self.environment, "wire - Compose")
        time.sleep(0.5)
        servers.forget()
        keys(self.environment, composer, "ctrl+shift+e")

        def is_sent():
            if asked := xdotool(self.environment, "search", "--onlyvisible", "--name", "Input password"):
                keys(self.environment, asked.split()[-1])
                type_text(self.environment, PASSWORD)
                keys(self.environment, asked.split()[-1], "Return")
            return servers.sent() or (handed and handed.exists())
        try:
            until(is_sent, PATIENCE, "nothing is sent")
        except TimeoutError:
            self.process.kill()
            self.process.wait()
            return None
        sent = servers.wait_for_message(1)
        until(lambda: not xdotool(self.environment, "search", "--onlyvisible", "--name", "wire - Compose"), 10,
              "the composer does not close")
        self.end()
        return sent
