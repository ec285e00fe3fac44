# Both buckets are kept equal. The Lambda function hears of changes in the S3 bucket, the Google function of changes in the Cloud
# Storage bucket; they share the state table.

data "aws_caller_identity" "current" {}

locals {
  left  = "s3://${var.s3_bucket}/${var.s3_prefix}"
  right = "gs://${var.gcs_bucket}/${var.gcs_prefix}"
}

module "aws" {
  source = "../../modules/aws"

  name               = var.name
  artefact           = var.lambda_artefact
  bucket             = { name = var.s3_bucket, prefix = var.s3_prefix }
  rule               = { other_side = local.right, direction = "two-way" }
  google_credentials = module.lambda_to_google.credentials
  operations         = { alarm_topic_arn = var.alarm_topic_arn }
}

module "lambda_to_google" {
  source = "../../modules/lambda-to-google"

  name    = var.name
  project = var.project
  bucket  = { name = var.gcs_bucket, prefix = var.gcs_prefix }

  aws = {
    account_id = data.aws_caller_identity.current.account_id
    role_name  = module.aws.role_name
  }
}

module "gcp" {
  source = "../../modules/gcp"

  name       = var.name
  project    = var.project
  region     = var.gcp_region
  artefact   = var.function_artefact
  bucket     = { name = var.gcs_bucket, prefix = var.gcs_prefix }
  rule       = { left = local.left, right = local.right, direction = "two-way" }
  state_uri  = module.aws.state.uri
  operations = { notification_channels = var.notification_channels }

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
  state                     = { table_arn = module.aws.state.table_arn }
}
