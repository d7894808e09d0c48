"""What comes with the packages: sums, signatures, lists of parts, licences, manifests."""

import hashlib
import json
import shutil
import subprocess
import tomllib
import zipfile
import zlib
from urllib.parse import urlsplit

from unix import NAME, said

# Only what the program for roll-outs must not hold: the code for the network and for changing settings.
NOT_IN_ROLLOUT = {"rustls", "rustls-webpki", "ring", "rustls-native-certs", "ctrlc", "md-5", "psl"}


def parts(program, objcopy):
    """The crates that `cargo auditable` has written into a program: names with versions."""
    copied = program.with_suffix(".parts")
    said(objcopy, "--output-target=binary", "--only-section=.dep-v0", "--set-section-flags", ".dep-v0=alloc,load,readonly", program, copied)
    # Windows programs fill a section up with zeros.
    known = json.loads(zlib.decompressobj().decompress(copied.read_bytes()))
    copied.unlink()
    return {one["name"]: one["version"] for one in known["packages"] if one.get("kind") != "build"}


def lists_of_parts(folder, version):
    """The programs and the CycloneDX lists name the same crates in the versions of Cargo.lock."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    locked = {(one["name"], one["version"]) for one in tomllib.loads(open("Cargo.lock").read())["package"]}
    inside = {
        "linux": parts(folder / "programs/linux" / NAME, "objcopy"),
        "windows": parts(folder / "programs/windows" / f"{NAME}.exe", "x86_64-w64-mingw32-objcopy"),
    }
    rollout = parts(folder / "programs/windows/rollout" / f"{NAME}.exe", "x86_64-w64-mingw32-objcopy")
    assert not NOT_IN_ROLLOUT & set(rollout), NOT_IN_ROLLOUT & set(rollout)
    assert NOT_IN_ROLLOUT <= set(inside["windows"]), NOT_IN_ROLLOUT - set(inside["windows"])
    for system in ("linux", "windows", "macos"):
        text = (folder / f"{NAME}-{version}-{system}.cdx.json").read_text()
        fault = JsonStrictValidator(SchemaVersion.V1_5).validate_str(text)
        assert fault is None, fault
        listed = {one["name"]: one["version"] for one in json.loads(text)["components"] if "purl" in one}
        assert set(listed.items()) <= locked and len(listed) > 50, system
        for name, its in inside.get(system, {}).items():
            assert name == NAME or name in listed, f"{system}: {name} {its} is in the program, not in the list"
        assert str(folder) not in text and "/root" not in text


def licences(folder, version):
    """Each crate of the program has its place in the notice, and MPL's word of where its source is, is there."""
    with zipfile.ZipFile(folder / f"{NAME}-{version}-windows-x86_64.zip") as packed:
        notice = packed.read(f"{NAME}-{version}/THIRD-PARTY.txt").decode()
    assert "\r" not in notice and "public_suffix_list.dat" in notice and "GCC Runtime Library Exception" in notice
    for name in ("rusqlite", "rustls", "encoding_rs", "icu_segmenter", "windows-sys"):
        assert f"\n  {name} " in notice and f"{name} " in notice.partition("-" * 80)[2], name


def sums(folder):
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    there = {path.name for path in folder.iterdir() if path.is_file() and path.name != "SHA256SUMS"}
    assert set(listed) == there and len(there) >= 9, set(listed) ^ there
    for name, its in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == its, name


def signatures(folder, certificate):
    """Both programs and the installer, verified against the certificate; and a byte more is told."""
    signed = [folder / "signed" / f"{NAME}.exe", folder / "signed/rollout" / f"{NAME}.exe", *folder.glob("*.msi")]
    assert len(signed) == 3
    for file in signed:
        assert "Succeeded" in said("osslsigncode", "verify", "-CAfile", certificate, "-in", file), file
    spoilt = folder / "signed" / "spoilt.exe"
    shutil.copy(signed[0], spoilt)
    with spoilt.open("r+b") as file:
        file.seek(5000)
        byte = file.read(1)
        file.seek(5000)
        file.write(bytes([byte[0] ^ 1]))
    done = subprocess.run(["osslsigncode", "verify", "-CAfile", certificate, "-in", spoilt], capture_output=True)
    assert done.returncode != 0, "a spoilt program passes"
    spoilt.unlink()
    # Whoever builds the program can compare it with the signed one: with its signature it is that one.
    built, signature, own = folder / "programs/windows" / f"{NAME}.exe", spoilt.with_name("signature"), spoilt.with_name("own.exe")
    said("osslsigncode", "extract-signature", "-in", signed[0], "-out", signature)
    said("osslsigncode", "attach-signature", "-CAfile", certificate, "-sigin", signature, "-in", built, "-out", own)
    assert own.read_bytes() == signed[0].read_bytes() != built.read_bytes()
    signature.unlink()
    own.unlink()


def manifests(folder, version):
    """What their schemas ask for (those of winget 1.6.0 and of Scoop were tried when these were written), and that the sums and
    addresses are those of the packages. A JSON value is a YAML value: winget's files are read line by line."""
    package = tomllib.loads(open("Cargo.toml").read())["package"]["metadata"]["packages"]
    sum_of = {line[66:]: line[:64] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    archive = f"{NAME}-{version}-windows-x86_64.zip"
    address = f"{package['url']}/releases/download/v{version}/"
    read = {}
    for file in (folder / "manifests/winget").iterdir():
        lines = [line.split(": ", 1) for line in file.read_text().splitlines() if not line.startswith("#")]
        content = {key: json.loads(value) for key, value in lines}
        assert (content["PackageIdentifier"], content["PackageVersion"]) == (package["winget"], version)
        assert content["ManifestVersion"] == "1.6.0" and file.name.startswith(package["winget"])
        read[content["ManifestType"]] = content
    assert set(read) == {"version", "installer", "defaultLocale"}
    [installer] = read["installer"]["Installers"]
    assert installer == {"Architecture": "x64", "InstallerUrl": address + archive, "InstallerSha256": sum_of[archive].upper()}
    texts = read["defaultLocale"]
    for key in ("PackageLocale", "Publisher", "PackageName", "License", "ShortDescription"):
        assert texts[key], key
    assert len(texts["ShortDescription"]) <= 256 and read["version"]["DefaultLocale"] == texts["PackageLocale"]
    with zipfile.ZipFile(folder / archive) as packed:
        [nested] = read["installer"]["NestedInstallerFiles"]
        assert nested["RelativeFilePath"].replace("\\", "/") in packed.namelist()
        scoop = json.loads((folder / "manifests/scoop" / f"{NAME}.json").read_text())
        assert f"{scoop['extract_dir']}/{scoop['bin']}" in packed.namelist()
    assert set(scoop) >= {"version", "homepage", "license", "description"} and scoop["version"] == version
    assert scoop["architecture"] == {"64bit": {"url": address + archive, "hash": sum_of[archive]}}
    formula = folder / "manifests/homebrew" / f"{NAME}.rb"
    said("ruby", "-c", formula)
    text, crate = formula.read_text(), f"{NAME}-{version}.crate"
    assert f'url "{address}{crate}"' in text and f'sha256 "{sum_of[crate]}"' in text and "class SmtpAuthAudit < Formula" in text
    assert all(urlsplit(one).scheme == "https" for one in (package["url"], installer["InstallerUrl"]))
