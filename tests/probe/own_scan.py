#!/usr/bin/env python3
"""`scan --probe` and `probe --report` by a user who is not root, in a network of its own: mail.example.jp is this computer there.

    unshare --net --mount tests/probe/own_scan.py PROGRAM      Debian 12, as root

The servers are a few lines here, since only they can take STARTTLS out on the way; what real ones say, personalities.py asks.
"""

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from personalities import certificates, faults, expect, run

ADDRESS, HOST, NOBODY = "10.99.0.1", "mail.example.jp", 65534
POLICY = """schema = 1
id = "example-net"
name = "Example"
claims = [ { outgoing = "mail.example.jp" } ]
sending = [ { port = 587, security = "starttls", auth = "password" } ]
"""
heard = []


def network(folder):
    """An address that only this process and its children see, and a name for it."""
    run("ip", "link", "set", "lo", "up")
    run("ip", "address", "add", f"{ADDRESS}/32", "dev", "lo")
    hosts = folder / "hosts"
    hosts.write_text(f"127.0.0.1 localhost\n{ADDRESS} {HOST}\n")
    run("mount", "--bind", hosts, "/etc/hosts")


def talk(guest, context, before, within):
    stream, offer = guest, before
    stream.sendall(b"220 mail\r\n")
    while line := stream.recv(1000).decode("latin-1").strip():
        heard.append(line)
        word = line.split(" ")[0]
        if word == "EHLO":
            stream.sendall(offer)
        elif word == "STARTTLS":
            stream.sendall(b"220 go\r\n")
            stream, offer = context.wrap_socket(stream, server_side=True), within
        else:
            stream.sendall(b"221 bye\r\n" if word == "QUIT" else b"502 what?\r\n")


def serve(port, context, before, within=b""):
    listener = socket.create_server((ADDRESS, port))

    def guests():
        while True:
            try:
                guest, _ = listener.accept()
            except OSError:
                return
            try:
                talk(guest, context, before, within)
            except OSError:
                pass
            guest.close()

    threading.Thread(target=guests, daemon=True).start()
    return listener


def home(folder, port, security):
    """Thunderbird's settings of an account, as it writes them."""
    profile = folder / ".thunderbird/p.default"
    profile.mkdir(parents=True, exist_ok=True)
    (folder / ".thunderbird/profiles.ini").write_text("[Profile0]\nName=default\nIsRelative=1\nPath=p.default\nDefault=1\n")
    values = {
        "mail.account.account1.identities": "id1", "mail.account.account1.server": "server1",
        "mail.accountmanager.accounts": "account1", "mail.accountmanager.defaultaccount": "account1",
        "mail.identity.id1.useremail": "taro@example.jp", "mail.identity.id1.smtpServer": "smtp1",
        "mail.server.server1.hostname": HOST, "mail.server.server1.type": "pop3", "mail.server.server1.userName": "taro",
        "mail.server.server1.name": "taro@example.jp", "mail.smtpserver.smtp1.hostname": HOST, "mail.smtpserver.smtp1.port": port,
        "mail.smtpserver.smtp1.try_ssl": security, "mail.smtpserver.smtp1.authMethod": 3, "mail.smtpserver.smtp1.username": "taro",
        "mail.smtpservers": "smtp1", "mail.smtp.defaultserver": "smtp1",
    }
    (profile / "prefs.js").write_text("".join(f'user_pref("{name}", {json.dumps(value)});\n' for name, value in values.items()))
    run("chown", "-R", f"{NOBODY}:{NOBODY}", folder)


def main():
    with tempfile.TemporaryDirectory(prefix="own-scan-") as text:
        folder = Path(text)
        folder.chmod(0o755)
        certificates(folder, 9, HOST)
        network(folder)
        # Where the program was built others may not look.
        program = Path(shutil.copy(sys.argv[1], folder / "smtp-auth-audit"))
        policy = folder / "policy.toml"
        policy.write_text(POLICY)
        user = folder / "taro"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "good.pem", folder / "good.key")
        serve(25, context, b"250 mail\r\n")
        opened = serve(587, context, b"250-mail\r\n250 STARTTLS\r\n", b"250-mail\r\n250 AUTH PLAIN LOGIN\r\n")

        def ask(*arguments, root=False):
            drop = [] if root else ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
            found = subprocess.run([*drop, program, *arguments], capture_output=True, text=True, check=False, cwd="/", timeout=120, env={
                "PATH": os.environ["PATH"], "HOME": str(user), "LC_ALL": "C.UTF-8", "SSL_CERT_FILE": str(folder / "root.pem")})
            return found.returncode, found.stdout, found.stderr

        def scan(*arguments):
            code, stdout, stderr = ask("scan", "--probe", "--format", "json", *arguments)
            if not stdout:
                sys.exit(f"scan {arguments}: {code} {stderr}")
            report = json.loads(stdout)
            (finding,) = report["findings"]
            notes = [note["en"] for note in finding["notes"] if note["code"] == "probe"]
            return finding, notes, report["probes"]

        asked = ["--policy", policy, "--internal"]
        home(user, 25, 0)
        finding, notes, probes = scan(*asked)
        then = {one["setting"]: one["then"] for one in finding["to_set"]}
        expect(then == {"port": "587", "security": "starttls"}, "port 25", f"to set {then}")
        expect(len(notes) == 1 and "port 25 doesn't offer it: mail goes out without authentication" in notes[0], "port 25", notes)
        expect([one["host"] for one in probes] == [HOST] and probes[0]["from"] == ADDRESS, "port 25", "who was asked")
        (folder / "report.json").write_text(ask("scan", "--format", "json", "--policy", policy)[1])
        code, stdout, stderr = ask("probe", "--report", folder / "report.json", "--internal", "--format", "json", root=True)
        (account,) = json.loads(stdout)["probes"][0]["accounts"]
        # Nobody serves POP3 here, and `probe` asks incoming servers, too.
        expect(code == 1 and account["text"]["en"].startswith(notes[0]), "probe --report", f"{account['text']['en']} {stderr}")

        home(user, 587, 2)
        finding, notes, _ = scan(*asked)
        expect(finding["verdict"] == "smtp-auth" and notes and "offers what this account" in notes[0], "port 587", notes)
        _, table, _ = ask("scan", "--probe", "--lang", "ja", *asked)
        expect("設定どおりに使えます" in re.sub(r"\s", "", table), "the table in Japanese", table)

        begun = len(heard)
        _, notes, probes = scan("--policy", policy)
        expect([one["not_asked"] for one in probes] == ["private-address"], "a private address", probes)
        _, notes, probes = scan("--internal")
        expect(not probes and not notes, "a server that nobody claims", probes)
        _, _, stderr = ask("scan", "--probe")
        expect("no server was asked" in stderr, "a server that nobody claims", stderr)
        expect(len(heard) == begun, "servers that may not be asked", heard[begun:])
        _, notes, probes = scan("--internal", "--server", HOST)
        expect(len(probes) == 1 and len(notes) == 1, "a server that --server names", probes)

        opened.shutdown(socket.SHUT_RDWR)
        opened.close()
        serve(587, context, b"250-mail\r\n250 AUTH PLAIN LOGIN\r\n")
        home(user, 25, 0)
        finding, notes, _ = scan(*asked)
        then = {one["setting"]: one["then"] for one in finding["to_set"]}
        expect(then == {"port": "587", "security": "starttls"}, "STARTTLS taken out on the way", f"to set {then}")
        for arguments in (["scan", "--probe"], ["scan", "--probe", "--server", HOST]):
            code, stdout, stderr = ask(*arguments, root=True)
            expect(code == 2 and not stdout and stderr, "root", f"{arguments}: {code} {stdout}{stderr}")
        said = {line.split(" ")[0] for line in heard}
        expect(said <= {"EHLO", "STARTTLS", "QUIT"}, "what was said", said)
        expect(all(line == f"EHLO [{ADDRESS}]" for line in heard if line.startswith("EHLO")), "EHLO", heard)
    for fault in faults:
        print(fault)
    print(f"scan --probe: {len(faults)} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
