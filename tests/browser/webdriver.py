"""Just enough of the WebDriver protocol (w3.org/TR/webdriver2) to drive Chromium with the standard library."""

import base64
import json
import re
import subprocess
import tempfile
import urllib.error
import urllib.request

# No network of its own accord: what a page asks for is the only thing to be seen.
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--window-size=1280,1600",
]
TAB, ENTER, RIGHT, LEFT = "\ue004", "\ue007", "\ue014", "\ue012"


class Browser:
    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="browser-", ignore_cleanup_errors=True)
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        port = None
        while port is None:
            port = re.search(r"started successfully on port (\d+)", self.driver.stdout.readline())
        self.base = f"http://127.0.0.1:{port.group(1)}/session"
        options = {"args": [*FLAGS, f"--user-data-dir={self.profile.name}"]}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        answer = self.call("POST", "", {"capabilities": {"alwaysMatch": wanted}})
        self.base += "/" + answer["sessionId"]
        self.version = answer["capabilities"]["browserVersion"]
        return self

    def __exit__(self, *_):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()
            self.profile.cleanup()

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=600) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error

    def open(self, path):
        """Opens a file; what the pages before wrote to the logs is forgotten."""
        self.call("POST", "/url", {"url": "about:blank"})
        self.console(), self.requests()
        self.call("POST", "/url", {"url": path.absolute().as_uri()})

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def press(self, *keys):
        for key in keys:
            actions = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
            self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def console(self):
        return [entry["message"] for entry in self.call("POST", "/se/log", {"type": "browser"})]

    def requests(self):
        """The addresses that were asked for."""
        events = [json.loads(entry["message"])["message"] for entry in self.call("POST", "/se/log", {"type": "performance"})]
        sent = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return [one["request"]["url"] for one in sent]

    def pdf(self):
        """The page printed on A4, and how many sheets of paper that is."""
        page = {"width": 21.0, "height": 29.7}
        printed = base64.b64decode(self.call("POST", "/print", {"page": page, "background": False}))
        return printed, len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))

    def screenshot(self, path):
        path.write_bytes(base64.b64decode(self.call("GET", "/screenshot")))
