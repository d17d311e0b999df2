# Runs a command again while AWS does not see yet what was just made: after 1, 2, 3, 5, 5 … seconds, for 3 minutes at most.
until_visible() {
  local answer pause=1 deadline=$((SECONDS + 180))
  while ! answer=$("$@" 2>&1); do
    case $answer in
      *'Invalid IAM Instance Profile'* | *'has no associated IAM Roles'*) ;;
      *'InstanceIdentityProfileNotFound'* | *'The role with name '*' cannot be found'*) ;;
      *'Instance Profile '*' cannot be found'*) ;;
      *) pause=0 ;;
    esac
    if ((pause == 0 || SECONDS + pause > deadline)); then
      printf '%s\n' "$answer" >&2
      return 1
    fi
    sleep "$pause"
    pause=$((pause < 3 ? pause + 1 : 5))
  done
}
