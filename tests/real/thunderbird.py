"""Thunderbird: it makes the accounts and writes prefs.js itself, is started again, and sends by each of them.

Its own objects are called by its remote control, Marionette; one home holds all accounts.
"""

import re
import subprocess
from dataclasses import asdict, dataclass

from compare import Played
from marionette import Marionette
from world import HOST, PASSWORD, certificate, home_for, until

CLIENT = "thunderbird"
PACKAGES = ("thunderbird",)
FILES = {f".thunderbird/{name}": "" for name in ("profiles.ini", "installs.ini", "*/compatibility.ini", "*/prefs.js")}
NO_CANARY = "The passwords lie in logins.json, encrypted."
PORTS = (25, 465, 587)
PRELUDE = """
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
"""
# authMethod: nsMsgAuthMethod (MailNewsTypes2.idl); try_ssl: nsMsgSocketType. A port that is null is not set.
MAKE = PRELUDE + """
const [host, password, cases, certificate, ports] = arguments;
const x509 = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB).constructX509FromBase64(certificate);
const overrides = Cc["@mozilla.org/security/certoverride;1"].getService(Ci.nsICertOverrideService);
for (const port of ports) {
    overrides.rememberValidityOverride(host, port, {}, x509, false);
}
const names = [];
for (const { name, user, incoming, auth, tls, port } of cases) {
    const server = MailServices.accounts.createIncomingServer(user, host, incoming);
    server.loginAtStartUp = false;
    server.doBiff = false;
    const outgoing = MailServices.outgoingServer.createServer("smtp").QueryInterface(Ci.nsISmtpServer);
    outgoing.hostname = host;
    outgoing.username = user;
    outgoing.authMethod = auth;
    outgoing.socketType = tls;
    if (port) {
        outgoing.port = port;
    }
    const identity = MailServices.accounts.createIdentity();
    identity.email = `${user}@example.jp`;
    identity.fullName = "Taro";
    identity.smtpServerKey = outgoing.key;
    identity.doFcc = false;
    const account = MailServices.accounts.createAccount();
    account.incomingServer = server;
    account.addIdentity(identity);
    // The name begins with the key: reports are in the order of keys.
    server.prettyName = `${account.key} ${name}`;
    names.push(server.prettyName);
    const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
    login.init(`smtp://${host}`, null, `smtp://${host}`, user, password, "", "");
    await Services.logins.addLoginAsync(login);
}
return names;
"""
SEND = PRELUDE + """
const [user] = arguments;
const account = MailServices.accounts.accounts.find(account => account.incomingServer.username == user);
const identity = account.defaultIdentity;
const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
fields.from = identity.email;
fields.to = "hanako@example.jp";
fields.subject = "wire";
const send = Cc["@mozilla.org/messengercompose/send;1"].createInstance(Ci.nsIMsgSend);
await send.createAndSendMessage(null, identity, account.key, fields, false, false, Ci.nsIMsgCompDeliverMode.Now, null,
    "text/plain", "sent by a test", null, null, null, "", "", Ci.nsIMsgCompType.New);
MailServices.outgoingServer.getServerByKey(identity.smtpServerKey).closeCachedConnections();
"""


@dataclass(frozen=True)
class Case:
    auth: int                # authMethod
    tls: int                 # try_ssl
    port: int | None         # None: not stored
    incoming: str = "pop3"
    blind: str = ""
    unsent: str = ""         # the verdict by the documents, where the program shows an error and nothing is sent

    @property
    def name(self):
        parts = ["IMAP"] if self.incoming == "imap" else []
        parts += [f"authMethod {self.auth}", f"try_ssl {self.tls}", f"port {self.port}" if self.port else "no port"]
        return ", ".join(parts + (["no AUTH offered"] if self.blind else []))


CASES = [
    Case(1, 0, None),
    Case(1, 0, 25),
    Case(1, 0, 587),
    Case(1, 2, 587),
    Case(1, 3, None),
    Case(1, 0, 587, "imap"),
    Case(3, 0, None),
    Case(3, 0, 25),
    Case(3, 0, 587),
    Case(3, 2, 587),
    Case(3, 2, None),
    Case(3, 3, 465),
    Case(3, 3, None),
    Case(3, 3, 587),
    Case(3, 2, 587, "imap"),
    Case(3, 1, 587),
    Case(4, 0, 587),
    Case(5, 0, 587, unsent="smtp-auth"),
    Case(8, 2, 587),
    # Numbers of old versions: since version 93 no authentication.
    Case(0, 0, 587),
    Case(2, 0, 587),
    Case(7, 0, 587),
    Case(9, 0, 587),
    Case(3, 0, 587, blind="the server offers none"),
]


def version():
    said = subprocess.run(["thunderbird", "--version"], capture_output=True, text=True).stdout
    return "Thunderbird " + re.search(r"\d[\d.]*", said)[0]


def play(folder, servers, screen):
    home, environment = home_for(folder, "thunderbird", screen)
    rows = [asdict(case) | {"name": case.name, "user": f"taro{number}"} for number, case in enumerate(CASES, 1)]
    make_profile(home, environment)
    pem = certificate(folder)[0].read_text()
    with Program(environment) as control:
        names = control.run(MAKE, HOST, PASSWORD, rows, "".join(pem.splitlines()[1:-1]), PORTS)
    mechanisms = servers.smtp_mechanisms
    with Program(environment) as control:
        for case, row, name in zip(CASES, rows, names, strict=True):
            servers.smtp_mechanisms = () if case.blind else mechanisms
            servers.forget()
            try:
                control.run(SEND, row["user"])
            except RuntimeError:
                # An error is a result; what was sent is asked of the servers.
                pass
            yield Played(case.name, home, servers.wait_for_message(5), name, blind=case.blind, unsent=case.unsent)
    servers.smtp_mechanisms = mechanisms


def make_profile(home, environment):
    """The program makes its profile at its first start. Then it is told to leave out the settings for tests that the
    remote control would bring along."""
    process = subprocess.Popen(["thunderbird", "--headless"], env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    settings = until(lambda: next(home.glob(".thunderbird/*.default-default/prefs.js"), None), 60, "no profile")
    process.terminate()
    process.wait(60)
    with settings.open("a") as file:
        file.write('user_pref("remote.prefs.recommended", false);\n')


class Program:
    """One run of the program, ended as its menu does: then it writes its settings."""

    def __init__(self, environment):
        self._environment = environment

    def __enter__(self):
        self._process = subprocess.Popen(
            ["thunderbird", "--headless", "--marionette", "--remote-allow-system-access"], env=self._environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._control = Marionette()
        return self._control

    def __exit__(self, *_):
        self._control.quit()
        self._process.wait(60)
