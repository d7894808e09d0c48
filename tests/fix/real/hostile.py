"""What somebody may have put in the way: nothing is written that the rules don't allow, and nobody is asked for it."""

import hashlib
import json
import os
import re
import socket
import subprocess
import threading
import time
from contextlib import contextmanager

import profiles
from person import NUMBER, POLICY, Person
from world import PASSWORD

# An address of somebody else (RFC 5737), in the test's own network.
STRANGER, STRANGE = "198.51.100.7", "smtp.stranger.example.net"


def play(folder, screen, program, expect, chosen):
    tried = 0
    with_stranger(folder)
    visited = listen()
    cases = [case for name, case in globals().items() if name.startswith("case_")]
    for client in profiles.CLIENTS:
        if chosen and client not in chosen:
            continue
        for case in cases:
            person = Person(folder, f"h{tried}", screen, program)
            file = profiles.make(person, client)
            case(person, client, file, lambda good, what, name=case.__name__: expect(good, f"{client} {name}", what))
            # Nothing that a refusal leaves behind holds a password.
            places = [path for path in profiles.holding(person) if path.resolve() != file.resolve() and not path.name.startswith("other")]
            expect(not places, f"{client} {case.__name__}", f"the canary stands in {places}")
            tried += 1
    expect(not visited, "the stranger's server", f"{len(visited)} connections")
    return f"{tried} cases, {len(visited)} connections to the stranger"


def with_stranger(folder):
    subprocess.run(["ip", "address", "add", f"{STRANGER}/32", "dev", "lo"], check=True)
    hosts = folder / "hosts"
    hosts.write_text(hosts.read_text() + f"{STRANGER} {STRANGE}\n")


def listen():
    """Whoever comes to the stranger's ports is written down."""
    visited = []
    for port in (25, 465, 587):
        listener = socket.create_server((STRANGER, port))

        def guests(listener=listener):
            while True:
                guest, address = listener.accept()
                visited.append(address)
                guest.close()
        threading.Thread(target=guests, daemon=True).start()
    return visited


def refused(person, file, check, codes, *arguments, **options):
    """Nothing is written, and these are the reasons."""
    before = file.read_bytes()
    ran = person.fix(*arguments, **options)
    check(ran.codes == codes and set(ran.states) == {"refused"} and ran.code == 1, f"{codes}: {ran}")
    check(file.read_bytes() == before, "it was written")
    check(PASSWORD not in ran.out + ran.said, "the canary is printed")
    return ran


def policy(person, text):
    path = person.folder / "hostile.toml"
    path.write_text(text)
    return path


def case_a_policy_that_names_a_strangers_server(person, client, file, check):
    strange = policy(person, POLICY.replace("port = 587", f'host = "{STRANGE}", port = 587'))
    # With and without the permission to write names of servers.
    refused(person, file, check, ["server", "other-domain"], policy=strange)
    refused(person, file, check, ["strange-server", "other-domain"], "--change-server", policy=strange)
    refused(person, file, check, ["strange-server", "other-domain"], "--change-server", "--yes", policy=strange)


def case_a_journal_with_another_hash(person, client, file, check):
    journal, entry = fixed(person, check)
    new = file.read_bytes()
    for name, value in (("old", "99"), ("setting", "password"), ("new", "7")):
        edited = json.loads(entry)
        edited["settings"][0][name] = value
        journal.write_text(json.dumps(edited))
        not_undone(person, file, check, new, "is not as it was written")


def case_a_journal_with_its_hash_made_anew(person, client, file, check):
    """Whoever can write there can also compute the hash: the settings and their kinds decide."""
    journal, entry = fixed(person, check)
    new = file.read_bytes()
    setting = {"thunderbird": "mail.smtpserver.smtp1.hostname"}.get(client, "smtp_server")
    user = {"thunderbird": "mail.smtpserver.smtp1.username"}.get(client, "user_id")
    for one, words in (
            ({"setting": "password", "old": "0", "new": "1"}, "is not as it was written"),
            ({"setting": "signon.canary", "old": "0", "new": "1"}, "is not as it was written"),
            # No kind of setting that is ever written.
            ({"setting": user, "old": "mallory", "new": "taro"}, "is not as it was written"),
            # What was never written can't be taken back.
            ({"setting": setting, "old": STRANGE, "new": "smtp.example.jp"}, "changed it since"),
            ({"setting": setting, "old": STRANGE + "\nuse_smtp_auth=1", "new": "mail.example.jp"}, "is not as it was written")):
        edited = json.loads(entry)
        edited["settings"] = [one]
        journal.write_text(hashed(edited))
        not_undone(person, file, check, new, words, "--change-server")
    # Another place: the scan says where it is, whatever stands there.
    other = person.home / "other"
    other.write_bytes(new)
    person.own()
    edited = json.loads(entry) | {"place": str(other)}
    journal.write_text(hashed(edited))
    ran = person.undo()
    check(ran.code == 0 and other.read_bytes() == new and file.read_bytes() != new, f"another place: {ran}")


def case_a_journal_that_names_a_strangers_server(person, client, file, check):
    """The hash is right, and the value fits its kind."""
    journal, entry = fixed(person, check)
    new = file.read_bytes()
    setting = {"thunderbird": "mail.smtpserver.smtp1.hostname"}.get(client, "smtp_server")
    edited = json.loads(entry)
    edited["settings"] = [{"setting": setting, "old": STRANGE, "new": "mail.example.jp"}]
    journal.write_text(hashed(edited))
    not_undone(person, file, check, new, "--change-server")


def fixed(person, check):
    ran = person.fix()
    check(ran.states == ["done"], f"fix: {ran}")
    (journal,) = person.home.glob(".local/state/smtp-auth-audit/changes/*.json")
    return journal, journal.read_text()


def hashed(entry):
    """As the program computes it: over the entry with an empty hash, without spaces, in the order of its fields."""
    plain = json.dumps(entry | {"hash": ""}, separators=(",", ":"), ensure_ascii=False)
    return json.dumps(entry | {"hash": hashlib.sha256(plain.encode()).hexdigest()})


def not_undone(person, file, check, content, words, *arguments):
    ran = person.undo(*arguments)
    check(ran.code == 1 and words in " ".join((ran.out + ran.said).split()), f"undo: {ran}")
    check(file.read_bytes() == content, "undo: it was written")


def case_a_link_in_the_place_of_the_file(person, client, file, check):
    real = file.rename(person.home / "other")
    file.symlink_to(real)
    person.own()
    refused(person, file, check, ["link"])
    check(file.is_symlink(), "the link is gone")


def case_a_link_in_the_place_of_the_folder(person, client, file, check):
    folder = file.parent
    real = folder.rename(person.home / "other-folder")
    folder.symlink_to(real)
    person.own()
    refused(person, file, check, ["link"])


def case_another_name_of_the_file(person, client, file, check):
    os.link(file, person.home / "other")
    refused(person, file, check, ["file"])


def case_another_owners_file(person, client, file, check):
    os.chown(file, 0, 0)
    file.chmod(0o644)
    refused(person, file, check, ["file"])
    check(file.stat().st_uid == 0, "another owner now")


def case_another_owners_folder(person, client, file, check):
    os.chown(file.parent, 0, 0)
    file.parent.chmod(0o777)
    refused(person, file, check, ["file"])


def case_a_folder_that_others_may_write_in(person, client, file, check):
    file.parent.chmod(0o777)
    refused(person, file, check, ["file"])


def case_another_owners_home(person, client, file, check):
    os.chown(person.home, 0, 0)
    before = file.read_bytes()
    ran = person.fix()
    check(ran.code != 0 and "done" not in ran.states, f"{ran}")
    check(file.read_bytes() == before, "it was written")


def case_a_file_that_is_read_only(person, client, file, check):
    file.chmod(0o400)
    refused(person, file, check, ["file"])


def case_a_folder_in_the_place_of_the_new_file(person, client, file, check):
    file.with_name(f".{file.name}.smtp-auth-audit-new").mkdir()
    person.own()
    refused(person, file, check, ["file"])


def case_a_link_in_the_place_of_the_new_file(person, client, file, check):
    other = person.home / "other"
    other.write_text("somebody's")
    file.with_name(f".{file.name}.smtp-auth-audit-new").symlink_to(other)
    person.own()
    refused(person, file, check, ["file"])
    check(other.read_text() == "somebody's", "it went through the link")


def case_a_link_in_the_place_of_the_journal(person, client, file, check):
    state = person.home / ".local/state"
    state.mkdir(parents=True)
    elsewhere = person.home / "other-journal"
    elsewhere.mkdir()
    (state / "smtp-auth-audit").symlink_to(elsewhere)
    person.own()
    before = file.read_bytes()
    ran = person.fix()
    check(ran.code == 2 and file.read_bytes() == before and not list(elsewhere.iterdir()), f"{ran}")


def case_a_value_that_changed_while_it_asked(person, client, file, check):
    text = file.read_text()
    other = text.replace('port", 25', 'port", 26').replace("smtp_port=25", "smtp_port=26")

    def answer(_):
        file.write_text(other)
        return "c"
    ran = person.fix(answer=answer)
    check(ran.codes == ["changed-meanwhile"] and ran.states == ["refused"], f"{ran}")
    check(file.read_text() == other != text, "it was written")


def case_a_value_that_changed_before_undo(person, client, file, check):
    fixed(person, check)
    text = file.read_text()
    file.write_text(text.replace('port", 587', 'port", 588').replace("smtp_port=587", "smtp_port=588"))
    changed = file.read_bytes()
    not_undone(person, file, check, changed, "changed it since")
    check(changed != text.encode(), "nothing was changed")


def case_another_file_in_its_place_while_it_writes(person, client, file, check):
    """Between the reading and the renaming: strace lets `fix` stand still at its new file's fsync."""
    before = file.read_bytes()
    other = before + b"\n"

    def swap():
        end = time.monotonic() + 60
        while not file.with_name(f".{file.name}.smtp-auth-audit-new").exists() and time.monotonic() < end:
            time.sleep(0.05)
        own = file.with_name("swapped")
        own.write_bytes(other)
        own.chmod(0o600)
        os.chown(own, NUMBER, NUMBER)
        own.rename(file)
    ran = person.at_terminal(
        ["fix", "--apply", "--format", "json", "--policy", str(person.policy)], lambda _: "c",
        ("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:delay_exit=4000000:when=3"), swap)
    check(ran.codes == ["changed-meanwhile"] and ran.states == ["refused"], f"{ran}")
    check(file.read_bytes() == other, "it was written")


def case_two_accounts_on_one_server(person, client, file, check):
    """In prefs.js several accounts may share a server; an accountrc has one for each."""
    if client != "thunderbird":
        second = file.read_text().replace("[Account: 1]", "[Account: 2]").replace("taro@", "jiro@").replace("smtp_port=25", "smtp_port=2525")
        text = file.read_text() + "\n" + second
        file.write_text(text)
        ran = person.fix(answer=lambda n: "c" if n == 1 else "s")
        check(ran.states == ["done", "skipped"], f"{ran}")
        check(file.read_text().endswith(second), "the neighbour's lines were touched")
        return
    more = {
        "mail.accountmanager.accounts": "account1,account2", "mail.account.account2.identities": "id2",
        "mail.account.account2.server": "server2", "mail.identity.id2.smtpServer": "smtp1",
        "mail.identity.id2.useremail": "jiro@other.example.org", "mail.server.server2.hostname": "pop.other.example.org",
        "mail.server.server2.name": "jiro@other.example.org", "mail.server.server2.type": "pop3", "mail.server.server2.userName": "jiro",
    }
    values = profiles.PREFS | more
    file.write_text("".join(f'user_pref("{name}", {json.dumps(value)});\n' for name, value in sorted(values.items())))
    # The other one's provider wants something else of it.
    second = person.folder / "second.toml"
    second.write_text(POLICY.replace("example-net", "other-org").replace("587", "465").replace("starttls", "tls")
                      .replace('{ outgoing = "mail.example.jp" }', '{ outgoing = "mail.example.jp", domain = "other.example.org" }'))
    before = file.read_bytes()
    # The first policy that claims an account counts.
    ran = person.fix("--policy", str(person.policy), policy=second)
    check("others" in ran.codes and "done" not in ran.states, f"{ran}")
    check(file.read_bytes() == before, "it was written")


def case_root(person, client, file, check):
    done = subprocess.run([person.program, "fix", "--apply", "--yes", "--policy", person.policy], capture_output=True, text=True,
                          env=person.environment | {"LC_ALL": "C.UTF-8"}, cwd="/", check=False)
    check(done.returncode == 2 and "as root" in re.sub(r"\s+", " ", done.stderr), f"{done}")
    done = subprocess.run([person.program, "undo"], capture_output=True, text=True, env=person.environment | {"LC_ALL": "C.UTF-8"},
                          cwd="/", check=False)
    check(done.returncode == 2, f"undo: {done}")


def case_nobody_at_the_screen(person, client, file, check):
    """Without a terminal: only with an administrator's permission, which nobody else can give, and only where no password may
    be asked for."""
    before = file.read_bytes()
    needed = ["password-needed"] if client == "thunderbird" else []
    for mode, expected in ((None, needed or ["not-allowed"]), (0o666, needed or ["not-allowed"]), (0o644, needed)):
        with allowed(person.folder, mode):
            process = person.start(["fix", "--apply", "--yes", "--format", "json", "--policy", str(person.policy)])
            out, said = process.communicate(timeout=60)
        (change,) = json.loads(out)["changes"]
        codes = [one["code"] for one in change["obstacles"]]
        check(codes == expected and change["state"] == ("refused" if expected else "done"), f"{mode}: {codes} {change['state']} {said}")
        check((file.read_bytes() == before) == bool(expected), f"{mode}: written or not")


@contextmanager
def allowed(folder, mode):
    """Another /etc, with the administrator's file in it; only this process and its children see it."""
    if mode is None:
        yield
        return
    upper = folder / "etc"
    upper.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "none", upper], check=True)
    (upper / "u/smtp-auth-audit").mkdir(parents=True)
    (upper / "w").mkdir()
    permission = upper / "u/smtp-auth-audit/allow-fix"
    permission.touch()
    permission.chmod(mode)
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", f"lowerdir=/etc,upperdir={upper}/u,workdir={upper}/w", "/etc"], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "/etc"], check=True)
        subprocess.run(["umount", upper], check=True)
