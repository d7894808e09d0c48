#!/usr/bin/env bash
# Writes the registry hives of fixtures/demo/office-pc anew from tests/demo/*.reg, with libhivex (see make-hives.sh).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
pc=$here/../fixtures/demo/office-pc
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

# make-hives.sh takes keys below HKEY_CURRENT_USER: the root of a machine hive is the part after its name.
make_machine_hive() {
    sed "s/^\[HKEY_LOCAL_MACHINE\\\\$1/[HKEY_CURRENT_USER/" "$here/demo/$2" >"$temporary/$2"
    "$here/make-hives.sh" "$temporary/$2" "$pc/Windows/System32/config/$1"
}

mkdir -p "$pc/Windows/System32/config"
make_machine_hive SOFTWARE software.reg
make_machine_hive SYSTEM system.reg
for user in taro hanako jiro; do
    mkdir -p "$pc/Users/$user"
    "$here/make-hives.sh" "$here/demo/$user.reg" "$pc/Users/$user/NTUSER.DAT"
done
