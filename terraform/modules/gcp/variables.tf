variable "name" {
  description = "Beginning of every name that this module gives. One deployment, one name."
  type        = string
  default     = "twinbucket"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "The name must be 3 to 20 lower-case letters, digits and hyphens, beginning with a letter (a service account's name has no room for more)."
  }
}

variable "project" {
  description = "ID of the project that holds the bucket. Its triggers must be in the same project."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region of the function. With trigger eventarc, the bucket's own location."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+\\d+$", var.region))
    error_message = "The region must look like europe-west3."
  }
}

variable "bucket_location" {
  description = "With trigger eventarc: the bucket's location (for instance eu or europe-west3), where its triggers must be."
  type        = string
  default     = null
}

variable "artefact" {
  description = "Path of the packaged function: a zip that holds the jar of gcp-function/target/deployment at its top."
  type        = string
  nullable    = false

  validation {
    condition     = fileexists(var.artefact)
    error_message = "There is no such file. docs/deploy-gcp.md shows how it is made, or give the path of a downloaded release."
  }
}

variable "bucket" {
  description = "The existing Cloud Storage bucket, with uniform bucket-level access. writable: for rules from a document or a secret, whether they write here (else the direction tells)."
  type = object({
    name     = string
    prefix   = optional(string, "")
    writable = optional(bool)
  })
  nullable = false
}

variable "rule" {
  description = "What is replicated: either left, right (as s3://bucket/prefix/ and gs://bucket/prefix/) and direction; or a whole document (JSON, without secrets); or a secret version that holds the document (projects/P/secrets/S/versions/V). endpoint_secrets: secret versions with the keys of S3-compatible endpoints, to which the document refers."
  type = object({
    left      = optional(string)
    right     = optional(string)
    direction = optional(string, "two-way")
    document  = optional(string)
    secret    = optional(string)

    endpoint_secrets = optional(list(string), [])
  })
  nullable = false

  validation {
    condition     = length([for source in [var.rule.left, var.rule.document, var.rule.secret] : source if source != null]) == 1 && (var.rule.left == null) == (var.rule.right == null)
    error_message = "Exactly one of left with right, document and secret says what is replicated."
  }

  validation {
    condition     = contains(["left-to-right", "right-to-left", "two-way"], var.rule.direction)
    error_message = "The direction must be left-to-right, right-to-left or two-way."
  }

  validation {
    condition     = var.rule.left == null || contains([var.rule.left, var.rule.right], "gs://${var.bucket.name}/${var.bucket.prefix}")
    error_message = "One of the sides must be the bucket, written gs://NAME/PREFIX (with the slash)."
  }

  validation {
    condition     = var.rule.document == null || can(keys(jsondecode(var.rule.document)))
    error_message = "The document must be a JSON object."
  }

  validation {
    condition     = alltrue([for secret in concat(compact([var.rule.secret]), var.rule.endpoint_secrets) : can(regex("^projects/[^/]+/secrets/[^/]+/versions/[^/]+$", secret))])
    error_message = "A secret must be given as projects/P/secrets/S/versions/V; the version may be latest."
  }
}

variable "aws" {
  description = "The other cloud: the role that the function takes on there, the audience of its token (both from the output aws of the module function-to-aws), and the region of the bucket there. null when no side is on AWS."
  type = object({
    role_arn = string
    audience = optional(string, "twinbucket")
    region   = string
  })
  default = null

  validation {
    condition     = var.aws == null || can(regex("^arn:aws[a-z-]*:iam::\\d{12}:role/.+$", var.aws.role_arn))
    error_message = "role_arn must be the ARN of a role."
  }
}

variable "state_uri" {
  description = "Where bases, tombstones and transfer checkpoints live: dynamodb://TABLE?region=R (the table of the AWS side, for two-way rules), or gs://BUCKET/.twinbucket/ with this bucket. null is the latter."
  type        = string
  default     = null

  validation {
    condition     = var.state_uri == null || can(regex("^(dynamodb://[A-Za-z0-9_.-]+\\?region=[a-z0-9-]+|(gs|s3)://[^/]+/\\.twinbucket/)$", var.state_uri))
    error_message = "The state must live at dynamodb://TABLE?region=R or under the reserved prefix .twinbucket/ of a bucket."
  }
}

variable "trigger" {
  description = "The way from the bucket to the function: pubsub (one topic with the bucket's own notifications, dead letters after so many attempts), eventarc (four triggers), or none. paused: lets notifications wait in the subscription."
  type = object({
    type              = optional(string, "pubsub")
    delivery_attempts = optional(number, 100)
    paused            = optional(bool, false)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["pubsub", "eventarc", "none"], var.trigger.type)
    error_message = "The trigger must be pubsub, eventarc or none."
  }

  validation {
    condition     = var.trigger.delivery_attempts >= 5 && var.trigger.delivery_attempts <= 100
    error_message = "Pub/Sub takes 5 to 100 delivery attempts."
  }

  validation {
    condition     = !var.trigger.paused || var.trigger.type != "eventarc"
    error_message = "Eventarc triggers cannot be paused; the trigger pubsub can."
  }

  validation {
    condition     = var.trigger.type != "eventarc" || var.bucket_location != null
    error_message = "The trigger eventarc needs bucket_location."
  }
}

variable "function" {
  description = "Size of the function. max_instances limits how many work at once, each on one message."
  type = object({
    memory          = optional(string, "1Gi")
    cpu             = optional(string, "1")
    timeout_seconds = optional(number, 540)
    max_instances   = optional(number, 50)
    log_level       = optional(string, "info")
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.function.timeout_seconds >= 30 && var.function.timeout_seconds <= 540
    error_message = "The timeout must be 30 to 540 seconds: Pub/Sub waits for at most ten minutes."
  }

  validation {
    condition     = contains(["error", "warn", "info", "debug"], var.function.log_level)
    error_message = "The log level must be error, warn, info or debug."
  }
}

variable "build_service_account" {
  description = "Service account that builds the function, as projects/P/serviceAccounts/EMAIL. null is the project's default one."
  type        = string
  default     = null
}

variable "kms_key_name" {
  description = "Customer managed key for topics and the source bucket, as projects/P/locations/L/keyRings/R/cryptoKeys/K. null uses keys that Google owns."
  type        = string
  default     = null
}

variable "operations" {
  description = "Alerts. notification_channels: full names of the channels that are told. backlog_age_seconds: your recovery point objective. canary_minutes: how often a small object is sent through every direction and taken away again (0 never; 5, 15, 30 or 60; not with the trigger eventarc; on a two-way rule leave it to the AWS side); canary_seconds: how long it, and then its deletion, may take."
  type = object({
    notification_channels = optional(list(string), [])
    backlog_age_seconds   = optional(number, 900)
    canary_minutes        = optional(number, 0)
    canary_seconds        = optional(number, 60)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.operations.backlog_age_seconds >= 60 && var.operations.backlog_age_seconds <= 86400
    error_message = "backlog_age_seconds must be one minute to one day."
  }

  validation {
    condition     = contains([0, 5, 15, 30, 60], var.operations.canary_minutes)
    error_message = "canary_minutes must be 0, 5, 15, 30 or 60."
  }

  validation {
    condition     = var.operations.canary_seconds >= 10 && var.operations.canary_seconds <= 240
    error_message = "canary_seconds must be 10 to 240: twice this must fit into the function's timeout."
  }
}

variable "labels" {
  description = "Labels of everything that takes labels."
  type        = map(string)
  default     = {}
  nullable    = false
}
