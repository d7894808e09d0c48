#!/usr/bin/env bash
# The Ansible role, run by ansible-core against several hosts that are all this computer, each with data of its own; on one
# the program is missing, on one it ends with 2. Called by `.ci/full ansible`.
#
#     tests/deploy/ansible.sh PROGRAM FOLDER      with ansible-playbook and ansible-lint in the PATH
set -euo pipefail
cd "$(dirname "$0")/../.."
project=$PWD program=$(realpath "$1") folder=$(realpath -m "$2")
export ANSIBLE_NOCOLOR=1 ANSIBLE_FORCE_COLOR=0 ANSIBLE_HOME=$folder/home ANSIBLE_LOCALHOST_WARNING=False
export ANSIBLE_INVENTORY_UNPARSED_WARNING=False LC_ALL=C.UTF-8
fail() { echo "ansible: $*" >&2; tail -40 "$folder/log" >&2; exit 1; }

rm -rf "$folder"
mkdir -p "$folder"
cp -r deploy/ansible/. "$folder/play"
cd "$folder/play"
mkdir -p files
cp "$program" files/smtp-auth-audit-linux

host() { printf '        %s:\n          smtp_auth_audit_program: %s\n          smtp_auth_audit_paths: [%s]\n' "$@"; }
{
    printf 'all:\n  vars:\n    ansible_connection: local\n    ansible_python_interpreter: "{{ ansible_playbook_python }}"\n    smtp_auth_audit_become: false\n'
    printf '    smtp_auth_audit_computer: "{{ inventory_hostname }}"\n    smtp_auth_audit_fleet_program: %s\n' "$program"
    printf '  children:\n    good:\n      hosts:\n'
    host office "$folder/office-audit" "$project/fixtures/demo/office-pc"
    host mac "$folder/mac-audit" "$project/fixtures/apple-mail/disk/disk"
    host becky "$folder/becky-audit" "$project/fixtures/demo/office-pc/Users/hanako/Documents/Becky/1a2b3c4d.mb/Mailbox.ini"
    printf '    bad:\n      hosts:\n'
    host missing "$folder/nothing/here" "$project/fixtures/demo/office-pc"
    printf '          smtp_auth_audit_source: ""\n'
    host wrong "$folder/wrong-audit" "$folder/no-such-disk"
} >inventory-here.yml
play() { ansible-playbook -i inventory-here.yml playbook.yml "$@" >"$folder/log" 2>&1; }
recap() { grep -E "^$1 +: .*$2" "$folder/log" >/dev/null || fail "$1: not $2"; }

# Check mode on hosts that have nothing yet: nothing is written, nothing fails that would not fail in earnest.
play --check --limit good || fail "check mode failed"
[ ! -e reports ] && [ ! -e fleet.json ] && [ ! -e "$folder/office-audit" ] || fail "check mode wrote something"

# In earnest: two hosts fail, the others are put together.
if play; then fail "two hosts have failed, and the play has not"; fi
for name in office mac becky; do recap "$name" "changed=[12] .*failed=0"; done
for name in missing wrong; do recap "$name" "failed=1"; done
grep -q 'could not be read: ' "$folder/log" && fail "something is said to be damaged"
grep -q 'no report of missing, wrong' "$folder/log" || fail "the hosts without a report are not named"
grep -q 'no-such-disk' "$folder/log" || fail "what went wrong is not told"
fleet() { python3 -c "import json; fleet = json.load(open('fleet.json')); print($1)"; }
[ "$(fleet 'fleet["reports"]["read"], fleet["reports"]["damaged"], fleet["computers"]')" = "3 0 3" ] || fail "not three reports"
"$program" scan "$project/fixtures/demo/office-pc" --format json --output office.json --exit-zero --quiet
for action in change check-by-hand; do
    wanted=$(python3 -c "import json; print(json.load(open('office.json'))['summary']['actions']['$action'])")
    [ "$(fleet "len([one for one in fleet['left'] if one['computer'] == 'PC-0421' and one['action'] == '$action'])")" = "$wanted" ] ||
        fail "the office PC is not complete: $wanted $action"
done
[ "$(wc -l <left.csv)" -gt 3 ] || fail "no list of who is left"
grep -q '<!DOCTYPE html>' fleet.html || fail "no page"

# Again: nothing has changed on any host.
if play; then fail "two hosts still fail"; fi
for name in office mac becky; do recap "$name" "changed=0 .*failed=0"; done

# A damaged report and hosts of one name: both are told, and the results are there all the same.
echo '{' >reports/damaged.json
rm fleet.json
if play --limit good; then fail "a damaged report passes"; fi
grep -q 'could not be read: .*reports/damaged.json' "$folder/log" || fail "the damaged report is not named"
[ "$(fleet 'fleet["reports"]["read"], fleet["reports"]["damaged"]')" = "3 1" ] || fail "not three reports and a damaged one"
rm reports/damaged.json
mailbox=$project/fixtures/demo/office-pc/Users/hanako/Documents/Becky/1a2b3c4d.mb/Mailbox.ini
for computer in SAME ''; do
    if play --limit mac,becky -e "{smtp_auth_audit_computer: '$computer', smtp_auth_audit_paths: [$mailbox]}"; then fail "hosts of one name pass"; fi
    grep -Fq "mac, becky: 2 hosts, but one computer by the name of ${computer:-($mailbox)}" "$folder/log" || fail "hosts of one name are not named"
    for name in mac becky; do recap "$name" "failed=1"; done
done

# Check mode where the program is: it scans, and changes nothing.
rm -r reports fleet.json
play --check --limit good || fail "check mode failed where the program is"
for name in office mac becky; do recap "$name" "changed=0 .*failed=0"; done
[ ! -e reports ] || fail "check mode wrote reports"

# Without the others the play is good; JSON instead of JSON Lines.
play --limit good -e smtp_auth_audit_format=json || fail "the good hosts fail"
[ "$(find reports -name '*.json' | wc -l)" = 3 ] || fail "no JSON reports"

# The tasks for Windows can't be run here: their syntax, with the modules' collection, and the linter's opinion of all.
printf -- '- name: Windows\n  hosts: all\n  tasks:\n    - ansible.builtin.import_tasks: roles/smtp_auth_audit/tasks/windows.yml\n' >windows.yml
ansible-playbook -i inventory.yml --syntax-check windows.yml playbook.yml >"$folder/log" 2>&1 || fail "syntax"
cd "$project/deploy/ansible"
ansible-lint --offline -q -c .ansible-lint.yml >"$folder/log" 2>&1 || fail "ansible-lint"
echo "ansible: 3 hosts put together, 2 failures, damage and equal names told, second run without a change, check mode, lint"
