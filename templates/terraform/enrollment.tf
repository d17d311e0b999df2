# Instances with the tag set themselves up, those that are launched later among them.
resource "aws_ssm_document" "host" {
  count = var.enroll == null ? 0 : 1

  name            = "${var.role_name}-host"
  document_type   = "Command"
  document_format = "JSON"
  target_type     = "/AWS::EC2::Instance"
  tags            = var.tags

  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Sets OpenClaw up for Amazon Bedrock on this instance."
    mainSteps = [
      {
        action       = "aws:runShellScript"
        name         = "setup"
        precondition = { StringEquals = ["platformType", "Linux"] }
        inputs = {
          timeoutSeconds = "900"
          runCommand = {{runCommand}}
        }
      },
    ]
  })
}

resource "aws_ssm_association" "host" {
  count = var.enroll == null ? 0 : 1

  name            = aws_ssm_document.host[0].name
  max_concurrency = "10%"
  max_errors      = "10%"

  targets {
    key    = "tag:${var.enroll.key}"
    values = [var.enroll.value]
  }
}
