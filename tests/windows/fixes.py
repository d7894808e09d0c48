#!/usr/bin/env python3
"""`fix` and `undo` of the Windows program under Wine: accounts that Wine's own `reg` wrote and exports, account files and a
prefs.js, before, after, and taken back. Called by `run` after `cases.py`.

What Wine can't show (the real programs, lists of rights, reparse points) is the protocol of docs/fix-windows.md.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys

from office import (
    ACCOUNTS, CANARY, DRIVE_C, HOME, PROGRAM, WORD, account, allow, apply, at_terminal, case, check, codes,
    difference, entries, export, failed, fix, helper, outlook, passed, reg, run, running, undo, wine,
)


@case("Outlook: a plan writes nothing, and without --unverified neither does --apply")
def _():
    outlook()
    allow()
    before = export()
    exit_code, (change,) = fix()
    check(exit_code == 1 and change["state"] == "refused" and codes(change) == ["not-tried"], "the plan", change)
    exit_code, (change,) = fix("--unverified")
    found = {edit["setting"]: (edit["old"], edit["new"]) for edit in change["settings"]}
    check(found == {"SMTP Use SSL": (None, "1"), "SMTP Secure Connection": (None, "2"), "SMTP Port": (None, "587"),
                    "SMTP Use Auth": (None, "1")}, "what would be written", found)
    check(change["state"] == "planned", "planned", change)
    exit_code, (change,) = fix("--apply", "--yes")
    check((exit_code, change["state"]) == (1, "refused"), "not without --unverified", change)
    check(export() == before and not entries(), "nothing is written")


ADDED = ['"SMTP Port"=dword:0000024b', '"SMTP Secure Connection"=dword:00000002', '"SMTP Use Auth"=dword:00000001',
         '"SMTP Use SSL"=dword:00000001']


@case("Outlook: written, and taken back to the byte; neighbours and types are untouched")
def _():
    outlook()
    allow()
    before = export()
    exit_code, (change,) = apply()
    check((exit_code, change["state"]) == (0, "done"), "done", change)
    after = export()
    check(all(line in account(after) for line in ADDED), "the values", account(after))
    check(account(before) == [line for line in account(after) if line not in ADDED], "no other value of it", account(after))
    check(before.split("\\00000002]")[1] == after.split("\\00000002]")[1], "the neighbour")
    check(before.split("\\00000001]")[0] == after.split("\\00000001]")[0], "the lists")
    (entry,) = entries().values()
    check(entry["state"] == "done" and [one["setting"] for one in entry["settings"]][0] == "SMTP Use SSL", "the journal", entry)
    answer = undo()
    check(answer.returncode == 0, "undone", answer.stdout)
    check(export() == before, "to the byte", difference(before, export()))
    check([entry["state"] for entry in entries().values()] == ["undone"], "the journal afterwards")


@case("Outlook: log on first becomes the log-on for receiving")
def _():
    values = '"SMTP Use Auth"=dword:00000001\n"SMTP Auth Method"=dword:00000002\n"SMTP Port"=dword:00000019\n'
    outlook(values + '"SMTP Secure Connection"=dword:00000000\n"SMTP Use SSL"=dword:00000000\n')
    allow()
    before = export()
    exit_code, (change,) = apply()
    check((exit_code, change["state"]) == (0, "done"), "done", change)
    gone, come = difference(before, export())
    check('"SMTP Auth Method"=dword:00000000' in come and '"SMTP Auth Method"=dword:00000002' in gone, "the method", come)
    check(undo().returncode == 0 and export() == before, "to the byte", difference(before, export()))


@case("Outlook: not while it runs, and not what a policy decides")
def _():
    outlook()
    allow()
    before = export()
    with running("OUTLOOK.EXE"):
        _, (change,) = apply()
        check(change["state"] == "refused" and codes(change) == ["running"], "running", change)
    # Another program of the user's is none.
    for root in ["HKLM", "HKCU"]:
        key = ACCOUNTS.replace(r"HKCU\Software", root + r"\Software\Policies") + r"\00000001"
        reg("add", key, "/v", "SMTP Use Auth", "/t", "REG_DWORD", "/d", "0", "/f")
        _, (change,) = apply()
        check(change["state"] == "refused" and codes(change) == ["set-elsewhere"], f"a policy of {root}", change)
        wine("reg", "delete", rf"{root}\Software\Policies\Microsoft", "/f")
    check(export() == before and not entries(), "nothing is written")


@case("Outlook: what was changed since it was shown stays")
def _():
    outlook()
    key = ACCOUNTS + r"\00000001"
    add = lambda kind, data: reg("add", key, "/v", "SMTP Port", "/t", kind, "/d", data, "/f")
    for kind, data, expected in [("REG_DWORD", "2525", "changed-meanwhile"), ("REG_SZ", "25", "unusual")]:
        before_port = lambda: add(kind, data)
        _, (change,) = at_terminal([], before_port)
        check(change["state"] == "refused" and codes(change) == [expected], kind, change)
        reg("delete", key, "/v", "SMTP Port", "/f")
    check(not entries(), "no record")
    exit_code, (change,) = at_terminal([], answer="s")
    check((exit_code, change["state"]) == (1, "skipped"), "skipped", change)


@case("Outlook: no key behind a link of the registry is written")
def _():
    outlook()
    allow()
    before = export()
    # The profile is moved away, and a link put in its place.
    profile = ACCOUNTS.rsplit("\\", 1)[0]
    elsewhere = r"HKCU\Software\Elsewhere"
    reg("copy", profile, elsewhere, "/s", "/f")
    reg("delete", profile, "/f")
    answer = run("scan", "--format", "json")
    sid = json.loads(answer.stdout.decode())["scan"]["users"][0]["sid"]
    link = helper("link.exe")
    made = wine(link, profile.removeprefix("HKCU\\"), rf"\Registry\User\{sid}\Software\Elsewhere")
    check(made.returncode == 0, "the link is made", made.stdout)
    try:
        _, (change,) = apply()
        check(change["state"] == "refused" and codes(change) == ["link"], "refused", change)
        text = reg("query", elsewhere, "/s")
        check("SMTP Port    REG_DWORD    0x24b" in text and text.count("SMTP Port") == 1 and not entries(), "nothing is written", text)
    finally:
        check(wine(link, profile.removeprefix("HKCU\\")).returncode == 0, "the link is removed")
        reg("delete", elsewhere, "/f")


@case("Outlook: unattended only with the administrator's word")
def _():
    outlook()
    before = export()
    _, (change,) = apply()
    check(change["state"] == "refused" and codes(change) == ["not-allowed"], "not allowed", change)
    reg("add", WORD, "/v", "AllowFix", "/t", "REG_SZ", "/d", "1", "/f")
    _, (change,) = apply()
    check(codes(change) == ["not-allowed"], "a text is no word", change)
    allow()
    reg("delete", ACCOUNTS + r"\00000001", "/v", "POP3 Password", "/f")
    _, (change,) = apply()
    check("password-needed" in codes(change), "a password would have to be typed", change)
    check(not [line for line in account(export()) if line not in account(before)] and not entries(), "nothing is written")
    outlook()
    exit_code, (change,) = apply()
    check((exit_code, change["state"]) == (0, "done"), "done", change)


@case("undo: what was changed since stays, and a record that somebody edited is not used")
def _():
    outlook()
    allow()
    apply()
    reg("add", ACCOUNTS + r"\00000001", "/v", "SMTP Port", "/t", "REG_DWORD", "/d", "465", "/f")
    after = export()
    answer = undo()
    check(answer.returncode == 1 and b"changed it since" in answer.stdout, "changed since", answer.stdout)
    reg("add", ACCOUNTS + r"\00000001", "/v", "SMTP Port", "/t", "REG_DWORD", "/d", "587", "/f")
    ((path, entry),) = entries().items()
    whole = path.read_text()
    entry["settings"][0]["old"] = "0"
    path.write_text(json.dumps(entry))
    answer = undo()
    check(answer.returncode == 1 and b"not as it was written" in answer.stdout, "edited", answer.stdout)
    check(export() == after.replace('"SMTP Port"=dword:000001d1', '"SMTP Port"=dword:0000024b'), "nothing is written")
    path.write_text(whole)
    check(undo().returncode == 0, "the whole one is used")


def killed_at(number):
    """Ends the program when it says that it has set so many values: every line of Wine's log waits until it is read."""
    read, write = os.pipe2(os.O_DIRECT)
    # Room for one line.
    fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, 4096)
    command = ["wine", str(PROGRAM), "fix", "--policy", r"C:\policy.toml", "--apply", "--yes", "--unverified", "--quiet"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=write,
                               env={**os.environ, "WINEDEBUG": "+reg"})
    os.close(write)
    seen = 0
    while seen < number and (line := os.read(read, 65536)):
        seen += line.count(b"NtSetValueKey") if b'SMTP ' in line else 0
    process.send_signal(signal.SIGKILL)
    process.wait()
    os.close(read)
    return seen == number


@case("Outlook: ended between two values, undo restores each")
def _():
    outlook()
    allow()
    before = export()
    between = 0
    for number in range(1, len(ADDED) + 1):
        check(killed_at(number), f"{number} values were set")
        written = [line for line in ADDED if line in account(export())]
        between += 0 < len(written) < len(ADDED)
        _, changes = apply()
        # Where all were, there is nothing left to change; where none was, the change is made.
        stopped = [codes(change) for change in changes] == [["unfinished"]]
        check(stopped or not written or written == ADDED and not changes, "first it has to be taken back", changes)
        answer = undo()
        check(answer.returncode == 0 and export() == before, f"restored after {number}: {written}", answer.stdout)
    check(between >= 2, "some were ended between two values", between)


MAIL = HOME / "AppData/Local/Microsoft/Windows Live Mail/Example (taro)/account{0F9E8D7C-6B5A-4948-8372-615049382716}.oeaccount"


def live_mail(*lines):
    text = ['<?xml version="1.0" encoding="utf-16" ?>', "<MessageAccount>", '    <Account_Name type="SZ">会社 &amp; 自宅</Account_Name>',
            '    <Connection_Type type="DWORD">00000003</Connection_Type>', '    <POP3_Server type="SZ">pop.example.jp</POP3_Server>',
            '    <POP3_User_Name type="SZ">taro</POP3_User_Name>', f'    <POP3_Password2 type="BINARY">{CANARY.encode().hex()}</POP3_Password2>',
            '    <SMTP_Server type="SZ">mail.example.jp</SMTP_Server>', '    <SMTP_Email_Address type="SZ">taro@example.jp</SMTP_Email_Address>',
            *lines, "</MessageAccount>", ""]
    MAIL.parent.mkdir(parents=True, exist_ok=True)
    MAIL.write_bytes(b"\xff\xfe" + "\r\n".join(text).encode("utf-16-le"))
    return MAIL.read_bytes()


@case("Windows Live Mail: written, and taken back to the byte")
def _():
    allow()
    for lines in [[], ['    <SMTP_Port type="DWORD">19</SMTP_Port>', '    <SMTP_Use_Sicily type="DWORD">00000000</SMTP_Use_Sicily>']]:
        before = live_mail(*lines)
        _, (change,) = fix()
        check(codes(change) == ["not-tried"], "the plan", change)
        exit_code, (change,) = apply()
        check((exit_code, change["state"]) == (0, "done"), "done", change)
        after = MAIL.read_bytes()
        one, other = [data[2:].decode("utf-16-le") for data in (before, after)]
        for name, value in [("SMTP_Port", "0000024b"), ("SMTP_Secure_Connection", "00000001"), ("SMTP_Use_Sicily", "00000002")]:
            check(f'    <{name} type="DWORD">{value}</{name}>\r\n' in other, name, other)
        check([line for line in one.split("\r\n") if "SMTP_Port" not in line and "Sicily" not in line] ==
              [line for line in other.split("\r\n") if not any(name in line for name in ["SMTP_Port", "Sicily", "SMTP_Secure"])],
              "nothing else", other)
        check([path.name for path in MAIL.parent.iterdir()] == [MAIL.name], "no file is left")
        answer = undo()
        check(answer.returncode == 0 and MAIL.read_bytes() == before, "to the byte", answer.stdout)


@case("Windows Live Mail: not while it runs, not read-only, not with a second name")
def _():
    allow()
    before = live_mail()
    for name in ["wlmail.exe", "WLCOMM.EXE"]:
        with running(name):
            _, (change,) = apply()
            check(codes(change) == ["running"], name, change)
    os.link(MAIL, DRIVE_C / "second")
    _, (change,) = apply()
    check(codes(change) == ["file"], "a hard link", change)
    (DRIVE_C / "second").unlink()
    wine("attrib", "+r", "C:" + str(MAIL).split("drive_c")[1].replace("/", "\\"))
    _, (change,) = apply()
    check(codes(change) == ["file"], "read-only", change)
    MAIL.chmod(0o644)
    left = MAIL.with_name(f".{MAIL.name}.smtp-auth-audit-new")
    left.write_bytes(before[:100])
    check(MAIL.read_bytes() == before and not entries(), "nothing is written")
    exit_code, (change,) = apply()
    check((exit_code, change["state"]) == (0, "done") and not left.exists(), "what a run left is removed", change)


PREFS = HOME / "AppData/Roaming/Thunderbird/Profiles/p/prefs.js"


def thunderbird():
    PREFS.parent.mkdir(parents=True, exist_ok=True)
    (PREFS.parents[2] / "profiles.ini").write_text("[Profile0]\nName=default\nIsRelative=1\nPath=Profiles/p\nDefault=1\n")
    (PREFS.parent / "compatibility.ini").write_text("[Compatibility]\nLastVersion=140.0_20250101/20250101\n")
    lines = ["// Mozilla User Preferences", "", f'user_pref("a.password", "{CANARY}");',
             'user_pref("mail.account.account1.identities", "id1");', 'user_pref("mail.account.account1.server", "server1");',
             'user_pref("mail.accountmanager.accounts", "account1");', 'user_pref("mail.identity.id1.smtpServer", "smtp1");',
             'user_pref("mail.identity.id1.useremail", "taro@example.jp");', 'user_pref("mail.server.server1.hostname", "pop.example.jp");',
             'user_pref("mail.server.server1.type", "pop3");', 'user_pref("mail.server.server1.userName", "taro");',
             'user_pref("mail.smtpserver.smtp1.authMethod", 1);', 'user_pref("mail.smtpserver.smtp1.hostname", "mail.example.jp");',
             'user_pref("mail.smtpserver.smtp1.port", 25);', 'user_pref("mail.smtpserver.smtp1.username", "taro");',
             'user_pref("mail.smtpservers", "smtp1");', ""]
    PREFS.write_bytes("\r\n".join(lines).encode())
    return PREFS.read_bytes()


@case("Thunderbird: written by whoever is at the screen, and taken back to the byte; not while it runs")
def _():
    before = thunderbird()
    allow()
    _, (change,) = fix()
    check(codes(change) == ["not-tried"], "the plan", change)
    _, (change,) = apply()
    check(codes(change) == ["password-needed"], "unattended", change)
    with running("THUNDERBIRD.exe"):
        _, (change,) = at_terminal(["--yes"])
        check(codes(change) == ["running"], "its process", change)
    lock = PREFS.with_name("parent.lock")
    with running("other.exe", "C:" + str(lock).split("drive_c")[1].replace("/", "\\")):
        _, (change,) = at_terminal(["--yes"])
        check(codes(change) == ["running"], "its lock", change)
    lock.unlink(missing_ok=True)
    check(PREFS.read_bytes() == before, "nothing is written")
    exit_code, (change,) = at_terminal(["--yes"])
    check((exit_code, change["state"]) == (0, "done"), "done", change)
    after = PREFS.read_bytes()
    check(b'smtp1.authMethod", 3);\r\n' in after and b'smtp1.port", 587);\r\n' in after and b'smtp1.try_ssl", 2);\r\n' in after, "the values", after)
    check(not lock.exists(), "the lock is gone")
    answer = undo()
    check(answer.returncode == 0 and PREFS.read_bytes() == before, "to the byte", answer.stdout)


@case("a file and an export that PATH names are planned only")
def _():
    outlook()
    text = export()
    source = DRIVE_C / "given.reg"
    source.write_text(text, encoding="utf-16")
    _, changes = fix("--unverified", r"C:\given.reg")
    check(changes and all("not-live" in codes(change) for change in changes), "an export", changes)
    check(run("fix", r"C:\given.reg", "--apply", "--yes").returncode == 2, "--apply is none of a PATH's")
    source.unlink()


print(f"{len(passed)} passed, {len(failed)} failed")
sys.exit(1 if failed else 0)
