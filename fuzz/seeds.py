#!/usr/bin/env python3
"""Seeds for the fuzz targets, from the fixtures: fuzz/seeds.py FOLDER makes FOLDER/<target>/ for each target.

What a target's bytes mean stands at its function in fuzz/targets.rs.
"""

import hashlib
import re
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FIXTURES = PROJECT / "fixtures"
# Larger files hold the fuzzer up.
MOST = 300_000
SERVERS = [
    "220 mail.example.jp ESMTP\r\n250-mail.example.jp\r\n250-STARTTLS\r\n250 AUTH LOGIN PLAIN\r\n220 go\r\n250-x\r\n250 AUTH PLAIN\r\n",
    "220-one\r\n220 two\r\n250-x\r\n250-AUTH=LOGIN\r\n250 XXXXXXXA\r\n",
    "554-no\r\n554 go away\r\n",
    "+OK <1896.697170952@example.jp>\r\n+OK\r\nSASL PLAIN CRAM-MD5\r\nUSER\r\nSTLS\r\n.\r\n+OK\r\n+OK\r\nUSER\r\n.\r\n",
    "-ERR busy\r\n",
    "* OK ready\r\n* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED AUTH=PLAIN\r\na1 OK\r\na2 OK\r\n* CAPABILITY IMAP4rev1\r\na3 OK\r\n",
    "* BYE no\r\n",
]


def pieces() -> list[bytes]:
    """The pieces of preferences files, as targets.rs lists them."""
    text = (PROJECT / "fuzz/targets.rs").read_text(encoding="utf-8")
    block = text[text.index("const PIECES") :]
    number = int(re.match(r"const PIECES: \[&\[u8\]; (\d+)\]", block)[1])
    found = re.findall(r'b"((?:[^"\\]|\\.)*)"', block[: block.index("\n];")])
    assert len(found) == number, f"{len(found)} of {number} pieces"
    return [piece.encode("latin-1").decode("unicode_escape").encode("latin-1") for piece in found]


def program(file: bytes, known: list[bytes]) -> bytes:
    """The program that makes this file, or nearly: what has no piece and is the number of one is left out."""
    made, at = bytearray(), 0
    order = sorted(range(len(known)), key=lambda number: -len(known[number]))
    while at < len(file):
        number = next((n for n in order if file.startswith(known[n], at)), None)
        if number is not None:
            made.append(number)
            at += len(known[number])
            continue
        if file[at] >= len(known):
            made.append(file[at])
        at += 1
    return bytes(made)


def main(folder: Path) -> None:
    def put(target: str, content: bytes) -> None:
        path = folder / target
        path.mkdir(parents=True, exist_ok=True)
        (path / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)

    known = pieces()
    for path in sorted(FIXTURES.rglob("*")):
        if not path.is_file() or path.is_symlink() or path.stat().st_size > MOST:
            continue
        if path.name == "case.toml" or path.suffix == ".md":
            continue
        content = path.read_bytes()
        name = path.name.lower()
        if content.startswith(b"regf"):
            put("hive", b"\0" + content)
        elif content.startswith(b"SQLite format 3"):
            log = path.with_name(path.name + "-wal")
            put("database", b"\0" + content)
            if log.is_file():
                log = log.read_bytes()
                # So that the target cuts where the log begins.
                put("database", bytes([len(log) * 256 // len(content + log)]) + content + log)
        elif name in ("report.json", "report.jsonl") or "v0.1" in path.parts and path.suffix in (".json", ".jsonl"):
            put("reports", content)
        elif path.suffix == ".snap":
            continue
        else:
            put("readers", content)
        if name == "prefs.js":
            put("prefs", program(content, known))
            for setting in (b"port", b"authMethod", b"hostname", b"try_ssl"):
                for found in list(re.finditer(rb'"(mail\.smtpserver\.\w+\.' + setting + rb')", "?([^")]*)', content))[:2]:
                    put("set", b"\0\0" + found[1] + b"\0" + found[2] + b"\0" + content)
        if name == "accountrc":
            for setting in (b"smtp_port", b"ssl_smtp", b"use_smtp_auth", b"smtp_server"):
                if found := re.search(rb"(?m)^" + setting + rb"=(.*?)\r?$", content):
                    for client in (1, 2):
                        put("set", bytes([client]) + b"Account: 1\0" + setting + b"\0" + found[1] + b"\0" + content)
    for path in [*sorted((PROJECT / "policies").rglob("*.toml")), *sorted((PROJECT / "tests/policies").glob("*.xml"))]:
        put("policies", path.read_bytes())
    for number, says in enumerate(SERVERS):
        for service in range(4):
            put("dialogue", bytes([service]) + says.encode())
        put("dialogue", bytes([number % 4]) + says.replace("\r\n", "\n").encode())


main(Path(sys.argv[1]))
