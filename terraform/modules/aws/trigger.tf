# The ways from the bucket into the queue, or to the function. The bucket's own part of it is in attach.tf.

resource "aws_sns_topic" "this" {
  # checkov:skip=CKV_AWS_26: S3 cannot publish to a topic under the key alias/aws/sns; kms_key_arn encrypts it with a key whose policy admits S3. What passes is bucket and object names.
  count = local.own_topic ? 1 : 0

  name              = "${var.name}-notifications"
  kms_master_key_id = var.kms_key_arn
  tags              = var.tags
}

data "aws_iam_policy_document" "topic" {
  count = local.own_topic ? 1 : 0

  # The bucket publishes its notifications; this bucket of this account alone.
  statement {
    sid       = "FromBucket"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.this[0].arn]

    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.bucket_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }
}

resource "aws_sns_topic_policy" "this" {
  count = local.own_topic ? 1 : 0

  arn    = aws_sns_topic.this[0].arn
  policy = data.aws_iam_policy_document.topic[0].json
}

resource "aws_sns_topic_subscription" "this" {
  count = var.trigger.type == "sns" ? 1 : 0

  topic_arn            = local.own_topic ? aws_sns_topic.this[0].arn : var.trigger.topic_arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.this["notifications"].arn
  raw_message_delivery = true

  depends_on = [aws_sqs_queue_policy.this]
}

resource "aws_cloudwatch_event_rule" "this" {
  count = var.trigger.type == "eventbridge" ? 1 : 0

  name        = "${var.name}-notifications"
  description = "Changes of the bucket to the Twinbucket queue"
  tags        = var.tags

  event_pattern = jsonencode({
    source      = ["aws.s3"]
    account     = [local.account_id]
    detail-type = ["Object Created", "Object Deleted", "Object Restore Completed", "Object Tags Added", "Object Tags Deleted"]
    detail = merge(
      { bucket = { name = [var.bucket.name] } },
      var.bucket.prefix == "" ? {} : { object = { key = [{ prefix = var.bucket.prefix }] } },
    )
  })
}

resource "aws_cloudwatch_event_target" "this" {
  count = var.trigger.type == "eventbridge" ? 1 : 0

  rule      = aws_cloudwatch_event_rule.this[0].name
  target_id = "notification-queue"
  arn       = aws_sqs_queue.this["notifications"].arn

  # EventBridge itself retries for 24 hours; only a missing or forbidden queue makes it give up.
  retry_policy {
    maximum_event_age_in_seconds = 86400
    maximum_retry_attempts       = 185
  }

  depends_on = [aws_sqs_queue_policy.this]
}

resource "aws_lambda_permission" "bucket" {
  count = var.trigger.type == "direct" ? 1 : 0

  # The bucket invokes the alias; this bucket of this account alone.
  statement_id   = "FromBucket"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.replicator.function_name
  qualifier      = aws_lambda_alias.live.name
  principal      = "s3.amazonaws.com"
  source_arn     = local.bucket_arn
  source_account = local.account_id
}
