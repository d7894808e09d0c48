"""The packages for Linux: installed in a root of their own, run there, removed."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

NAME = "smtp-auth-audit"
# What a package manager itself writes down, in any installation.
BOOKS = ("var/lib/dpkg/", "var/log/", "var/cache/", "var/lib/rpm/", "usr/lib/sysimage/rpm/", "root/.rpmdb/")
COMMON = [
    "usr/bin/smtp-auth-audit",
    "usr/share/man/man1/smtp-auth-audit.1.gz",
    "usr/share/man/ja/man1/smtp-auth-audit.1.gz",
    "usr/share/bash-completion/completions/smtp-auth-audit",
    "usr/share/fish/vendor_completions.d/smtp-auth-audit.fish",
]
DEB = [*COMMON, "usr/share/zsh/vendor-completions/_smtp-auth-audit", *(
    f"usr/share/doc/smtp-auth-audit/{one}" for one in ("copyright", "changelog.gz", "THIRD-PARTY.txt.gz"))]
RPM = [*COMMON, "usr/share/zsh/site-functions/_smtp-auth-audit", "usr/share/doc/smtp-auth-audit/CHANGELOG.md", *(
    f"usr/share/licenses/smtp-auth-audit/{one}" for one in ("LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.txt"))]


def said(*arguments, status=0):
    """What a command writes; it has to end with this status."""
    done = subprocess.run([str(one) for one in arguments], capture_output=True, text=True, env=os.environ | {"LC_ALL": "C.UTF-8"})
    if done.returncode != status:
        raise AssertionError(f"{arguments}: {done.returncode}, not {status}\n{done.stdout}{done.stderr}")
    return done.stdout


def files(root):
    """Each file and folder below a root with what is in it, but the books of the package managers."""
    found = {}
    for path in root.rglob("*"):
        name = str(path.relative_to(root))
        if not f"{name}/".startswith(BOOKS):
            is_file = path.is_file() and not path.is_symlink()
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest() if is_file else ""
    return found


def fresh_root(folder, like=None):
    shutil.rmtree(folder, ignore_errors=True)
    if like:
        # Hard links would let a package write into the root that is kept.
        subprocess.run(["cp", "-a", like, folder], check=True)
    else:
        folder.mkdir(parents=True)
    return folder


def runs(root, program, version, home):
    """Its version, and a scan of an invented office with the answer that README shows, inside the root."""
    shutil.copytree(home, root / "office-pc")
    try:
        assert said("chroot", root, program, "--version").strip() == f"{NAME} {version}"
        shown = said("chroot", root, program, "scan", "/office-pc", "--lang", "en", status=1)
        assert "5 have to change, 1 to check, 1 could not be read" in " ".join(shown.split()), shown
    finally:
        shutil.rmtree(root / "office-pc")


def is_as_it_was(root, before, package):
    after = files(root)
    left = sorted(set(after.items()) ^ set(before.items()))
    assert not left, f"{package} leaves or takes away: {left[:10]}"


def places(root, before, wanted, package):
    new = sorted(name for name in set(files(root)) - set(before) if (root / name).is_file())
    assert new == sorted(wanted), f"{package} installs {new}"
    page = said("chroot", root, "gzip", "-dc", f"/{COMMON[1]}")
    assert '.SH "EXIT STATUS"' in page
    # Bash takes it in; zsh and fish are asked by tests/manual.rs.
    completion = f"source /{COMMON[3]}; complete -p {NAME}"
    assert NAME in said("chroot", root, "bash", "-c", completion)
    [zsh] = [name for name in wanted if "/zsh/" in name]
    assert (root / zsh).read_text().startswith(f"#compdef {NAME}\n")


def deb(file, work, debian, version, home):
    root = fresh_root(work / "deb", debian)
    before = files(root)
    shutil.copy(file, root / "package.deb")
    # dpkg refuses a package whose dependencies are not there; this root holds no more than Debian's smallest.
    said("chroot", root, "dpkg", "--install", "/package.deb")
    (root / "package.deb").unlink()
    places(root, before, DEB, file.name)
    said("chroot", root, "dpkg", "--verify", NAME)
    runs(root, NAME, version, home)
    said("chroot", root, "dpkg", "--purge", NAME)
    is_as_it_was(root, before, file.name)
    shutil.rmtree(root)


def rpm(file, work, debian, version, home):
    """No distribution of RPM is to be had here: the root is Debian's, with rpm's own books, and what the package asks for is
    compared with what a program of glibc may ask for."""
    asked = said("rpm", "-qpR", file)
    versions = [tuple(map(int, one.split("."))) for one in re.findall(r"\(GLIBC_([0-9.]+)\)", asked)]
    newest = ".".join(map(str, max(versions)))
    assert f"glibc {newest} " in Path("deploy/packages/README.md").read_text(), f"README names another glibc than {newest}"
    needs = [one.split("(")[0] for one in asked.split("\n") if one and not one.startswith("rpmlib")]
    assert set(needs) <= {"libc.so.6", "libm.so.6", "libgcc_s.so.1", "ld-linux-x86-64.so.2", "rtld"}, needs
    root = fresh_root(work / "rpm", debian)
    said("rpm", "--root", root, "--initdb")
    before = files(root)
    refused = subprocess.run(["rpm", "--root", root, "--install", file], capture_output=True, text=True)
    assert refused.returncode != 0 and "libc.so.6(GLIBC_" in refused.stderr, refused
    said("rpm", "--root", root, "--install", "--nodeps", file)
    places(root, before, RPM, file.name)
    said("rpm", "--root", root, "--verify", "--nodeps", NAME)
    runs(root, NAME, version, home)
    said("rpm", "--root", root, "--erase", NAME)
    is_as_it_was(root, before, file.name)
    shutil.rmtree(root)


def tarball(file, work, debian, version, home):
    """Unpacked and installed as its README.txt says."""
    root = fresh_root(work / "tarball", debian)
    before = files(root)
    (root / "unpacked").mkdir()
    said("tar", "-xzf", file, "-C", root / "unpacked")
    [folder] = (root / "unpacked").iterdir()
    assert folder.name == f"{NAME}-{version}"
    for name in ("LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.txt", "README.txt", f"man/ja/man1/{NAME}.1",
                 f"completions/{NAME}.bash", f"completions/_{NAME}", f"completions/{NAME}.fish"):
        assert (folder / name).stat().st_size > 100, name
    commands = sorted({line.strip() for line in (folder / "README.txt").read_text().splitlines() if line.startswith("      install ")})
    assert len(commands) == 2, commands
    for command in commands:
        said("chroot", root, "sh", "-c", f"cd /unpacked/{folder.name} && {command}")
    shutil.rmtree(root / "unpacked")
    runs(root, NAME, version, home)
    for name in ("bin/smtp-auth-audit", "share/man/man1/smtp-auth-audit.1"):
        Path(root / "usr/local" / name).unlink()
    for name in set(files(root)) - set(before):
        # The folder of the manual, which install made.
        assert name.startswith("usr/local/share/man") or name.startswith("usr/local/man"), name
    shutil.rmtree(root)


def crate(file, work, target, version, home):
    """Built and installed from what cargo packed, without anything else of this source; with the debug build's crates, since that
    is as much of a proof and takes a tenth of the time."""
    folder = work / "crate"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    said("tar", "-xzf", file, "-C", folder)
    source, root = folder / f"{NAME}-{version}", folder / "root"
    said("cargo", "install", "--quiet", "--debug", "--locked", "--path", source, "--root", root, "--target-dir", target)
    program = root / "bin" / NAME
    assert said(program, "--version").strip() == f"{NAME} {version}"
    shown = said(program, "scan", home, "--lang", "en", status=1)
    assert "5 have to change, 1 to check, 1 could not be read" in " ".join(shown.split()), shown
    said("cargo", "uninstall", "--quiet", "--root", root, NAME)
    assert not program.exists()
    shutil.rmtree(folder)
