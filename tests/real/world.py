"""A world of their own for real mail programs: a network with nothing but the test's servers, a screen, a home.

`enter()` starts this program again in its own mount, network and process namespaces (needs root): nothing outside
changes, and all that was started ends with it. Inside, mail.example.jp is 192.0.2.1 (RFC 5737), an address that is
nobody's and not the loopback address, and the test's certificate is one of the trusted ones.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PACKAGES = ("iproute2", "openssl", "xdotool", "xvfb")
HOST = "mail.example.jp"
ADDRESS = "192.0.2.1"
# Seconds for what comes at once where nothing else runs.
PATIENCE = 60
PASSWORD = "KANARIA-9d41-secret"
INSIDE = "SMTP_AUTH_AUDIT_WIRE"
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"


def enter():
    """Returns inside the namespaces with the folder of the world."""
    if INSIDE not in os.environ:
        folder = tempfile.mkdtemp(prefix="wire-")
        try:
            command = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc",
                       sys.executable, *sys.argv]
            sys.exit(subprocess.run(command, env=os.environ | {INSIDE: folder}).returncode)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    folder = Path(os.environ[INSIDE])
    run("ip", "link", "set", "lo", "up")
    run("ip", "address", "add", f"{ADDRESS}/32", "dev", "lo")
    hide("/etc/hosts", f"127.0.0.1 localhost\n{ADDRESS} {HOST}\n", folder / "hosts")
    hide("/etc/resolv.conf", "", folder / "resolv.conf")
    make_certificate(folder)
    trusted = Path(AUTHORITIES).read_text() if Path(AUTHORITIES).exists() else ""
    hide(AUTHORITIES, trusted + certificate(folder)[0].read_text(), folder / "authorities.crt")
    # Sockets of running programs lie in the folder for temporary files.
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = str(folder)
    return folder


def run(*command, **options):
    return subprocess.run(command, check=True, **options)


def hide(path, text, instead):
    """Lays another file over one of the system's, seen only in here."""
    instead.write_text(text)
    if Path(path).exists():
        run("mount", "--bind", str(instead), os.path.realpath(path))


def certificate(folder):
    """The servers' certificate and its key."""
    return folder / "server.crt", folder / "server.key"


def make_certificate(folder):
    crt, key = certificate(folder)
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", f"/CN={HOST}",
        "-addext", f"subjectAltName=DNS:{HOST}", "-keyout", str(key), "-out", str(crt), stderr=subprocess.DEVNULL)


class Screen:
    """An X server that nobody sees."""

    def __enter__(self):
        # The locks of other screens lie in /tmp, and from in here their owners look as if they had ended.
        number = random.randrange(1000, 30000)
        read, write = os.pipe()
        self._process = subprocess.Popen(
            ["Xvfb", f":{number}", "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = ":" + pipe.readline().strip()
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()


def home_for(folder, name, screen, language="C.UTF-8"):
    """A new home and the environment of programs that run in it. A short name: paths of sockets end at 108 bytes."""
    home = folder / "homes" / name
    home.mkdir(parents=True)
    runtime = folder / "runtime" / name
    runtime.mkdir(parents=True, mode=0o700)
    environment = {
        "HOME": str(home), "USER": "taro", "LOGNAME": "taro", "PATH": os.environ["PATH"], "LANG": language,
        "DISPLAY": screen.display, "XDG_RUNTIME_DIR": str(runtime), "TMPDIR": str(runtime), "NO_AT_BRIDGE": "1",
        "GDK_BACKEND": "x11",
    }
    return home, environment


def xdotool(environment, *arguments):
    """Its output, or None if it failed."""
    done = subprocess.run(["xdotool", *arguments], env=environment, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


def until(is_so, seconds, what):
    """Waits for something and returns what it gave."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (answer := is_so()):
            return answer
        time.sleep(0.1)
    raise TimeoutError(what)


def window(environment, title, seconds=PATIENCE):
    """The id of the visible window whose title matches."""
    def find():
        found = xdotool(environment, "search", "--onlyvisible", "--name", title)
        return found and found.split()[-1]
    return until(find, seconds, f"no window {title}")


def start(environment, title, *command):
    """A program whose window has come up."""
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    window(environment, title)
    return process


def keys(environment, window_id, *names):
    """Keys for a window, which gets the focus first: there is no window manager."""
    xdotool(environment, "windowfocus", "--sync", window_id)
    for name in names:
        xdotool(environment, "key", name)
        time.sleep(0.15)


def type_text(environment, text):
    xdotool(environment, "type", "--delay", "15", text)
    time.sleep(0.1)
