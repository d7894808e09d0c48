#!/usr/bin/env python3
"""The PowerShell scripts of deploy/ and docs/fleet.md by their grammar; nothing here can run them. Called by `.ci/full deploy`."""

import re
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
    print("\n".join(bad) or f"{len(scripts)} PowerShell scripts are well-formed")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
