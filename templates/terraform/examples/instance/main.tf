# An instance that sets up OpenClaw at its first boot: terraform init && terraform apply -var ami=ami-…
provider "aws" {
  region = var.region
}

variable "region" {
  description = "Region of the instance; Amazon Bedrock must be there."
  type        = string
  default     = {{region}}
}

variable "ami" {
  description = "Image of the instance, for example of Ubuntu 24.04 or Amazon Linux 2023."
  type        = string
}

variable "instance_type" {
  description = "Type of the instance."
  type        = string
  default     = "t3.medium"
}

variable "subnet_id" {
  description = "Subnet of the instance; null takes the default one."
  type        = string
  default     = null
}

module "openclaw_bedrock" {
  source = "../.."
}

resource "aws_instance" "this" {
  ami                  = var.ami
  instance_type        = var.instance_type
  subnet_id            = var.subnet_id
  iam_instance_profile = module.openclaw_bedrock.instance_profile_name
  user_data            = file("${path.module}/user-data.yaml")

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = {{hopLimit}}
  }

  tags = {
    Name = "openclaw"
  }
}

output "instance_id" {
  description = "The instance."
  value       = aws_instance.this.id
}
