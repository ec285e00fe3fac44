variable "name" {
  description = "Beginning of the names of the custom roles."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.name))
    error_message = "The name must be 3 to 40 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "project" {
  description = "ID of the project that holds the bucket."
  type        = string
  nullable    = false
}

variable "bucket" {
  description = "The Cloud Storage bucket (with uniform bucket-level access) and what may be done to it."
  type = object({
    name        = string
    prefix      = optional(string, "")
    writable    = optional(bool, false)
    canary      = optional(bool, false)
    holds_state = optional(bool, false)
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$", var.bucket.name))
    error_message = "The bucket's name must be given without gs://."
  }

  # The prefix ends up in a quoted string of an IAM condition.
  validation {
    condition     = can(regex("^([^\"\\\\\r\n]{1,900}/)?$", var.bucket.prefix))
    error_message = "The prefix must be empty, or end with / and hold no quotation mark, backslash or line break."
  }
}

variable "member" {
  description = "Who gets the access, for instance serviceAccount:NAME@PROJECT.iam.gserviceaccount.com."
  type        = string
  nullable    = false
}
