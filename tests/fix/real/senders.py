"""The three mail programs: each makes its profile itself, and sends one message from its own composer. A sending is over when
the server's log has something to say of it."""

import subprocess
import time
from pathlib import Path

import claws_mail
import sylpheed
import thunderbird
from world import HOST, PASSWORD, PATIENCE, certificate, keys, type_text, until, window, xdotool

COMMANDS = PACKAGES = ("sylpheed", "claws-mail", "thunderbird")
FIRST, PORT_587 = {"pop_before_smtp": 1}, {"set_smtpport": 1, "smtp_port": 587}


class Screened:
    """What Sylpheed and Claws Mail have in common: windows, keys, a question for the password."""

    def __init__(self, person):
        self.person = person
        super().__init__(person.home, person.environment)

    def windows(self, title):
        found = xdotool(self.environment, "search", "--onlyvisible", "--name", title)
        return found.split() if found else []

    def deliver(self, servers, shortcut):
        """Sends, and says what the log says; a refused message stays in its composer, and the program is ended."""
        servers.forget()
        keys(self.environment, self.windows("wire - Compose")[-1], shortcut)

        def is_over():
            for dialog in self.windows("^Input password$"):
                keys(self.environment, dialog)
                type_text(self.environment, PASSWORD)
                keys(self.environment, dialog, "Return")
            return servers.said()
        try:
            said = until(is_over, PATIENCE, "nothing is sent")
        except TimeoutError:
            titles = [xdotool(self.environment, "getwindowname", one) for one in self.windows(".")]
            raise TimeoutError(f"nothing is sent; windows: {titles}") from None
        if servers.accepted():
            until(lambda: not self.windows("wire - Compose"), PATIENCE, "the composer does not close")
            self.end()
        else:
            # Its socket stays behind, as after a crash.
            self.process.kill()
            self.process.wait()
        return said


class Sylpheed(Screened, sylpheed.Program):
    client, command, names = "sylpheed", "sylpheed", ("sylpheed",)
    title, version = "Sylpheed", staticmethod(sylpheed.version)
    # How the profile is set before.
    ways = {"port 25, POP before SMTP": FIRST, "port 587, no authentication": PORT_587}
    settings = "pop_before_smtp set_smtpport smtp_port ssl_smtp use_smtp_auth smtp_auth_method".split()

    @property
    def file(self):
        return self.home / ".sylpheed-2.0/accountrc"

    def make(self, way):
        self.write(way)
        self.person.own()

    def write(self, account, common=None):
        super_folder = self.home / sylpheed.FOLDER
        super_folder.mkdir()
        lines = "".join(f"{name}={value}\n" for name, value in (sylpheed.ACCOUNT | account).items())
        (super_folder / "accountrc").write_text(f"[Account: 1]\n{lines}")
        self.person.own()
        self.start("Mailbox setting")
        self.accept_mailbox()
        until(lambda: (super_folder / "folderlist.xml").exists(), PATIENCE, "no mailbox")
        self.end()

    def send(self, servers):
        self.start()
        subprocess.run(["sylpheed", "--compose", "mailto:hanako@example.jp?subject=wire&body=sent"], env=self.environment,
                       timeout=PATIENCE, stdout=subprocess.DEVNULL)
        window(self.environment, "wire - Compose")
        time.sleep(0.5)
        return self.deliver(servers, "ctrl+shift+e")


class ClawsMail(Screened, claws_mail.Program):
    client, command, names = "claws-mail", "claws-mail", ("claws-mail",)
    title, version = "Claws Mail [0-9]", staticmethod(claws_mail.version)
    ways = {"port 25, no authentication": {}, "port 587, POP before SMTP": FIRST | PORT_587}
    settings = Sylpheed.settings

    @property
    def file(self):
        return self.home / ".claws-mail/accountrc"

    def make(self, way):
        """By its assistant, which also keeps the password; other settings in the lines of what it wrote. The test's certificate is
        accepted without a question."""
        self.assist(False)
        text = self.file.read_text()
        for name, value in (way | {"ssl_certs_auto_accept": 1}).items():
            text = "".join(f"{name}={value}\n" if line.startswith(f"{name}=") else line for line in text.splitlines(True))
        self.file.write_text(text)
        self.start()
        time.sleep(0.5)
        self.end()
        self.person.own()

    def send(self, servers):
        claws_mail.compose(self)
        return self.deliver(servers, "ctrl+Return")


class Thunderbird:
    client, command, names = "thunderbird", "thunderbird", ("thunderbird", "thunderbird-bin")
    version = staticmethod(thunderbird.version)
    ways = {"port 25, no authentication": {"tls": 0, "port": 25}, "port 587, no authentication": {"tls": 0, "port": 587}}
    settings = [f"mail.smtpserver.smtp1.{name}" for name in ("authMethod", "hostname", "port", "try_ssl", "username")]

    def __init__(self, person):
        self.person, self.home, self.environment = person, person.home, person.environment

    @property
    def file(self):
        return next(self.home.glob(".thunderbird/*.default-default/prefs.js"))

    def make(self, way):
        """The program makes the account, and keeps the password as it does for `smtp://host` when it is asked to."""
        thunderbird.make_profile(self.home, self.environment)
        self.person.own()
        case = {"name": "account", "user": "taro", "incoming": "pop3", "auth": 1} | way
        pem = certificate(self.person.folder)[0].read_text()
        with thunderbird.Program(self.environment) as control:
            control.run(thunderbird.MAKE, HOST, PASSWORD, [case], "".join(pem.splitlines()[1:-1]), thunderbird.PORTS)

    def send(self, servers):
        servers.forget()
        with thunderbird.Program(self.environment) as control:
            try:
                control.run(thunderbird.SEND, "taro")
            except RuntimeError:
                # An error is a result; what came of it the log says.
                pass
            return servers.wait()

    def values(self):
        return {}


SENDERS = (Sylpheed, ClawsMail, Thunderbird)
