"""The packages for Windows, under Wine: unpacked or installed, run, removed."""

import os
import shutil
import subprocess
import zipfile

from unix import NAME, said

SHOWN = "5 have to change, 1 to check, 1 could not be read"
UNINSTALL = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall"


def prefix(work, shim):
    """A Windows of its own, with the one library that Wine 8 lacks."""
    folder = work / "wine"
    shutil.rmtree(folder, ignore_errors=True)
    os.environ |= {"WINEPREFIX": str(folder), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe="}
    subprocess.run(["wineboot", "--init"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run(["wineserver", "-w"], check=True)
    shutil.copy(shim, folder / "drive_c/windows/system32/")
    # One server for all programs; the first of them starts services that would hold on to a pipe.
    subprocess.run(["wineserver", "-p"], check=True)
    subprocess.run(["wine", "cmd", "/c", "exit"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder


def runs(program, version, home, is_full):
    assert said("wine", program, "--version").strip() == f"{NAME} {version}"
    shown = said("wine", program, "scan", f"Z:{home}", "--lang", "en", status=1)
    assert SHOWN in " ".join(shown.split()), shown
    # The two have one name; only one of them knows this command.
    said("wine", program, "probe", "--help", status=0 if is_full else 2)


def archive(file, work, wine, version, home):
    folder = work / "zip"
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
    folder = folder / f"{NAME}-{version}"
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["LICENSE-APACHE", "LICENSE-MIT", "README.txt", "THIRD-PARTY.txt", "rollout", f"{NAME}.exe"], names
    text = (folder / "README.txt").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf") and text.count(b"\n") == text.count(b"\r\n") > 10
    runs(folder / f"{NAME}.exe", version, home, True)
    runs(folder / "rollout" / f"{NAME}.exe", version, home, False)
    installed = wine / "drive_c/Program Files" / NAME
    said("wine", "cmd", "/c", f"Z:{folder}/rollout/install.cmd")
    runs(installed / f"{NAME}.exe", version, home, False)
    said("wine", "cmd", "/c", f"Z:{folder}/rollout/uninstall.cmd")
    assert not installed.exists()
    shutil.rmtree(folder)


def entry():
    """What Windows' list of installed programs says of this one."""
    done = subprocess.run(["wine", "reg", "query", UNINSTALL, "/s"], capture_output=True, text=True)
    lines = [line.split("REG_SZ")[-1].strip() for line in done.stdout.splitlines() if "DisplayVersion" in line]
    return lines if NAME in done.stdout else []


def installer(file, work, wine, version, home):
    """Silent, per machine; then a newer one takes its place, and what a roll-out leaves goes with the last."""
    installed = wine / "drive_c/Program Files" / NAME
    said("wine", "msiexec", "/i", f"Z:{file}", "/qn")
    assert entry() == [version], entry()
    runs(installed / f"{NAME}.exe", version, home, False)
    newer = work / "newer.msi"
    shutil.copy(file, newer)
    for change in (
        "UPDATE `Property` SET `Value` = '99.0.0' WHERE `Property` = 'ProductVersion'",
        "UPDATE `Property` SET `Value` = '{11111111-2222-4333-8444-555555555555}' WHERE `Property` = 'ProductCode'",
    ):
        said("msibuild", newer, "-q", change)
    # Which versions it replaces; a key of a row can't be changed in its place.
    rows = work / "Upgrade.idt"
    rows.write_text(said("msiinfo", "export", newer, "Upgrade").replace(f"\t{version}\t", "\t99.0.0\t"))
    said("msibuild", newer, "-i", rows)
    said("wine", "msiexec", "/i", f"Z:{newer}", "/qn")
    assert entry() == ["99.0.0"], f"the older one is still there: {entry()}"
    reports = installed / "reports"
    reports.mkdir()
    (reports / "PC.html").write_text("of the remediation")
    # That an upgrade leaves the reports can't be seen here: Wine 8 does not tell the older one that it is an upgrade, as Windows
    # does (UPGRADINGPRODUCTCODE).
    order = said("msiinfo", "export", file, "InstallExecuteSequence")
    assert 'RemoveTheRest\tREMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE\t1801' in order, order
    runs(installed / f"{NAME}.exe", version, home, False)
    said("wine", "msiexec", "/x", f"Z:{newer}", "/qn")
    assert entry() == [] and not installed.exists(), "something is left"
    newer.unlink()
