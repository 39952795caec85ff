#!/usr/bin/env bash
# Installs what some tests need besides .NET: Azurite, the storage emulator, into artifacts/azurite. Needs node 20 or newer with npm.
set -euo pipefail
cd "$(dirname "$0")/.."
version=3.37.0
folder=artifacts/azurite
installed=$(node -p "require('./$folder/node_modules/azurite/package.json').version" 2>/dev/null || true)
[ "$installed" = "$version" ] && exit 0

mkdir -p "$folder"
npm install --prefix "$folder" --no-save --no-audit --no-fund --loglevel=error "azurite@$version"
