#!/usr/bin/env bash
# Installs what the tests need beside the SDK and is missing: ssh-keygen, which signs and checks approvals, and Azurite, the storage emulator, into
# artifacts/azurite. Needs node 20 or newer with npm.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v ssh-keygen >/dev/null; then
  if ! command -v apt-get >/dev/null; then
    echo "Install openssh-client by hand, apt-get is not here." >&2
    exit 1
  fi
  sudo=()
  [ "$(id -u)" = 0 ] || sudo=(sudo)
  "${sudo[@]}" apt-get update -q
  "${sudo[@]}" apt-get install -y -q --no-install-recommends openssh-client
fi

version=3.37.0
folder=artifacts/azurite
installed=$(node -p "require('./$folder/node_modules/azurite/package.json').version" 2>/dev/null || true)
[ "$installed" = "$version" ] && exit 0

mkdir -p "$folder"
npm install --prefix "$folder" --no-save --no-audit --no-fund --loglevel=error "azurite@$version"
