# Prints the id of the association that an instance has now, or None.
association_of() {
  aws ec2 describe-iam-instance-profile-associations \
    --filters "Name=instance-id,Values=$1" Name=state,Values=associating,associated \
    --query 'IamInstanceProfileAssociations[0].AssociationId' --output text
}
