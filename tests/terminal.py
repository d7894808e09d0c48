"""Runs a program at a pseudo-terminal: stdin and stderr are the terminal, stdout is a pipe. Reads a JSON list of what is
typed from its own stdin, one item whenever the program waits at "] > ", and prints what was seen as JSON."""

import fcntl
import json
import os
import pty
import signal
import select
import subprocess
import sys
import termios
import time

typed = json.load(sys.stdin)
master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, b"\x18\x00\x50\x00\x00\x00\x00\x00")  # 24 rows, 80 columns


def own_the_terminal():
    # Where the tests run in the background, shells have programs ignore what Ctrl-C sends.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


child = subprocess.Popen(
    sys.argv[1:], stdin=slave, stdout=subprocess.PIPE, stderr=slave, preexec_fn=own_the_terminal
)
os.close(slave)
screen, waiting, stdout = b"", 0, b""
deadline = time.time() + 30
streams = [master, child.stdout.fileno()]
while streams and time.time() < deadline:
    for stream in select.select(streams, [], [], 0.2)[0]:
        try:
            data = os.read(stream, 65536)
        except OSError:  # the other side of the terminal is closed
            data = b""
        if not data:
            streams.remove(stream)
        elif stream == master:
            screen += data
        else:
            stdout += data
    if typed and screen[waiting:].endswith(b"] > "):
        waiting = len(screen)
        os.write(master, typed.pop(0).encode())
if streams:
    child.kill()
exit_code = child.wait()
print(json.dumps({
    "screen": screen.decode().replace("\r\n", "\n"),
    "stdout": stdout.decode(),
    "exit": exit_code,
    "left": len(typed),
}))
