# What all scripts of this folder share; they source it. Version and addresses stand in Cargo.toml and nowhere else.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
project=$PWD

# The first line with this key of Cargo.toml: those of [package] come first, `publisher` and `url` are there once.
of_cargo_toml() { sed -n "s/^$1 = \"\\(.*\\)\"\$/\\1/p" Cargo.toml | head -1; }
name=$(of_cargo_toml name)
version=$(of_cargo_toml version)

# Packages, and the programs that they are made of.
out=${PACKAGES_FOLDER:-$project/target/packages}
programs=$out/programs
# Of a signed release: the programs as they were signed (deploy/release); else those that were built.
windows_programs=${SIGNED_FOLDER:-$programs/windows}
mkdir -p "$out"

# Every time inside a package is that of the last commit; a source without a history has to name one.
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null) || { echo "no commit: set SOURCE_DATE_EPOCH" >&2; exit 1; }
fi
export SOURCE_DATE_EPOCH
export LC_ALL=C.UTF-8 TZ=UTC
umask 022

# No path of this computer gets into a program. Its own paths of a source (for messages of a panic) stay.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
remap="--remap-path-prefix=$cargo_home=/cargo --remap-path-prefix=$project=/source --remap-path-prefix=$out=/packages"
# The same for C (SQLite) and assembler (ring).
maps="-ffile-prefix-map=$cargo_home=/cargo -ffile-prefix-map=$project=/source -ffile-prefix-map=$out=/packages"

# Licences and the third parties' of a target, into a folder.
licences() {
    mkdir -p "$2"
    cp LICENSE-MIT LICENSE-APACHE "$2/"
    deploy/packages/notice.py "$1" "$2/THIRD-PARTY.txt"
}

# What the program says of itself, for the system's own places: the manual page in both languages and the completions.
#   shell_files PROGRAM FOLDER       gives FOLDER/{man,man.ja,bash,zsh,fish}
shell_files() {
    local program=$1 shell
    mkdir -p "$2"
    "$program" man --lang en >"$2/man"
    "$program" man --lang ja >"$2/man.ja"
    for shell in bash zsh fish; do
        "$program" completions "$shell" >"$2/$shell"
    done
}

# The newest version of a library's symbols that a program asks for: newest_symbol GLIBC PROGRAM.
newest_symbol() { objdump -T "$2" | grep -o "$1_[0-9][0-9.]*" | sort -uV | tail -1 | sed "s/^$1_//"; }

# Told at the end of each script: the file and its size.
made() { printf '%s: %s bytes\n' "${1#"$project"/}" "$(wc -c <"$1" | tr -d ' ')"; }
