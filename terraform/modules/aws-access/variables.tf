variable "name" {
  description = "Beginning of the names of the policies."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.name))
    error_message = "The name must be 3 to 40 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "bucket" {
  description = "The S3 bucket (in this account and region) and what may be done to it. kms_key_arn: the key that encrypts its objects, if any."
  type = object({
    name        = string
    prefix      = optional(string, "")
    writable    = optional(bool, false)
    acl         = optional(bool, false)
    canary      = optional(bool, false)
    holds_state = optional(bool, false)
    kms_key_arn = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket.name))
    error_message = "The bucket's name must be that of a general purpose bucket, without s3://."
  }

  # The prefix ends up in resource names of policies, where these characters would widen or break a statement.
  validation {
    condition     = can(regex("^([^*?$\"\\\\]{1,900}/)?$", var.bucket.prefix))
    error_message = "The prefix must be empty, or end with / and hold none of * ? $ \" and backslash."
  }

  validation {
    condition     = var.bucket.writable || !var.bucket.acl
    error_message = "An ACL is only set on what is written: acl needs writable."
  }
}

variable "state" {
  description = "The state table, where the state lives in one. kms_key_arn: the customer managed key that encrypts it, if any."
  type = object({
    table_arn   = string
    kms_key_arn = optional(string)
  })
  default = null
}

variable "tags" {
  description = "Tags of the policies."
  type        = map(string)
  default     = {}
  nullable    = false
}
