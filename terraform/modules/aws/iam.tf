# What the function may do, statement by statement; docs/iam.md explains more.

module "access" {
  source = "../aws-access"

  name = var.name
  tags = var.tags

  bucket = {
    name        = var.bucket.name
    prefix      = var.bucket.prefix
    writable    = local.writes
    acl         = local.writes && var.bucket.acl
    canary      = local.canary
    holds_state = var.state_store == "bucket"
    kms_key_arn = var.bucket.kms_key_arn
  }

  state = var.state_store == "dynamodb" ? { table_arn = aws_dynamodb_table.state[0].arn, kms_key_arn = var.kms_key_arn } : null
}

data "aws_iam_policy_document" "lambda_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "replicator" {
  # The name is known before anything exists, so that the workload identity provider can be made for it.
  name               = "${var.name}-replicator"
  description        = "What the Twinbucket function may do"
  assume_role_policy = data.aws_iam_policy_document.lambda_trust.json
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "replicator" {
  for_each = module.access.policy_arns

  role       = aws_iam_role.replicator.name
  policy_arn = each.value
}

data "aws_iam_policy_document" "replicator" {
  # The event source mapping reads both queues with the function's role.
  statement {
    sid       = "ReceiveWork"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"]
    resources = [for queue in aws_sqs_queue.this : queue.arn]
  }

  # Continuations go to the work queue; what cannot be replicated goes to the dead-letter queue with its reason.
  statement {
    sid       = "QueueWork"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.this["work"].arn, aws_sqs_queue.dead_letters.arn]
  }

  # Outcome lines and metrics, into the one log group.
  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    # Queues under a customer managed key: SQS encrypts and decrypts on the caller's behalf.
    content {
      sid       = "UseQueueKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["sqs.${local.region}.${data.aws_partition.current.dns_suffix}"]
      }
    }
  }

  dynamic "statement" {
    for_each = length(local.secrets) == 0 ? [] : [1]

    # The rules, and the keys of S3-compatible endpoints: the one secret that has no keyless way.
    content {
      sid       = "ReadSecrets"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = local.secrets
    }
  }
}

locals {
  secrets = concat(compact([var.rule.secret_arn]), var.rule.endpoint_secret_arns)
}

resource "aws_iam_role_policy" "replicator" {
  name   = "queues-logs-rules"
  role   = aws_iam_role.replicator.id
  policy = data.aws_iam_policy_document.replicator.json
}
