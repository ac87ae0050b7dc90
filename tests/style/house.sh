#!/usr/bin/env bash
# house.sh ROOT: the order of the rooms and the measure of the files, as CONTRIBUTING.md has them.
# Prints each breach as FILE: what is wrong, and fails where there is one.
set -euo pipefail
cd "$1"
breaches=0

breach() {
  printf '%s\n' "$1: $2"
  breaches=$((breaches + 1))
}

sources_of() {
  local folder
  for folder in "$@"; do
    if [ -d "$folder" ]; then find "$folder" \( -name '*.cc' -o -name '*.h' \) | sort; fi
  done
}

# may_include FOLDER PREFIX...: sources below FOLDER include of ours only what begins so.
may_include() {
  local folder=$1 source path prefix allowed
  shift
  while read -r source; do
    while read -r path; do
      allowed=no
      for prefix in "$@"; do
        case $path in "$prefix"/*) allowed=yes ;; esac
      done
      if [ "$allowed" = no ]; then breach "$source" "includes \"$path\", of another room"; fi
    done < <(sed -nE 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*"([^"]*)".*/\1/p' "$source")
  done < <(sources_of "$folder")
}

may_include agent/core agent/core
may_include agent/store agent/core agent/store
may_include agent/requests agent/core agent/store agent/requests
may_include agent/system agent/core agent/system
for room in collectors/*/ exporters/*/; do
  may_include "${room%/}" agent/core agent/store agent/requests agent/system "${room%/}"
done

while read -r source; do
  lines=$(wc -l <"$source")
  if [ "$lines" -gt 400 ]; then breach "$source" "has $lines lines, 400 are the most"; fi
done < <(sources_of agent collectors exporters tests)

while read -r source; do
  if grep -qE '^[[:space:]]*#[[:space:]]*define\b' "$source"; then
    breach "$source" "defines a macro"
  fi
  case $source in
    *.h) grep -q '^#pragma once$' "$source" || breach "$source" "lacks #pragma once" ;;
  esac
done < <(sources_of agent collectors exporters)

[ "$breaches" -eq 0 ]
