# The right to use Bedrock.
resource "aws_iam_role_policy" "bedrock" {
  name = {{policyName}}
  role = aws_iam_role.this.name

  policy = jsonencode({{policyDocument}})
}
