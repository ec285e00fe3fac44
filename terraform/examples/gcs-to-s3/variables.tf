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

variable "gcp_region" {
  description = "Region of the function on Google Cloud, near its bucket."
  type        = string
}

variable "function_artefact" {
  description = "The packaged Google function, zipped (docs/deploy-gcp.md)."
  type        = string
  default     = "../../../gcp-function/target/twinbucket-function.zip"
}

variable "notification_channels" {
  description = "Cloud Monitoring channels that are told of alerts."
  type        = list(string)
  default     = []
}
