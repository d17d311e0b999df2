# Runs openclaw-bedrock-setup as the user who runs OpenClaw and says in one line how it went.
# Arguments: OWNER TOOL WORD... OWNER may be empty: the only user with a ~/.openclaw, else the image's own first user.
umask 077
owner=$1 tool=$2
shift 2
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

trouble() {
  echo "openclaw-bedrock-setup-trouble: $*"
  exit 1
}

owners() {
  getent passwd | while IFS=: read -r name _ uid _ _ home _; do
    if [ "$uid" -eq 0 ] || [ "$uid" -ge 1000 ]; then [ ! -d "$home/.openclaw" ] || echo "$name"; fi
  done
}

if [ -z "$owner" ]; then owner=$(owners); fi
case $owner in
  '') owner=$(id -nu 1000 2>/dev/null) || trouble NO_OWNER ;;
  *[![:graph:]]*) trouble "SEVERAL_OWNERS $(echo "$owner" | tr '\n' ' ')" ;;
esac
uid=$(id -u "$owner" 2>/dev/null) || trouble "NO_SUCH_OWNER $owner"
entry=$(getent passwd "$owner")
home=$(echo "$entry" | cut -d: -f6)
shell=$(echo "$entry" | cut -d: -f7)
own=
for folder in "$home/.local/bin" "$home/.npm-global/bin" "$home/.volta/bin" "$home"/.nvm/versions/node/*/bin; do
  if [ -d "$folder" ]; then own=$folder:$own; fi
done

as_owner() {
  if [ "$(id -u)" = "$uid" ]; then set -- env "$@"; else set -- runuser -u "$owner" -- env "$@"; fi
  "$@"
}
owned() {
  as_owner "PATH=$PATH" "HOME=$home" "USER=$owner" "LOGNAME=$owner" "SHELL=$shell" "XDG_RUNTIME_DIR=/run/user/$uid" "$@"
}

cd "$home" || trouble "NO_SUCH_OWNER $owner"
is_recent() {
  version=$(owned node --version 2>/dev/null) || return 1
  major=${version#v} minor=${version#*.}
  major=${major%%.*} minor=${minor%%.*}
  [ "$major" -gt 20 ] || { [ "$major" -eq 20 ] && [ "$minor" -ge 19 ]; }
}

# What the user has installed counts where the host's own Node is too old or missing.
is_recent || PATH=$own$PATH
if ! is_recent; then
  if [ -z "$version" ]; then trouble "NO_NODE $owner"; else trouble "OLD_NODE $version"; fi
fi
owned npx --version >/dev/null 2>&1 || trouble "NO_NODE npx $owner"

# The whole report goes into one line, since Systems Manager lists no more than 2,500 characters.
relay='
const [tool, ...words] = process.argv.slice(1);
const child = require("node:child_process").spawn(
  "npx", ["--yes", "--package=" + tool, "--", "openclaw-bedrock-setup", ...words], { stdio: ["ignore", "pipe", "pipe"] });
const said = { out: "", err: "" };
for (const [name, stream] of [["out", child.stdout], ["err", child.stderr]])
  stream.setEncoding("utf8").on("data", (text) => { said[name] += text; });
child.on("error", (error) => { said.err += error.message; });
child.on("close", (code) => {
  const exit = code === null ? 1 : code;
  process.exitCode = exit;
  const found = /^\{$[^]*^\}$/mu.exec(said.out);
  if (found === null) {
    const tail = said.err.trim().slice(-1500);
    process.exitCode = exit || 1;
    console.log("openclaw-bedrock-setup-trouble: NO_REPORT " + exit + "\n" + tail);
    return;
  }
  const report = JSON.stringify(JSON.parse(found[0]));
  const packed = require("node:zlib").brotliCompressSync(report).toString("base64");
  console.log(["openclaw-bedrock-setup-report:", exit, packed, "end"].join(" "));
});
'
owned node --eval "$relay" -- "$tool" "$@"
