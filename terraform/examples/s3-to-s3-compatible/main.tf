# What is written to, or deleted from, the S3 bucket is replicated to a bucket behind another S3 endpoint: a region of another
# partition, an object store of another vendor, a MinIO server. Such an endpoint knows no AWS role, so its keys are the one secret
# that Twinbucket ever needs; they live in Secrets Manager, and the rule only says where.

module "aws" {
  source = "../../modules/aws"

  name       = var.name
  artefact   = var.lambda_artefact
  bucket     = { name = var.s3_bucket, prefix = var.s3_prefix }
  operations = { alarm_topic_arn = var.alarm_topic_arn }

  rule = {
    direction            = "left-to-right"
    endpoint_secret_arns = [var.endpoint_secret_arn]

    document = jsonencode({
      endpoints = {
        other = {
          type        = "s3"
          url         = var.endpoint.url
          region      = var.endpoint.region
          addressing  = var.endpoint.addressing
          credentials = { secret = var.endpoint_secret_arn }
        }
      }
      rules = [{
        name      = "default"
        left      = "s3://${var.s3_bucket}/${var.s3_prefix}"
        right     = "other://${var.endpoint.bucket}/${var.endpoint.prefix}"
        direction = "left-to-right"
      }]
    })
  }
}
