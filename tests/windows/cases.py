#!/usr/bin/env python3
"""The Windows program under Wine, against a registry that Wine's own `reg` filled and reads back. Called by `run`.

What Wine can't show (a real SYSTEM account, elevation, Entra SIDs, consoles in other code pages) is listed in
docs/windows.md with the check to do on a real PC.
"""

import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = PROJECT / "target/windows/smtp-auth-audit.exe"
DRIVE_C = pathlib.Path(os.environ["WINEPREFIX"]) / "drive_c"
OFFICE = "C:\\Program Files\\Microsoft Office\\Office16\\"
CANARY = "KANARIA-9d41-secret"
PERSON = "S-1-5-21-1004336348-1177238915-682003330-"

passed = []
failed = []
faults = []


def wine(*arguments, **options):
    return subprocess.run(["wine", *map(str, arguments)], capture_output=True, timeout=120, **options)


def run(*arguments):
    answer = wine(PROGRAM, *arguments)
    for form in [CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.encode().hex().encode()]:
        check(form not in answer.stdout + answer.stderr, f"no password in the output of {arguments}")
    return answer


def scan(*arguments):
    answer = run("scan", "--format", "json", *arguments)
    return answer.returncode, json.loads(answer.stdout.decode())


def reg(*arguments):
    answer = wine("reg", *arguments)
    if answer.returncode != 0:
        raise RuntimeError(f"reg {arguments}: {answer.stderr.decode(errors='replace')}")
    return answer.stdout.decode("utf-8", errors="replace")


def check(condition, what, detail=""):
    if not condition:
        faults.append(what)
        print(f"  FAILED: {what} {detail}", file=sys.stderr)


def case(name):
    def run_case(function):
        start = time.monotonic()
        # Wine now and then refuses to take a key away while its server is busy; what fails twice is a fault.
        for attempt in ["first", "second"]:
            before = len(faults)
            try:
                clean_user()
                function()
            except Exception as error:  # the other cases still run
                check(False, type(error).__name__, str(error))
            is_ok = len(faults) == before
            if is_ok:
                break
            print(f"  the {attempt} try of {name} failed", flush=True)
            for folder in [DRIVE_C / "Becky!", DRIVE_C / "mail", DRIVE_C / "collected"]:
                shutil.rmtree(folder, ignore_errors=True)
        (passed if is_ok else failed).append(name)
        print(f"{'ok' if is_ok else 'FAILED'}: {name} ({time.monotonic() - start:.1f} s)", flush=True)

    return run_case


def import_reg(path):
    reg("import", path)


def write_reg(path, body):
    path.write_text("Windows Registry Editor Version 5.00\r\n\r\n" + body.replace("\n", "\r\n"), encoding="utf-16")


def clean_user():
    """Takes away what cases put into the user's registry, and sees that it is gone."""
    keys = [rf"HKCU\Software\Microsoft\{name}" for name in
            ["Office", "Windows NT", "Windows Messaging Subsystem", "Internet Account Manager", "Windows Live Mail",
             "Windows Mail", "ActiveSync"]] + [r"HKCU\Identities", r"HKCU\Software\RimArts"]
    for key in keys:
        for _ in range(10):
            if wine("reg", "query", key).returncode != 0:
                break
            wine("reg", "delete", key, "/f")
            time.sleep(0.1)
        else:
            raise RuntimeError(f"{key} can't be deleted")


def comparable(report):
    """Findings without what the kind of source decides."""
    findings = []
    for finding in report["findings"]:
        finding = dict(finding)
        for key in ["source", "user_sid", "computer"]:
            finding.pop(key)
        findings.append(finding)
    return findings


def machine_text():
    """What detectors ask the live machine, for the two offline forms."""
    query = reg("query", r"HKLM\Software\Microsoft\Windows NT\CurrentVersion", "/v", "CurrentVersion")
    version = query.split("REG_SZ")[1].split()[0]
    root = "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft"
    office = OFFICE.replace("\\", "\\\\")
    return (
        "Windows Registry Editor Version 5.00\n\n"
        f'{root}\\Windows\\CurrentVersion]\n"ProgramFilesDir"="C:\\\\Program Files"\n\n'
        f'{root}\\Windows NT\\CurrentVersion]\n"CurrentVersion"="{version}"\n\n'
        f'{root}\\Office\\16.0\\Outlook\\InstallRoot]\n"Path"="{office}"\n'
    )


def make_hive(text, target):
    source = target.with_suffix(".source.reg")
    source.write_text(text, encoding="utf-8")
    subprocess.run([PROJECT / "tests/make-hives.sh", source, target], check=True, stderr=subprocess.DEVNULL)
    source.unlink()


def three_sources(fixture):
    """The same data in the live registry, as a .reg export and as a hive."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        home = folder / "export" / os.environ.get("USER", "root")
        disk = folder / "disk"
        user = disk / "Users" / home.name
        home.mkdir(parents=True)
        user.mkdir(parents=True)
        (disk / "Windows/System32/config").mkdir(parents=True)
        shutil.copy(fixture, home / "user.reg")
        import_reg(fixture)
        machine = machine_text()
        (home / "machine.reg").write_text(machine, encoding="utf-16")
        text = fixture.read_bytes()
        make_hive(text.decode("utf-16"), user / "NTUSER.DAT")
        software = machine.replace("[HKEY_LOCAL_MACHINE\\SOFTWARE", "[HKEY_CURRENT_USER")
        make_hive(software, disk / "Windows/System32/config/SOFTWARE")
        live_exit, live = scan()
        export_exit, export = scan(folder / "export")
        hive_exit, hive = scan(disk)
        check(live["findings"], "the live scan finds accounts")
        check(comparable(live) == comparable(export), "live = export", difference(live, export))
        check(comparable(live) == comparable(hive), "live = hive", difference(live, hive))
        check(live_exit == export_exit == hive_exit, "exit codes", f"{live_exit} {export_exit} {hive_exit}")
        clean_user()


def difference(a, b):
    for one, other in zip(comparable(a), comparable(b)):
        for key in one:
            if one[key] != other[key]:
                return f"{key}: {one[key]} / {other[key]}"
    return f"{len(a['findings'])} / {len(b['findings'])} findings"


def install_office():
    reg("add", r"HKLM\Software\Microsoft\Office\16.0\Outlook\InstallRoot", "/v", "Path", "/d", OFFICE, "/f")


clean_user()
install_office()
HOME_NAME = os.environ.get("USER", "root")

# The three sources take several programs each: a choice that has every form of value. Exports in the old format are no
# matter of Wine, whose code page is not Japanese.
for client, cases in [
    ("outlook", ["log-on-first", "no-auth-2010", "own-login-imap", "managed-kinds", "several-profiles",
                 "values-not-understood", "upgraded-two-roots", "box-not-ticked"]),
    ("outlook-express", ["several-identities", "spa-and-tls", "unclear-values", "same-account-other-settings"]),
    ("windows-10-mail", ["two-accounts", "no-values"]),
]:
    for name in cases:
        fixture, = PROJECT.glob(f"fixtures/{client}/{name}/home/*/*.reg")
        case(f"three sources: {client}, {name}")(lambda: three_sources(fixture))


@case("the witness: Wine's reg reads what the program reports")
def _():
    import_reg(PROJECT / "fixtures/outlook/log-on-first/home/taro/outlook.reg")
    _, report = scan()
    evidence = {e["setting"]: e["value"] for e in report["findings"][0]["evidence"]}
    key = report["findings"][0]["source"]
    query = reg("query", key)
    check("SMTP Auth Method    REG_DWORD    0x2" in query, "reg query shows the method", query)
    check(evidence["SMTP Auth Method"] == "2" and evidence["SMTP Port"] is None, "evidence", str(evidence))
    check("SMTP Port" not in query, "the port is absent")
    check(report["scan"]["scope"] == "user" and report["scan"]["os"] == "windows", "scan facts")
    check(report["scan"]["users"][0]["sid"].startswith("S-1-5-21-"), "the user's SID")


@case("the computer's name is the one that a scan of its disk tells, not the host name")
def _():
    key = r"HKLM\System\CurrentControlSet\Control\ComputerName\ComputerName"
    before = reg("query", key, "/v", "ComputerName").split("REG_SZ")[1].strip()
    try:
        reg("add", key, "/v", "ComputerName", "/d", "PC-0421", "/f")
        _, report = scan()
        check((report["computer"], report["scan"]["host"]) == ("PC-0421", "PC-0421"), "the name", str(report["computer"]))
    finally:
        reg("add", key, "/v", "ComputerName", "/d", before, "/f")


@case("exit codes, --output and redirected output")
def _():
    import_reg(PROJECT / "fixtures/outlook/log-on-first/home/taro/outlook.reg")
    check(run("scan").returncode == 1, "1 for a change")
    check(run("scan", "--exit-zero").returncode == 0, "--exit-zero")
    check(run("--frmat", "json").returncode == 2, "2 for wrong usage")
    target = DRIVE_C / "report.json"
    answer = run("scan", "--format", "json", "--output", r"C:\report.json", "--quiet")
    check(answer.stdout == b"" and answer.stderr == b"", "nothing beside the file")
    check(json.loads(target.read_text(encoding="utf-8"))["summary"]["findings"] == 1, "the file is UTF-8")
    with tempfile.TemporaryFile() as file:
        subprocess.run(["wine", str(PROGRAM), "scan", "--lang", "ja"], stdout=file, stderr=subprocess.DEVNULL, check=False)
        file.seek(0)
        check("要変更".encode() in file.read(), "redirected into a file: UTF-8")
    clean_user()


@case("a pipe out of a Japanese console: text in its code page, JSON in ASCII")
def _():
    fixture = str(PROJECT / "fixtures/outlook/log-on-first/home").replace("/", "\\")
    program = str(PROGRAM).replace("/", "\\")
    command = DRIVE_C / "pipe.cmd"
    for options, name in [("--lang ja", "text"), ("--format json", "json")]:
        command.write_text(f"@chcp 932 >nul\r\n@Z:{program} scan Z:{fixture} {options}\r\n")
        target = DRIVE_C / name
        # A console needs a terminal; `script` gives one.
        subprocess.run(["script", "-qec", f"wine cmd /c 'C:\\pipe.cmd' | cat > '{target}'", "/dev/null"],
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=120, check=False)
    check("要変更".encode("cp932") in (DRIVE_C / "text").read_bytes(), "the table in CP932")
    content = (DRIVE_C / "json").read_bytes()
    check(content.isascii() and "要変更" in json.loads(content)["findings"][0]["verdict_text"]["ja"], "ASCII JSON")


@case("store roots with variables, Japanese names")
def _():
    home = DRIVE_C / "users" / HOME_NAME
    store = home / "メール保存"
    (store / "Example").mkdir(parents=True, exist_ok=True)
    source = next(PROJECT.glob("fixtures/demo/office-pc/Users/hanako/AppData/Local/Microsoft/Windows Live Mail/Example*/*"))
    shutil.copy(source, store / "Example")
    reg("add", r"HKCU\Software\Microsoft\Windows Live Mail", "/v", "Store Root", "/t", "REG_EXPAND_SZ", "/d",
        r"%USERPROFILE%\メール保存" + "\\", "/f")
    _, report = scan("--client", "windows-live-mail")
    check([f["account"] for f in report["findings"]] == ["hanako@example.jp"], "found", json.dumps(report["issues"]))
    shutil.rmtree(store)
    clean_user()


@case("Becky! in a folder that the registry names")
def _():
    data = DRIVE_C / "Becky!" / HOME_NAME / "1a2b3c4d.mb"
    data.mkdir(parents=True)
    source = next(PROJECT.glob("fixtures/demo/office-pc/Users/hanako/Documents/Becky/1a2b3c4d.mb/Mailbox.ini"))
    shutil.copy(source, data)
    _, report = scan("--client", "becky")
    check([f["account"] for f in report["findings"]] == ["お店"], "by its usual folder", json.dumps(report["issues"]))
    reg("add", r"HKCU\Software\RimArts\B2\Settings", "/v", "DataDir", "/d", rf"C:\Becky!\{HOME_NAME}", "/f")
    _, report = scan("--client", "becky")
    check([f["verdict"] for f in report["findings"]] == ["pop-before-smtp"], "by DataDir, once")
    shutil.rmtree(DRIVE_C / "Becky!")
    clean_user()


@case("every user of the PC: loaded, not loaded, gone")
def _():
    profiles = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\ProfileList"
    for number, name in [(1001, "taro"), (1002, "hanako"), (1003, "gone"), (1004, "loaded but gone")]:
        reg("add", rf"{profiles}\{PERSON}{number}", "/v", "ProfileImagePath", "/d", rf"C:\users\{name}", "/f")
    reg("add", rf"{profiles}\{PERSON}1001.bak", "/v", "ProfileImagePath", "/d", r"C:\users\taro", "/f")
    reg("add", rf"{profiles}\S-1-5-20", "/v", "ProfileImagePath", "/d", r"C:\users\service", "/f")
    for name in ["taro", "hanako"]:
        (DRIVE_C / "users" / name).mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        loaded = pathlib.Path(folder) / "loaded.reg"
        text = (PROJECT / "fixtures/outlook/log-on-first/home/taro/outlook.reg").read_bytes().decode("utf-16")
        loaded.write_text(text.replace("HKEY_CURRENT_USER", f"HKEY_USERS\\{PERSON}1001"), encoding="utf-16")
        import_reg(loaded)
    shutil.copy(PROJECT / "fixtures/demo/office-pc/Users/taro/NTUSER.DAT", DRIVE_C / "users/hanako/NTUSER.DAT")
    exit_code, report = scan("--all-users")
    users = {user["name"]: user["status"] for user in report["scan"]["users"]}
    check(users.get("taro") == "read" and users.get("hanako") == "read", "read", str(users))
    check(users.get("gone") == "not-read", "a profile without its folder is told", str(users))
    check("service" not in users, "services are no people", str(users))
    check(report["scan"]["scope"] == "all-users" and exit_code == 1, "scope and exit code")
    found = sorted((f["user"], f["verdict"]) for f in report["findings"] if f["user"] in {"taro", "hanako"})
    check(("taro", "pop-before-smtp") in found, "the loaded key", str(found))
    check(("hanako", "pop-before-smtp") in found and len(found) == 5, "the hive file", str(found))
    sids = {f["user"]: f["user_sid"] for f in report["findings"]}
    check(sids.get("hanako") == f"{PERSON}1002", "SIDs", str(sids))
    for number in range(1001, 1005):
        wine("reg", "delete", rf"{profiles}\{PERSON}{number}", "/f")
    wine("reg", "delete", rf"{profiles}\{PERSON}1001.bak", "/f")
    wine("reg", "delete", rf"HKU\{PERSON}1001", "/f")


@case("a mapped drive and a share are not followed for others")
def _():
    profiles = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\ProfileList"
    reg("add", rf"{profiles}\{PERSON}1001", "/v", "ProfileImagePath", "/d", r"C:\users\taro", "/f")
    for path in [r"\\server\share\Becky", r"Q:\Becky", r"\\?\C:\Becky"]:
        reg("add", rf"HKU\{PERSON}1001\Software\RimArts\B2\Settings", "/v", "DataDir", "/d", path, "/f")
        start = time.monotonic()
        _, report = scan("--all-users", "--client", "becky")
        kinds = [issue["kind"] for issue in report["issues"] if issue["user"] == "taro"]
        check(kinds == ["outside"], path, str(report["issues"]))
        check(time.monotonic() - start < 20, f"{path} is not waited for")
    wine("reg", "delete", rf"HKU\{PERSON}1001", "/f")
    wine("reg", "delete", rf"{profiles}\{PERSON}1001", "/f")


@case("the commands of docs/old-pcs.md gather what the scan reads")
def _():
    import_reg(PROJECT / "fixtures/outlook/no-auth-2010/home/taro/outlook.reg")
    reg("add", r"HKCU\Software\RimArts\B2\Settings", "/v", "DataDir", "/d", rf"C:\Becky!\{HOME_NAME}", "/f")
    home = DRIVE_C / "users" / HOME_NAME
    demo = PROJECT / "fixtures/demo/office-pc/Users"
    shutil.copytree(demo / "jiro/AppData/Roaming/Thunderbird", home / "AppData/Roaming/Thunderbird", dirs_exist_ok=True)
    mail = "AppData/Local/Microsoft/Windows Live Mail"
    shutil.copytree(demo / "hanako" / mail, home / mail, dirs_exist_ok=True)
    shutil.copytree(demo / "hanako/Documents/Becky", DRIVE_C / "Becky!" / HOME_NAME, dirs_exist_ok=True)
    text = (PROJECT / "docs/old-pcs.md").read_text(encoding="utf-8")
    commands = text.split("<!-- commands -->\n```bat\n")[1].split("```")[0].replace("E:\\", "C:\\")
    (DRIVE_C / "copy-mail.cmd").write_text(commands.replace("\n", "\r\n"))
    wine("cmd", "/c", r"C:\copy-mail.cmd", env={**os.environ, "USERNAME": HOME_NAME})
    _, live = scan()
    _, copied = scan(r"C:\mail")
    key = lambda f: (f["client"], f["account"], f["verdict"], json.dumps(f["outgoing"]))
    check(sorted(map(key, live["findings"])) == sorted(map(key, copied["findings"])), "the same accounts",
          f"{sorted(map(key, live['findings']))} / {sorted(map(key, copied['findings']))}")
    check(len(copied["findings"]) >= 6, "all clients", str(len(copied["findings"])))
    for folder in [DRIVE_C / "mail", DRIVE_C / "Becky!", home / "AppData/Roaming/Thunderbird", home / mail]:
        shutil.rmtree(folder, ignore_errors=True)
    clean_user()


@case("what collect writes gives what the live scan gave")
def _():
    import_reg(PROJECT / "fixtures/outlook/several-profiles/home/taro/outlook.reg")
    data = DRIVE_C / "Becky!" / HOME_NAME
    shutil.copytree(PROJECT / "fixtures/demo/office-pc/Users/hanako/Documents/Becky", data)
    reg("add", r"HKCU\Software\RimArts\B2\Settings", "/v", "DataDir", "/d", rf"C:\Becky!\{HOME_NAME}", "/f")
    _, live = scan()
    answer = run("collect", r"C:\collected")
    check(answer.returncode == 0, "collected", answer.stderr.decode(errors="replace"))
    _, collected = scan(r"C:\collected")
    plain = lambda report: [{key: value for key, value in finding.items() if key not in {"evidence", "steps", "notes"}}
                            for finding in comparable(report)]
    check(len(live["findings"]) >= 6 and plain(live) == plain(collected), "the same findings", difference(live, collected))
    for form in [CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.encode().hex(",").encode("utf-16-le")]:
        for path in (DRIVE_C / "collected").rglob("*"):
            check(not path.is_file() or form not in path.read_bytes(), "no password", str(path))
    shutil.rmtree(DRIVE_C / "collected")
    shutil.rmtree(DRIVE_C / "Becky!")
    clean_user()


def certificate(folder):
    """For localhost, of its own making."""
    names = [folder / "key.pem", folder / "certificate.pem"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", names[0], "-out", names[1]], check=True, capture_output=True)
    return names


def mail_server(folder, heard):
    """Offers AUTH only after STARTTLS; its port."""
    key, public = certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, key)
    listener = socket.create_server(("127.0.0.1", 0))

    def talk(stream):
        stream.sendall(b"220 mail\r\n")
        offer = b"250-mail\r\n250 STARTTLS\r\n"
        while line := stream.recv(1000).decode("latin-1").strip():
            heard.append(line)
            if line.startswith("EHLO"):
                stream.sendall(offer)
            elif line == "STARTTLS":
                stream.sendall(b"220 go\r\n")
                stream, offer = context.wrap_socket(stream, server_side=True), b"250-mail\r\n250 AUTH PLAIN LOGIN\r\n"
            else:
                stream.sendall(b"221 bye\r\n")

    def guests():
        while True:
            stream, _ = listener.accept()
            try:
                talk(stream)
            except OSError:
                pass
            stream.close()

    threading.Thread(target=guests, daemon=True).start()
    return listener.getsockname()[1]


@case("a server is asked what it offers, by the roots of the system or those that are named")
def _():
    with tempfile.TemporaryDirectory() as name:
        folder, heard = pathlib.Path(name), []
        port = mail_server(folder, heard)

        def ask(roots):
            answer = wine(PROGRAM, "probe", f"smtp://localhost:{port}", "--format", "json", env={**os.environ, **roots})
            found = json.loads(answer.stdout.decode())["probes"][0]["ports"][0]
            check(found["clear"]["auth"] == [] and found["within_tls"]["auth"] == ["PLAIN", "LOGIN"], "AUTH only after STARTTLS", found)
            return answer.returncode, found["tls"]["certificate"]["faults"]

        answer = ask({})
        check(answer == (1, ["self-signed"]), "the roots of the system", answer)
        answer = ask({"SSL_CERT_FILE": f"Z:{folder}/certificate.pem"})
        check(answer == (0, []), "the roots that are named", answer)
        check({line.split(" ")[0] for line in heard} <= {"EHLO", "STARTTLS", "QUIT"}, "nobody logged on", heard)


def times(count, *arguments):
    measured = []
    for _ in range(count):
        start = time.monotonic()
        wine(PROGRAM, *arguments)
        measured.append(time.monotonic() - start)
    return sorted(measured)[count // 2] * 1000


import_reg(PROJECT / "fixtures/outlook/log-on-first/home/taro/outlook.reg")
print(f"start and end: {times(9, '--version'):.0f} ms, scan of one user: {times(9, 'scan'):.0f} ms (medians, under Wine)")
print(f"{len(passed)} passed, {len(failed)} failed")
sys.exit(1 if failed else 0)
