variable "name" {
  description = "Beginning of every name."
  type        = string
  default     = "twinbucket"
}

variable "aws_region" {
  description = "Region of the S3 bucket."
  type        = string
}

variable "s3_bucket" {
  description = "Name of the existing S3 bucket."
  type        = string
}

variable "s3_prefix" {
  description = "Only keys that begin with this are replicated; empty, or ending with /."
  type        = string
  default     = ""
}

variable "endpoint" {
  description = "The other side: the endpoint's address, the region that it wants in signatures, how it is told buckets apart (path or virtual), the bucket and the prefix there. README.md shows settings for known stores."
  type = object({
    url        = string
    region     = string
    addressing = optional(string, "path")
    bucket     = string
    prefix     = optional(string, "")
  })

  validation {
    condition     = startswith(var.endpoint.url, "https://")
    error_message = "The endpoint must be reached over https; keys and bytes go there."
  }

  validation {
    condition     = contains(["path", "virtual"], var.endpoint.addressing)
    error_message = "The addressing must be path or virtual."
  }
}

variable "endpoint_secret_arn" {
  description = "Secrets Manager secret {\"accessKeyId\": ..., \"secretAccessKey\": ...} with the endpoint's keys. Made outside of Terraform, so that the keys are in no state file."
  type        = string
}

variable "lambda_artefact" {
  description = "The packaged Lambda function."
  type        = string
  default     = "../../../aws-lambda/target/twinbucket-lambda.zip"
}

variable "alarm_topic_arn" {
  description = "SNS topic that is told of alarms, if any."
  type        = string
  default     = null
}
