#!/usr/bin/env python3
"""The window of a double click under Wine: a console that the program owns, on a display of its own, and keys typed into
it. Called by `run` after `cases.py`.

Wine runs every program with an administrator's rights, so it is the refusal that is seen here; a browser is looked at on
a real PC (docs/windows.md).
"""

import os
import pathlib
import shutil
import subprocess
import sys
import time

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = PROJECT / "target/windows/smtp-auth-audit.exe"
DRIVE_C = pathlib.Path(os.environ["WINEPREFIX"]) / "drive_c"
DOCUMENTS, DESKTOP = DRIVE_C / "documents", DRIVE_C / "desktop"
FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
LONGEST = 90

faults = []


def check(condition, what, detail=""):
    if not condition:
        faults.append(what)
        print(f"  FAILED: {what} {detail}", file=sys.stderr)


def wine(*arguments):
    """Without pipes: the services that the first program starts would hold on to them."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["wine", *map(str, arguments)], **quiet, timeout=120, check=False)


def until(condition, seconds=LONGEST):
    """What the condition gives as soon as it gives anything."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.3)
    return None


def xdotool(*words):
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False).stdout.split()


class Window:
    """The program as Explorer starts it."""

    def __init__(self, *arguments):
        command = ["wine", "start", "/wait", "/unix", str(PROGRAM), *arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def type(self, line):
        window = until(lambda: xdotool("search", "--name", "smtp-auth-audit"), 30)
        check(window, "there is a window")
        for one in window or []:
            xdotool("windowfocus", one)
        xdotool("type", "--delay", "40", line)
        xdotool("key", "Return")

    def ends(self):
        try:
            return self.process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None


def pages(folder):
    return sorted(path.name for path in folder.glob("smtp-auth-audit-*.html"))


def saved(folder, number):
    """The text of the page that was saved as the given one."""
    until(lambda: len(pages(folder)) >= number)
    found = max(folder.glob("smtp-auth-audit-*.html"), key=lambda path: path.stat().st_mtime, default=None)
    return found.read_text(encoding="utf-8") if found and len(pages(folder)) == number else ""


def double_click():
    window = Window()
    window.type("x")
    window.type("b")
    window.type("p")
    window.type("S")
    check("taro@example.jp" in saved(DOCUMENTS, 1), "saved in Documents", str(pages(DOCUMENTS)))
    check(not list((DRIVE_C / "users").glob("*/**/smtp-auth-audit-page-*")), "no page for a browser with these rights")
    wine("reg", "delete", r"HKCU\Software\Microsoft\Office", "/f")
    window.type("r")
    window.type("s")
    page = saved(DOCUMENTS, 2)
    check(page and "taro@example.jp" not in page, "scanned again, and saved beside the first", str(pages(DOCUMENTS)))
    check(window.process.poll() is None, "it stays until Enter")
    window.type("")
    check(window.ends() is not None, "Enter closes it")


def dropped():
    homes = [PROJECT / "fixtures/demo/office-pc/Users" / name for name in ["hanako", "jiro"]]
    window = Window(*("Z:" + str(home).replace("/", "\\") for home in homes))
    window.type("s")
    page = saved(DOCUMENTS, 3)
    check("shop@example.jp" in page and "jiro@example.com" in page, "two things dropped at once are both read")
    window.type("")
    check(window.ends() is not None, "Enter closes it")


def elsewhere():
    DOCUMENTS.rename(DRIVE_C / "away")
    window = Window()
    window.type("s")
    check(saved(DESKTOP, 1), "without Documents it is saved on the desktop", str(pages(DESKTOP)))
    window.type("")
    check(window.ends() is not None, "Enter closes it")


def with_options():
    window = Window("--lang", "en")
    check(window.ends() is not None, "with an option nothing is waited for")


display, tell = os.pipe()
server = subprocess.Popen(["Xvfb", "-displayfd", str(tell), "-screen", "0", "1024x768x24"], pass_fds=[tell],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
os.environ["DISPLAY"] = ":" + os.read(display, 16).decode().strip()
os.environ["LANG"] = "C.UTF-8"
try:
    for name, folder in [("Personal", DOCUMENTS), ("Desktop", DESKTOP)]:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        wine("reg", "add", FOLDERS, "/v", name, "/d", f"C:\\{folder.name}", "/f")
    shutil.rmtree(DRIVE_C / "away", ignore_errors=True)
    wine("reg", "import", PROJECT / "fixtures/outlook/log-on-first/home/taro/outlook.reg")
    for run_case in [double_click, dropped, elsewhere, with_options]:
        before, start = len(faults), time.monotonic()
        run_case()
        outcome = "ok" if len(faults) == before else "FAILED"
        print(f"{outcome}: the window: {run_case.__name__} ({time.monotonic() - start:.1f} s)", flush=True)
finally:
    server.terminate()
sys.exit(1 if faults else 0)
