# What the scripts beside it share. To be sourced by bash with `set -euo pipefail`.
# shellcheck shell=bash

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
policy=/usr/sbin/policy-rc.d
policy_mark="# of wayside's packaging scripts, while they install"

say() { printf '%s\n' "== $*" >&2; }

fail() {
  printf '%s\n' "error: $*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "packages are missing, and installing them takes root or sudo; neither is here"
  fi
}

# packages_of KIND...: the packages listed for these kinds.
packages_of() {
  local kind name wanted
  while read -r kind name; do
    for wanted in "$@"; do
      if [ "$kind" = "$wanted" ]; then printf '%s\n' "$name"; fi
    done
  done <"$top/packaging/packages"
}

missing_of() {
  local name
  for name in $(packages_of "$@"); do
    # Node comes with an npm of its own where it is not Debian's, whose packages then conflict.
    case $name in
      nodejs | npm) if command -v "${name/nodejs/node}" >/dev/null; then continue; fi ;;
    esac
    if [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" != installed ]; then
      printf '%s\n' "$name"
    fi
  done
}

# Servers among the packages are for tests, which start their own: while this stands, a package
# that is installed starts nothing. One that the machine has of its own is left as it is.
forbid_services() {
  if [ -e "$policy" ] && ! grep -qsF "$policy_mark" "$policy"; then return; fi
  trap 'as_root rm -f "$policy"' EXIT
  printf '#!/bin/sh\n%s\nexit 101\n' "$policy_mark" | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
}

# Nor are they to start with the machine from now on.
disable_services() {
  local name
  if [ ! -d /run/systemd/system ]; then return; fi
  for name in "$@"; do
    case $name in
      apache2 | haproxy | nginx | prometheus | prometheus-node-exporter)
        as_root systemctl disable --quiet "$name.service" || true
        ;;
    esac
  done
}

# install_missing KIND...: installs what is listed for these kinds and not there yet.
install_missing() {
  local missing
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    fail "this is no Debian: apt-get is not here. Install what packaging/packages names" \
      "by other means, then: cmake --preset release && cmake --build --preset release"
  fi
  mapfile -t missing < <(missing_of "$@")
  if [ "${#missing[@]}" -eq 0 ]; then return; fi
  say "installing ${missing[*]}"
  (
    apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
    forbid_services
    as_root "${apt[@]}" update </dev/null ||
      say "the package lists could not all be renewed; trying with those that are here"
    as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null ||
      fail "these packages could not be installed: ${missing[*]}"
    disable_services "${missing[@]}"
  ) || exit 1
}

# build PRESET DIR [CMAKE ARGS...]: configures where that has not been done, and builds.
build() {
  local preset=$1 dir=$2
  shift 2
  if [ ! -e "$dir/build.ninja" ]; then
    say "configuring $dir (preset $preset)"
    cmake -S "$top" --preset "$preset" -B "$dir" "$@" >&2
  fi
  say "building $dir"
  cmake --build "$dir" --parallel "$(nproc)" >&2
}
