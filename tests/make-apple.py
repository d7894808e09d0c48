#!/usr/bin/env python3
"""Makes the stores of the Apple Mail fixtures with programs that are not ours: Python's plistlib, and SQLite.

    tests/make-apple.py            writes the stores of fixtures/apple-mail/* anew

Layout of the database: the tables that macOS declares, values as keyed archives ($null first, the root next).
"""

import pathlib
import plistlib
import shutil
import sqlite3
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "apple-mail"
CANARY = "KANARIA-9d41-secret"
MAIL = "com.apple.Dataclass.Mail"
ACCOUNTS = "Library/Accounts"
V2 = "Library/Mail/V2/MailData/Accounts.plist"
PREFERENCES = "Library/Preferences/com.apple.mail.plist"
CONTAINER = "Library/Containers/com.apple.mail/Data"

DDL = """
CREATE TABLE ZACCESSOPTIONSKEY ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZNAME VARCHAR );
CREATE TABLE ZACCOUNT ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZACTIVE INTEGER,
  ZAUTHENTICATED INTEGER, ZSUPPORTSAUTHENTICATION INTEGER, ZVISIBLE INTEGER, ZWARMINGUP INTEGER,
  ZACCOUNTTYPE INTEGER, ZPARENTACCOUNT INTEGER, ZDATE TIMESTAMP, ZLASTCREDENTIALRENEWALREJECTIONDATE TIMESTAMP,
  ZACCOUNTDESCRIPTION VARCHAR, ZAUTHENTICATIONTYPE VARCHAR, ZCREDENTIALTYPE VARCHAR, ZIDENTIFIER VARCHAR,
  ZMODIFICATIONID VARCHAR, ZOWNINGBUNDLEID VARCHAR, ZUSERNAME VARCHAR, ZDATACLASSPROPERTIES BLOB );
CREATE TABLE Z_2ENABLEDDATACLASSES ( Z_2ENABLEDACCOUNTS INTEGER, Z_7ENABLEDDATACLASSES INTEGER,
  PRIMARY KEY (Z_2ENABLEDACCOUNTS, Z_7ENABLEDDATACLASSES) );
CREATE TABLE Z_2PROVISIONEDDATACLASSES ( Z_2PROVISIONEDACCOUNTS INTEGER, Z_7PROVISIONEDDATACLASSES INTEGER,
  PRIMARY KEY (Z_2PROVISIONEDACCOUNTS, Z_7PROVISIONEDDATACLASSES) );
CREATE TABLE ZACCOUNTPROPERTY ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZOWNER INTEGER,
  ZKEY VARCHAR, ZVALUE BLOB );
CREATE TABLE ZACCOUNTTYPE ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZOBSOLETE INTEGER,
  ZSUPPORTSAUTHENTICATION INTEGER, ZSUPPORTSMULTIPLEACCOUNTS INTEGER, ZVISIBILITY INTEGER,
  ZACCOUNTTYPEDESCRIPTION VARCHAR, ZCREDENTIALPROTECTIONPOLICY VARCHAR, ZCREDENTIALTYPE VARCHAR,
  ZIDENTIFIER VARCHAR, ZOWNINGBUNDLEID VARCHAR );
CREATE TABLE ZCREDENTIALITEM ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZPERSISTENT INTEGER,
  ZEXPIRATIONDATE TIMESTAMP, ZACCOUNTIDENTIFIER VARCHAR, ZSERVICENAME VARCHAR );
CREATE TABLE ZDATACLASS ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZNAME BLOB );
CREATE INDEX Z_AccountProperty_owner ON ZACCOUNTPROPERTY (ZOWNER COLLATE BINARY ASC);
"""
# Every store lists all types, whether there is an account of them or not.
TYPES = """IMAP POP SMTP IMAPMail IMAPNotes AppleAccount Google Yahoo aol Hotmail Exchange osxserver qq 126 163 CalDAV
CardDAV LDAP iTunesStore idms CloudKit Twitter Jabber""".split()
CLASSES = [MAIL, "com.apple.Dataclass.Notes", "com.apple.Dataclass.Calendars"]


def archive(value):
    """What NSKeyedArchiver makes of a value."""
    objects, classes = ["$null"], {}

    def class_of(name):
        if name not in classes:
            objects.append({"$classname": name, "$classes": [name, "NSObject"]})
            classes[name] = plistlib.UID(len(objects) - 1)
        return classes[name]

    def add(item):
        objects.append(item)
        index = len(objects) - 1
        if isinstance(item, dict):
            keys, values = [add(key) for key in item], [add(inner) for inner in item.values()]
            objects[index] = {"NS.keys": keys, "NS.objects": values, "$class": class_of("NSDictionary")}
        elif isinstance(item, list):
            objects[index] = {"NS.objects": [add(inner) for inner in item], "$class": class_of("NSArray")}
        return plistlib.UID(index)

    root = add(value)
    tree = {"$archiver": "NSKeyedArchiver", "$version": 100000, "$top": {"root": root}, "$objects": objects}
    return plistlib.dumps(tree, fmt=plistlib.FMT_BINARY)


def uuid(number):
    return f"A0000000-0000-4000-8000-{number:012X}"


class Store:
    """An Accounts database. Rows are numbered from 1; the identifier of row n is uuid(n)."""

    def __init__(self, case, path):
        self.path = ROOT / case / path
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.work = pathlib.Path(tempfile.mkdtemp())
        self.database = sqlite3.connect(self.work / "made.sqlite")
        self.database.execute("PRAGMA page_size = 1024")  # small fixtures; the format is the same
        self.database.executescript(DDL)
        for number, name in enumerate(TYPES, 1):
            row = (number, f"com.apple.account.{name}")
            self.database.execute("INSERT INTO ZACCOUNTTYPE (Z_PK, ZIDENTIFIER) VALUES (?, ?)", row)
        for number, name in enumerate(CLASSES, 1):
            self.database.execute("INSERT INTO ZDATACLASS (Z_PK, ZNAME) VALUES (?, ?)", (number, archive(name)))
        self.rows = 0

    def account(self, kind, user=None, parent=None, active=1, enabled=None, description=None, inherits=False,
                service=None, **properties):
        self.rows += 1
        service = None if service is None else archive({MAIL: service})
        self.database.execute(
            "INSERT INTO ZACCOUNT (Z_PK, Z_ENT, Z_OPT, ZACTIVE, ZACCOUNTTYPE, ZPARENTACCOUNT, ZACCOUNTDESCRIPTION,"
            " ZAUTHENTICATIONTYPE, ZIDENTIFIER, ZUSERNAME, ZDATACLASSPROPERTIES) VALUES (?,2,1,?,?,?,?,?,?,?,?)",
            (self.rows, active, TYPES.index(kind) + 1, parent, description, "parent" if inherits else None,
             uuid(self.rows), user, service))
        if enabled is None:
            enabled = [MAIL] if kind in ("IMAP", "POP") and parent is None else []
        for name in enabled:
            self.database.execute("INSERT INTO Z_2ENABLEDDATACLASSES VALUES (?, ?)",
                                  (self.rows, CLASSES.index(name) + 1))
        for key, value in properties.items():
            self.property(self.rows, key, archive(value))
        return self.rows

    def property(self, owner, key, blob):
        self.database.execute("INSERT INTO ZACCOUNTPROPERTY (Z_ENT, Z_OPT, ZOWNER, ZKEY, ZVALUE) VALUES (3,1,?,?,?)",
                              (owner, key, blob))

    def canary(self, owner):
        """No password is known to lie here; if one ever does, it must not come out."""
        self.property(owner, "Password", archive(CANARY))
        self.property(owner, "ConnectionState", archive({"Username": "x", "SMTPPassword": CANARY}))
        self.property(owner, "OAuthToken", CANARY.encode("utf-16-le"))

    def write(self):
        self.database.commit()
        self.database.close()
        shutil.copy(self.work / "made.sqlite", self.path)


def pair(store, kind="POP", user="hanako", mail="pop.example.jp", address="hanako@example.jp", incoming=None,
         smtp_user=None, inherits=False, smtp_parent=None, description=None, active=1, enabled=None, **smtp):
    """A mail account and the SMTP account that it sends through; the numbers of both rows."""
    sender = store.account("SMTP", user=smtp_user, inherits=inherits, parent=smtp_parent, **smtp)
    receiver = store.account(kind, user=user, description=description, active=active, enabled=enabled,
                             Hostname=mail, IdentityEmailAddress=address,
                             SendingAccountIdentifier=uuid(sender), **(incoming or {}))
    return receiver, sender


def plist(case, path, accounts, deliveries, fmt=plistlib.FMT_XML, **others):
    target = ROOT / case / path
    target.parent.mkdir(parents=True, exist_ok=True)
    deliveries[0]["Password"] = CANARY
    tree = {**others, "MailAccounts": accounts, "DeliveryAccounts": deliveries}
    target.write_bytes(plistlib.dumps(tree, fmt=fmt, sort_keys=False))


def mail_account(key, kind="POPAccount", name=None, host="pop.example.jp", user="hanako", smtp=None, **others):
    account = {"AccountType": kind, "Hostname": host, "Username": user, "uniqueId": key,
               "EmailAddresses": [f"{user}@example.jp"], "FullUserName": "花子"}
    if name:
        account["AccountName"] = name
    if smtp is not None:
        account["SMTPIdentifier"] = smtp
    return {**account, **others}


def delivery(host, user=None, **others):
    account = {"AccountType": "SMTPAccount", "Hostname": host}
    if user:
        account["Username"] = user
    return {**account, **others}


LOCAL = {"AccountName": "On My Mac", "AccountType": "LocalAccount", "uniqueId": "local"}


def snow_leopard():
    """10.6: everything is a string."""
    plist("snow-leopard", f"home/hanako/{PREFERENCES}", [
        mail_account("a1", name="会社", smtp="mail.example.jp"),
        mail_account("a2", kind="IMAPAccount", host="imap.example.com", user="hanako2", smtp="smtp.example.com:hanako2",
                     SSLEnabled="YES"),
        mail_account("a3", host="pop3.example.jp", user="hanako3", smtp="smtp3.example.jp:hanako3"),
        mail_account("a4", host="pop4.example.jp", user="hanako4", smtp="smtp4.example.jp:hanako4"),
        mail_account("a5", kind="iToolsAccount", name=".Mac", host="mail.mac.com", user="hanako5",
                     smtp="smtp.mac.com:hanako5"),
        LOCAL,
        {"AccountName": "Apple Hot News", "AccountType": "RSSAccount", "uniqueId": "rss"},
    ], [
        delivery("mail.example.jp", PortNumber="25", SSLEnabled="NO"),
        delivery("smtp.example.com", "hanako2", UseDefaultPorts="YES", PortNumber="25", SSLEnabled="YES",
                 ShouldUseAuthentication="YES", AuthenticationScheme=""),
        delivery("smtp3.example.jp", "hanako3", PortNumber="587", ShouldUseAuthentication="NO",
                 UseDefaultPorts="NO"),
        delivery("smtp4.example.jp", "hanako4", PortNumber="25"),
        delivery("smtp.mac.com", "hanako5", ShouldUseAuthentication="YES"),
        delivery("smtp.unused.example.jp"),
    ], MailVersion="1085")


def yosemite():
    """10.10: binary, typed values, both kinds of TLS setting; the same file in the container."""
    case = "yosemite"

    def account(key, smtp, **others):
        return mail_account(key, user=f"user-{key}", smtp=smtp, **others)

    auth = {"ShouldUseAuthentication": True, "ConfigureDynamically": False}
    plist(case, f"home/hanako/{V2}", [
        account("b1", "starttls.example.jp:u"), account("b2", "direct.example.jp:u"),
        account("b3", "layer1.example.jp:u"), account("b4", "quarrel.example.jp:u"),
        account("b5", "layer1-no-auth.example.jp"), account("b6", "port465.example.jp:u"),
        account("b7", "md5.example.jp:u"), account("b8", "ntlm.example.jp:u"),
        account("b9", "strange-scheme.example.jp:u"),
        mail_account("c1", kind="IMAPAccount", name="iCloud", host="p02-imap.mail.me.com", user="hanako",
                     smtp="p02-smtp.mail.me.com:hanako", EmailAddresses=["hanako@icloud.example.com"]),
        account("c2", "plain-on-465.example.jp:u"), account("c3", "external.example.jp:u"),
        LOCAL,
    ], [
        delivery("starttls.example.jp", "u", PortNumber=587, SecurityLayerType=2, AuthenticationScheme="PLAIN", **auth),
        delivery("direct.example.jp", "u", PortNumber=465, SecurityLayerType=3, SSLEnabled=True, **auth),
        delivery("layer1.example.jp", "u", PortNumber=587, SecurityLayerType=1, **auth),
        delivery("quarrel.example.jp", "u", PortNumber=465, SecurityLayerType=3, SSLEnabled="NO", **auth),
        delivery("layer1-no-auth.example.jp", PortNumber=587, SecurityLayerType=1),
        delivery("port465.example.jp", "u", PortNumber="465", SSLEnabled="YES", **auth),
        delivery("md5.example.jp", "u", PortNumber=587, SSLEnabled="YES", AuthenticationScheme="CRAM-MD5", **auth),
        delivery("ntlm.example.jp", "u", PortNumber=587, SSLEnabled=1, AuthenticationScheme="NTLM", **auth),
        delivery("strange-scheme.example.jp", "u", PortNumber=587, SSLEnabled=True, AuthenticationScheme="X-FOO",
                 **auth),
        delivery("p02-smtp.mail.me.com", "hanako", PortNumber=587, SSLEnabled=True, AuthenticationScheme="ATOKEN",
                 **auth),
        delivery("plain-on-465.example.jp", "u", PortNumber=465, SSLIsDirect=True, **auth),
        delivery("external.example.jp", "u", PortNumber=587, SSLEnabled=True, SSLIsDirect=True,
                 AuthenticationScheme="EXTERNAL", **auth),
    ], fmt=plistlib.FMT_BINARY)
    # On the Mac a link; a collected home may hold the same file twice.
    copy = ROOT / case / "home/hanako" / CONTAINER / V2
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / case / "home/hanako" / V2, copy)


def container():
    """Both lists of a sandboxed Mail, collected from its container; the preferences are older than the folder."""
    plist("container", f"home/hanako/{CONTAINER}/{V2}", [
        mail_account("d1", name="会社のメール", smtp="smtp.example.jp:hanako"), LOCAL,
    ], [delivery("smtp.example.jp", "hanako", PortNumber="25", ShouldUseAuthentication="YES")])
    plist("container", f"home/hanako/{CONTAINER}/{PREFERENCES}", [
        mail_account("d0", name="前の会社", host="old.example.jp", smtp="old.example.jp"),
    ], [delivery("old.example.jp", PortNumber="25")])


def links():
    """How an account finds its SMTP server in a property list."""
    plist("links", f"home/hanako/{V2}", [
        mail_account("e1", smtp=" SMTP.Example.JP : hanako "),
        mail_account("e2", user="e2", smtp="   "),
        mail_account("e3", user="e3"),
        mail_account("e4", user="e4", smtp="lost.example.jp:e4"),
        mail_account("e5", user="e5", smtp="lost.example.jp"),
        mail_account("e6", user="e6", smtp="smtp.example.jp"),
        mail_account("e7", user="e7", smtp="twice.example.jp"),
        mail_account("e8", user="e8", smtp="twice.example.jp:e8"),
        mail_account("e9", user="e9", smtp="nohost.example.jp"),
        mail_account("f1", user="f1", smtp="127.0.0.1"),
        "not an account",
        mail_account("f2", user="f2", smtp=["a", "list"]),
    ], [
        delivery("  smtp.example.jp  ", "hanako", PortNumber=" 587 ", ShouldUseAuthentication="YES", SSLEnabled="YES"),
        delivery("twice.example.jp", PortNumber=587),
        delivery("twice.example.jp", "e8", PortNumber=587, ShouldUseAuthentication=1, SSLEnabled=1),
        {"AccountType": "SMTPAccount", "Username": "nobody"},
        delivery("127.0.0.1", PortNumber=1025),
        {"AccountType": "OtherAccount", "Hostname": "lost.example.jp", "Username": "e4"},
    ])


def rules():
    """Each row of the table of rules, in the database of 10.13 and later."""
    store = Store("rules", f"home/hanako/{ACCOUNTS}/Accounts4.sqlite")
    pair(store, user="a", address="a@example.jp", smtp_user="a", Hostname="smtp.example.jp", PortNumber=587,
         SSLEnabled=True, ShouldUseAuthentication=True, AuthenticationScheme="")
    pair(store, user="b", address="b@example.jp", smtp_user=None, Hostname="smtp.example.jp", PortNumber="25",
         ShouldUseAuthentication=True, AuthenticationScheme="")
    pair(store, user="c", address="c@example.jp", smtp_user="c", Hostname="smtp.example.jp",
         ShouldUseAuthentication=False)
    pair(store, user="d", address="d@example.jp", smtp_user="d", Hostname="smtp.example.jp", PortNumber=587,
         SSLEnabled=True)
    pair(store, kind="IMAP", user="e", address="e@example.jp", mail="imap.example.jp", Hostname="smtp.example.jp",
         PortNumber=25, incoming={"SSLEnabled": True})
    store.account("POP", user="f", Hostname="pop.example.jp", IdentityEmailAddress="f@example.jp")
    store.account("POP", user="g", Hostname="pop.example.jp", IdentityEmailAddress="g@example.jp",
                  SendingAccountIdentifier=uuid(0xFFF))
    pair(store, user="h", address="h@example.jp", smtp_user="h", Hostname="smtp.example.jp", PortNumber=25,
         ShouldUseAuthentication="YES")
    store.account("SMTP", Hostname="smtp.unused.example.jp")
    store.account("CalDAV", user="hanako", Hostname="cal.example.jp")
    store.account("LDAP", Hostname="ldap.example.jp")
    store.canary(1)
    store.write()


def wal():
    """The account's switch and the port stand only in the log that accountsd had not yet written back."""
    store = Store("wal", f"home/hanako/{ACCOUNTS}/Accounts4.sqlite")
    _, smtp = pair(store, smtp_user="hanako", Hostname="smtp.example.jp")
    store.canary(1)
    base = store.database
    base.commit()
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA wal_autocheckpoint = 0")
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.property(smtp, "ShouldUseAuthentication", archive(True))
    store.property(smtp, "PortNumber", archive(25))
    base.commit()
    for ending in ("", "-wal"):
        shutil.copy(f"{store.work}/made.sqlite{ending}", f"{store.path}{ending}")


def managed():
    """Services: one finding each, whatever rows they have."""
    store = Store("managed", f"home/hanako/{ACCOUNTS}/Accounts4.sqlite")
    google = store.account("Google", user="hanako@gmail.example.com", description="Google", enabled=[MAIL])
    google_smtp = store.account("SMTP", parent=google, inherits=True, Hostname="smtp.gmail.com", PortNumber=587,
                                SSLEnabled=True, AuthenticationScheme="PLAIN")
    store.account("IMAP", parent=google, inherits=True, Hostname="imap.gmail.com", SSLEnabled=True,
                  SendingAccountIdentifier=uuid(google_smtp),
                  EmailAliases=[{"DisplayName": "花子", "EmailAddresses": ["hanako@gmail.example.com"],
                                 "IsPrimary": True, "IsEnabled": True}])
    store.account("CalDAV", parent=google, inherits=True)
    icloud = store.account("AppleAccount", user="hanako@icloud.example.com", description="iCloud", enabled=[MAIL],
                           service={"EmailAddress": "hanako@icloud.example.com", "imapHostname": "imap.mail.me.com",
                                    "smtpHostname": "smtp.mail.me.com", "smtpPort": 587, "smtpRequiresSSL": True,
                                    "Password": CANARY})
    icloud_smtp = store.account("SMTP", parent=icloud, inherits=True, SSLIsDirect=False,
                                IdentityEmailAddress="hanako@icloud.example.com")
    store.account("IMAP", parent=icloud, inherits=True, PortNumber=993, SSLIsDirect=True,
                  SendingAccountIdentifier=uuid(icloud_smtp))
    exchange = store.account("Exchange", user="hanako", description="会社の Exchange", enabled=[MAIL],
                             IdentityEmailAddress="hanako@work.example.jp",
                             EWSExternalURL="https://mail.work.example.jp/EWS/Exchange.asmx")
    store.property(exchange, "SendingAccountIdentifier", archive(uuid(exchange)))
    store.account("Yahoo", user="hanako@yahoo.example.com", enabled=["com.apple.Dataclass.Calendars"])
    store.account("AppleAccount", user="family@icloud.example.com", enabled=["com.apple.Dataclass.Notes"])
    store.account("iTunesStore", user="hanako@icloud.example.com")
    store.account("POP", user="pop", Hostname="pop.example.jp", IdentityEmailAddress="pop@example.jp",
                  SendingAccountIdentifier=uuid(google_smtp))
    jabber = store.account("Jabber", user="new-service", description="新しいサービス", enabled=[MAIL])
    store.account("IMAP", parent=jabber, inherits=True, Hostname="imap.service.example.com",
                  IdentityEmailAddress="hanako@service.example.com")
    store.canary(google)
    store.write()


def disabled():
    """Switched off as a whole, or for mail only."""
    store = Store("disabled", f"home/hanako/{ACCOUNTS}/Accounts4.sqlite")
    server = {"Hostname": "smtp.example.jp", "PortNumber": 25}
    pair(store, user="a", address="a@example.jp", active=0, **server)
    pair(store, user="b", address="b@example.jp", enabled=["com.apple.Dataclass.Notes"], **server)
    pair(store, user="c", address="c@example.jp", active=None, **server)
    pair(store, user="d", address="d@example.jp", **server)
    google = store.account("Google", user="hanako@gmail.example.com", enabled=["com.apple.Dataclass.Calendars"])
    store.account("IMAP", parent=google, inherits=True, Hostname="imap.gmail.com")
    store.canary(1)
    store.write()


def legacy():
    """10.13 and later: nothing but Accounts4.sqlite is in use, whatever upgrades left behind."""
    case = "legacy"
    store = Store(case, f"home/hanako/{ACCOUNTS}/Accounts4.sqlite")
    pair(store, smtp_user="hanako", Hostname="smtp.example.jp", PortNumber=587, SSLEnabled=True,
         ShouldUseAuthentication=True)
    store.canary(1)
    store.write()
    store = Store(case, f"home/hanako/{ACCOUNTS}/Accounts3.sqlite")
    store.account("iTunesStore", user="hanako@icloud.example.com")
    pair(store, user="three", address="three@example.jp", Hostname="smtp.example.jp", PortNumber=25)
    store.write()
    plist(case, f"home/hanako/{V2}", [mail_account("g2", smtp="smtp.example.jp")], [delivery("smtp.example.jp")])
    plist(case, f"home/hanako/{PREFERENCES}", [
        mail_account("g1", smtp="smtp.example.jp"), mail_account("g0", user="older", smtp="smtp.example.jp"),
    ], [delivery("smtp.example.jp")])


def mavericks():
    """10.9 and 10.10: services in Accounts3.sqlite, all of Mail's accounts in the property list."""
    case = "mavericks"
    store = Store(case, f"home/hanako/{ACCOUNTS}/Accounts3.sqlite")
    google = store.account("Google", user="hanako@gmail.example.com", description="Google", enabled=[MAIL])
    store.account("AppleAccount", user="hanako@icloud.example.com", description="iCloud", enabled=[MAIL])
    store.canary(google)
    store.write()
    plist(case, f"home/hanako/{V2}", [
        mail_account("h1", kind="IMAPAccount", name="Google", host="imap.gmail.com", user="hanako@gmail.example.com",
                     smtp="smtp.gmail.com:hanako@gmail.example.com", EmailAddresses=["hanako@GMAIL.example.com"]),
        mail_account("h2", name="会社", smtp="mail.example.jp"), LOCAL,
    ], [
        delivery("smtp.gmail.com", "hanako@gmail.example.com", ShouldUseAuthentication="YES", SSLEnabled="YES"),
        delivery("mail.example.jp", PortNumber="25"),
    ])


def apple_id():
    """10.10: the Apple ID is the address of another provider, whose account is in the property list; a cut-off database."""
    case = "apple-id-of-another-provider"
    store = Store(case, f"home/hanako/{ACCOUNTS}/Accounts3.sqlite")
    cloud = store.account("AppleAccount", user="hanako@example.jp", description="iCloud", enabled=[MAIL])
    store.canary(cloud)
    store.write()
    plist(case, f"home/hanako/{V2}", [mail_account("a1", name="会社", smtp="mail.example.jp")],
          [delivery("mail.example.jp", PortNumber="25")])
    case = "cut-off-database"
    store = Store(case, f"home/hanako/{ACCOUNTS}/Accounts4.sqlite")
    pair(store, description="会社", Hostname="mail.example.jp", PortNumber="25")
    store.canary(1)
    store.write()
    store.path.write_bytes(store.path.read_bytes()[:-100])


def el_capitan():
    """10.11 and 10.12: Mail's accounts moved to Accounts3.sqlite; which dialog there is can't be told."""
    case = "el-capitan"
    store = Store(case, f"home/hanako/{ACCOUNTS}/Accounts3.sqlite")
    pair(store, description="会社", Hostname="mail.example.jp", PortNumber="25")
    store.canary(1)
    store.write()
    plist(case, f"home/hanako/{V2}", [mail_account("i1", name="会社", smtp="mail.example.jp")],
          [delivery("mail.example.jp")])


def damaged():
    """A database whose properties are gone, one that is none, a broken list, and an account beside them."""
    case = "damaged"
    store = Store(case, f"home/hanako/{ACCOUNTS}/Accounts4.sqlite")
    pair(store, description="会社", Hostname="mail.example.jp", PortNumber="25")
    store.account("Google", user="hanako@gmail.example.com", description="Google", enabled=[MAIL],
                  service={"Password": CANARY})
    root = store.database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ZACCOUNTPROPERTY'").fetchone()[0]
    size = store.database.execute("PRAGMA page_size").fetchone()[0]
    store.write()
    content = bytearray(store.path.read_bytes())
    content[(root - 1) * size:root * size] = b"\xA5" * size
    store.path.write_bytes(content)
    (store.path.parent / "Accounts3.sqlite").write_bytes(b"no database\n" * 50)
    broken = ROOT / case / f"home/hanako/{PREFERENCES}"
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_bytes(b'<?xml version="1.0"?><plist><dict><key>MailAccounts</key><array><dict><key>Password</key>'
                       b"<string>" + CANARY.encode())


def empty():
    """Zero bytes where the database should be: what a Mac without Full Disk Access may show."""
    case = "empty-database"
    target = ROOT / case / f"home/hanako/{ACCOUNTS}/Accounts4.sqlite"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"")
    plist(case, f"home/hanako/{V2}", [mail_account("j1", smtp="mail.example.jp")], [delivery("mail.example.jp")])


def lost_list():
    """Mail's folder was collected, the list of accounts was not."""
    case = "lost-list"
    folder = ROOT / case / f"home/hanako/Library/Mail/V10/{uuid(1)}/INBOX.mbox"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Info.plist").write_bytes(plistlib.dumps({"Password": CANARY}))
    # 10.14 and later keep the preferences of Mail without any account
    target = ROOT / case / f"home/hanako/{CONTAINER}/{PREFERENCES}"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(plistlib.dumps({"MailVersion": "3445"}, fmt=plistlib.FMT_BINARY))


def values():
    """Forms in which a property can be stored, and what is none."""
    store = Store("values", f"home/hanako/{ACCOUNTS}/Accounts4.sqlite")

    def account(name, **smtp):
        return pair(store, user=name, address=f"{name}@example.jp", smtp_user=name, Hostname="smtp.example.jp", **smtp)

    _, bare = account("bare")
    for key, value in {"ShouldUseAuthentication": True, "PortNumber": 587, "SSLEnabled": True}.items():
        store.property(bare, key, plistlib.dumps(value, fmt=plistlib.FMT_BINARY))
    _, text = account("text")
    for key, value in {"ShouldUseAuthentication": "YES", "PortNumber": "587", "SSLEnabled": "1"}.items():
        store.property(text, key, value.encode())
    account("port", PortNumber="five", ShouldUseAuthentication=True)
    account("blank", PortNumber="", ShouldUseAuthentication=" 0Yes", SSLEnabled=True)
    _, broken = account("broken", PortNumber=587)
    store.property(broken, "ShouldUseAuthentication", b"bplist00\xff\xff")
    _, host = pair(store, user="host", address="host@example.jp", smtp_user="host")
    store.property(host, "Hostname", b"\x00\x01")
    aliases = [
        {"EmailAddresses": [{"EmailAddress": "one@example.jp", "IsDefault": True}, {"EmailAddress": "alias@example.jp"}]},
        {"EmailAddresses": ["Alias@example.jp", "two@example.jp"], "IsEnabled": True},
        {"EmailAddresses": ["off@example.jp"], "IsEnabled": False},
    ]
    sender = store.account("SMTP", user="alias", Hostname="smtp.example.jp", PortNumber=25)
    store.account("POP", user="alias", Hostname="pop.example.jp", EmailAliases=aliases,
                  SendingAccountIdentifier=uuid(sender).lower())
    sender = store.account("SMTP", Hostname="smtp.example.jp", PortNumber=25)
    store.account("POP", user="name@example.jp", Hostname="pop.example.jp", SendingAccountIdentifier=uuid(sender))
    receiver = store.account("POP", user="parent@example.jp", Hostname="pop.example.jp")
    sender = store.account("SMTP", parent=receiver, inherits=True, Hostname="smtp.example.jp", PortNumber=587,
                           SSLEnabled=True, ShouldUseAuthentication=1)
    store.property(receiver, "SendingAccountIdentifier", archive(uuid(sender)))
    store.canary(bare)
    store.write()


def disk():
    """A Mac's disk: its name, Mail's version, two users."""
    case = "disk"
    for path, tree in {
        "Library/Preferences/SystemConfiguration/preferences.plist":
            {"System": {"System": {"ComputerName": "花子の iMac", "HostName": "imac"}}},
        "Applications/Mail.app/Contents/Info.plist":
            {"CFBundleIdentifier": "com.apple.mail", "CFBundleShortVersionString": "9.3"},
    }.items():
        target = ROOT / case / "disk" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(plistlib.dumps(tree))
    store = Store(case, f"disk/Users/hanako/{ACCOUNTS}/Accounts3.sqlite")
    pair(store, description="会社", Hostname="mail.example.jp", PortNumber="25")
    store.canary(1)
    store.write()
    plist(case, f"disk/Users/taro/{V2}", [mail_account("k1", user="taro", smtp="mail.example.jp:taro")],
          [delivery("mail.example.jp", "taro", PortNumber=587, SSLEnabled=True, ShouldUseAuthentication="YES")])
    (ROOT / case / "disk/Users/Shared").mkdir(exist_ok=True)
    (ROOT / case / "disk/Users/Shared/.localized").write_bytes(b"")


def lone_files():
    """Single files: the database that iOS keeps too, and a property list."""
    case = "lone-files"
    store = Store(case, "files/Accounts3.sqlite")
    pair(store, smtp_user="hanako", Hostname="smtp.example.jp", PortNumber="587", SSLEnabled=True,
         ShouldUseAuthentication="YES")
    store.canary(1)
    store.write()
    plist(case, "files/Accounts.plist", [mail_account("l1", user="taro", smtp="mail.example.jp")],
          [delivery("mail.example.jp", PortNumber=25)], fmt=plistlib.FMT_BINARY)


if __name__ == "__main__":
    for make in (snow_leopard, yosemite, container, links, rules, wal, managed, disabled, legacy, mavericks, apple_id,
                 el_capitan, damaged, empty, lost_list, values, disk, lone_files):
        make()
