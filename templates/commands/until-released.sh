# Waits until an instance has no association any more: for 3 minutes at most.
until_released() {
  local left deadline=$((SECONDS + 180))
  while
    left=$(aws ec2 describe-iam-instance-profile-associations \
      --filters "Name=instance-id,Values=$1" Name=state,Values=associating,associated,disassociating \
      --query 'length(IamInstanceProfileAssociations)' --output text)
    [ "$left" != 0 ]
  do
    if ((SECONDS > deadline)); then
      echo "the association of $1 is still there" >&2
      return 1
    fi
    sleep 2
  done
}
