#!/usr/bin/env python3
"""The manifests of winget, Scoop and Homebrew, made of the packages that are there: manifests.py FOLDER

Version, addresses and texts come from Cargo.toml, the sums from the files; FOLDER holds the packages and gets `manifests`.
"""

import hashlib
import json
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
# The manifest of winget that all its clients since 1.6 (2023) read.
WINGET = "1.6.0"


def sum_of(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def facts(folder):
    """What all three say, and where each package will lie: below `url`, in the folder of its version."""
    package = tomllib.loads((PROJECT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
    own, name, version = package["metadata"]["packages"], package["name"], package["version"]
    said = {
        "name": name, "version": version, "description": package["description"], "license": package["license"],
        "publisher": own["publisher"], "url": own["url"], "identifier": own["winget"],
        "at": f"{own['url']}/releases/download/v{version}",
    }
    said["zip"], said["crate"] = f"{name}-{version}-windows-x86_64.zip", f"{name}-{version}.crate"
    said["zip_sum"], said["crate_sum"] = (sum_of(folder / said[one]) for one in ("zip", "crate"))
    return said


def winget(said):
    """Three files: a program that needs no installation, in a zip. A JSON value is a YAML value, too, so nothing is quoted wrongly."""
    head = {"PackageIdentifier": said["identifier"], "PackageVersion": said["version"]}
    installer = head | {
        "InstallerType": "zip", "NestedInstallerType": "portable",
        "NestedInstallerFiles": [{
            "RelativeFilePath": f"{said['name']}-{said['version']}\\{said['name']}.exe",
            "PortableCommandAlias": said["name"]}],
        "Installers": [{
            "Architecture": "x64", "InstallerUrl": f"{said['at']}/{said['zip']}",
            "InstallerSha256": said["zip_sum"].upper()}],
        "ManifestType": "installer"}
    texts = head | {
        "PackageLocale": "en-US", "Publisher": said["publisher"], "PackageName": said["name"], "PackageUrl": said["url"],
        "License": said["license"], "ShortDescription": said["description"], "Moniker": said["name"],
        "ManifestType": "defaultLocale"}
    version = head | {"DefaultLocale": "en-US", "ManifestType": "version"}
    for part, content in (("installer.", installer), ("locale.en-US.", texts), ("", version)):
        content["ManifestVersion"] = WINGET
        kind = content["ManifestType"]
        schema = f"# yaml-language-server: $schema=https://aka.ms/winget-manifest.{kind}.{WINGET}.schema.json\n"
        lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in content.items())
        yield f"winget/{said['identifier']}.{part}yaml", schema + "".join(lines)


def scoop(said):
    content = {
        "version": said["version"], "description": said["description"], "homepage": said["url"],
        "license": said["license"].replace(" OR ", "|"),
        "architecture": {"64bit": {"url": f"{said['at']}/{said['zip']}", "hash": said["zip_sum"]}},
        "extract_dir": f"{said['name']}-{said['version']}",
        "bin": f"{said['name']}.exe",
    }
    yield f"scoop/{said['name']}.json", json.dumps(content, indent=4, ensure_ascii=False) + "\n"


def homebrew(said):
    """It builds the source, so that it is the same for every Mac and for Linux."""
    kind = "".join(word.capitalize() for word in said["name"].split("-"))
    licences = ", ".join(f'"{one}"' for one in said["license"].split(" OR "))
    # Homebrew's style: no name of the formula at the beginning, 80 characters at most.
    yield f"homebrew/{said['name']}.rb", f'''class {kind} < Formula
  desc "Says how mail accounts authenticate when they send"
  homepage "{said['url']}"
  url "{said['at']}/{said['crate']}"
  sha256 "{said['crate_sum']}"
  license any_of: [{licences}]

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
    program = bin/"{said['name']}"
    generate_completions_from_executable(program, "completions", shells: [:bash, :zsh, :fish])
    (man1/"{said['name']}.1").write Utils.safe_popen_read(program, "man", "--lang", "en")
    (man/"ja/man1/{said['name']}.1").write Utils.safe_popen_read(program, "man", "--lang", "ja")
  end

  test do
    assert_match version.to_s, shell_output("#{{bin}}/{said['name']} --version")
  end
end
'''


def main():
    folder = Path(sys.argv[1])
    said = facts(folder)
    for manifest in (winget, scoop, homebrew):
        for name, text in manifest(said):
            file = folder / "manifests" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"manifests/{name}")


if __name__ == "__main__":
    main()
