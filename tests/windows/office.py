"""What the cases of `fixes.py` are made of: the program, somebody at its screen, Wine's own `reg`, accounts, and programs that
only run."""

import json
import os
import pathlib
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = PROJECT / "target/windows/smtp-auth-audit.exe"
DRIVE_C = pathlib.Path(os.environ["WINEPREFIX"]) / "drive_c"
HOME = DRIVE_C / "users" / os.environ.get("USER", "root")
JOURNAL = HOME / "AppData/Local/smtp-auth-audit/changes"
CANARY = "KANARIA-9d41-secret"
OFFICE = r"HKCU\Software\Microsoft\Office"
ACCOUNTS = rf"{OFFICE}\16.0\Outlook\Profiles\Outlook\9375CFF0413111d3B88A00104B2A6676"
WORD = r"HKLM\Software\Policies\smtp-auth-audit"
POLICY = DRIVE_C / "policy.toml"
LONGEST = 90

passed, failed, faults = [], [], []
folder = tempfile.TemporaryDirectory()
SCRATCH = pathlib.Path(folder.name)


def check(condition, what, detail=""):
    if not condition:
        faults.append(what)
        print(f"  FAILED: {what} {detail}", file=sys.stderr)


def wine(*arguments, **options):
    return subprocess.run(["wine", *map(str, arguments)], capture_output=True, timeout=120, stdin=subprocess.DEVNULL, **options)


def no_canary(data):
    for form in [CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.encode().hex().encode()]:
        check(form not in data, "no password in the output")


def run(*arguments):
    answer = wine(PROGRAM, *arguments)
    no_canary(answer.stdout + answer.stderr)
    return answer


def fix(*arguments):
    """The changes that it shows or makes."""
    answer = run("fix", "--policy", r"C:\policy.toml", "--format", "json", *arguments)
    try:
        return answer.returncode, json.loads(answer.stdout.decode())["changes"]
    except ValueError:
        raise RuntimeError(answer.stderr.decode(errors="replace")) from None


def apply(*arguments):
    return fix("--apply", "--yes", "--unverified", *arguments)


def undo(*arguments):
    return run("undo", "--policy", r"C:\policy.toml", "--lang", "en", *arguments)


def at_terminal(arguments, before_answer=None, answer="c"):
    """With somebody at the screen, who answers when everything is shown; the changes."""
    master, slave = pty.openpty()
    command = ["wine", str(PROGRAM), "fix", "--policy", r"C:\policy.toml", "--format", "json", "--apply", "--unverified", "--lang", "en", *arguments]
    process = subprocess.Popen(command, stdin=slave, stderr=slave, stdout=subprocess.PIPE)
    os.close(slave)
    said, stdout, asked = b"", b"", "--yes" not in arguments
    end, heard = time.monotonic() + LONGEST, [master, process.stdout]
    while time.monotonic() < end:
        ready, _, _ = select.select(heard, [], [], 1)
        if master in ready:
            try:
                said += os.read(master, 4096)
            except OSError:  # nobody has the other end any more
                heard.remove(master)
        if process.stdout in ready:
            piece = os.read(process.stdout.fileno(), 4096)
            stdout += piece
            # The console may outlive the program.
            if not piece:
                break
        if asked and b"q: quit" in said:
            asked = False
            if before_answer:
                before_answer()
            # Only when the console waits for keys it takes them as they are.
            time.sleep(2)
            os.write(master, f"{answer}\r".encode())
    else:
        process.kill()
        raise RuntimeError(f"no end: {said!r} {stdout!r}")
    process.wait(LONGEST)
    os.close(master)
    no_canary(said + stdout)
    return process.returncode, json.loads(stdout.decode())["changes"]


def codes(change):
    return [obstacle["code"] for obstacle in change["obstacles"]]


def reg(*arguments):
    answer = wine("reg", *arguments)
    for _ in range(3):
        if answer.returncode == 0:
            break
        # Wine may not start a program in the moment in which another is killed.
        time.sleep(1)
        answer = wine("reg", *arguments)
    if answer.returncode != 0:
        raise RuntimeError(f"reg {arguments}: {answer.stderr.decode(errors='replace')}")
    return answer.stdout.decode("utf-8", errors="replace")


def export():
    """All of Office's keys, as Wine's own `reg` writes them."""
    target = SCRATCH / "export.reg"
    target.unlink(missing_ok=True)
    reg("export", OFFICE, target, "/y")
    return target.read_bytes().decode("utf-16")


def import_reg(text):
    source = SCRATCH / "import.reg"
    source.write_text("Windows Registry Editor Version 5.00\r\n\r\n" + text.replace("\n", "\r\n"), encoding="utf-16")
    reg("import", source)


def in_bytes(text, form="utf-16-le"):
    return ",".join(f"{byte:02x}" for byte in (text + "\0").encode(form))


def outlook(values=""):
    """Two accounts: one without SMTP-AUTH, and a neighbour in the form of older versions, with values of every type."""
    section = "[" + ACCOUNTS.replace("HKCU", "HKEY_CURRENT_USER")
    import_reg(f"""{section}]
"{{ED475418-B0D6-11D2-8C3B-00104B2A6676}}"=hex:01,00,00,00,02,00,00,00
"NextAccountID"=dword:00000003
"LastChangeVer"=hex:0f,00,00,00,00,00,00,00

{section}\\00000001]
"clsid"="{{ED475411-B0D6-11D2-8C3B-00104B2A6676}}"
"Account Name"="taro@example.jp"
"Email"="taro@example.jp"
"POP3 Server"="pop.example.jp"
"POP3 User"="taro"
"POP3 Password"=hex:02,{in_bytes(CANARY)}
"SMTP Server"="mail.example.jp"
"Leave on Server"=dword:000e0003
{values}
{section}\\00000002]
"clsid"="{{ED475411-B0D6-11D2-8C3B-00104B2A6676}}"
"Account Name"=hex:{in_bytes("会社")}
"Email"=hex:{in_bytes("hanako@example.jp")}
"POP3 Server"=hex:{in_bytes("pop.example.jp")}
"POP3 User"=hex:{in_bytes("hanako")}
"POP3 Password"=hex:02,{in_bytes(CANARY)}
"SMTP Server"=hex:{in_bytes("mail.example.jp")}
"SMTP Port"=dword:0000024b
"SMTP Use Auth"=dword:00000001
"SMTP Secure Connection"=dword:00000003
"SMTP Use SSL"=dword:00000001
"Odd"=hex(b):01,00,00,00,00,00,00,00
"Expanded"=hex(2):{in_bytes("%USERPROFILE%")}
"Several"=hex(7):{in_bytes("a")},{in_bytes("")}
""")


def clean():
    for key in [OFFICE, r"HKCU\Software\Microsoft\Windows Live Mail", r"HKLM\Software\Policies\Microsoft", WORD,
                r"HKCU\Software\Policies\Microsoft"]:
        for _ in range(10):
            if wine("reg", "query", key).returncode != 0:
                break
            wine("reg", "delete", key, "/f")
            time.sleep(0.1)
    shutil.rmtree(JOURNAL.parent, ignore_errors=True)
    shutil.rmtree(HOME / "AppData/Roaming/Thunderbird", ignore_errors=True)
    shutil.rmtree(HOME / "AppData/Local/Microsoft/Windows Live Mail", ignore_errors=True)


def allow():
    """The administrator's word."""
    reg("add", WORD, "/v", "AllowFix", "/t", "REG_DWORD", "/d", "1", "/f")


chosen = sys.argv[1:]


def case(name):
    def run_case(function):
        if chosen and not any(word in name for word in chosen):
            return
        start, before = time.monotonic(), len(faults)
        try:
            clean()
            function()
        except Exception as error:  # the other cases still run
            check(False, type(error).__name__, str(error))
        is_ok = len(faults) == before
        (passed if is_ok else failed).append(name)
        print(f"{'ok' if is_ok else 'FAILED'}: {name} ({time.monotonic() - start:.1f} s)", flush=True)

    return run_case


def difference(before, after):
    """Lines that are only in the one, and only in the other."""
    one, other = before.splitlines(), after.splitlines()
    return sorted(line for line in one if line not in other), sorted(line for line in other if line not in one)


def account(text):
    """The lines of the first account."""
    return text.split("\\00000001]")[1].split("[")[0].splitlines()


def entries():
    return {path: json.loads(path.read_text()) for path in JOURNAL.glob("*.json")}


def helper(name):
    """A program of this name that does nothing but run, or hold a file that nobody else may open. As `link.exe` it makes a link
    of the registry, or removes it."""
    target = DRIVE_C / name
    source = SCRATCH / "waits.c"
    source.write_text("""#include <windows.h>
#include <stdio.h>
NTSTATUS NTAPI NtDeleteKey(HANDLE);
static int link_key(int count, wchar_t **words) {
    HKEY key;
    if (count == 2) return RegOpenKeyExW(HKEY_CURRENT_USER, words[1], REG_OPTION_OPEN_LINK, DELETE, &key) || NtDeleteKey(key);
    return RegCreateKeyExW(HKEY_CURRENT_USER, words[1], 0, 0, REG_OPTION_CREATE_LINK, KEY_ALL_ACCESS, 0, &key, 0) ||
        RegSetValueExW(key, L"SymbolicLinkValue", 0, REG_LINK, (BYTE *)words[2], wcslen(words[2]) * 2); }
int wmain(int count, wchar_t **words) {
    if (wcsstr(words[0], L"link.exe")) return link_key(count, words);
    if (count > 1 && CreateFileW(words[1], GENERIC_READ | GENERIC_WRITE, 0, 0, OPEN_ALWAYS, 0, 0) == INVALID_HANDLE_VALUE) return 1;
    puts("here"); fflush(stdout); Sleep(120000); return 0; }
""")
    subprocess.run(["x86_64-w64-mingw32-gcc", "-municode", "-o", target, source, "-lntdll"], check=True)
    return target


class running:
    def __init__(self, name, *arguments):
        self.command = ["wine", str(helper(name)), *arguments]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        check(self.process.stdout.readline().strip() == b"here", f"{self.command[1]} runs")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        # Wine's server takes a moment to see it.
        time.sleep(1)


POLICY.write_text("""schema = 1
id = "example-net"
name = "Example"
claims = [ { outgoing = "*.example.jp" } ]
sending = [
  { port = 587, security = "starttls", auth = "password" },
  { auth = ["pop-before-smtp", "none"], until = 2027-03-31 },
]
""")
reg("add", r"HKLM\Software\Microsoft\Office\16.0\Outlook\InstallRoot", "/v", "Path", "/d",
    r"C:\Program Files\Microsoft Office\Office16" + "\\", "/f")
