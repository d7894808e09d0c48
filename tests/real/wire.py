"""SMTP, POP3 and IMAP servers that write down what a mail program really does, never what its password is.

    with Servers(certificate, key) as servers:      # needs the ports 25, 465, 587, 110, 995, 143 and 993
        servers.forget()
        ...                                         # let the mail program send
        sent = servers.wait_for_message(30)         # Sent, or None if nothing came
        sent.port, sent.security, sent.auth, sent.log_on_first

Any user name and any password is accepted. `smtp_mechanisms = ()` makes the SMTP servers offer no AUTH, and
`starttls = False` makes all servers offer no STARTTLS; `auth_needs_tls = True`: AUTH is offered behind TLS only. All count
from the next connection on.
"""

import base64
import select
import socket
import ssl
import threading
import time
from dataclasses import dataclass

SMTP_PORTS = {25: "smtp", 587: "smtp", 465: "smtps", 2525: "smtp"}
POP3_PORTS = {110: "pop3", 995: "pop3s"}
IMAP_PORTS = {143: "imap", 993: "imaps"}


@dataclass(frozen=True)
class Event:
    """One thing that was seen; `number` is the connection's, in the order in which they were opened."""
    number: int
    protocol: str        # smtp, pop3 or imap
    port: int
    what: str            # open, tls, log-on, auth, message, close
    detail: str = ""     # tls: tls or starttls; log-on and auth: the mechanism


@dataclass(frozen=True)
class Sent:
    """How one message was sent."""
    port: int
    security: str            # plain, starttls or tls
    auth: str | None         # the SASL mechanism of SMTP, None without authentication
    log_on_first: str | None  # pop3 or imap if the program logged on there after forget() and before it sent


class Servers:
    def __init__(self, certificate, key, address="", mechanisms=("PLAIN", "LOGIN", "CRAM-MD5")):
        self.smtp_mechanisms = tuple(mechanisms)
        self.starttls = True
        self.auth_needs_tls = False
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self._address = address
        self._events = []
        self._changed = threading.Condition()
        self._next = 0
        self._sockets = []

    def __enter__(self):
        for ports, talk in ((SMTP_PORTS, smtp), (POP3_PORTS, pop3), (IMAP_PORTS, imap)):
            for port, name in ports.items():
                listener = socket.create_server((self._address, port), backlog=20)
                self._sockets.append(listener)
                threading.Thread(target=self._listen, args=(listener, port, name, talk), daemon=True).start()
        return self

    def __exit__(self, *_):
        for listener in self._sockets:
            listener.close()

    def forget(self):
        """Begins a new record; connections that are still open are not part of it."""
        with self._changed:
            self._events = []

    def events(self):
        with self._changed:
            return list(self._events)

    def wait_for(self, is_there, seconds):
        """Waits until `is_there(events)` is true, and tells whether it became so."""
        with self._changed:
            return self._changed.wait_for(lambda: is_there(self._events), seconds)

    def wait_for_message(self, seconds):
        """The first message after forget() once its connection has closed (or three seconds after it came)."""
        if not self.wait_for(lambda events: any(e.what == "message" for e in events), seconds):
            return None
        number = next(e.number for e in self.events() if e.what == "message")
        self.wait_for(lambda events: any(e.number == number and e.what == "close" for e in events), 3)
        return self.sent()

    def sent(self):
        events = self.events()
        at = next((index for index, event in enumerate(events) if event.what == "message"), None)
        if at is None:
            return None
        message = events[at]
        own = [event for event in events[:at] if event.number == message.number]
        detail = lambda what: next((event.detail for event in own if event.what == what), None)
        # What stands in the record before the connection for SMTP was opened came before it.
        before = events[:events.index(own[0])] if own else []
        logged_on = next((event.protocol for event in before if event.what == "log-on"), None)
        return Sent(message.port, detail("tls") or "plain", detail("auth"), logged_on)

    def _listen(self, listener, port, name, talk):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self._changed:
                self._next += 1
                number = self._next
            threading.Thread(target=self._serve, args=(connection, number, port, name, talk), daemon=True).start()

    def _serve(self, connection, number, port, name, talk):
        protocol = name.removesuffix("s")
        line = Line(self, connection, number, protocol, port)
        line.note("open")
        try:
            connection.settimeout(120)
            if name.endswith("s") or begins_with_tls(connection):
                line.encrypt("tls")
            talk(line)
        except (OSError, EOFError):
            pass
        line.note("close")
        line.close()


def begins_with_tls(connection):
    """True if the client speaks first, and TLS: a program may be set to that on any port."""
    ready, _, _ = select.select([connection], [], [], 0.3)
    return bool(ready) and connection.recv(1, socket.MSG_PEEK) == b"\x16"


class Line:
    """One connection: lines in and out, and notes for the record."""

    def __init__(self, servers, connection, number, protocol, port):
        self.servers, self.is_encrypted = servers, False
        self._connection, self._number, self._protocol, self._port = connection, number, protocol, port
        self._file = connection.makefile("rb")

    def note(self, what, detail=""):
        with self.servers._changed:
            self.servers._events.append(Event(self._number, self._protocol, self._port, what, detail))
            self.servers._changed.notify_all()

    def encrypt(self, how):
        self._connection = self.servers.context.wrap_socket(self._connection, server_side=True)
        self._file = self._connection.makefile("rb")
        self.is_encrypted = True
        self.note("tls", how)

    def say(self, *lines):
        self._connection.sendall(b"".join(line.encode() + b"\r\n" for line in lines))

    def hear(self):
        line = self._file.readline(100_000)
        if not line.endswith(b"\n"):
            raise EOFError
        return line.rstrip(b"\r\n").decode("utf-8", "replace")

    def hear_bytes(self, length):
        if len(self._file.read(length)) < length:
            raise EOFError

    def close(self):
        try:
            self._connection.close()
        except OSError:
            pass


def challenge(line, prompt, mechanism, has_response):
    """The rest of a SASL exchange. `prompt` makes a line of the server's; False: the client gave up."""
    asked = {"LOGIN": ["Username:", "Password:"], "CRAM-MD5": ["<1.2@mail.example.jp>"], "PLAIN": [""]}
    questions = asked.get(mechanism, [""])
    for question in questions[1:] if has_response else questions:
        line.say(prompt(base64.b64encode(question.encode()).decode()))
        if line.hear() == "*":
            return False
    return True


def smtp(line):
    line.say("220 mail.example.jp ESMTP")
    while True:
        words = line.hear().split()
        verb = words[0].upper() if words else ""
        if verb == "EHLO":
            offers = ["8BITMIME"]
            if line.servers.starttls and not line.is_encrypted:
                offers.append("STARTTLS")
            if line.servers.smtp_mechanisms and (line.is_encrypted or not line.servers.auth_needs_tls):
                offers.append("AUTH " + " ".join(line.servers.smtp_mechanisms))
            line.say("250-mail.example.jp", *(f"250-{offer}" for offer in offers[:-1]), f"250 {offers[-1]}")
        elif verb == "STARTTLS" and line.servers.starttls:
            line.say("220 go ahead")
            line.encrypt("starttls")
        elif verb == "AUTH":
            mechanism = words[1].upper() if len(words) > 1 else ""
            if mechanism not in line.servers.smtp_mechanisms:
                line.say("504 not offered")
            elif challenge(line, lambda text: f"334 {text}", mechanism, len(words) > 2):
                line.note("auth", mechanism)
                line.say("235 welcome")
            else:
                line.say("501 cancelled")
        elif verb == "DATA":
            line.say("354 end with a dot")
            while line.hear() != ".":
                pass
            # Before the answer: a program that ends at once must not be faster than its record.
            line.note("message")
            line.say("250 taken")
        elif verb == "QUIT":
            line.say("221 bye")
            return
        elif verb in ("HELO", "MAIL", "RCPT", "RSET", "NOOP"):
            line.say("250 ok")
        else:
            line.say("502 unknown")


def pop3(line):
    line.say("+OK mail.example.jp <1.2@mail.example.jp>")
    while True:
        words = line.hear().split()
        verb = words[0].upper() if words else ""
        if verb == "CAPA":
            offers = ["USER", "UIDL", "SASL PLAIN LOGIN"]
            if line.servers.starttls and not line.is_encrypted:
                offers.append("STLS")
            line.say("+OK", *offers, ".")
        elif verb == "STLS" and line.servers.starttls:
            line.say("+OK done")
            line.encrypt("starttls")
        elif verb == "AUTH" and len(words) == 1:
            line.say("+OK", "PLAIN", "LOGIN", ".")
        elif verb == "AUTH":
            if challenge(line, lambda text: f"+ {text}", words[1].upper(), len(words) > 2):
                line.note("log-on", words[1].upper())
                line.say("+OK done")
            else:
                line.say("-ERR cancelled")
        elif verb in ("PASS", "APOP"):
            line.note("log-on", verb)
            line.say("+OK done")
        elif verb == "STAT":
            line.say("+OK 0 0")
        elif verb in ("LIST", "UIDL") and len(words) == 1:
            line.say("+OK", ".")
        elif verb == "QUIT":
            line.say("+OK done")
            return
        elif verb in ("USER", "NOOP", "RSET"):
            line.say("+OK done")
        else:
            line.say("-ERR unknown")


def imap(line):
    line.say("* OK [CAPABILITY IMAP4rev1] mail.example.jp")
    while True:
        heard = line.hear()
        # A literal, such as the copy of a sent message or a password: its bytes, then the rest of the line.
        while heard.endswith("}") and "{" in heard:
            length = heard[heard.rindex("{") + 1:-1]
            if not length.endswith("+"):
                line.say("+ go ahead")
            line.hear_bytes(int(length.rstrip("+")))
            heard = heard[:heard.rindex("{")] + '""' + line.hear()
        words = heard.split()
        if not words:
            continue
        tag, verb = words[0], (words[1].upper() if len(words) > 1 else "")
        if verb == "CAPABILITY":
            starttls = " STARTTLS" if line.servers.starttls and not line.is_encrypted else ""
            line.say(f"* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN UIDPLUS{starttls}", f"{tag} OK done")
        elif verb == "STARTTLS" and line.servers.starttls:
            line.say(f"{tag} OK done")
            line.encrypt("starttls")
        elif verb == "LOGIN":
            line.note("log-on", "LOGIN")
            line.say(f"{tag} OK done")
        elif verb == "AUTHENTICATE":
            mechanism = words[2].upper() if len(words) > 2 else ""
            if challenge(line, lambda text: f"+ {text}", mechanism, len(words) > 3):
                line.note("log-on", mechanism)
                line.say(f"{tag} OK done")
            else:
                line.say(f"{tag} BAD cancelled")
        elif verb in ("LIST", "LSUB"):
            line.say(f'* {verb} (\\HasNoChildren) "/" INBOX', f"{tag} OK done")
        elif verb in ("SELECT", "EXAMINE"):
            flags = "\\Seen \\Answered \\Flagged \\Deleted \\Draft"
            line.say("* 0 EXISTS", "* 0 RECENT", f"* FLAGS ({flags})", "* OK [UIDVALIDITY 1] ok", "* OK [UIDNEXT 1] ok",
                     f"* OK [PERMANENTFLAGS ({flags})] ok", f"{tag} OK [READ-WRITE] ok")
        elif verb == "STATUS":
            box = words[2] if len(words) > 2 else "INBOX"
            line.say(f"* STATUS {box} (MESSAGES 0 RECENT 0 UNSEEN 0 UIDNEXT 1 UIDVALIDITY 1)", f"{tag} OK done")
        elif verb == "UID" and len(words) > 2 and words[2].upper() == "SEARCH" or verb == "SEARCH":
            line.say("* SEARCH", f"{tag} OK done")
        elif verb == "NAMESPACE":
            line.say('* NAMESPACE (("" "/")) NIL NIL', f"{tag} OK done")
        elif verb == "IDLE":
            line.say("+ idling")
            line.hear()
            line.say(f"{tag} OK done")
        elif verb == "LOGOUT":
            line.say("* BYE now", f"{tag} OK done")
            return
        else:
            line.say(f"{tag} OK done")


if __name__ == "__main__":
    # To look at by hand: wire.py CERTIFICATE KEY
    import sys

    with Servers(sys.argv[1], sys.argv[2]) as running:
        shown = 0
        while True:
            time.sleep(0.2)
            for event in running.events()[shown:]:
                print(event, flush=True)
                shown += 1
