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

variable "project" {
  description = "ID of the Google Cloud project that holds the other bucket."
  type        = string
}

variable "gcs_bucket" {
  description = "Name of the existing Cloud Storage bucket, with uniform bucket-level access."
  type        = string
}

variable "gcs_prefix" {
  description = "Prefix of the names on that side; empty, or ending with /."
  type        = string
  default     = ""
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
