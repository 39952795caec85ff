#!/usr/bin/env bash
# Installs what the tests need beside the SDK and is missing: ssh-keygen, which signs and checks approvals.
set -euo pipefail

missing=()
command -v ssh-keygen >/dev/null || missing+=(openssh-client)
[ "${#missing[@]}" -gt 0 ] || exit 0

if command -v apt-get >/dev/null; then
  sudo=()
  [ "$(id -u)" = 0 ] || sudo=(sudo)
  "${sudo[@]}" apt-get update -q
  "${sudo[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
else
  echo "Install by hand, apt-get is not here: ${missing[*]}" >&2
  exit 1
fi
