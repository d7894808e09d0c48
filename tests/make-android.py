#!/usr/bin/env python3
"""Makes the databases and backups below fixtures/android-mail.

Tables: AOSP, packages/apps/Email, DBHelper.java (branch marshmallow-release, version 127) and EmailProvider.java (branch
gingerbread-release). Only the tables that matter here, with all of their columns. The backups are written with tarfile and
zlib as `adb backup` lays them out.

Usage: tests/make-android.py (from the repository's root)
"""

import io
import random
import sqlite3
import tarfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "fixtures" / "android-mail"
CANARY = "KANARIA-9d41-secret"
NOISE = random.Random(4)

ACCOUNT_127 = (
    "_id integer primary key autoincrement, displayName text, emailAddress text, syncKey text, syncLookback integer, "
    "syncInterval text, hostAuthKeyRecv integer, hostAuthKeySend integer, flags integer, isDefault integer, "
    "compatibilityUuid text, senderName text, ringtoneUri text, protocolVersion text, newMessageCount integer, "
    "securityFlags integer, securitySyncKey text, signature text, policyKey integer, maxAttachmentSize integer, "
    "pingDuration integer"
)
ACCOUNT_13 = ACCOUNT_127.split(", policyKey")[0]
HOST_13 = (
    "_id integer primary key autoincrement, protocol text, address text, port integer, flags integer, login text, "
    "password text, domain text, accountKey integer"
)
HOST_39 = HOST_13 + ", certAlias text"
HOST_127 = HOST_39 + ", serverCert blob, credentialKey integer"
CREDENTIAL = (
    "_id integer primary key autoincrement, provider text, accessToken text, refreshToken text, expiration integer"
)


class Provider:
    """One EmailProvider.db."""

    def __init__(self, path, version=127, wal=False):
        path.parent.mkdir(parents=True, exist_ok=True)
        for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            name.unlink(missing_ok=True)
        self.path, self.version = path, version
        self.db = sqlite3.connect(path)
        if wal:
            self.db.execute("pragma journal_mode = wal")
            self.db.execute("pragma wal_autocheckpoint = 0")
        self.db.execute(f"pragma user_version = {version}")
        self.db.execute("create table android_metadata (locale text)")
        self.db.execute("insert into android_metadata values ('ja_JP')")
        self.db.execute(f"create table Account ({ACCOUNT_127 if version > 30 else ACCOUNT_13})")
        host = HOST_127 if version > 124 else HOST_39 if version > 23 else HOST_13
        self.db.execute(f"create table HostAuth ({host})")
        if version > 124:
            self.db.execute(f"create table Credential ({CREDENTIAL})")
        self.db.execute(
            "create trigger account_delete before delete on Account begin "
            "delete from HostAuth where _id=old.hostAuthKeyRecv; delete from HostAuth where _id=old.hostAuthKeySend; end"
        )

    def host(self, protocol, address, port, flags, login=None, password=CANARY, credential=-1, **more):
        """A row of HostAuth; without a login the dialog stores no password either."""
        row = {"protocol": protocol, "address": address, "port": port, "flags": flags, "login": login, **more}
        row["password"] = password if login is not None else None
        row["accountKey"] = 0
        if self.version > 124:
            row["credentialKey"] = credential
        marks = ", ".join("?" * len(row))
        sql = f"insert into HostAuth ({', '.join(row)}) values ({marks})"
        return self.db.execute(sql, list(row.values())).lastrowid

    def pop(self, address="pop.example.jp", port=110, flags=4, login="taro"):
        return self.host("pop3", address, port, flags, login)

    def account(self, address, receiver, sender, name=None, flags=0x801, default=0):
        return self.db.execute(
            "insert into Account (displayName, emailAddress, syncInterval, hostAuthKeyRecv, hostAuthKeySend, flags, "
            "isDefault, senderName, signature) values (?, ?, '15', ?, ?, ?, ?, '山田 太郎', '署名')",
            (name or address, address, receiver, sender, flags, default),
        ).lastrowid

    def credential(self):
        return self.db.execute(
            "insert into Credential (provider, accessToken, refreshToken, expiration) values ('google', ?, ?, 1)",
            (CANARY, CANARY),
        ).lastrowid

    def close(self):
        self.db.commit()
        self.db.close()

    def close_with_log(self):
        """What was written since the last checkpoint stays in the -wal, as it does on a phone that is running."""
        self.db.commit()
        main, log = self.path.read_bytes(), Path(f"{self.path}-wal").read_bytes()
        self.db.close()
        self.path.write_bytes(main)
        Path(f"{self.path}-wal").write_bytes(log)


def at(case, *parts):
    return ROOT.joinpath(case, *parts)


def package(case, name, user=None):
    folder = ("data", "data") if user is None else ("data", "user", str(user))
    return at(case, "phone", *folder, name, "databases", "EmailProvider.db")


def lone_file():
    db = Provider(package("lone-file", "com.android.email"))
    db.account("taro@example.jp", db.pop(), db.host("smtp", "smtp.example.jp", 25, 0), name="会社")
    db.close()


def gingerbread():
    db = Provider(package("gingerbread", "com.android.email"), version=13)
    db.account("taro@example.jp", db.pop(), db.host("smtp", "smtp.example.jp", 587, 4, "taro"), default=1)
    db.account("jiro@example.jp", db.pop(login="jiro"), db.host("smtp", "smtp.example.jp", -1, 0))
    db.close()


def gmail():
    db = Provider(package("gmail", "com.google.android.gm", user=0))
    imap = db.host("imap", "imap.example.jp", 993, 5, "a")
    for flags, port in [(0, 587), (4, 587), (1, 465), (5, 465), (2, 587), (6, 587), (13, 465), (14, 587), (7, 465)]:
        login = "taro" if flags & 4 else None
        sender = db.host("smtp", "smtp.example.jp", port, flags, login)
        db.account(f"flags{flags}@example.jp", db.pop(), sender)
    db.account("none@example.jp", imap, db.host("smtp", "smtp.example.jp", 587, 2))
    db.account(
        "oauth@example.com",
        db.host("imap", "imap.example.com", 993, 0x15, "oauth@example.com", None, db.credential()),
        db.host("smtp", "smtp.example.com", 465, 0x15, "oauth@example.com", None, db.credential()),
    )
    eas = db.host("gEas", "ex.example.jp", 443, 5, "example\\taro", domain="example")
    db.account("exchange@example.jp", eas, 0)
    db.close()
    other = Provider(package("gmail", "com.google.android.gm", user=10))
    other.account("hanako@example.jp", other.pop(login="hanako"), other.host("smtp", "smtp.example.jp", 25, 4, "hanako"))
    other.close()


def inconsistent():
    db = Provider(package("inconsistent", "com.android.email"), version=39)
    db.account("switch-only@example.jp", db.pop(), db.host("smtp", "smtp.example.jp", 587, 4, ""))
    db.account("name-only@example.jp", db.pop(), db.host("smtp", "smtp.example.jp", 587, 0, "taro"))
    db.account("blank@example.jp", db.pop(), db.host("smtp", "smtp.example.jp", 587, 0, "  "))
    db.close()


def odd_rows():
    db = Provider(package("odd-rows", "com.android.email"))
    db.account("missing@example.jp", db.pop(), 99)
    db.account("unset@example.jp", db.pop(), None)
    db.account("port@example.jp", db.pop(), db.host("smtp", "smtp.example.jp", "twenty-five", 4, "taro"))
    db.account("flags@example.jp", db.pop(), db.host("smtp", "smtp.example.jp", 587, "yes", "taro"))
    db.account("null@example.jp", db.pop(), db.host("smtp", "smtp.example.jp", None, None))
    db.account("other@example.jp", db.pop(), db.host("xmpp", "chat.example.jp", 5222, 4, "taro"))
    db.account("login@example.jp", db.pop(), db.host("smtp", "smtp.example.jp", 587, 4, b"\x00\x01"))
    db.account("upper@example.jp", db.host("IMAP", "imap.example.jp", 143, 6, "taro"), db.host("SMTP", "smtp.example.jp", 587, 6, "taro"))
    db.account("token@example.jp", db.pop(), db.host("smtp", "smtp.example.jp", 465, 0x15, "taro", None, 42))
    db.account("setup@example.jp", db.pop(), db.host("smtp", "smtp.example.jp", 587, 0), flags=0x811)
    db.account("host@example.jp", 77, db.host("smtp", None, 587, 0))
    db.host("smtp", "nobody.example.jp", 25, 0)
    db.close()


def samsung():
    db = Provider(package("samsung", "com.samsung.android.email.provider"))
    db.db.execute("alter table HostAuth add column passwordenc integer")
    db.db.execute("alter table Account add column companyname text")
    sender = db.host("smtp", "smtp.example.jp", 25, 0, passwordenc=1)
    db.account("taro@example.jp", db.pop(), sender)
    db.close()


def wal():
    db = Provider(package("wal", "com.google.android.gm"), wal=True)
    receiver, sender = db.pop(), db.host("smtp", "smtp.example.jp", 25, 0)
    db.account("taro@example.jp", receiver, sender)
    db.db.commit()
    db.db.execute("pragma wal_checkpoint(truncate)")
    db.db.execute(
        "update HostAuth set port = 587, flags = 6, login = 'taro', password = ? where _id = ?", (CANARY, sender)
    )
    db.close_with_log()


def journal():
    """Copied while a transaction was under way: pages of it stand in the database already."""
    path = package("journal", "com.android.email")
    log = Path(f"{path}-journal")
    log.unlink(missing_ok=True)
    db = Provider(path, version=39)
    db.account("taro@example.jp", db.pop(), db.host("smtp", "smtp.example.jp", 25, 0))
    for number in range(60):
        db.host("smtp", f"{number}.example.jp", 25, 4, "filler" * 20)
    db.db.commit()
    db.db.execute("pragma cache_size = 1")
    db.db.execute("pragma cache_spill = 1")
    db.db.execute("update HostAuth set port = 587, flags = 4, login = 'taro' where _id = 2")
    for number in range(200):
        db.host("smtp", f"new{number}.example.jp", 25, 4, "filler" * 20)
    db.db.execute("update Account set emailAddress = 'wrong@example.jp'")
    main, before = path.read_bytes(), log.read_bytes()
    db.db.rollback()
    db.close()
    assert main != path.read_bytes(), "nothing was spilled"
    path.write_bytes(main)
    log.write_bytes(before)


def damaged():
    path = package("damaged", "com.android.email")
    lone = Provider(path)
    lone.account("taro@example.jp", lone.pop(), lone.host("smtp", "smtp.example.jp", 25, 0))
    lone.close()
    path.write_bytes(path.read_bytes()[:-1024])
    lost = Provider(package("damaged", "com.google.android.gm"))
    lost.account("hanako@example.jp", lost.pop(), lost.host("smtp", "smtp.example.jp", 25, 0))
    lost.db.execute("alter table HostAuth rename to HostAuth_old")
    lost.close()


def archive(case, files, compressed, version=5, cut=None, encryption="none"):
    """An .ab. Entries as a phone writes them: first the manifest of each app."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in files:
            info = tarfile.TarInfo(name)
            info.size, info.mode, info.uid, info.gid = len(content), 0o600, 10015, 10015
            tar.addfile(info, io.BytesIO(content))
    data = buffer.getvalue()
    # A tar without entries is two empty blocks; tarfile pads it.
    data = data if files else b"\0" * 1024
    data = zlib.compress(data, 9) if compressed else data
    header = f"ANDROID BACKUP\n{version}\n{int(compressed)}\n{encryption}\n".encode()
    if encryption != "none":
        header += b"".join(NOISE.randbytes(size).hex().upper().encode() + b"\n" for size in (64, 64))
        header += b"10000\n" + NOISE.randbytes(16).hex().upper().encode() + b"\n" + NOISE.randbytes(96).hex().upper().encode() + b"\n"
        data = NOISE.randbytes(4096)
    path = at(case, "phone.ab")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((header + data)[:cut])


def email_files(folder="apps/com.android.email"):
    """The files of AOSP Email with a log beside its database."""
    scratch = ROOT / "scratch" / "EmailProvider.db"
    db = Provider(scratch, version=39, wal=True)
    receiver, sender = db.pop(), db.host("smtp", "smtp.example.jp", 25, 0)
    db.account("taro@example.jp", receiver, sender, name="会社", default=1)
    db.db.commit()
    db.db.execute("pragma wal_checkpoint(truncate)")
    db.account("jiro@example.jp", db.pop(login="jiro"), db.host("smtp", "smtp.example.jp", 587, 6, "jiro"))
    db.close_with_log()
    main, log = scratch.read_bytes(), Path(f"{scratch}-wal").read_bytes()
    for path in scratch.parent.iterdir():
        path.unlink()
    scratch.parent.rmdir()
    return [
        (f"{folder}/_manifest", b"1\ncom.android.email\n410000\n19\n\n0\n0\n"),
        (f"{folder}/db/EmailProvider.db", main),
        (f"{folder}/db/EmailProvider.db-wal", log),
        (f"{folder}/db/EmailProviderBody.db", b"bodies"),
        (f"{folder}/sp/AndroidMail.Main.xml", b"<map/>"),
    ]


def backups():
    files = email_files()
    archive("backup", files, compressed=False, version=1)
    archive("backup-compressed", files, compressed=True)
    archive("backup-encrypted", files, compressed=True, encryption="AES-256")
    archive("backup-refused", [], compressed=False)
    archive("backup-without-mail", [("apps/jp.example.memo/f/memo.txt", CANARY.encode())], compressed=False)
    second = email_files("apps/com.android.email.copy")
    # Cut in the middle of the second database.
    whole = sum(512 + -(-len(content) // 512) * 512 for _, content in files)
    archive("backup-cut-off", files + second, compressed=False, cut=24 + whole + 1024 + 512 + 6000)


for make in (lone_file, gingerbread, gmail, inconsistent, odd_rows, samsung, wal, journal, damaged, backups):
    make()
