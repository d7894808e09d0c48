#!/usr/bin/env python3
"""The PowerShell scripts of deploy/ and docs/fleet.md by their grammar; nothing here can run them. And the two halves of
deploy/README.md, one beside the other. Called by `.ci/full deploy`."""

import re
import subprocess
import sys
from pathlib import Path

import tree_sitter_powershell
from tree_sitter import Language, Parser

PROJECT = Path(__file__).resolve().parents[2]


def mistakes(node, text):
    if node.type == "ERROR" or node.is_missing:
        yield f"line {node.start_point[0] + 1}: {text[node.start_byte:node.end_byte][:60]!r}"
    for child in node.children:
        yield from mistakes(child, text)


def discovered(line):
    """What Discover-SmtpAuth.ps1 prints for the program's line: its one pattern means the same in .NET and here."""
    script = (PROJECT / "deploy/configmgr/Discover-SmtpAuth.ps1").read_text(encoding="ascii")
    [pattern] = re.findall(r"if \(\$line -match '([^']+)'\) \{ \$number = \[int\] \$Matches\[1\] \}", script)
    [otherwise] = re.findall(r"^\$number = (-?\d+)$", script, re.M)
    found = re.search(pattern, line)
    return int(found[1] if found else otherwise)


def compliance():
    """What the ConfigMgr item makes of a scan: not known is not "nothing to change"."""
    line = "change={} check={} ok=5 none=2 issues={} v=0.1.0".format
    cases = {line(0, 0, 0): 0, line(0, 3, 0): 0, line(3, 0, 0): 3, line(12, 1, 4): 12, line(0, 0, 1): -1, line(0, 2, 10): -1,
             "failed: no user v=0.1.0": -1, "": -1}
    program = [PROJECT / "target/debug/smtp-auth-audit", "scan", PROJECT / "fixtures/demo/office-pc", "--format", "intune"]
    cases[subprocess.run(program, capture_output=True, text=True, check=False).stdout.strip()] = 5
    return [f"{text!r}: {discovered(text)}, not {number}" for text, number in cases.items() if discovered(text) != number]


def left_behind():
    """What the remediation script places and the detection script, when nothing is left to change, does not take away."""
    detect, remediate = (PROJECT.joinpath("deploy/intune", f"{name}-SmtpAuth.ps1").read_text(encoding="ascii")
                         for name in ("Detect", "Remediate"))
    fine = detect[detect.index("if ($code -eq 0) {"):detect.index("exit 0")]
    taken = {path: name for name, path in re.findall(r"(\$\w+) = Join-Path .*-ChildPath '([^']+)'", fine)}
    removed = re.search(r"Remove-Item -Path (.+) -Force", fine)[1].split(", ")
    placed = {"'Desktop\\SMTP-AUTH.lnk'": "Desktop\\SMTP-AUTH.lnk", "'{0}.html'": "smtp-auth-audit\\reports\\*.html"}
    assert all(words in remediate for words in placed)
    return [f"Detect-SmtpAuth.ps1 leaves {path}" for path in placed.values() if taken.get(path) not in removed]


def halves(readme):
    """Where the English and the Japanese half of the README differ in what both have to have: links, commands, names, numbers."""
    kinds = {"links": r"\]\(((?!#)[^)#]+)", "commands": r"^ {4,}(\S.*)$", "headings": r"^(##) ", "points": r"^(\*|\d\.) ",
             "codes": r"`([^` ]+\.(?:cmd|ps1|exe|json|csv))`|\*([A-Z]{1,2})\*"}
    english, japanese = (re.sub(r"<!--.*?-->", "", half, flags=re.S) for half in readme.split("\n# 日本語\n"))
    for kind, pattern in kinds.items():
        both = [sorted(re.findall(pattern, half, re.M)) for half in (english, japanese)]
        if both[0] != both[1]:
            yield f"deploy/README.md, {kind}: {[word for word in both[0] + both[1] if both[0].count(word) != both[1].count(word)]}"


def main():
    parser = Parser(Language(tree_sitter_powershell.language()))
    assert list(mistakes(parser.parse(b"if ($a { 1 }").root_node, b"if ($a { 1 }")), "the grammar takes anything"
    scripts = {path: path.read_bytes() for path in sorted((PROJECT / "deploy").rglob("*.ps1"))}
    assert len(scripts) == 5, scripts.keys()
    bad = [f"{path}: not ASCII" for path, text in scripts.items() if not text.isascii()]
    document = PROJECT / "docs/fleet.md"
    for number, text in enumerate(re.findall(r"```powershell\n(.*?)```", document.read_text(encoding="utf-8"), re.S)):
        scripts[f"{document}, {number}"] = text.encode()
    for path, text in scripts.items():
        bad += [f"{path}: {mistake}" for mistake in mistakes(parser.parse(text).root_node, text)]
    # Commands for any prompt: what PowerShell would take for its own syntax stands in quotation marks.
    readme = (PROJECT / "deploy/README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    (icacls .*)$", readme, re.M)
    assert len(commands) == 2, commands
    bad += [f"not for PowerShell: {line}" for line in commands if re.search(r"[(){};,@$]", re.sub(r'"[^"]*"', "", line))]
    for path in sorted((PROJECT / "deploy").rglob("*.cmd")):
        text = path.read_bytes()
        if not text.isascii() or text.count(b"\n") != text.count(b"\r\n"):
            bad.append(f"{path}: not ASCII with CR LF")
    bad += halves(readme)
    bad += compliance() + left_behind()
    print("\n".join(bad) or f"{len(scripts)} PowerShell scripts are well-formed")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
