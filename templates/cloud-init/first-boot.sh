#!/bin/bash
# First boot: Node, OpenClaw, and the host's half of the set-up. Usage: openclaw-first-boot PACKAGE OWNER WORD...
# OWNER is the user who runs OpenClaw; empty means the image's own first user. The WORDs go to PACKAGE.
set -euo pipefail
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

node_major=24
package=$1
owner=$2
shift 2

have_node() {
  command -v npx >/dev/null && [ "$(node --print 'process.versions.node.split(".")[0]')" -ge "$node_major" ]
}

# Node from nodejs.org, compared with its published checksum.
install_node() {
  local machine folder archive source="https://nodejs.org/dist/latest-v$node_major.x"
  case $(uname -m) in
    x86_64) machine=x64 ;;
    aarch64) machine=arm64 ;;
    *)
      echo "nodejs.org has no Node $node_major for $(uname -m)" >&2
      return 1
      ;;
  esac
  folder=$(mktemp -d)
  cd "$folder"
  curl -fsSL --retry 5 --remote-name "$source/SHASUMS256.txt"
  archive=$(grep -o "node-v[0-9.]*-linux-$machine\.tar\.gz" SHASUMS256.txt)
  curl -fsSL --retry 5 --remote-name "$source/$archive"
  grep -F " $archive" SHASUMS256.txt | sha256sum --check --quiet
  tar -xzf "$archive" -C /usr/local --strip-components=1 --no-same-owner
  cd /
  rm -rf "$folder"
}

if ! command -v curl >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq curl ca-certificates
fi
have_node || install_node
command -v openclaw >/dev/null || npm install --global --no-audit --no-fund openclaw@latest

if [ -z "$owner" ]; then owner=$(id -nu 1000); fi
uid=$(id -u "$owner")
home=$(getent passwd "$owner" | cut -d: -f6)
shell=$(getent passwd "$owner" | cut -d: -f7)
# The gateway is a service of the user: it shall run without anybody logged in.
if command -v loginctl >/dev/null; then loginctl enable-linger "$owner"; fi

cd "$home"
exec runuser -u "$owner" -- env -i "PATH=$PATH" "HOME=$home" "USER=$owner" "LOGNAME=$owner" "SHELL=$shell" \
  "XDG_RUNTIME_DIR=/run/user/$uid" npx --yes "$package" "$@"
