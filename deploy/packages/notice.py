#!/usr/bin/env python3
"""The licences of what a program is made of: notice.py TARGET FILE

Whose code is in it comes from `cargo metadata` (no tests, no build scripts, all features), the texts from the crates themselves, so
nothing has to be kept up by hand. Which licences are allowed is deny.toml's matter. Fails where a crate brings no text and is
not under MIT, whose text is known.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
TEXTS = re.compile(r"(LICEN[CS]E|COPYING|COPYRIGHT|NOTICE|UNLICENSE)", re.I)
# What isn't a crate, and where it is.
BESIDE = {
    "all": """The Rust standard library, which is part of every Rust program: MIT OR Apache-2.0, copyright (c) The Rust Project Contributors.

SQLite, inside the crate libsqlite3-sys: in the public domain; its authors disclaim copyright.

The Public Suffix List, inside the crate psl as code: Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/; its source is
https://publicsuffix.org/list/public_suffix_list.dat.
""",
    "windows": """The start-up code of mingw-w64 (Zope Public License 2.1 and public domain, copyright (c) the mingw-w64 project) and libgcc (GPL-3.0
with the GCC Runtime Library Exception, which lets programs of any licence hold it).
""",
}
# The permission of LICENSE-MIT without its holder, for a crate that names MIT and brings no text.
MIT = (PROJECT / "LICENSE-MIT").read_text(encoding="utf-8").partition("Permission is")


def crates(target):
    """The packages in the program, without the program itself; sorted by name and version."""
    said = subprocess.run(
        ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target],
        cwd=PROJECT, capture_output=True, text=True, check=True)
    known = json.loads(said.stdout)
    nodes = {node["id"]: node for node in known["resolve"]["nodes"]}
    packages = {package["id"]: package for package in known["packages"]}
    root = known["resolve"]["root"]
    seen, waiting = {root}, [root]
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            is_macro = any("proc-macro" in one["kind"] for one in packages[dependency["pkg"]]["targets"])
            is_inside = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            if is_inside and not is_macro and dependency["pkg"] not in seen:
                seen.add(dependency["pkg"])
                waiting.append(dependency["pkg"])
    return sorted((packages[one] for one in seen - {root}), key=lambda package: (package["name"], package["version"]))


def texts(package):
    """The licences' files in the crate's own folder, as (name, text)."""
    folder = Path(package["manifest_path"]).parent
    named = [folder / package["license_file"]] if package["license_file"] else []
    found = sorted({*named, *(path for path in folder.iterdir() if path.is_file() and TEXTS.match(path.name))})
    return [(path.name, path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip()) for path in found]


def notice(target):
    """The page, each text once. A crate without a text that is not under MIT ends the run."""
    heads, bodies, without = [], {}, []
    for package in crates(target):
        title = f"{package['name']} {package['version']}"
        licence = package["license"] or "see its text"
        heads.append(f"  {title}: {licence}" + (f", {package['repository']}" if package["repository"] else ""))
        found = texts(package)
        if not found:
            if "MIT" not in licence:
                without.append(f"{title}: {licence}")
            holders = ", ".join(package["authors"]) or f"the authors of {package['name']}"
            found = [("", f"MIT License\n\nCopyright (c) {holders}\n\n{MIT[1]}{MIT[2]}".strip())]
        for _, text in found:
            bodies.setdefault(text, []).append(title)
    if without:
        sys.exit(f"no text of a licence that would have to be there: {without}")
    parts = ["What smtp-auth-audit is made of, for " + target + ", and under which licences", *heads]
    page = ["\n".join(parts), BESIDE["all"].strip()]
    page += [BESIDE["windows"].strip()] if "windows" in target else []
    page += [f"{', '.join(titles)}:\n\n{text}" for text, titles in bodies.items()]
    line = "\n\n" + "-" * 80 + "\n\n"
    return line.join(page) + "\n"


def main():
    target, file = sys.argv[1:]
    Path(file).write_text(notice(target), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
