#!/usr/bin/env python3
"""A folder as .zip or .tar.gz, the same bytes for the same files: archive.py FOLDER FILE

Sorted names, nobody's owner, modes by whether a file can be started, and SOURCE_DATE_EPOCH as the time of all.
"""

import gzip
import io
import os
import sys
import tarfile
import time
import zipfile
from pathlib import Path


def entries(folder):
    """Each file with its name in the archive and its mode; the folder itself is the first part of the name."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path, f"{folder.name}/{path.relative_to(folder).as_posix()}", 0o755 if os.access(path, os.X_OK) else 0o644


def as_zip(folder, file, when):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, name, mode in entries(folder):
            one = zipfile.ZipInfo(name, time.gmtime(when)[:6])
            one.compress_type, one.external_attr, one.create_system = zipfile.ZIP_DEFLATED, (0o100000 | mode) << 16, 3
            archive.writestr(one, path.read_bytes())


def as_tar(folder, file, when):
    with open(file, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=when) as packed:
        with tarfile.open(mode="w", fileobj=packed, format=tarfile.USTAR_FORMAT) as archive:
            for path, name, mode in entries(folder):
                one, data = tarfile.TarInfo(name), path.read_bytes()
                one.size, one.mode, one.mtime = len(data), mode, when
                archive.addfile(one, io.BytesIO(data))


def main():
    folder, file = sys.argv[1:]
    form = as_zip if file.endswith(".zip") else as_tar
    form(Path(folder), file, int(os.environ["SOURCE_DATE_EPOCH"]))


if __name__ == "__main__":
    main()
