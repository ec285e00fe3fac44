variable "name" {
  description = "Beginning of the names of role and policies."
  type        = string
  default     = "twinbucket"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.name))
    error_message = "The name must be 3 to 40 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "service_account_unique_id" {
  description = "The numeric unique ID of the Google function's service account (output service_account of the module gcp)."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^\\d{15,30}$", var.service_account_unique_id))
    error_message = "The unique ID is a number of about 21 digits. An e-mail address would not do: it can be given out again."
  }
}

variable "audience" {
  description = "Audience that the function's identity token must carry."
  type        = string
  default     = "twinbucket"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9._:/-]{3,128}$", var.audience))
    error_message = "The audience must be 3 to 128 letters, digits and . _ : / -."
  }
}

variable "bucket" {
  description = "The S3 bucket and what the Google function may do to it."
  type = object({
    name        = string
    prefix      = optional(string, "")
    writable    = optional(bool, true)
    acl         = optional(bool, false)
    holds_state = optional(bool, false)
    kms_key_arn = optional(string)
  })
  nullable = false
}

variable "state" {
  description = "The state table, where both functions share one (output state of the module aws)."
  type = object({
    table_arn   = string
    kms_key_arn = optional(string)
  })
  default = null
}

variable "tags" {
  description = "Tags of role and policies."
  type        = map(string)
  default     = {}
  nullable    = false
}
