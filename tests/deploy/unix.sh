#!/usr/bin/env bash
# The script for cron and launchd, and the files that start it. Called by `.ci/full deploy`.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(realpath -m target/deploy-unix)
script=deploy/unix/smtp-auth-audit-report
fail() { echo "unix: $*" >&2; exit 1; }
rm -rf "$folder"
share() { rm -rf "$folder/share" && mkdir -p "$folder/share" && touch "$folder/share/.smtp-auth-audit"; }
share
mkdir "$folder/tmp"
export SMTP_AUTH_AUDIT=$PWD/target/debug/smtp-auth-audit SMTP_AUTH_AUDIT_PAUSES="0 0" TMPDIR=$folder/tmp
export SMTP_AUTH_AUDIT_MACHINE=0123456789abcdef0123456789abcdef
report=$folder/share/$(hostname)-$(printf 'smtp-auth-audit %s' $SMTP_AUTH_AUDIT_MACHINE | sha256sum | cut -c1-8).jsonl

sh -n $script
sh $script "$folder/share" 1 || fail "no report"
tail -1 "$report" | grep -q '"type":"summary"' || fail "no whole report"
[ "$(ls "$folder/share")" = "$(basename "$report")" ] && [ "$(ls -A "$folder/share" | wc -l)" = 2 ] || fail "something else is on the share"
cp -r "$folder/share" "$folder/a:b" && sh $script "$folder/a:b" && [ -f "$folder/a:b/$(basename "$report")" ] || fail "a folder with a colon"
sh $script "$folder/share" || fail "a second report does not take the place of the first"
SMTP_AUTH_AUDIT_MACHINE=another sh $script "$folder/share" || fail "no report of a second host of this name"
[ "$(find "$folder/share" -name "$(hostname)-????????.jsonl" | wc -l)" = 2 ] || fail "two hosts of one name have one report"
share

# What somebody else who may write to the share has put there is not followed: neither links nor a pipe without a reader.
echo untouched >"$folder/victim"
for planted in "${report%.jsonl}.part" "$report.part" "$report"; do
    ln -s "$folder/victim" "$planted"
done
sh $script "$folder/share" || fail "links on the share"
[ "$(cat "$folder/victim")" = untouched ] || fail "a link on the share was followed"
[ ! -L "$report" ] && tail -1 "$report" | grep -q '"type":"summary"' || fail "a link took the place of the report"
rm "$report" && mkfifo "$report"
timeout 60 sh $script "$folder/share" || fail "a pipe on the share"
[ -f "$report" ] || fail "a pipe took the place of the report"
share

SMTP_AUTH_AUDIT_MACHINE="" sh $script "$folder/share" && ls "$folder/share"/*.jsonl >/dev/null || fail "no report by the machine's own id"
"$SMTP_AUTH_AUDIT" fleet "$folder/share" --quiet --exit-zero >/dev/null || fail "fleet can't read it"
code() { local code=0; "$@" >/dev/null 2>&1 || code=$?; echo $code; }
[ "$(code sh $script "$folder/nowhere")" = 3 ] || fail "a share that is not there"
mkdir "$folder/mountpoint"
[ "$(code sh $script "$folder/mountpoint")" = 3 ] || fail "a share that is not mounted"
[ -z "$(ls -A "$folder/mountpoint")" ] || fail "a report where a share is not mounted"
{ sh $script "$folder/mountpoint" 2>&1 || true; } | grep -q 'no file .smtp-auth-audit' || fail "not said what a share needs"
{ sleep 1 && touch "$folder/mountpoint/.smtp-auth-audit"; } &
[ "$(SMTP_AUTH_AUDIT_PAUSES="0 2" code sh $script "$folder/mountpoint")" = 0 ] || fail "no try after the last pause"
[ "$(code sh $script)" = 2 ] || fail "no target"
[ "$(SMTP_AUTH_AUDIT=/nothing code sh $script "$folder/share")" = 2 ] || fail "no program"

# Over ssh: in its place a shell in a home folder, and a connection that breaks or hangs.
mkdir -p "$folder/home/mail-audit"
cat >"$folder/ssh" <<'END'
#!/bin/sh
echo "$3" >"$HOME/asked"
cd "$HOME" || exit 255
case ${BREAKS:-no} in
no) exec sh -c "$4" ;;
hangs) exec sleep 60 ;;
*) head -c "$BREAKS" | sh -c "$4"; exit 255 ;;
esac
END
chmod +x "$folder/ssh"
over_ssh() { env HOME="$folder/home" SMTP_AUTH_AUDIT_SSH="$folder/ssh" "${@:2}" sh $script "$1"; }
sent=$folder/home/mail-audit/$(basename "$report")
for target in user@server:mail-audit user@server:~/mail-audit "user@server:$folder/home/mail-audit"; do
    over_ssh "$target" || fail "no report at $target"
    tail -1 "$sent" | grep -q '"type":"summary"' || fail "no whole report at $target"
    [ "$(cat "$folder/home/asked")" = user@server ] || fail "another server than that of $target"
    rm "$sent"
done
over_ssh user@server: && mv "$folder/home/$(basename "$report")" "$sent" || fail "no report in the home folder"
over_ssh user@server:mail-audit || fail "a second report over ssh"
whole=$(cat "$sent")
for bytes in 0 100; do
    [ "$(code over_ssh user@server:mail-audit BREAKS=$bytes)" = 3 ] || fail "a connection that breaks"
done
[ "$(ls -A "$folder/home/mail-audit")" = "$(basename "$report")" ] && [ "$(cat "$sent")" = "$whole" ] || fail "half a report"
[ "$(code over_ssh user@server:nowhere)" = 3 ] || fail "a folder that is not there on the server"
for target in user@server:~other/mail-audit "user@server:o'clock"; do
    [ "$(code over_ssh "$target")" = 2 ] || fail "$target is not refused"
done

# A signal ends it at once and leaves nothing behind: while it waits by chance, sends, waits for the next try, or scans.
stopped() {
    local code=0
    "$@" &
    sleep 1
    kill -TERM $!
    timeout 10 tail --pid=$! -f /dev/null || fail "goes on after a signal: $*"
    wait $! || code=$?
    [ "$code" = 143 ] && [ -z "$(ls -A "$folder/tmp")" ] || fail "a signal: $code, $(ls -A "$folder/tmp"), $*"
}
share
stopped sh $script "$folder/share" 7200000
stopped env HOME="$folder/home" SMTP_AUTH_AUDIT_SSH="$folder/ssh" BREAKS=hangs sh $script user@server:mail-audit
stopped env SMTP_AUTH_AUDIT_SSH=false SMTP_AUTH_AUDIT_PAUSES="0 60" sh $script user@server:mail-audit
printf '#!/bin/sh\n[ "$1" = --version ] || sleep %s\nexec "%s" "$@"\n' 2 "$SMTP_AUTH_AUDIT" >"$folder/slow"
chmod +x "$folder/slow"
stopped env SMTP_AUTH_AUDIT="$folder/slow" sh $script "$folder/share"
[ "$(ls -A "$folder/share" | tr '\n' ' ')" = ".smtp-auth-audit $(basename "$report") " ] || fail "a signal left a file on the share"
stopped env SMTP_AUTH_AUDIT="$folder/slow" SMTP_AUTH_AUDIT_SSH=false sh $script user@server:mail-audit

[ -z "$(ls -A "$folder/tmp")" ] || fail "something was left behind"

# What starts it: the same script, names that are read, and files that the README tells to copy.
for file in cron.d/smtp-auth-audit smtp-auth-audit.service smtp-auth-audit.plist; do
    grep -q "[ =>]/usr/local/sbin/$(basename $script)[ <]" "deploy/unix/$file" || fail "$file starts something else"
done
[ -z "$(find deploy/unix/cron.d -type f -name '*[!A-Za-z0-9_-]*')" ] || fail "Debian's cron would not read it"
grep -qE '^30 11 \* \* \*  root  /' deploy/unix/cron.d/smtp-auth-audit || fail "no line for cron"
for file in $(grep -E '^ +install -.* deploy/' deploy/README.md | grep -oE 'deploy/[^ ]+'); do
    [ -f "$file" ] || fail "$file is not there"
done
[ "$(grep -cE '^ +install -.* deploy/' deploy/README.md)" = 8 ] || fail "the README does not tell the same twice"
if command -v systemd-analyze >/dev/null; then
    for file in deploy/unix/smtp-auth-audit.{service,timer}; do
        sed "s|/usr/local/sbin/smtp-auth-audit-report|$(realpath $script)|" "$file" >"$folder/$(basename "$file")"
    done
    units=$(cd "$folder" && systemd-analyze verify --man=no ./smtp-auth-audit.service ./smtp-auth-audit.timer 2>&1) || fail "$units"
    [ -z "$(grep smtp-auth-audit <<<"$units")" ] || fail "$units"
fi
python3 -c 'import plistlib; assert plistlib.load(open("deploy/unix/smtp-auth-audit.plist", "rb"))["Label"]'
echo "unix: reports arrive whole, and what fails says so"
