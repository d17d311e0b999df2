variable "role_name" {
  description = "Name of the role and of the instance profile."
  type        = string
  default     = {{roleName}}

  validation {
    condition     = can(regex("^[\\w+=,.@-]{1,64}$", var.role_name))
    error_message = "IAM allows 1 to 64 letters, digits and +=,.@_- in a role name."
  }
}

variable "permissions_boundary" {
  description = "ARN of the role's permissions boundary; null for none."
  type        = string
  default     = {{permissionsBoundary}}
}

variable "tags" {
  description = "Tags of the role and the instance profile."
  type        = map(string)
  default = {{tags}}
}

variable "enroll" {
  description = "Tag of instances that set themselves up through Systems Manager; null for none."
  type = object({
    key   = string
    value = string
  })
  default = {{enroll}}
}
