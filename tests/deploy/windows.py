#!/usr/bin/env python3
"""The command scripts of deploy/windows under Wine's cmd, with the Windows program. Called by `.ci/full deploy`.

WINEPREFIX names a fresh prefix.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DRIVE_C = Path(os.environ["WINEPREFIX"]) / "drive_c"
INSTALLED = DRIVE_C / "Program Files/smtp-auth-audit"
FILES = ["smtp-auth-audit.exe", "show-steps.cmd", "report.cmd"]


def cmd(*words, code):
    """Runs a script from another one: `cmd /c` has its own ideas about quotation marks, Wine's `call` about exit codes."""
    script = DRIVE_C / "case.cmd"
    script.write_text("@" + " ".join(f'"{word}"' for word in words) + "\n", newline="\r\n")
    answer = subprocess.run(["wine", "cmd", "/c", "C:\\case.cmd"], capture_output=True, timeout=180, check=False)
    assert answer.returncode == code and (code == 1 or not answer.stderr), (words, answer)
    return answer.stdout.decode(errors="replace")


def package():
    """What the Win32 app would hold."""
    folder = DRIVE_C / "package"
    folder.mkdir()
    for script in (PROJECT / "deploy/windows").glob("*.cmd"):
        shutil.copy(script, folder)
    shutil.copy(PROJECT / "target/windows/smtp-auth-audit.exe", folder)
    return folder


def main():
    settings = "HKCU\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles\\P\\9375CFF0413111d3B88A00104B2A6676"
    for name, value in [("clsid", "{ED475411-B0D6-11D2-8C3B-00104B2A6676}"), ("SMTP Server", "mail.example.jp"),
                        ("Account Name", "taro"), ("POP3 Server", "mail.example.jp"), ("Email", "taro@example.jp")]:
        subprocess.run(["wine", "reg", "add", f"{settings}\\00000001", "/v", name, "/d", value, "/f"], check=True, capture_output=True)
    folder = package()
    (folder / "show-steps.cmd").rename(folder / "hidden.cmd")
    cmd("C:\\package\\install.cmd", code=1)
    (folder / "hidden.cmd").rename(folder / "show-steps.cmd")
    cmd("C:\\package\\install.cmd", code=0)
    cmd("C:\\package\\install.cmd", code=0)
    assert sorted(path.name for path in INSTALLED.iterdir()) == sorted(FILES)
    # Wine's own shim, see tests/windows/build.
    shutil.copy(PROJECT / "target/windows/bcryptprimitives.dll", INSTALLED)
    program = "C:\\Program Files\\smtp-auth-audit"

    share = DRIVE_C / "share of reports"
    share.mkdir()
    os.environ["SMTP_AUTH_AUDIT_TEST"] = "1"
    for _ in range(2):
        cmd(f"{program}\\report.cmd", "C:\\share of reports", code=0)
        [report] = share.iterdir()
        lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
        assert [line["type"] for line in lines] == ["finding", "summary"] and lines[0]["verdict"] == "no-smtp-auth", lines
        name, _, machine = report.stem.rpartition("-")
        assert name.lower() == lines[-1]["computer"].lower() and len(machine) == 8, (report.stem, lines[-1])
        assert lines[-1]["scan"]["scope"] == "all-users"
    cmd(f"{program}\\report.cmd", "C:\\nowhere", code=3)
    assert "usage" in cmd(f"{program}\\report.cmd", code=2)

    cmd(f"{program}\\show-steps.cmd", "/noshow", code=0)
    [page] = (DRIVE_C / "users").rglob("smtp-auth-audit.html")
    assert "taro@example.jp" in page.read_text(encoding="utf-8")

    cmd("C:\\package\\uninstall.cmd", code=0)
    assert not INSTALLED.exists()
    print("windows: installed, reported, shown and uninstalled by the command scripts")


if __name__ == "__main__":
    main()
