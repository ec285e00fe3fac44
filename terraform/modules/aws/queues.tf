resource "aws_sqs_queue" "dead_letters" {
  name = "${var.name}-dead-letters"
  # The longest that SQS keeps a message: time to look into it and to redrive.
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = var.kms_key_arn == null ? true : null
  kms_master_key_id         = var.kms_key_arn
  tags                      = var.tags
}

# Parts and continuations of large transfers have a queue and a concurrency of their own, so that a 5 TiB object never stands
# before a small one.
resource "aws_sqs_queue" "this" {
  for_each = toset(["notifications", "work"])

  name                      = "${var.name}-${each.key}"
  message_retention_seconds = 1209600
  # Six times the function's timeout, as AWS advises for SQS event sources.
  visibility_timeout_seconds = 6 * var.function.timeout_seconds
  sqs_managed_sse_enabled    = var.kms_key_arn == null ? true : null
  kms_master_key_id          = var.kms_key_arn
  tags                       = var.tags

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    # Two days at the default timeout, so that a cloud that is away for a while fills no dead-letter queue. What can never work is put
    # there by the function itself at once; this is for what ends without an answer again and again. A continuation, and a hint that
    # the delete guard holds, is sent anew each time and so begins to count anew.
    maxReceiveCount = 100
  })
}

locals {
  queues = {
    dead_letters  = aws_sqs_queue.dead_letters
    notifications = aws_sqs_queue.this["notifications"]
    work          = aws_sqs_queue.this["work"]
  }

  # Who feeds the queue of notifications, by trigger.
  senders = {
    sqs         = { service = "s3.amazonaws.com", arn = local.bucket_arn }
    sns         = { service = "sns.amazonaws.com", arn = try(coalesce(var.trigger.topic_arn, one(aws_sns_topic.this[*].arn)), null) }
    eventbridge = { service = "events.amazonaws.com", arn = one(aws_cloudwatch_event_rule.this[*].arn) }
  }
}

data "aws_iam_policy_document" "queue" {
  for_each = local.queues

  # Nobody speaks to the queues in the clear. Who of this account may speak to them at all, identity policies say.
  statement {
    sid       = "EncryptedTransportOnly"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [each.value.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  dynamic "statement" {
    for_each = { for trigger, sender in local.senders : trigger => sender if each.key == "notifications" && trigger == var.trigger.type }

    # The one bucket, topic or rule delivers its notifications, and for S3 only in the name of this account.
    content {
      sid       = "FromTrigger"
      actions   = ["sqs:SendMessage"]
      resources = [each.value.arn]

      principals {
        type        = "Service"
        identifiers = [statement.value.service]
      }

      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = [statement.value.arn]
      }

      dynamic "condition" {
        for_each = statement.key == "sqs" ? [local.account_id] : []

        content {
          test     = "StringEquals"
          variable = "aws:SourceAccount"
          values   = [condition.value]
        }
      }
    }
  }
}

resource "aws_sqs_queue_policy" "this" {
  for_each = local.queues

  queue_url = each.value.url
  policy    = data.aws_iam_policy_document.queue[each.key].json
}
