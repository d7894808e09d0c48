#!/usr/bin/env python3
"""Real servers (Postfix with Dovecot's SASL, Dovecot for POP3 and IMAP) of several personalities, asked by the program; Debian 12, as root.

    tests/probe/personalities.py PROGRAM     compares the answers with what each server is set to, and docs/probe.md with the sentences
    UPDATE_DOCS=1 ...                        writes the table in docs/probe.md anew

Each server has a port of its own that the system chose. Nothing of the computer's own mail configuration is read or changed.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
PAGE = PROJECT / "docs" / "probe.md"
BEGIN, END = "<!-- personalities -->\n", "<!-- end -->"

# Name, what is spoken, the port that people know for it, options of smtpd (None: Dovecot), what the JSON has to say:
# mechanisms without TLS, within TLS, why there was no TLS, what is wrong with the certificate, whether all is as wanted.
AUTH = {"smtpd_sasl_auth_enable": "yes"}
TLS = {"smtpd_tls_security_level": "may", "smtpd_tls_auth_only": "no"}
WITHIN = {**AUTH, **TLS, "smtpd_tls_auth_only": "yes"}
FIRST = {**AUTH, **TLS, "smtpd_tls_wrappermode": "yes"}
NO_PLAIN = "noanonymous,noplaintext"
ALL = ["CRAM-MD5", "LOGIN", "PLAIN"]
SERVERS = [
    ("AUTH only after STARTTLS", "smtp", 587, WITHIN, ([], ALL, None, [], "as-wanted")),
    ("AUTH in the clear", "smtp", 587, {**AUTH, "smtpd_tls_security_level": "none"}, (ALL, None, None, None, "not-as-wanted")),
    ("no AUTH", "smtp", 587, {**TLS, "smtpd_sasl_auth_enable": "no"}, ([], [], None, [], "not-as-wanted")),
    ("TLS from the start", "smtps", 465, FIRST, (None, ALL, None, [], "as-wanted")),
    ("587 with TLS from the start", "smtp", 587, FIRST, (None, None, None, None, "unreachable")),
    ("LOGIN only after TLS, CRAM-MD5 before", "smtp", 587,
     {**AUTH, **TLS, "smtpd_sasl_security_options": NO_PLAIN, "smtpd_sasl_tls_security_options": "noanonymous",
      "smtpd_sasl_mechanism_filter": "cram-md5,login"}, (["CRAM-MD5"], ["CRAM-MD5", "LOGIN"], None, [], "as-wanted")),
    ("CRAM-MD5 only", "smtp", 587,
     {**AUTH, **TLS, "smtpd_sasl_mechanism_filter": "cram-md5"}, (["CRAM-MD5"], ["CRAM-MD5"], None, [], "as-wanted")),
    ("TLS 1.0 only", "smtp", 587,
     {**AUTH, **TLS, "smtpd_tls_protocols": ">=TLSv1,<=TLSv1", "smtpd_tls_ciphers": "low"}, (ALL, None, "too-old", None, "not-as-wanted")),
    ("certificate that has expired", "smtp", 587, {**WITHIN, "certificate": "expired"}, ([], ALL, None, ["expired"], "not-as-wanted")),
    ("self-signed certificate", "smtp", 587, {**WITHIN, "certificate": "self"}, ([], ALL, None, ["self-signed"], "not-as-wanted")),
    ("certificate of another name", "smtp", 587, {**WITHIN, "certificate": "other"}, ([], ALL, None, ["other-name"], "not-as-wanted")),
    ("intermediate certificate not sent", "smtp", 587, {**WITHIN, "certificate": "alone"}, ([], ALL, None, ["missing-intermediate"], "not-as-wanted")),
    ("certificate that names OCSP and AIA addresses", "smtp", 587, {**WITHIN, "certificate": "aia"}, ([], ALL, None, [], "as-wanted")),
    ("POP3 with STLS", "pop3", 110, None, (ALL, ["CRAM-MD5", "LOGIN", "PLAIN"], None, [], "as-wanted")),
    ("POP3 with TLS from the start", "pop3s", 995, None, (None, ["CRAM-MD5", "LOGIN", "PLAIN"], None, [], "as-wanted")),
    # Dovecot takes a guest from its own address for secured: it offers all of it before TLS, too.
    ("IMAP with STARTTLS", "imap", 143, None, (ALL, ["CRAM-MD5", "LOGIN", "PLAIN"], None, [], "as-wanted")),
    ("IMAP with TLS from the start", "imaps", 993, None, (None, ["CRAM-MD5", "LOGIN", "PLAIN"], None, [], "as-wanted")),
]
faults = []


def expect(good, where, what):
    if not good:
        faults.append(f"{where}: {what}")


def free_ports(number):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, **options)


def certificates(folder, trap, name="localhost"):
    """An authority, one below it, and a certificate of each kind."""
    def key_and(name, *extra):
        run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / f"{name}.key", "-subj", f"/CN={name}/O=Example {name}",
            *extra, cwd=folder)

    def sign(name, by, text, *days):
        (folder / f"{name}.ext").write_text(text)
        key_and(name, "-out", folder / f"{name}.csr")
        run("openssl", "x509", "-req", "-in", folder / f"{name}.csr", "-CA", folder / f"{by}.pem", "-CAkey", folder / f"{by}.key",
            "-CAcreateserial", "-extfile", folder / f"{name}.ext", "-out", folder / f"{name}.pem", *days)

    key_and("root", "-x509", "-days", "30", "-addext", "keyUsage=critical,keyCertSign", "-out", folder / "root.pem")
    sign("between", "root", "basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n", "-days", "30")
    local = f"subjectAltName=DNS:{name}\n"
    place = f"authorityInfoAccess=OCSP;URI:http://127.0.0.1:{trap}/o,caIssuers;URI:http://127.0.0.1:{trap}/i\ncrlDistributionPoints=URI:http://127.0.0.1:{trap}/c\n"
    sign("good", "root", local, "-days", "20")
    sign("other", "root", "subjectAltName=DNS:mail.example.jp\n", "-days", "20")
    sign("aia", "root", local + place, "-days", "20")
    sign("alone", "between", local + place, "-days", "20")
    # `openssl x509` knows no day in the past; a negative number of days it takes.
    sign("expired", "root", local, "-days", "-1")
    key_and("self", "-x509", "-days", "20", "-addext", "subjectAltName=DNS:localhost", "-out", folder / "self.pem")


def postfix(folder, ports):
    """One instance, a service for each port."""
    config, queue, data = folder / "postfix", folder / "queue", folder / "data"
    for one in (config, queue, data):
        one.mkdir()
    shutil.chown(data, "postfix")
    (config / "main.cf").write_text(f"""compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
inet_interfaces = loopback-only
mydestination =
myhostname = localhost
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{ports['sasl']}
broken_sasl_auth_clients = yes
tls_low_cipherlist = ALL:@SECLEVEL=0
smtpd_tls_session_cache_database =
""")
    lines = ["postlog unix-dgram n - n - 1 postlogd", "anvil unix - - n - 1 anvil", "tlsmgr unix - - n 1000? 1 tlsmgr",
             "proxymap unix - - n - - proxymap", "rewrite unix - - n - - trivial-rewrite", "cleanup unix n - n - 0 cleanup"]
    for name, _, _, options, _ in SERVERS:
        if options is None:
            continue
        options = dict(options)
        certificate = options.pop("certificate", "good")
        options |= {"smtpd_tls_cert_file": folder / f"{certificate}.pem", "smtpd_tls_key_file": folder / f"{certificate}.key"}
        lines.append(f"127.0.0.1:{ports[name]} inet n - n - - smtpd")
        lines += [f"  -o {option}={str(value)}" for option, value in options.items()]
    (config / "master.cf").write_text("\n".join(lines) + "\n")
    run("postfix", "-c", config, "start")
    return lambda: subprocess.run(["postfix", "-c", config, "stop"], capture_output=True, check=False)


def dovecot(folder, ports):
    """SASL for Postfix, POP3 and IMAP."""
    (folder / "users").write_text("taro:{PLAIN}not-used-by-anybody\n")
    config = folder / "dovecot.conf"
    config.write_text(f"""base_dir = {folder}/dovecot
log_path = {folder}/dovecot.log
protocols = pop3 imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/good.pem
ssl_key = <{folder}/good.key
disable_plaintext_auth = yes
auth_mechanisms = plain login cram-md5
# Loopback would count as safe.
login_trusted_networks =
mail_location = maildir:{folder}/mail
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}
}}
service auth {{
  inet_listener {{
    address = 127.0.0.1
    port = {ports['sasl']}
  }}
}}
service pop3-login {{
  inet_listener pop3 {{
    port = {ports['POP3 with STLS']}
  }}
  inet_listener pop3s {{
    port = {ports['POP3 with TLS from the start']}
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {ports['IMAP with STARTTLS']}
  }}
  inet_listener imaps {{
    port = {ports['IMAP with TLS from the start']}
  }}
}}
""")
    # In the foreground: this very process is ended again, and no other.
    process = subprocess.Popen(["dovecot", "-F", "-c", config], stderr=subprocess.DEVNULL)

    def stop():
        process.terminate()
        process.wait(timeout=20)

    return stop


def wait_for(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"nothing listens on {port}")


def probe(program, roots, *arguments):
    found = subprocess.run([program, "probe", *arguments, "--format", "json"], capture_output=True, text=True, check=False,
                           env={**os.environ, "SSL_CERT_FILE": str(roots)})
    expect(found.returncode in (0, 1, 3) and not found.stderr, arguments, f"{found.returncode} {found.stderr}")
    return json.loads(found.stdout)["probes"], found.returncode


def late(seconds):
    """Greets late, as servers do to drive off those who can't wait."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        guest, _ = listener.accept()
        time.sleep(seconds)
        guest.sendall(b"220 mail\r\n")
        guest.recv(1000)
        guest.sendall(b"250-mail\r\n250 AUTH PLAIN\r\n")
        guest.recv(1000)
        guest.close()

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]


def others(name, scheme, port, offered, folder):
    """What swaks and openssl see of the same server."""
    clear, within, failure, bad, _ = offered
    if scheme not in ("smtp", "smtps") or (clear is None and scheme == "smtp"):
        return
    ways = [([], clear)] if scheme == "smtp" else []
    if within is not None:
        ways.append((["--tls-on-connect"] if scheme == "smtps" else ["--tls"], within))
    for options, wanted in ways:
        said = subprocess.run(["swaks", "--server", f"127.0.0.1:{port}", "--quit-after", "FIRST-EHLO" if not options else "EHLO", *options],
                              capture_output=True, text=True, check=False).stdout
        lists = re.findall(r"^ ?<[-~]\s+250[- ]AUTH[ =](.*)$", said, re.M)
        seen = sorted(set((lists[-1] if lists else "").split()))
        expect(seen == sorted(wanted), name, f"swaks {options} sees {seen}, not {wanted}")
    if within is not None:
        start = [] if scheme == "smtps" else ["-starttls", "smtp"]
        said = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-CAfile", folder / "root.pem", "-verify_hostname",
                               "localhost", "-no-CApath", "-no-CAstore", *start], capture_output=True, text=True, input="", check=False).stdout
        code = re.search(r"Verify return code: (\d+)", said)
        expect(code and (code[1] == "0") == (not bad), name, f"openssl judges otherwise: {code and code[0]}, {bad}")


def table(rows):
    head = "| server / サーバー | 日本語 | English |\n| --- | --- | --- |\n"
    return head + "".join(f"| {name} | {ja} | {en} |\n" for name, ja, en in rows)


def main():
    program = str(Path(sys.argv[1]).resolve())
    names = [name for name, *_ in SERVERS]
    trap = socket.create_server(("127.0.0.1", 0))
    fetched = []

    def watch():
        while True:
            guest, _ = trap.accept()
            fetched.append(guest.recv(100))
            guest.close()

    threading.Thread(target=watch, daemon=True).start()
    rows, stops = [], []
    with tempfile.TemporaryDirectory(prefix="personalities-") as text:
        folder = Path(text)
        folder.chmod(0o755)
        certificates(folder, trap.getsockname()[1])
        ports = dict(zip(["sasl", *names], free_ports(len(names) + 1)))
        try:
            stops.append(dovecot(folder, ports))
            wait_for(ports["sasl"])
            stops.append(postfix(folder, ports))
            for name in names:
                wait_for(ports[name])
            for name, scheme, known, _, wanted in SERVERS:
                port = ports[name]
                (found,), code = probe(program, folder / "root.pem", f"{scheme}://localhost:{port}")
                (asked,) = found["ports"]
                auth = lambda offer: None if offer is None else sorted(offer["auth"])
                tls = asked["tls"] or {}
                certificate = tls.get("certificate")
                seen = (auth(asked["clear"]), auth(asked["within_tls"]), tls.get("failure"),
                        certificate and certificate["faults"], found["result"])
                wanted = tuple(sorted(one) if isinstance(one, list) else one for one in wanted)
                expect(seen == wanted, name, f"{seen}, not {wanted}: {found['text']['en']}")
                expect(code == {"as-wanted": 0, "not-as-wanted": 1, "unreachable": 3}[found["result"]], name, f"exit code {code}")
                others(name, scheme, port, wanted, folder)
                # Days move, ports are the system's choice.
                plain = lambda text: re.sub(r"\d{4}-\d\d-\d\d", "2026-01-31", text.replace(str(port), str(known)))
                rows.append((name, plain(found["text"]["ja"]), plain(found["text"]["en"])))
            begun = time.monotonic()
            (found,), code = probe(program, folder / "root.pem", f"smtp://127.0.0.1:{late(20)}")
            expect(found["ports"][0]["answer"] == "offered", "greets after 20 s", found["text"]["en"])
            expect(20 <= time.monotonic() - begun < 25, "greets after 20 s", time.monotonic() - begun)
            log = (folder / "mail.log").read_text() if (folder / "mail.log").exists() else ""
            expect(not re.search(r"SASL .* authentication failed|from=<", log), "the log", "somebody logged on or sent")
        finally:
            for stop in reversed(stops):
                stop()
    expect(not fetched, "addresses in certificates", f"{len(fetched)} times fetched")
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, behind = rest.split(END, 1)
    new = before + BEGIN + table(rows) + END + behind
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(new, encoding="utf-8")
    else:
        expect(new == text, PAGE, "is not what the program says: UPDATE_DOCS=1 .ci/full probe")
    for fault in faults:
        print(fault)
    print(f"{len(rows)} servers, {len(faults)} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
