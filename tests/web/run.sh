#!/bin/sh
# run.sh TEST DATELINE ROOT - a test of the page under node; 77 (skipped) where there is none.
set -eu
command -v node >/dev/null || {
    echo "skipped: no node (Debian: nodejs)"
    exit 77
}
exec node "$3/tests/web/$1" "$2" "$3"
