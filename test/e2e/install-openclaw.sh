#!/usr/bin/env bash
# Fetches the OpenClaw releases that the end-to-end tests run against, from the npm registry, into .cache/openclaw of the
# project (or the folder that is given). What is there already is kept. 1.3 GB in all.
#
#   test/e2e/install-openclaw.sh [FOLDER] [core] [external]
#
#   core      2026.2.26, Bedrock in OpenClaw itself
#   external  2026.9.6, Bedrock in a plug-in of its own, with a stand-in for that plug-in (see below)
set -euo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-$project/.cache/openclaw}
shift || true
wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || wanted=(core external)
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

install() { npm install --no-audit --no-fund --loglevel=error "$@" >&2; }

# begin NAME JSON: an empty package of that name to install into; fails where it is complete already.
begin() {
  [ ! -e "$folder/$1/.complete" ] || return 1
  rm -rf "${folder:?}/$1"
  mkdir -p "$folder/$1"
  cd "$folder/$1"
  printf '%s\n' "$2" > package.json
}

complete() { touch "$folder/$1/.complete"; }

# OpenClaw 2026.9 needs Node.js 24.16 or newer, whatever runs the tests.
node_24() {
  begin node '{"private":true}' || return 0
  install node@24
  complete node
}

# A dependency of 2026.2.26 comes from a git repository; the same package of the registry does.
core() {
  begin 2026.2.26 '{
    "private": true,
    "dependencies": { "openclaw": "2026.2.26", "strip-ansi": "^7.1.0" },
    "overrides": { "libsignal": "npm:libsignal@^2.0.1" }
  }' || return 0
  install --ignore-scripts --omit=peer
  complete 2026.2.26
}

external() {
  if begin 2026.9.6 '{"private":true}'; then
    install openclaw@2026.9.6
    complete 2026.9.6
  fi
  plugin
}

# @openclaw/amazon-bedrock-provider is not on every registry. 2026.4.29 is the last release that held the plug-in itself:
# its code that asks Bedrock for models is taken from there as it is, but for one import that has another name since, and
# gets a manifest and an entry point as 2026.9 expects them.
plugin() {
  begin plugin '{}' || return 0
  local pack=$folder/plugin/.pack
  mkdir "$pack"
  (cd "$pack" && npm pack --silent openclaw@2026.4.29 > /dev/null && tar xzf openclaw-2026.4.29.tgz)
  local source=$pack/package/dist/extensions/amazon-bedrock
  cp "$source"/{discovery,discovery-shared,config-compat,setup-api}.js "$source"/{package,openclaw.plugin}.json .
  rm -rf "$pack"
  sed -i 's#openclaw/plugin-sdk/text-runtime#openclaw/plugin-sdk/string-coerce-runtime#' ./*.js
  node "$project/test/e2e/stand-in-plugin.mjs" .
  install --ignore-scripts
  complete plugin
}

node_24
export PATH=$folder/node/node_modules/.bin:$PATH
for one in "${wanted[@]}"; do
  case $one in
    core) core ;;
    external) external ;;
    *) echo "unknown: $one (core, external)" >&2; exit 2 ;;
  esac
done
echo "OpenClaw is in $folder" >&2
