"""Real servers: Postfix, which relays on ports 25 and 587 only for those who log on (587: TLS first), and Dovecot, which
checks the password and serves POP3. What a sending came to is read in Postfix's log."""

import re
import shutil
import subprocess
import time

from world import ADDRESS, HOST, PASSWORD, certificate

PACKAGES = ("dovecot-core", "dovecot-pop3d", "postfix")
SASL = "127.0.0.1:12345"


class Servers:
    """`forget()` begins a new record; `said()` is what the log says of a sending since then, or None."""

    def __init__(self, folder):
        self.folder = folder
        self.log = folder / "mail.log"
        self._begin = 0

    def __enter__(self):
        self._dovecot = self._start_dovecot()
        self._start_postfix()
        return self

    def __exit__(self, *_):
        subprocess.run(["postfix", "-c", self.config, "stop"], capture_output=True, check=False)
        self._dovecot.terminate()
        self._dovecot.wait(20)

    def _start_postfix(self):
        """One instance with a folder of its own; nothing of the computer's own configuration is read or changed."""
        self.config = self.folder / "postfix"
        queue, data = self.folder / "queue", self.folder / "data"
        for one in (self.config, queue, data):
            one.mkdir()
        shutil.chown(data, "postfix")
        crt, key = certificate(self.folder)
        (self.config / "main.cf").write_text(f"""compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
maillog_file = {self.log}
maillog_file_prefixes = {self.folder}
inet_interfaces = {ADDRESS}
inet_protocols = ipv4
mydestination =
mynetworks =
myhostname = {HOST}
default_transport = discard:
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:{SASL}
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_loglevel = 1
smtpd_tls_cert_file = {crt}
smtpd_tls_key_file = {key}
smtpd_tls_session_cache_database =
""")
        (self.config / "master.cf").write_text(f"""postlog unix-dgram n - n - 1 postlogd
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
rewrite unix - - n - - trivial-rewrite
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
discard unix - - n - - discard
{ADDRESS}:25 inet n - n - - smtpd
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject_unauth_destination
{ADDRESS}:587 inet n - n - - smtpd
  -o syslog_name=postfix/submission
""")
        subprocess.run(["postfix", "-c", self.config, "start"], check=True, capture_output=True)

    def _start_dovecot(self):
        """It checks passwords for Postfix, and answers by POP3 that there is nothing."""
        crt, key = certificate(self.folder)
        mail = self.folder / "mail"
        mail.mkdir()
        shutil.chown(mail, "nobody", "nogroup")
        (self.folder / "users").write_text(f"taro:{{PLAIN}}{PASSWORD}\n")
        config = self.folder / "dovecot.conf"
        address, port = SASL.split(":")
        config.write_text(f"""base_dir = {self.folder}/dovecot
log_path = {self.folder}/dovecot.log
protocols = pop3
listen = {ADDRESS}
ssl = yes
ssl_cert = <{crt}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 0
mail_location = maildir:{mail}
passdb {{
  driver = passwd-file
  args = {self.folder}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={mail}
}}
service auth {{
  inet_listener {{
    address = {address}
    port = {port}
  }}
}}
""")
        # In the foreground: this very process is ended again, and no other.
        return subprocess.Popen(["dovecot", "-F", "-c", config], stderr=subprocess.DEVNULL)

    def _lines(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def forget(self):
        self._begin = len(self._lines())

    def record(self):
        return self._lines()[self._begin:]

    def said(self):
        """`sasl_username=taro` with its port and encryption, or the server's words of refusal."""
        text = self.record()
        if refused := re.search(r"(postfix\S*)/smtpd\[\d+\]: NOQUEUE: reject: \S+ from [^:]*: (\d{3} [\d.]+) (?:<[^>]*>: )?([^;]*)", text):
            return f"{port(refused[1])}: {refused[2]} {refused[3]}"
        if taken := re.search(r"(postfix\S*)/smtpd\[(\d+)\]: \w+: client=\S+?(?:, sasl_method=(\w+), sasl_username=(\S+))?\n", text):
            tls = f"smtpd[{taken[2]}]: Anonymous TLS connection established" in text
            how = f"sasl_username={taken[4]}" if taken[4] else "taken without a log-on"
            return f"{port(taken[1])}{', TLS' if tls else ''}: {how}"
        return None

    def wait(self, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if said := self.said():
                return said
            time.sleep(0.1)
        return None

    def accepted(self):
        """True if a message came in, and whoever sent it had logged on as taro."""
        return bool(re.search(r": client=\S+, sasl_method=\w+, sasl_username=taro\n", self.record()))


def port(name):
    return "587" if name.endswith("submission") else "25"
