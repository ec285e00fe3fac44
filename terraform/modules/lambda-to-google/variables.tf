variable "name" {
  description = "Beginning of the names of pool, provider, service account and roles."
  type        = string
  default     = "twinbucket"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "The name must be 3 to 20 lower-case letters, digits and hyphens, beginning with a letter (a service account's name has no room for more)."
  }
}

variable "project" {
  description = "ID of the project that holds the bucket."
  type        = string
  nullable    = false
}

variable "aws" {
  description = "The AWS side: account ID and the name of the Lambda function's role (output role_name of the module aws)."
  type = object({
    account_id = string
    role_name  = string
    partition  = optional(string, "aws")
  })
  nullable = false

  validation {
    condition     = can(regex("^\\d{12}$", var.aws.account_id))
    error_message = "An AWS account ID has twelve digits."
  }

  validation {
    condition     = can(regex("^[\\w+=,.@-]{1,64}$", var.aws.role_name))
    error_message = "role_name is the name of the role, not its ARN."
  }
}

variable "bucket" {
  description = "The Cloud Storage bucket (with uniform bucket-level access) and what the Lambda function may do to it."
  type = object({
    name        = string
    prefix      = optional(string, "")
    writable    = optional(bool, true)
    holds_state = optional(bool, false)
  })
  nullable = false
}
