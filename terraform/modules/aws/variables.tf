variable "name" {
  description = "Beginning of every name that this module gives. One deployment, one name."
  type        = string
  default     = "twinbucket"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.name))
    error_message = "The name must be 3 to 40 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "artefact" {
  description = "Path of the packaged function (aws-lambda/target/twinbucket-lambda.zip after ./mvnw package)."
  type        = string
  nullable    = false

  validation {
    condition     = fileexists(var.artefact)
    error_message = "There is no such file. Build it with ./mvnw package, or give the path of a downloaded release."
  }
}

variable "bucket" {
  description = "The existing S3 bucket in this account and region. kms_key_arn: the customer managed key of its objects, if any. acl: whether a rule sets a canned ACL here. abort_uploads_after_days: its lifecycle aborts abandoned multipart uploads after so long."
  type = object({
    name                     = string
    prefix                   = optional(string, "")
    kms_key_arn              = optional(string)
    acl                      = optional(bool, false)
    abort_uploads_after_days = optional(number, 8)
  })
  nullable = false

  validation {
    condition     = var.bucket.abort_uploads_after_days >= 1 && var.bucket.abort_uploads_after_days == floor(var.bucket.abort_uploads_after_days)
    error_message = "Abandoned uploads are aborted after a whole number of days, at least one."
  }
}

variable "rule" {
  description = "What is replicated: either other_side (gs://bucket/prefix/) and direction, or a whole document (JSON, without secrets), or the ARN of the secret that holds the document. endpoint_secret_arns: secrets with the keys of S3-compatible endpoints, to which the document refers. direction is needed with a document too: it decides what may be done to the bucket."
  type = object({
    other_side = optional(string)
    direction  = optional(string, "left-to-right")
    document   = optional(string)
    secret_arn = optional(string)

    endpoint_secret_arns = optional(list(string), [])
  })
  nullable = false

  validation {
    condition     = length([for source in [var.rule.other_side, var.rule.document, var.rule.secret_arn] : source if source != null]) == 1
    error_message = "Exactly one of other_side, document and secret_arn says what is replicated."
  }

  validation {
    condition     = contains(["left-to-right", "right-to-left", "two-way"], var.rule.direction)
    error_message = "The direction must be left-to-right, right-to-left or two-way; left is the S3 bucket."
  }

  validation {
    condition     = var.rule.other_side == null || can(regex("^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/|/.{1,900}/)?$", var.rule.other_side))
    error_message = "other_side must be gs://bucket or gs://bucket/prefix/; for any other side give a document or a secret."
  }

  validation {
    condition     = var.rule.document == null || can(keys(jsondecode(var.rule.document)))
    error_message = "The document must be a JSON object."
  }

  validation {
    condition     = alltrue([for arn in concat(compact([var.rule.secret_arn]), var.rule.endpoint_secret_arns) : can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\\d{12}:secret:[^*?]+$", arn))])
    error_message = "A secret must be given by the full ARN of a Secrets Manager secret."
  }
}

variable "trigger" {
  description = "The way from the bucket to the function: sqs, sns, eventbridge (these three end in the queue), direct, or none. topic_arn: with sns, a topic that the bucket publishes to already. attach: whether this module adds its own entry to the bucket's configuration. paused: leaves notifications in the queue."
  type = object({
    type      = optional(string, "sqs")
    topic_arn = optional(string)
    attach    = optional(bool, true)
    paused    = optional(bool, false)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["sqs", "sns", "eventbridge", "direct", "none"], var.trigger.type)
    error_message = "The trigger must be sqs, sns, eventbridge, direct or none."
  }

  validation {
    condition     = var.trigger.topic_arn == null || var.trigger.type == "sns"
    error_message = "topic_arn is for the trigger sns."
  }

  validation {
    condition     = var.rule.direction != "right-to-left" || var.trigger.type == "none"
    error_message = "A right-to-left rule needs nothing from the bucket's notifications; set the trigger to none."
  }
}

variable "google_credentials" {
  description = "External account configuration (JSON) by which the function trades its role for a short-lived Google token; output credentials of the module lambda-to-google. It holds no secret, and a service account key is refused."
  type        = string
  default     = null

  validation {
    condition     = var.google_credentials == null || try(jsondecode(var.google_credentials).type == "external_account", false)
    error_message = "Only a configuration of type external_account is accepted, never a key."
  }

  validation {
    condition     = var.google_credentials != null || !startswith(coalesce(var.rule.other_side, "-"), "gs://")
    error_message = "A gs:// side needs google_credentials."
  }
}

variable "state_store" {
  description = "Where bases, tombstones and transfer checkpoints live: dynamodb (a table is created) or bucket (the reserved prefix .twinbucket/)."
  type        = string
  default     = "dynamodb"
  nullable    = false

  validation {
    condition     = contains(["dynamodb", "bucket"], var.state_store)
    error_message = "The state lives in dynamodb or in the bucket."
  }
}

variable "function" {
  description = "Size of the function. 1769 MB is one full vCPU. max_concurrency limits notifications, work_concurrency the parts and continuations of large transfers."
  type = object({
    memory_mb        = optional(number, 1769)
    timeout_seconds  = optional(number, 300)
    max_concurrency  = optional(number, 50)
    work_concurrency = optional(number, 20)
    log_level        = optional(string, "info")
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.function.memory_mb >= 512 && var.function.memory_mb <= 10240
    error_message = "The memory must be 512 to 10240 MB."
  }

  validation {
    condition     = var.function.timeout_seconds >= 30 && var.function.timeout_seconds <= 900
    error_message = "The timeout must be 30 to 900 seconds."
  }

  validation {
    condition     = alltrue([for limit in [var.function.max_concurrency, var.function.work_concurrency] : limit >= 2 && limit <= 1000])
    error_message = "Lambda takes 2 to 1000 as the maximum concurrency of an event source."
  }

  validation {
    condition     = contains(["error", "warn", "info", "debug"], var.function.log_level)
    error_message = "The log level must be error, warn, info or debug."
  }
}

variable "kms_key_arn" {
  description = "Customer managed key for queues, topic, table, logs and environment. Its policy must admit S3, SNS, EventBridge and CloudWatch Logs (docs/iam.md). null uses keys that AWS owns."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key, not of an alias."
  }
}

variable "operations" {
  description = "Alarms and logs. alarm_topic_arn: SNS topic that is told. backlog_age_seconds: your recovery point objective. canary_minutes: how often a small object is sent through every direction and taken away again (0 never; it needs a rule that accepts keys beginning with twinbucket-canary/ after the prefix); canary_seconds: how long it, and then its deletion, may take."
  type = object({
    alarm_topic_arn     = optional(string)
    backlog_age_seconds = optional(number, 900)
    log_retention_days  = optional(number, 90)
    canary_minutes      = optional(number, 15)
    canary_seconds      = optional(number, 60)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.operations.backlog_age_seconds >= 60 && var.operations.backlog_age_seconds <= 86400
    error_message = "backlog_age_seconds must be one minute to one day."
  }

  validation {
    condition     = contains([0, 5, 15, 60], var.operations.canary_minutes)
    error_message = "canary_minutes must be 0, 5, 15 or 60."
  }

  validation {
    condition     = var.operations.canary_seconds >= 10 && var.operations.canary_seconds <= 400
    error_message = "canary_seconds must be 10 to 400."
  }
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
