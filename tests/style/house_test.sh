#!/usr/bin/env bash
# house.sh passes a house in order and names each breach in one that is not.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
house=$(mktemp -d)
trap 'rm -rf "$house"' EXIT

# put FILE LINE...
put() {
  local file=$house/$1
  shift
  mkdir -p "$(dirname "$file")"
  printf '%s\n' "$@" >"$file"
}

put agent/core/a.h '#pragma once' '#include <string>'
put agent/store/b.h '#pragma once' '#include "agent/core/a.h"'
put agent/requests/c.h '#pragma once' '#include "agent/store/b.h"'
put collectors/one/one.h '#pragma once' '#include "agent/requests/c.h"'
put collectors/one/one.cc '#include "collectors/one/one.h"'
put exporters/two/two.h '#pragma once' '#include "agent/core/a.h"'
bash "$here/house.sh" "$house" || { echo "a house in order was refused"; exit 1; }

# refused FILE TEXT LINE...: with FILE of these lines, house.sh fails and says TEXT of that file.
refused() {
  local file=$1 text=$2 said
  shift 2
  put "$file" "$@"
  if said=$(bash "$here/house.sh" "$house"); then
    echo "not noticed: $file"
    exit 1
  fi
  case $said in
    "$file: "*"$text"*) ;;
    *) echo "expected \"$text\" of $file, got: $said"; exit 1 ;;
  esac
  rm "$house/$file"
}

refused collectors/one/bad.cc 'of another room' '#include "exporters/two/two.h"'
refused exporters/two/bad.cc 'of another room' '#include "collectors/one/one.h"'
refused collectors/three/bad.cc 'of another room' '#  include "collectors/one/one.h"'
refused agent/core/bad.cc 'of another room' '#include "agent/store/b.h"'
refused agent/store/bad.cc 'of another room' '#include "agent/requests/c.h"'
refused agent/requests/bad.cc 'of another room' '#include "agent/agent.h"'
refused agent/core/bad.h 'lacks #pragma once' 'int a();'
refused agent/core/bad.cc 'defines a macro' '#define A 1'
mapfile -t long < <(seq 401)
refused tests/bad.cc 'has 401 lines' "${long[@]}"
