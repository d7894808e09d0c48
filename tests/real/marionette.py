"""A client for Marionette, the remote control that is built into Thunderbird: JSON behind its length, on a socket.

Protocol: firefox-source-docs.mozilla.org/testing/marionette/Protocol.html.
"""

import json
import socket
import time


class Marionette:
    def __init__(self, port=2828, seconds=60):
        end = time.monotonic() + seconds
        while True:
            try:
                self._socket = socket.create_connection(("127.0.0.1", port), 120)
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
        self._file = self._socket.makefile("rb")
        self._number = 0
        self._hear()
        self.ask("WebDriver:NewSession", {})
        self.ask("Marionette:SetContext", {"value": "chrome"})

    def run(self, script, *arguments):
        """What an asynchronous script of the program's own rights gives; its body may `await` and `return`."""
        body = f"""
            const done = arguments[arguments.length - 1];
            (async (...arguments) => {{ {script} }})(...arguments).then(
                value => done({{ value: value ?? null }}), error => done({{ error: String(error) + error?.stack }}));
        """
        answer = self.ask("WebDriver:ExecuteAsyncScript", {
            "script": body, "args": list(arguments), "newSandbox": True, "sandbox": "system", "scriptTimeout": 60_000})
        answer = answer["value"]
        if answer is None:
            # A message in a window of its own ended the script.
            self.ask("WebDriver:DismissAlert", {})
            raise RuntimeError("the program showed a message")
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"]

    def quit(self):
        """Ends the program as its menu does: it writes its settings."""
        self.ask("Marionette:Quit", {"flags": ["eAttemptQuit"]})
        self._socket.close()

    def ask(self, command, parameters):
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._hear()
        if error:
            raise RuntimeError(f"{command}: {error}")
        return result

    def _hear(self):
        digits = b""
        while not digits.endswith(b":"):
            byte = self._file.read(1)
            if not byte:
                raise EOFError("the program ended")
            digits += byte
        return json.loads(self._file.read(int(digits[:-1])))
