"""An ordinary user: programs run with his number and in a home of his own, the program under test at a terminal of his."""

import json
import os
import pty
import select
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from world import home_for

# `nobody` of Debian; the home is not that of the system.
NUMBER = 65534
AS = ("setpriv", f"--reuid={NUMBER}", f"--regid={NUMBER}", "--clear-groups")
PROMPT = b"q: quit > "
POLICY = """schema = 1
id = "example-net"
name = "Example"
claims = [ { outgoing = "mail.example.jp" } ]
sending = [ { port = 587, security = "starttls", auth = "password" } ]
"""


@dataclass
class Ran:
    code: int
    out: str
    said: str        # what stood on the terminal, or on stderr

    @property
    def changes(self):
        return json.loads(self.out)["changes"] if self.out.startswith("{") else []

    @property
    def states(self):
        return [change["state"] for change in self.changes]

    @property
    def codes(self):
        return [obstacle["code"] for change in self.changes for obstacle in change["obstacles"]]


def programs(folder, names):
    """A folder for PATH: each of these programs, run as the ordinary user."""
    own = folder / "as-user"
    own.mkdir(exist_ok=True)
    for name in names:
        script = own / name
        script.write_text(f"#!/bin/sh\nexec {' '.join(AS)} /usr/bin/{name} \"$@\"\n")
        script.chmod(0o755)
    return own


class Person:
    def __init__(self, folder, name, screen, program, commands=()):
        self.folder, self.program = folder, program
        self.home, self.environment = home_for(folder, name, screen)
        self.runtime = Path(self.environment["XDG_RUNTIME_DIR"])
        self.environment["PATH"] = f"{programs(folder, commands)}:{self.environment['PATH']}"
        self.policy = folder / "policy.toml"
        self.policy.write_text(POLICY)
        self.own()

    def own(self):
        """All below the home and the folder for sockets is his."""
        subprocess.run(["chown", "-hR", f"{NUMBER}:{NUMBER}", self.home, self.runtime], check=True)

    def fix(self, *arguments, answer=None, before=(), policy=None):
        """`fix --apply` at a terminal; `answer` gives the key for the nth question, `before` stands before the command."""
        command = ["fix", "--apply", "--format", "json", "--policy", str(policy or self.policy), *arguments]
        return self.at_terminal(command, answer or (lambda _: "c"), before)

    def undo(self, *arguments, before=()):
        return self.at_terminal(["undo", "--policy", str(self.policy), *arguments], lambda _: "q", before)

    def start(self, command, before=()):
        """Started, without a terminal; for what has to go on meanwhile."""
        return subprocess.Popen([*before, *AS, self.program, *command], env=self._environment(), cwd="/", stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def _environment(self):
        return self.environment | {"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}

    def at_terminal(self, command, answer, before=(), on_start=None):
        master, slave = pty.openpty()
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen([*before, *AS, self.program, *command], env=self._environment(), cwd="/", stdin=slave,
                                       stdout=out, stderr=slave, start_new_session=True)
            os.close(slave)
            with ThreadPoolExecutor() as pool:
                meanwhile = pool.submit(on_start) if on_start else None
                said = self._talk(master, process, answer)
                os.close(master)
                if meanwhile:
                    meanwhile.result()
            code = process.wait(60)
            out.seek(0)
            return Ran(code, out.read().decode(), said.decode(errors="replace"))

    def _talk(self, master, process, answer):
        said, asked, end = b"", 0, time.monotonic() + 120
        while time.monotonic() < end:
            if not select.select([master], [], [], 0.2)[0]:
                if process.poll() is not None:
                    return said
                continue
            try:
                heard = os.read(master, 65536)
            except OSError:
                return said
            if not heard:
                return said
            said += heard
            while said.count(PROMPT) > asked:
                asked += 1
                os.write(master, answer(asked).encode() + b"\n")
        process.kill()
        raise TimeoutError(said.decode(errors="replace"))
