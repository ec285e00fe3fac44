# The bucket's notification and lifecycle configurations are whole documents that every aws_s3_bucket_notification and
# aws_s3_bucket_lifecycle_configuration replaces. The bucket belongs to somebody else, so neither is used: a function of the
# product adds its own entry, and takes it out again when this resource is destroyed (docs/decisions/0005-attach-by-merging.md).

data "aws_iam_policy_document" "attach" {
  count = local.attaches ? 1 : 0

  # S3 only knows whole configurations: read it, change our entry in it, write it back. No access to any object.
  statement {
    sid = "MergeConfiguration"
    actions = [
      "s3:GetBucketNotification",
      "s3:PutBucketNotification",
      "s3:GetLifecycleConfiguration",
      "s3:PutLifecycleConfiguration",
    ]
    resources = [local.bucket_arn]
  }

  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }
}

resource "aws_iam_role" "attach" {
  count = local.attaches ? 1 : 0

  name               = "${var.name}-attach"
  description        = "Adds one entry to, and removes it from, the notification and lifecycle configuration of the bucket"
  assume_role_policy = data.aws_iam_policy_document.lambda_trust.json
  tags               = var.tags
}

resource "aws_iam_role_policy" "attach" {
  count = local.attaches ? 1 : 0

  name   = "attach"
  role   = aws_iam_role.attach[0].id
  policy = data.aws_iam_policy_document.attach[0].json
}

resource "aws_lambda_function" "attach" {
  # checkov:skip=CKV_AWS_117: speaks to the public S3 endpoint alone.
  # checkov:skip=CKV_AWS_115: runs when the deployment changes, and then once.
  # checkov:skip=CKV_AWS_116: Terraform waits for its answer; a failure fails the apply.
  # checkov:skip=CKV_AWS_50: one call at deployment; its log lines tell the same.
  # checkov:skip=CKV_AWS_173: its environment is empty.
  # checkov:skip=CKV_AWS_272: the same artefact as the replicator.
  count = local.attaches ? 1 : 0

  function_name    = "${var.name}-attach"
  description      = "Attaches a bucket to Twinbucket and detaches it"
  filename         = var.artefact
  source_code_hash = filebase64sha256(var.artefact)
  handler          = "dev.twinbucket.aws.attach.AttachBucketHandler::handleRequest"
  runtime          = "java25"
  architectures    = ["arm64"]
  memory_size      = 1024
  timeout          = 120
  role             = aws_iam_role.attach[0].arn
  kms_key_arn      = var.kms_key_arn
  tags             = var.tags

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  depends_on = [aws_iam_role_policy.attach]
}

resource "aws_lambda_invocation" "attachment" {
  count = local.attaches ? 1 : 0

  function_name = aws_lambda_function.attach[0].function_name
  # Create, update and delete all call the function, which is told which of them it is.
  lifecycle_scope = "CRUD"

  input = jsonencode({
    bucket                = var.bucket.name
    prefix                = var.bucket.prefix
    configurationId       = "twinbucket-${var.name}"
    target                = { sqs = "queue", sns = "topic", eventbridge = "eventbridge", direct = "function" }[var.trigger.type]
    targetArn             = local.target_arn
    abortUploadsAfterDays = local.writes ? var.bucket.abort_uploads_after_days : null
  })

  # S3 refuses a configuration whose target does not admit it yet.
  depends_on = [aws_sqs_queue_policy.this, aws_sns_topic_policy.this, aws_lambda_permission.bucket]
}

locals {
  target_arn = {
    sqs         = aws_sqs_queue.this["notifications"].arn
    sns         = one(aws_sns_topic.this[*].arn)
    direct      = aws_lambda_alias.live.arn
    eventbridge = null
    none        = null
  }[var.trigger.type]
}
