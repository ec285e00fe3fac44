# What is written to, or deleted from, the Cloud Storage bucket is replicated to the S3 bucket by a function on Google Cloud.

module "gcp" {
  source = "../../modules/gcp"

  name       = var.name
  project    = var.project
  region     = var.gcp_region
  artefact   = var.function_artefact
  bucket     = { name = var.gcs_bucket, prefix = var.gcs_prefix }
  operations = { notification_channels = var.notification_channels, canary_minutes = 15 }

  rule = {
    left      = "gs://${var.gcs_bucket}/${var.gcs_prefix}"
    right     = "s3://${var.s3_bucket}/${var.s3_prefix}"
    direction = "left-to-right"
  }

  aws = {
    role_arn = module.function_to_aws.aws.role_arn
    audience = module.function_to_aws.aws.audience
    region   = var.aws_region
  }
}

module "function_to_aws" {
  source = "../../modules/function-to-aws"

  name                      = var.name
  service_account_unique_id = module.gcp.service_account.unique_id
  bucket                    = { name = var.s3_bucket, prefix = var.s3_prefix, writable = true }
}
