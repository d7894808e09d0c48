#!/usr/bin/env bash
# Makes registry hives for tests with programs that are not ours (packages libhivex-bin and libwin-hivex-perl).
#
#   tests/make-hives.sh            writes everything under fixtures/hive anew
#   tests/make-hives.sh REG HIVE   merges a .reg file, whose keys begin with HKEY_CURRENT_USER, into an empty hive
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
made=$here/../fixtures/hive

# The text of a .reg file as UTF-8: regedit 5 writes UTF-16 with a mark, regedit 4 the code page of the PC (Japanese).
decode() {
    case $(head -c 8 "$1" | od -An -tx1 | tr -d ' \n') in
        fffe*) iconv -f UTF-16 -t UTF-8 "$1" ;;
        efbbbf*) tail -c +4 "$1" ;;
        52454745444954*) iconv -f CP932 -t UTF-8 "$1" ;;
        *) cat "$1" ;;
    esac
}

# What hivexregedit asks for beyond the format: a blank line before each key, and each parent before its children.
prepare() {
    perl -ne '
        s/\r?\n$//;
        if (/^\[(HKEY_CURRENT_USER)(\\.*)?\]\s*$/i) {
            my ($path, @parts) = (uc $1, split /\\/, substr($2 // "", 1));
            my $last = pop @parts;
            for my $part (@parts) {
                $path .= "\\$part";
                print "\n[$path]\n" unless $seen{lc $path}++;
            }
            $path .= "\\$last" if defined $last;
            $seen{lc $path}++;
            print "\n[$path]\n";
        } else {
            print "$_\n";
        }'
}

merge() {
    cp "$made/minimal.hive" "$2"
    chmod u+w "$2"
    # -C: input is UTF-8, so that names and texts reach the hive as UTF-16 and not as bytes.
    decode "$1" | prepare |
        perl -CSD "$(command -v hivexregedit)" --merge --prefix HKEY_CURRENT_USER --encoding UTF-16LE "$2"
}

if [ $# -eq 2 ]; then
    merge "$1" "$2"
elif [ $# -eq 0 ]; then
    python3 "$here/write_hive.py" empty "$made/minimal.hive"
    python3 "$here/write_hive.py" shapes "$made/shapes.hive"
    merge "$made/merged.reg" "$made/merged.hive"
else
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
