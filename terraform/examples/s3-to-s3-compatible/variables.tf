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

variable "rules_secret_arn" {
  description = "Secrets Manager secret that holds the rule document with the endpoint and its keys; README.md shows one. Made outside of Terraform, so that the keys are in no state file."
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
