"""Profiles of each format by hand, with the canary where a password stands: for what needs no program to run."""

import json

from world import HOST, PASSWORD

ACCOUNTRC = """[Account: 1]
account_name=taro@example.jp
is_default=1
name=Taro
address=taro@example.jp
protocol=0
receive_server={host}
smtp_server={host}
user_id=taro
password={password}
pop_before_smtp=1
use_smtp_auth=0
set_smtpport=0
smtp_port=25
ssl_smtp=0
"""
TELLS = {"sylpheed": "", "claws-mail": "config_version=4\n"}
FOLDERS = {"sylpheed": ".sylpheed-2.0", "claws-mail": ".claws-mail"}
PREFS = {
    "mail.account.account1.identities": "id1", "mail.account.account1.server": "server1",
    "mail.accountmanager.accounts": "account1", "mail.accountmanager.defaultaccount": "account1",
    "mail.identity.id1.smtpServer": "smtp1", "mail.identity.id1.useremail": "taro@example.jp",
    "mail.server.server1.hostname": HOST, "mail.server.server1.name": "taro@example.jp",
    "mail.server.server1.type": "pop3", "mail.server.server1.userName": "taro",
    "mail.smtp.defaultserver": "smtp1", "mail.smtpserver.smtp1.authMethod": 1,
    "mail.smtpserver.smtp1.hostname": HOST, "mail.smtpserver.smtp1.port": 25, "mail.smtpserver.smtp1.try_ssl": 0,
    "mail.smtpserver.smtp1.username": "taro", "mail.smtpservers": "smtp1", "signon.canary": PASSWORD,
}
CLIENTS = ("sylpheed", "claws-mail", "thunderbird")


def make(person, client, **changed):
    """The file that holds the accounts."""
    if client == "thunderbird":
        folder = person.home / ".thunderbird/p.default"
        folder.mkdir(parents=True)
        (folder.parent / "profiles.ini").write_text("[Profile0]\nName=default\nIsRelative=1\nPath=p.default\nDefault=1\n")
        file = folder / "prefs.js"
        values = PREFS | {name.replace("__", "."): value for name, value in changed.items()}
        file.write_text("".join(f'user_pref("{name}", {json.dumps(value)});\n' for name, value in sorted(values.items())))
    else:
        folder = person.home / FOLDERS[client]
        folder.mkdir(parents=True)
        file = folder / "accountrc"
        file.write_text(ACCOUNTRC.format(host=HOST, password=PASSWORD) + TELLS[client])
    file.chmod(0o600)
    person.own()
    return file


def holding(person, word=PASSWORD):
    """Files below the home in which the canary stands."""
    return [path for path in person.home.rglob("*") if path.is_file() and not path.is_symlink() and word.encode() in path.read_bytes()]
