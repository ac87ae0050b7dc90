#!/usr/bin/env bash
# clang_format.sh ROOT CLANG_FORMAT: every source looks as .clang-format says.
set -euo pipefail
cd "$1"
find agent collectors exporters tests \( -name '*.cc' -o -name '*.h' \) -print0 |
  xargs -0 "$2" --dry-run -Werror
