# Metrics from this deployment's outcome lines, alarms on them, and a dashboard. docs/runbook.md says for each alarm what to do.

locals {
  namespace     = "Twinbucket/${var.name}"
  alarm_actions = var.operations.alarm_topic_arn == null ? [] : [var.operations.alarm_topic_arn]

  outcome_metrics = {
    Failed      = "failed"
    Quarantined = "quarantined"
    Held        = "held"
  }

  # How long a change took to arrive, by size: a terabyte may take its time, a small object may not.
  lag_metrics = {
    LagBelow1MiB = "$.bytes < 1048576"
    LagBelow1GiB = "$.bytes >= 1048576 && $.bytes < 1073741824"
    LagFrom1GiB  = "$.bytes >= 1073741824"
  }

  alarms = merge(local.canary ? {
    canary = {
      description = "Twice in a row an object that was sent to see whether it arrives did not, or no canary was sent. Runbook, \"Canary\"."
      namespace   = local.namespace, metric = "CanaryFailed", dimensions = {}
      statistic   = "Maximum", period = 60 * var.operations.canary_minutes, evaluations = 2, threshold = 0
    }
    } : {}, {
    dead-letters = {
      description = "Something could not be replicated and waits in the dead-letter queue. Runbook, \"Dead letters\"."
      namespace   = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = aws_sqs_queue.dead_letters.name }
      statistic   = "Maximum", period = 60, evaluations = 1, threshold = 0
    }
    backlog = {
      description = "The oldest notification waits for longer than the recovery point objective. Runbook, \"Backlog\"."
      namespace   = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = aws_sqs_queue.this["notifications"].name }
      statistic   = "Maximum", period = 60, evaluations = 3, threshold = var.operations.backlog_age_seconds
    }
    large-transfer-backlog = {
      description = "Parts of large transfers wait for more than an hour. Runbook, \"Large transfers wait\"."
      namespace   = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = aws_sqs_queue.this["work"].name }
      statistic   = "Maximum", period = 300, evaluations = 3, threshold = 3600
    }
    failures = {
      description = "Attempts fail again and again (each is retried). Runbook, \"Failures\"."
      namespace   = local.namespace, metric = "Failed", dimensions = {}
      statistic   = "Sum", period = 300, evaluations = 3, threshold = 10
    }
    held-deletes = {
      description = "The delete guard holds deletes back and asks for a decision. Runbook, \"Held deletes\"."
      namespace   = local.namespace, metric = "Held", dimensions = {}
      statistic   = "Sum", period = 60, evaluations = 1, threshold = 0
    }
    lag = {
      description = "One small object in a hundred takes longer than five minutes to arrive. Runbook, \"Lag\"."
      namespace   = local.namespace, metric = "LagBelow1MiB", dimensions = {}
      statistic   = "p99", period = 300, evaluations = 3, threshold = 300000
    }
    function-errors = {
      description = "The function itself fails: configuration, credentials, memory, timeout. Runbook, \"Function errors\"."
      namespace   = "AWS/Lambda", metric = "Errors", dimensions = { FunctionName = aws_lambda_function.replicator.function_name }
      statistic   = "Sum", period = 60, evaluations = 3, threshold = 0
    }
    throttles = {
      description = "The account's Lambda concurrency is used up. Runbook, \"Throttles\"."
      namespace   = "AWS/Lambda", metric = "Throttles", dimensions = { FunctionName = aws_lambda_function.replicator.function_name }
      statistic   = "Sum", period = 300, evaluations = 3, threshold = 0
    }
  })
}

resource "aws_cloudwatch_log_metric_filter" "outcome" {
  for_each = local.outcome_metrics

  name           = each.key
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "{ $.outcome = \"${each.value}\" && $.source = \"*\" }"

  metric_transformation {
    namespace     = local.namespace
    name          = each.key
    value         = "1"
    default_value = "0"
  }
}

resource "aws_cloudwatch_log_metric_filter" "lag" {
  for_each = local.lag_metrics

  name           = each.key
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "{ $.outcome = \"copied\" && ${each.value} && $.lagMs >= 0 }"

  metric_transformation {
    namespace = local.namespace
    name      = each.key
    value     = "$.lagMs"
    unit      = "Milliseconds"
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name                            = "${var.name}-${each.key}"
  alarm_description                     = each.value.description
  namespace                             = each.value.namespace
  metric_name                           = each.value.metric
  dimensions                            = each.value.dimensions
  statistic                             = startswith(each.value.statistic, "p") ? null : each.value.statistic
  extended_statistic                    = startswith(each.value.statistic, "p") ? each.value.statistic : null
  evaluate_low_sample_count_percentiles = startswith(each.value.statistic, "p") ? "ignore" : null
  period                                = each.value.period
  evaluation_periods                    = each.value.evaluations
  threshold                             = each.value.threshold
  comparison_operator                   = "GreaterThanThreshold"
  # A canary that is not sent is the worst of signs; elsewhere no data means that nothing happened.
  treat_missing_data = each.key == "canary" ? "breaching" : "notBreaching"
  alarm_actions      = local.alarm_actions
  ok_actions         = local.alarm_actions
  tags               = var.tags
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "${var.name}-${local.region}"

  dashboard_body = templatefile("${path.module}/dashboard.json.tftpl", {
    region              = local.region
    namespace           = local.namespace
    notifications       = aws_sqs_queue.this["notifications"].name
    work                = aws_sqs_queue.this["work"].name
    dead_letters        = aws_sqs_queue.dead_letters.name
    function            = aws_lambda_function.replicator.function_name
    log_group           = aws_cloudwatch_log_group.this.name
    backlog_age_seconds = var.operations.backlog_age_seconds
  })
}
