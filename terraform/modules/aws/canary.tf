# On a schedule, a small object through every direction of the rules (docs/runbook.md, "Canary").

data "aws_iam_policy_document" "scheduler_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }
}

data "aws_iam_policy_document" "canary" {
  # The alias, and no other version or function.
  statement {
    sid       = "CallFunction"
    actions   = ["lambda:InvokeFunction"]
    resources = [aws_lambda_alias.live.arn]
  }
}

resource "aws_iam_role" "canary" {
  count = local.canary ? 1 : 0

  name               = "${var.name}-canary"
  description        = "Calls the Twinbucket function on a schedule, and nothing else"
  assume_role_policy = data.aws_iam_policy_document.scheduler_trust.json
  tags               = var.tags
}

resource "aws_iam_role_policy" "canary" {
  count = local.canary ? 1 : 0

  name   = "call"
  role   = aws_iam_role.canary[0].id
  policy = data.aws_iam_policy_document.canary.json
}

resource "aws_scheduler_schedule" "canary" {
  # checkov:skip=CKV_AWS_297: what the schedule holds is one word and a number; it is encrypted in any case.
  count = local.canary ? 1 : 0

  name                = "${var.name}-canary"
  description         = "Sends a small object through every direction of the rules"
  schedule_expression = "rate(${var.operations.canary_minutes} minutes)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_alias.live.arn
    role_arn = aws_iam_role.canary[0].arn
    input    = jsonencode({ twinbucket = "canary", seconds = var.operations.canary_seconds })

    # The next one comes anyway.
    retry_policy {
      maximum_retry_attempts       = 0
      maximum_event_age_in_seconds = 60
    }
  }
}

resource "aws_cloudwatch_log_metric_filter" "canary" {
  count = local.canary ? 1 : 0

  name           = "CanaryFailed"
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "{ $.canary = \"*\" && $.CanaryFailed >= 0 }"

  metric_transformation {
    namespace = local.namespace
    name      = "CanaryFailed"
    value     = "$.CanaryFailed"
  }
}
