#!/usr/bin/env python3
"""Makes the backups of the ios-mail fixtures with programs that are not ours: Python's plistlib and hashlib, and SQLite.

    tests/make-ios.py            writes fixtures/ios-mail/*/{home,disk,backup,Backup,files} anew

Layout of a backup: Info.plist, Manifest.plist, Status.plist, Manifest.db with `Files(fileID, domain, relativePath, flags,
file)`, and each file's content in `<first two digits>/<fileID>`, where fileID is SHA-1 of `domain-relativePath`.
"""

import datetime
import hashlib
import importlib.util
import pathlib
import plistlib
import shutil
import sqlite3
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("make_apple", HERE / "make-apple.py")
apple = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(apple)
ROOT = apple.ROOT = HERE.parent / "fixtures" / "ios-mail"
CANARY, MAIL, archive = apple.CANARY, apple.MAIL, apple.archive
WINDOWS = "AppData/Roaming/Apple Computer/MobileSync/Backup"
STORE_APP = "Apple/MobileSync/Backup"
MAC = "Library/Application Support/MobileSync/Backup"
ACCOUNTS = "Library/Accounts/Accounts3.sqlite"
COPY = "Library/Accounts/VerifiedBackup/Accounts3.sqlite"
PHONE = "0123456789abcdef0123456789abcdef01234567"
PAD = "00008101-001A2B3C4D5E6F70"


class Ios(apple.Store):
    """An Accounts store as iOS writes it; `path` is a working file."""

    def __init__(self):
        folder = pathlib.Path(tempfile.mkdtemp())
        super().__init__(folder, "store")

    def server(self, host, user=None, **more):
        return self.account("SMTP", user=user, Class="SMTPAccount", Hostname=host, **more)

    def mail(self, user, smtp=None, kind="POP", description=None, active=1, enabled=None, **more):
        address = f"{user}@example.jp"
        given = {"Class": f"{kind}Account", "Hostname": f"{kind.lower()}.example.jp", "EmailAddresses": [address],
                 "FullUserName": "花子"}
        if smtp is not None:
            given["SMTPIdentifier"] = smtp
        return self.account(kind, user=user, description=description, active=active, enabled=enabled,
                            **{**given, **more})

    def content(self):
        self.canary(1)
        self.write()
        return self.path.read_bytes()


class Backup:
    def __init__(self, folder, name="花子の iPhone", model="iPhone12,1", version="17.2", udid=PHONE,
                 date=datetime.datetime(2024, 5, 1, 9, 30), encrypted=False, state="finished", info=True):
        self.folder = ROOT / folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.files = []
        if info:
            self.plist("Info.plist", {
                "Build Version": "21C62", "Device Name": name, "Display Name": name, "Last Backup Date": date,
                "Product Name": model.split(",")[0], "Product Type": model, "Product Version": version,
                "Serial Number": "F00TESTTEST", "Target Identifier": udid, "Target Type": "Device",
                "Unique Identifier": udid.upper(), "IMEI": "000000000000000", "iTunes Version": "12.13.1.3",
                "iTunes Files": {"IC-Info.sidv": b"\0" * 16}})
        self.plist("Manifest.plist", {
            "Version": "10.0", "Date": date, "IsEncrypted": encrypted, "WasPasscodeSet": True,
            "BackupKeyBag": CANARY.encode("utf-16-le"), "Applications": {},
            "Lockdown": {"DeviceName": name, "ProductType": model, "ProductVersion": version,
                         "UniqueDeviceID": udid}}, fmt=plistlib.FMT_BINARY)
        self.plist("Status.plist", {"Version": "3.3", "Date": date, "IsFullBackup": False, "BackupState": "new",
                                    "SnapshotState": state, "UUID": "6E1B6B5C-0000-4000-8000-000000000000"},
                   fmt=plistlib.FMT_BINARY)

    def plist(self, name, tree, fmt=plistlib.FMT_XML):
        (self.folder / name).write_bytes(plistlib.dumps(tree, fmt=fmt, sort_keys=False))

    def add(self, relative, content, domain="HomeDomain", missing=False):
        file_id = hashlib.sha1(f"{domain}-{relative}".encode()).hexdigest()
        self.files.append((file_id, domain, relative, 1, len(content or b"")))
        if not missing:
            target = self.folder / file_id[:2] / file_id
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        return self

    def list(self, damaged=False):
        """Manifest.db with folders and files of others beside those that count."""
        work = pathlib.Path(tempfile.mkdtemp()) / "Manifest.db"
        database = sqlite3.connect(work)
        database.execute("PRAGMA page_size = 1024")
        database.executescript("""
            CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
            CREATE INDEX FilesDomainIdx ON Files(domain); CREATE INDEX FilesRelativePathIdx ON Files(relativePath);
            CREATE INDEX FilesFlagsIdx ON Files(flags);
            CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB);""")
        others = [("HomeDomain", "Library/Accounts", 2), ("HomeDomain", "Library/Mail/Accounts.plist", 1),
                  ("CameraRollDomain", "Media/DCIM/100APPLE/IMG_0001.JPG", 1),
                  ("AppDomain-com.example.mail", "Library/Accounts/Accounts3.sqlite", 1)]
        rows = [(hashlib.sha1(f"{d}-{p}".encode()).hexdigest(), d, p, flags, 0) for d, p, flags in others]
        for file_id, domain, relative, flags, size in rows + self.files:
            blob = archive({"RelativePath": relative, "Size": size, "Mode": 33188, "ProtectionClass": 4})
            database.execute("INSERT INTO Files VALUES (?, ?, ?, ?, ?)", (file_id, domain, relative, flags, blob))
        database.commit()
        root = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'Files'").fetchone()[0]
        database.close()
        content = bytearray(work.read_bytes())
        if damaged:
            content[(root - 1) * 1024:root * 1024] = b"\xA5" * 1024
        (self.folder / "Manifest.db").write_bytes(content)


def simple(user=None, **server):
    """One POP account; without more a server that does not authenticate."""
    store = Ios()
    store.server("smtp.example.jp", user, **server)
    store.mail("hanako", f"smtp.example.jp:{user}" if user else "smtp.example.jp", description="会社")
    return store.content()


AUTH = {"user": "hanako", "PortNumber": 587, "SSLEnabled": 1, "ShouldUseAuthentication": "YES"}


def rules():
    """Each row of the table of rules; the backup named by itself."""
    store = Ios()
    on = {"ShouldUseAuthentication": "YES", "AuthenticationScheme": ""}
    store.server("smtp.example.jp", "a", PortNumber="587", SSLEnabled=1, **on)
    store.mail("a", "SMTP.example.jp:a", kind="IMAP")
    store.server("smtp.example.jp")
    store.mail("b", "smtp.example.jp")
    store.server("smtp.example.jp", "c", PortNumber=587, SSLEnabled=1, AuthenticationScheme="")
    store.mail("c", "smtp.example.jp:c")
    store.server("off.example.jp", "d", **on)
    store.server("second.example.jp", PortNumber=25)
    store.server("third.example.jp", "d", PortNumber=465, SSLEnabled=1, **on)
    store.mail("d", "off.example.jp:d", SMTPDisabled=True,
               SMTPAlternateIdentifiers=["second.example.jp", "third.example.jp:d"])
    store.mail("e", "off.example.jp:d", SMTPDisabled="YES")
    store.server("smtp.example.jp", "f", PortNumber=587, SSLEnabled=1, SSLIsDirect=True, **on)
    store.mail("f", "smtp.example.jp:f", SMTPDisabled=False,
               SMTPAlternateIdentifiers=["smtp.example.jp:F", "second.example.jp"])
    store.mail("g", "lost.example.jp:g")
    store.mail("h", "lost.example.jp")
    store.mail("i")
    parent = store.mail("j", kind="IMAP")
    store.account("SMTP", user="j", parent=parent, Class="SMTPAccount", Hostname="child.example.jp", PortNumber=25, **on)
    store.server("smtp.example.jp", "k", PortNumber=587, SSLEnabled=1, AuthenticationScheme="",
                 ManagedTag="smtp|smtp.example.jp|k|会社のメール")
    store.mail("k", "smtp.example.jp:k", mcProfileUUID="B0000000-0000-4000-8000-000000000001", MCAccountIsManaged=True)
    store.mail("l", "smtp.example.jp", active=0)
    store.mail("m", "smtp.example.jp", enabled=["com.apple.Dataclass.Notes"])
    store.mail("n", "smtp.example.jp",
               EmailAddresses={"n@example.jp": True, "n-alias@example.jp": True, "n-off@example.jp": False})
    odd = store.mail("o", "smtp.example.jp")
    store.property(odd, "SMTPDisabled", archive(["odd"]))
    odd = store.mail("p", "smtp.example.jp")
    store.property(odd, "SMTPAlternateIdentifiers", archive({"odd": 1}))
    store.server("smtp.unused.example.jp")
    store.account("CalDAV", user="hanako", Hostname="cal.example.jp")
    Backup("rules/backup").add(ACCOUNTS, store.content()).list()


def services():
    """An iPad with services only."""
    store = Ios()
    icloud = store.account("AppleAccount", user="hanako@icloud.example.com", description="iCloud", enabled=[MAIL],
                           service={"EmailAddress": "hanako@icloud.example.com", "imapHostname": "imap.mail.me.com",
                                    "smtpHostname": "smtp.mail.me.com", "Password": CANARY})
    store.account("IMAPMail", parent=icloud, inherits=True, Class="CastleIMAPAccount",
                  EmailAddresses=["hanako@icloud.example.com"])
    google = store.account("Google", user="hanako@gmail.example.com", description="Gmail", enabled=[MAIL])
    store.account("IMAP", parent=google, inherits=True, Class="GmailAccount", Hostname="imap.gmail.com",
                  SMTPIdentifier="smtp.gmail.com:hanako@gmail.example.com",
                  EmailAddresses=["hanako@gmail.example.com"])
    store.account("SMTP", parent=google, inherits=True, Class="SMTPAccount", Hostname="smtp.gmail.com",
                  AuthenticationScheme="XOAUTH2", ShouldUseAuthentication=True)
    store.account("Exchange", user="hanako", description="会社", enabled=[MAIL],
                  IdentityEmailAddress="hanako@work.example.jp")
    store.account("iTunesStore", user="hanako@icloud.example.com")
    backup = Backup(f"services/home/hanako/{MAC}/{PAD}", name="iPad", model="iPad7,3", version="17.2", udid=PAD)
    backup.add(ACCOUNTS, store.content()).list()


def windows():
    """iTunes and the Apple Devices app: a phone in the old place, the same one and an iPad in the new one."""
    home = "windows/home/hanako"
    old = Backup(f"{home}/{WINDOWS}/{PHONE}", version="10.3.3", model="iPhone6,1",
                 date=datetime.datetime(2018, 2, 3, 4, 5))
    old.add(ACCOUNTS, simple()).list()
    new = Backup(f"{home}/{STORE_APP}/{PHONE}", version="12.5.7", model="iPhone6,1")
    new.add(ACCOUNTS, simple(PortNumber=25)).list()
    pad = Backup(f"{home}/{STORE_APP}/{PAD}", name="会議室の iPad", model="iPad7,3", version="18.1", udid=PAD)
    pad.add(ACCOUNTS, simple(**{**AUTH, "PortNumber": 25})).list()
    (ROOT / home / STORE_APP / "not a backup").mkdir(exist_ok=True)
    (ROOT / home / STORE_APP / "not a backup/readme.txt").write_bytes(b"")


def disk():
    """A Windows PC's disk: another user's backups; a phone on iOS 10."""
    users = "disk/disk/Users"
    (ROOT / "disk/disk/Windows/System32").mkdir(parents=True, exist_ok=True)
    (ROOT / "disk/disk/Windows/System32/.keep").write_bytes(b"")
    backup = Backup(f"{users}/hanako/{WINDOWS}/{PHONE}", version="10.3.3", model="iPhone6,1")
    backup.add(ACCOUNTS, simple()).list()
    (ROOT / users / "taro/AppData/Roaming").mkdir(parents=True, exist_ok=True)
    (ROOT / users / "taro/AppData/Roaming/.keep").write_bytes(b"")


def several():
    """A folder of backups: one in use, one archived before, one archived of another device, and those that can't be read."""
    top = "several/Backup"
    Backup(f"{top}/{PHONE}").add(ACCOUNTS, simple(**AUTH)).list()
    older = Backup(f"{top}/{PHONE}-20230102-030405", version="16.2", date=datetime.datetime(2023, 1, 2, 3, 4, 5))
    older.add(ACCOUNTS, simple()).list()
    alone = Backup(f"{top}/{PAD}-20220102-030405", name="iPad", model="iPad7,3", version="15.2", udid=PAD,
                   date=datetime.datetime(2022, 1, 2, 3, 4, 5))
    alone.add(ACCOUNTS, simple()).list()
    locked = Backup(f"{top}/1111111111111111111111111111111111111111", udid="1" * 40, encrypted=True)
    (locked.folder / "Manifest.db").write_bytes(hashlib.sha512(b"1").digest() * 64)
    noise = Backup(f"{top}/2222222222222222222222222222222222222222", udid="2" * 40)
    noise.plist("Manifest.plist", {"Version": "10.0"})
    (noise.folder / "Manifest.db").write_bytes(b"".join(hashlib.sha512(bytes([n])).digest() for n in range(64)))
    nine = Backup(f"{top}/3333333333333333333333333333333333333333", udid="3" * 40, version="9.3.5")
    (nine.folder / "Manifest.mbdb").write_bytes(b"mbdb\x05\x00")
    # The newest of this one is encrypted; of its older ones one can be read, which says how it was.
    Backup(f"{top}/{'5' * 40}", name="母の iPhone", udid="5" * 40, encrypted=True)
    readable = Backup(f"{top}/{'5' * 40}-20240102-030405", name="母の iPhone", udid="5" * 40,
                      date=datetime.datetime(2024, 1, 2, 3, 4, 5))
    readable.add(ACCOUNTS, simple()).list()
    Backup(f"{top}/{'5' * 40}-20230102-030405", name="母の iPhone", udid="5" * 40, encrypted=True,
           date=datetime.datetime(2023, 1, 2, 3, 4, 5))
    half = Backup(f"{top}/4444444444444444444444444444444444444444", udid="4" * 40, state="uploading")
    assert half


def damaged():
    """What is left of damaged backups."""
    top = "damaged/Backup"

    def backup(number, **more):
        return Backup(f"{top}/{str(number) * 40}", name=f"iPhone {number}", udid=str(number) * 40, **more)

    # The list is damaged, the content is not.
    backup(1).add(ACCOUNTS, simple()).list(damaged=True)
    # Listed, but not there.
    backup(2).add(ACCOUNTS, b"x", missing=True).list()
    # Only the older copy.
    backup(3).add(ACCOUNTS, b"x", missing=True).add(COPY, simple(**AUTH)).list()
    # The store itself is damaged: the older copy would be another state.
    backup(4).add(ACCOUNTS, b"SQLite format 3\0" + b"\0" * 512).add(COPY, simple()).list()
    # Not finished, but the accounts are there; the description of the device is damaged.
    half = backup(5, state="uploading").add(ACCOUNTS, simple())
    (half.folder / "Info.plist").write_bytes(b"<plist><dict><key>Device Name</key>")
    half.list()
    # No accounts at all.
    backup(6).list()
    # Nobody described the device.
    backup(7, info=False).add(ACCOUNTS, simple()).list()
    # The settings of the accounts are damaged.
    content = bytearray(simple(**AUTH))
    work = pathlib.Path(tempfile.mkdtemp()) / "x"
    work.write_bytes(content)
    root, = sqlite3.connect(work).execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ZACCOUNTPROPERTY'").fetchone()
    content[(root - 1) * 1024:root * 1024] = b"\xA5" * 1024
    backup(9).add(ACCOUNTS, bytes(content)).list()
    # A list that is no list.
    other = backup(8).add(ACCOUNTS, simple())
    database = sqlite3.connect(other.folder / "Manifest.db")
    database.execute("CREATE TABLE Properties (key TEXT)")
    database.commit()
    database.close()


def log():
    """The switch and the port stand only in the log, which lies under a name of its own."""
    store = Ios()
    server = store.server("smtp.example.jp", "hanako")
    store.mail("hanako", "smtp.example.jp:hanako")
    store.canary(1)
    base = store.database
    base.commit()
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA wal_autocheckpoint = 0")
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.property(server, "ShouldUseAuthentication", archive(True))
    store.property(server, "PortNumber", archive(2525))
    base.commit()
    read = lambda ending: pathlib.Path(f"{store.work}/made.sqlite{ending}").read_bytes()
    Backup("log/backup").add(ACCOUNTS, read("")).add(f"{ACCOUNTS}-wal", read("-wal")).list()


def lone():
    """Single files: the store of a phone, taken out of a backup under its name there, and that of a Mac."""
    folder = ROOT / "lone-files/files"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "943624fd13e27b800cc6d9ce1100c22356ee365c").write_bytes(simple())
    mac = apple.Store("lone-files", "files/Accounts3.sqlite")
    apple.pair(mac, smtp_user="hanako", Hostname="smtp.example.jp", PortNumber=587, SSLEnabled=True,
               ShouldUseAuthentication=True)
    mac.canary(1)
    mac.write()


def lone_service():
    """A single file of iOS 15, where only the row of a service has the class of its account."""
    store = Ios()
    google = store.account("Google", user="hanako@gmail.example.com", description="Gmail", enabled=[MAIL],
                           Class="GmailAccount")
    store.account("IMAP", parent=google, inherits=True, Hostname="imap.gmail.com")
    store.account("POP", user="hanako", description="会社", enabled=[MAIL], Hostname="pop.example.jp",
                  EmailAddresses=["hanako@example.jp"])
    folder = ROOT / "lone-service/files"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Accounts3.sqlite").write_bytes(store.content())


if __name__ == "__main__":
    for made in ROOT.glob("*/*"):
        if made.is_dir():
            shutil.rmtree(made)
    for make in (rules, services, windows, disk, several, damaged, log, lone, lone_service):
        make()
