"""The demo PC as people see it: the page at three widths, light and dark, and the last screen of terminals."""

import fcntl
import html
import os
import pty
import re
import struct
import subprocess
import termios
import unicodedata

# Columns and rows, and the language.
TERMINALS = [(100, 30, "ja"), (80, 25, "ja"), (100, 30, "en")]
WIDTHS = [390, 768, 1280]
COLOURS = {"31": "#f66", "32": "#6d6", "33": "#fc6"}


def window(browser, width, height):
    """A page of this size, whatever the frame of the window takes: narrower than 500 no window gets."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    cdp(browser, "Emulation.setDeviceMetricsOverride", size)


def cdp(browser, command, parameters):
    browser.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})


def dark(browser, is_dark):
    feature = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
    cdp(browser, "Emulation.setEmulatedMedia", {"features": [feature]})


def page(browser, pages, folder, contrast, check):
    """Nothing stands out at any width; the contrast holds in the dark; a picture of what is seen first."""
    for lang, path in pages.items():
        browser.open(path)
        for width in WIDTHS:
            window(browser, width, 900)
            fits = browser.run("return document.documentElement.scrollWidth <= innerWidth")
            check(fits, f"scan: nothing stands out to the right at {width}, {lang}")
            browser.screenshot(folder / f"page-{width}-{lang}.png")
        dark(browser, True)
        found = browser.run(contrast)
        check(found["low"] == [] and found["checked"] > 50, f"scan: contrast AA in the dark, {lang}", found["low"])
        browser.screenshot(folder / f"page-dark-{lang}.png")
        dark(browser, False)
        window(browser, 1100, 640)
        browser.screenshot(folder / f"page-{lang}.png")
    cdp(browser, "Emulation.clearDeviceMetricsOverride", {})


def in_terminal(command, columns, rows):
    """What a command writes to a terminal of this size."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "ja_JP.UTF-8"}
    process = subprocess.Popen(command, stdout=side, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=environment)
    os.close(side)
    written = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        written += part
    os.close(main)
    process.wait()
    return written.decode().replace("\r\n", "\n")


def columns_of(line):
    plain = re.sub("\x1b\\[[0-9;]*m", "", line)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in plain)


def coloured(line):
    """Escape sequences as elements."""
    text = ""
    for part in re.split("(\x1b\\[[0-9;]*m)", line):
        sequence = re.fullmatch("\x1b\\[([0-9;]*)m", part)
        if not sequence:
            text += html.escape(part)
            continue
        codes = sequence[1].split(";")
        colour = next((COLOURS[code] for code in codes if code in COLOURS), None)
        text += "</b>" * text.count("<b") if codes in (["0"], [""]) and text.count("<b") > text.count("</b") else ""
        text += f'<b style="color:{colour}">' if colour else "<b>" if "1" in codes else ""
    return text + "</b>" * (text.count("<b") - text.count("</b"))


def terminals(browser, program, demo, folder, check):
    """The last screen holds the whole table and the answer."""
    for columns, rows, lang in TERMINALS:
        name = f"terminal-{columns}x{rows}-{lang}"
        command = [program, "scan", demo.relative_to(demo.parents[2]), "--lang", lang]
        lines = in_terminal(command, columns, rows).rstrip("\n").split("\n")
        # The prompt takes the last line.
        last = lines[-(rows - 1):]
        text = "\n".join(last)
        answer = {"ja": "要変更 5、要確認 1", "en": "5 have to change, 1 to check"}[lang]
        check(answer in text, f"{name}: the answer is on the last screen")
        places = [line for line in lines if "fixtures/" in line]
        wide = [line for line in lines if columns_of(line) > columns and line not in places]
        check(wide == [], f"{name}: no line is wider than the terminal", wide)
        first = {"ja": "お店", "en": "お店"}[lang]
        check(first in text, f"{name}: the table stands on the last screen from its first row")
        page = folder / f"{name}.html"
        style = "margin:0;padding:8px;background:#111;color:#ddd;font:16px/1.25 'Noto Sans Mono CJK JP',monospace"
        body = "\n".join(coloured(line) for line in last)
        page.write_text(f'<meta charset="utf-8"><body style="{style}"><pre style="margin:0;font:inherit">{body}\n$ </pre>', encoding="utf-8")
        browser.open(page)
        window(browser, columns * 8 + 20, rows * 20 + 16)
        browser.screenshot(folder / f"{name}.png")
        cdp(browser, "Emulation.clearDeviceMetricsOverride", {})
