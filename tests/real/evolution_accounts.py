"""Makes an account as Evolution's assistant does: libedataserver hands it to the program's own registry, which writes
the `.source` files and puts the passwords into the keyring. Needs the system's Python with its bindings for GObject.

    evolution_accounts.py HOST PASSWORD ACCOUNT      ACCOUNT: JSON with incoming, method, security, port
"""

import json
import sys
import time

import gi

gi.require_version("EDataServer", "1.2")
from gi.repository import EDataServer  # noqa: E402

# Groups of a file are known by their names once their classes are.
for kind in ("Authentication", "MailAccount", "MailIdentity", "MailSubmission", "MailTransport", "Security"):
    getattr(EDataServer, f"Source{kind}").__gtype__


def main(host, password, settings):
    registry = EDataServer.SourceRegistry.new_sync(None)
    account, identity, transport = (EDataServer.Source.new(None, None) for _ in range(3))
    for source in (account, identity, transport):
        source.set_display_name("taro@example.jp")
    for source in (identity, transport):
        source.set_parent(account.get_uid())

    extension = account.get_extension("Mail Account")
    extension.set_backend_name(settings["incoming"])
    extension.set_identity_uid(identity.get_uid())
    extension.set_needs_initial_setup(False)
    connect(account, host, 110 if settings["incoming"] == "pop" else 143, "none", "none")

    extension = identity.get_extension("Mail Identity")
    extension.set_address("taro@example.jp")
    extension.set_name("taro")
    identity.get_extension("Mail Submission").set_transport_uid(transport.get_uid())

    transport.get_extension("Mail Transport").set_backend_name("smtp")
    connect(transport, host, settings["port"], settings["method"], settings["security"])

    registry.create_sources_sync([account, identity, transport], None)
    for source in (account, transport):
        for _ in range(50):
            if known := registry.ref_source(source.get_uid()):
                break
            time.sleep(0.1)
        known.store_password_sync(password, True, None)


def connect(source, host, port, method, security):
    extension = source.get_extension("Authentication")
    extension.set_host(host)
    extension.set_port(port)
    # The assistant fills it in whether it is needed or not.
    extension.set_user("taro")
    extension.set_method(method)
    source.get_extension("Security").set_method(security)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))
