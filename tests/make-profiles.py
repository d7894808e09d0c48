#!/usr/bin/env python3
"""Makes the configuration profiles of the fixtures with programs that are not ours: Python's plistlib, and openssl.
The backups of phones around them are those of make-ios.py.

    tests/make-profiles.py       writes the files of fixtures/apple-profile/* anew; keys and signatures differ each time
"""

import importlib.util
import pathlib
import plistlib
import shutil
import subprocess
import tempfile

SPEC = importlib.util.spec_from_file_location("make_ios", pathlib.Path(__file__).resolve().parent / "make-ios.py")
ios = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(ios)
ROOT = ios.ROOT = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "apple-profile"
CANARY = "KANARIA-9d41-secret"
WORK = pathlib.Path(tempfile.mkdtemp())
SIGNER = "例示株式会社 情報システム部"


def openssl(*arguments, data=None):
    run = subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=False, cwd=WORK)
    if run.returncode:
        raise SystemExit(run.stderr.decode())
    return run.stdout


def write(path, content):
    target = ROOT / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def payload(kind, identifier, **entries):
    return {"PayloadType": kind, "PayloadVersion": 1, "PayloadIdentifier": identifier,
            "PayloadUUID": f"B0000000-0000-4000-8000-{sum(identifier.encode()):012X}", **entries}


def mail(identifier, **entries):
    """A POP account; None takes an entry out."""
    usual = {
        "PayloadDisplayName": "メール", "EmailAccountDescription": None, "EmailAccountName": "山田 花子",
        "EmailAccountType": "EmailTypePOP", "EmailAddress": "hanako@example.jp",
        "IncomingMailServerAuthentication": "EmailAuthPassword", "IncomingMailServerHostName": "pop.example.jp",
        "IncomingMailServerPortNumber": 110, "IncomingMailServerUseSSL": False,
        "IncomingMailServerUsername": "hanako", "IncomingPassword": CANARY,
        "OutgoingMailServerAuthentication": "EmailAuthNone", "OutgoingMailServerHostName": "smtp.example.jp",
        "OutgoingMailServerPortNumber": 25, "OutgoingMailServerUseSSL": False,
        "OutgoingPassword": CANARY,
    }
    usual.update(entries)
    return payload("com.apple.mail.managed", identifier,
                   **{name: value for name, value in usual.items() if value is not None})


def login(identifier, auth="EmailAuthPassword", **entries):
    return mail(identifier, **{"OutgoingMailServerAuthentication": auth, "OutgoingMailServerUsername": "hanako",
                               "OutgoingMailServerPortNumber": 587, **entries})


def wifi():
    return payload("com.apple.wifi.managed", "jp.example.wifi", SSID_STR="office", EncryptionType="WPA2",
                   Password=CANARY, AutoJoin=True)


def profile(payloads, identifier="jp.example.mail", fmt=plistlib.FMT_XML, **entries):
    tree = {"PayloadType": "Configuration", "PayloadVersion": 1, "PayloadIdentifier": identifier,
            "PayloadUUID": "A0000000-0000-4000-8000-000000000001", "PayloadDisplayName": "例示株式会社 メール設定",
            "PayloadOrganization": "例示株式会社"}
    if payloads is not None:
        tree["PayloadContent"] = payloads
    tree.update(entries)
    return plistlib.dumps(tree, fmt=fmt, sort_keys=False)


def certificates():
    """A certificate and, first in the file, the one of who issued it."""
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "3650",
            "-subj", "/C=JP/O=Example/CN=Example CA")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "own.key", "-out", "own.csr", "-utf8",
            "-subj", f"/C=JP/O=例示株式会社/CN={SIGNER}")
    (WORK / "own.ext").write_text("subjectKeyIdentifier=hash\nextendedKeyUsage=emailProtection,codeSigning\n")
    openssl("x509", "-req", "-in", "own.csr", "-extfile", "own.ext", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-set_serial", "4660", "-days", "3650", "-out", "own.pem")


SIGN = ("-sign", "-signer", "own.pem", "-inkey", "own.key", "-certfile", "ca.pem", "-nodetach")


def one_file():
    write("xml/mail.mobileconfig", profile([wifi(), mail("jp.example.mail.1")]))
    write("binary/mail.mobileconfig", profile([login("jp.example.mail.1", OutgoingMailServerUseSSL=True,
                                            OutgoingPasswordSameAsIncomingPassword=True,
                                            EmailAccountDescription="会社のメール")], fmt=plistlib.FMT_BINARY))
    write("no-mail/wifi.mobileconfig", profile([wifi(), payload("com.apple.caldav.account", "jp.example.caldav",
                                                                 CalDAVHostName="cal.example.jp",
                                                                 CalDAVPassword=CANARY)]))
    write("bare-payload/mail.mobileconfig", plistlib.dumps(mail("jp.example.mail.1"), sort_keys=False))
    write("not-installed/home/hanako/Downloads/mail.mobileconfig", profile([mail("jp.example.mail.1")]))
    write("not-installed/home/hanako/Library/Preferences/.GlobalPreferences.plist",
          plistlib.dumps({"AppleLocale": "ja_JP"}))


def values():
    cases = {
        "01": login("01", OutgoingMailServerPortNumber=None),
        "02": login("02", OutgoingMailServerPortNumber=465, OutgoingMailServerUseSSL=True),
        "03": login("03", OutgoingMailServerUseSSL=True),
        "04": login("04", OutgoingMailServerUseSSL=None),
        "05": login("05", OutgoingMailServerPortNumber=25),
        "06": login("06", auth="EmailAuthCRAMMD5"),
        "07": login("07", auth="EmailAuthHTTPMD5"),
        "08": login("08", auth="EmailAuthNTLM", OutgoingMailServerUseSSL=True),
        "09": login("09", auth="EmailAuthOAuth2"),
        "10": login("10", auth=None),
        "11": login("11", OutgoingMailServerHostName=""),
        "12": login("12", OutgoingMailServerUsername=None),
        "13": login("13", OutgoingPasswordSameAsIncomingPassword=True),
        "14": login("14", OutgoingPasswordSameAsIncomingPassword=True, OutgoingMailServerUsername="smtp-hanako"),
        "15": login("15", OutgoingMailServerPortNumber=70000),
        "16": login("16", OutgoingMailServerUseSSL="true"),
        "17": mail("17", OutgoingMailServerPortNumber=None, EmailAccountType="EmailTypeIMAP",
                   IncomingMailServerHostName="imap.example.jp", IncomingMailServerPortNumber=None,
                   IncomingMailServerUseSSL=True),
        "18": mail("18", OutgoingMailServerUsername="hanako"),
        "19": mail("19", OutgoingMailServerHostName="127.0.0.1"),
        "20": mail("20", OutgoingMailServerHostName=["smtp.example.jp"]),
    }
    write("values/mail.mobileconfig", profile(list(cases.values())))


def payloads():
    exchange = dict(Host="ex.example.jp", EmailAddress="hanako@example.jp", UserName="hanako", Password=CANARY)
    write("payloads/all.mobileconfig", profile([
        wifi(),
        payload("com.apple.eas.account", "1", **exchange, PayloadDisplayName="Exchange"),
        payload("com.apple.eas.account", "2", **exchange, EnableMail=False),
        payload("com.apple.ews.account", "3", **exchange),
        payload("com.apple.google-oauth", "4", EmailAddress="hanako@example.com", AccountDescription="Google"),
        payload("com.apple.ldap.account", "5", LDAPAccountHostName="ldap.example.jp", LDAPAccountPassword=CANARY),
        "not a payload",
        {"PayloadVersion": 1, "OutgoingMailServerHostName": "smtp.example.jp"},
        # Two payloads of one identifier, as a template gives them.
        mail("com.apple.mail.managed", EmailAccountDescription="一つめ", EmailAddress="taro@example.jp"),
        login("com.apple.mail.managed", EmailAccountDescription="二つめ", EmailAddress=None),
    ], identifier="jp.example.all"))


def signed():
    several = [wifi(), *(mail(f"jp.example.mail.{n}", PayloadDescription="説明 " * 400) for n in (1, 2))]
    plain = profile(several, identifier="jp.example.der", PayloadDisplayName="1")
    write("signed/1.der.mobileconfig", openssl("smime", *SIGN, "-outform", "der", data=plain))
    ber = openssl("cms", *SIGN, "-stream", "-binary", "-outform", "der",
                  data=profile(several, identifier="jp.example.ber", PayloadDisplayName="2"))
    assert ber[:2] == b"\x30\x80" and b"\x04\x82\x10\x00" in ber
    write("signed/2.ber.mobileconfig", ber)
    for tool, number in (("smime", 3), ("cms", 4)):
        plain = profile([mail("1")], identifier=f"jp.example.{tool}", PayloadDisplayName=str(number))
        text = openssl(tool, *SIGN, "-outform", "pem", data=plain)
        write(f"signed/{number}.pem.mobileconfig", text)
    # The certificate stays out; and it is named by its key.
    lone = profile([login("1")], identifier="jp.example.binary", fmt=plistlib.FMT_BINARY, PayloadDisplayName="5")
    write("signed/5.no-certificate.mobileconfig",
          openssl("cms", "-sign", "-signer", "own.pem", "-inkey", "own.key", "-nocerts", "-keyid", "-nodetach",
                  "-binary", "-outform", "der", data=lone))
    keyed = profile([login("1")], identifier="jp.example.key", PayloadDisplayName="6")
    write("signed/6.key.mobileconfig",
          openssl("cms", "-sign", "-signer", "own.pem", "-inkey", "own.key", "-keyid", "-nodetach", "-binary",
                  "-outform", "der", data=keyed))


def damaged():
    good = profile([mail("1", EmailAddress="taro@example.jp")], identifier="jp.example.good")
    der = openssl("smime", *SIGN, "-binary", "-outform", "der", data=good)
    ber = openssl("cms", *SIGN, "-stream", "-binary", "-outform", "der", data=good)
    text = openssl("cms", *SIGN, "-outform", "pem", data=good)
    write("damaged/1.cut-der.mobileconfig", der[:-200])
    write("damaged/2.cut-ber.mobileconfig", ber[:-4])
    write("damaged/3.cut-text.mobileconfig", text[:2000])
    detached = [part for part in SIGN if part != "-nodetach"]
    write("damaged/4.detached.mobileconfig", openssl("smime", *detached, "-outform", "der", data=good))
    write("damaged/5.bomb.mobileconfig", ber[:2] + ber[2:13] + b"\xa0\x80" + b"\x30\x80" * 20000)
    write("damaged/6.long.mobileconfig", ber[:2] + ber[2:13] + b"\xa0\x88" + b"\xff" * 8 + b"x" * 100)
    write("damaged/7.no-plist.mobileconfig", openssl("smime", *SIGN, "-outform", "der", data=b"good morning\n"))
    write("damaged/8.cut.mobileconfig", good[:-60])
    write("damaged/9.good.mobileconfig", good)


def encrypted():
    content = plistlib.dumps([mail("1")], fmt=plistlib.FMT_XML)
    data = openssl("smime", "-encrypt", "-aes256", "-binary", "-outform", "der", "own.pem", data=content)
    write("encrypted/mail.mobileconfig", profile(None, IsEncrypted=True, EncryptedPayloadContent=data))


def copies():
    """The same profile twice, before and after its change."""
    write("same-identifier/new.mobileconfig", profile([login("jp.example.mail.1")]))
    write("same-identifier/old.mobileconfig", profile([mail("jp.example.mail.1")]))


DOMAIN = "SysSharedContainerDomain-systemgroup.com.apple.configurationprofiles"


def stub(number, **entries):
    """What a phone keeps of a payload: all but the passwords, and the accounts that it made of it."""
    return mail(f"jp.example.mail.{number}", IncomingPassword=None, OutgoingPassword=None, **entries)


def add(backup, number, payloads, **entries):
    content = profile(payloads, identifier=f"jp.example.{number}", InstallOptions={}, **entries)
    return backup.add(f"Library/ConfigurationProfiles/profile-{str(number) * 64}.stub", content, DOMAIN)


def installed():
    """A phone with the account of a profile, and with payloads whose accounts are gone."""
    store = ios.Ios()
    store.server("smtp.example.jp")
    account = store.mail("taro", "smtp.example.jp", mcProfileUUID="A0000000-0000-4000-8000-000000000001")
    exchange = payload("com.apple.eas.account", "eas", Host="ex.example.jp", EmailAddress="taro@example.jp")
    backup = ios.Backup("installed/backup").add(ios.ACCOUNTS, store.content())
    known = stub(1, EmailAddress="taro@example.jp", IncomingACAccountIdentifier=ios.apple.uuid(account))
    add(backup, 1, [wifi(), known, stub(2, IncomingACAccountIdentifier=ios.apple.uuid(99)), exchange])
    # Before phones kept the identifier.
    add(backup, 2, [stub(1, EmailAddress="taro@example.jp")])
    add(backup, 3, [stub(1)], PayloadUUID="C0000000-0000-4000-8000-000000000001", PayloadDisplayName="以前のメール設定")
    backup.add("Library/ConfigurationProfiles/PayloadDependency.plist", plistlib.dumps({}), DOMAIN).list()


def installed_alone():
    """The list of accounts is not in the backup; of four profiles one is damaged, one missing."""
    backup = ios.Backup("installed-alone/backup")
    add(backup, 1, [stub(1, IncomingACAccountIdentifier=ios.apple.uuid(1)),
                    payload("com.apple.eas.account", "eas", Host="ex.example.jp", EmailAddress="taro@example.jp")])
    add(backup, 2, [wifi()])
    backup.add("Library/ConfigurationProfiles/profile-3.stub", b"<plist><dict><key>PayloadType</key>", DOMAIN)
    backup.add("Library/ConfigurationProfiles/profile-4.stub", b"", DOMAIN, missing=True).list()


if __name__ == "__main__":
    for made in ROOT.glob("*/*"):
        if made.is_dir():
            shutil.rmtree(made)
    installed()
    installed_alone()
    certificates()
    one_file()
    values()
    payloads()
    signed()
    damaged()
    encrypted()
    copies()
