# What is written to, or deleted from, the S3 bucket is replicated to a bucket behind another S3 endpoint: a region of another
# partition, an object store of another vendor, a MinIO server. Such an endpoint knows no AWS role, so its keys are the one secret
# that Twinbucket ever needs; they live in Secrets Manager, in the same document as the rule.

module "aws" {
  source = "../../modules/aws"

  name       = var.name
  artefact   = var.lambda_artefact
  bucket     = { name = var.s3_bucket, prefix = var.s3_prefix }
  rule       = { secret_arn = var.rules_secret_arn, direction = "left-to-right" }
  operations = { alarm_topic_arn = var.alarm_topic_arn }
}
