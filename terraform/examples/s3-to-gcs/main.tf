# What is written to, or deleted from, the S3 bucket is replicated to the Cloud Storage bucket by a Lambda function.

data "aws_caller_identity" "current" {}

module "aws" {
  source = "../../modules/aws"

  name               = var.name
  artefact           = var.lambda_artefact
  bucket             = { name = var.s3_bucket, prefix = var.s3_prefix }
  google_credentials = module.lambda_to_google.credentials
  operations         = { alarm_topic_arn = var.alarm_topic_arn }

  rule = {
    other_side = "gs://${var.gcs_bucket}/${var.gcs_prefix}"
    direction  = "left-to-right"
  }
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
