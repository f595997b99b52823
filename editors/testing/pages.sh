#!/usr/bin/env bash
# pages.sh: compares what the pages of editors show with the files beside them.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=session.sh
. "$here/session.sh"

passed=0
failed=0
# same PAGE HEADING FILE: the first block of code below the heading is the file.
same() {
	if diff -u --label "$1" --label "$3" <(session_snippet "$here/../$1" "$2") "$here/../$3"; then
		echo "ok     $1 shows $3"
		passed=$((passed + 1))
	else
		echo "not ok $1 shows $3"
		failed=$((failed + 1))
	fi
}
same helix/README.md languages.toml helix/languages.toml
same kate/README.md settings.json kate/settings.json
same sublime/README.md "Sublime Text, with LSP" sublime/LSP.sublime-settings

# Links that lead nowhere.
while IFS=: read -r page link; do
	if [ -e "$here/../${page%/*}/${link%%#*}" ]; then
		passed=$((passed + 1))
	else
		echo "not ok $page: the link to $link leads nowhere"
		failed=$((failed + 1))
	fi
done < <(cd "$here/.." && grep -HoE '\]\([^):]+\)' ./README.md ./*/README.md | sed -E 's/\]\((.*)\)$/\1/' | grep -v ':#')

echo "pages: $passed passed, $failed failed"
[ "$failed" = 0 ]
