resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_158: log groups are encrypted in any case; a customer managed key is the user's choice by kms_key_arn.
  # checkov:skip=CKV_AWS_338: how long outcome lines are kept is the user's choice by operations.log_retention_days.
  name              = "/twinbucket/${var.name}"
  retention_in_days = var.operations.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_lambda_function" "replicator" {
  # checkov:skip=CKV_AWS_117: the function speaks to public endpoints of both clouds; a VPC would add a NAT gateway and protect nothing that it holds.
  # checkov:skip=CKV_AWS_115: limited where it counts, by the maximum concurrency of the event sources. Reserved concurrency would throttle receives, and throttled receives count towards the dead-letter queue.
  # checkov:skip=CKV_AWS_116: has a destination on failure for asynchronous invocation; messages from the queues have the queues' own dead-letter queue.
  # checkov:skip=CKV_AWS_50: X-Ray would need a permission on every resource and shows nothing that the outcome lines do not.
  # checkov:skip=CKV_AWS_173: the environment holds names, no secrets, and is encrypted in any case; kms_key_arn sets a customer managed key.
  # checkov:skip=CKV_AWS_272: code signing needs a signing profile of the user's account; the artefact is reproducible and can be compared byte for byte instead.
  function_name    = "${var.name}-replicator"
  description      = "Replicates objects from their notifications"
  filename         = var.artefact
  source_code_hash = filebase64sha256(var.artefact)
  handler          = "dev.twinbucket.aws.ReplicationHandler::handleRequest"
  runtime          = "java25"
  architectures    = ["arm64"]
  memory_size      = var.function.memory_mb
  timeout          = var.function.timeout_seconds
  role             = aws_iam_role.replicator.arn
  kms_key_arn      = var.kms_key_arn
  publish          = true
  tags             = var.tags

  # The snapshot is taken of a published version, after the handler has primed its clients and their TLS.
  snap_start {
    apply_on = "PublishedVersions"
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  environment {
    variables = { for name, value in {
      TWINBUCKET_LEFT               = var.rule.other_side == null ? null : "s3://${var.bucket.name}/${var.bucket.prefix}"
      TWINBUCKET_RIGHT              = var.rule.other_side
      TWINBUCKET_DIRECTION          = var.rule.other_side == null ? null : var.rule.direction
      TWINBUCKET_CONFIG             = try(coalesce(var.rule.document, var.rule.secret_arn), null)
      TWINBUCKET_STATE              = local.state_uri
      TWINBUCKET_WORK_QUEUE         = aws_sqs_queue.this["work"].url
      TWINBUCKET_DEAD_LETTER_QUEUE  = aws_sqs_queue.dead_letters.url
      TWINBUCKET_LOG_LEVEL          = var.function.log_level
      TWINBUCKET_GOOGLE_CREDENTIALS = var.google_credentials
    } : name => value if value != null }
  }

  # The first invocation must find its permissions.
  depends_on = [aws_iam_role_policy.replicator, aws_iam_role_policy_attachment.replicator]
}

# A large transfer goes on in the function's own queue for as many invocations as it takes, and a held delete comes back there until
# somebody decides. Lambda would take that for a runaway after some sixteen rounds and drop the message. What bounds it: a
# continuation is queued only by an invocation that made progress, and at most one for each.
resource "aws_lambda_function_recursion_config" "replicator" {
  function_name  = aws_lambda_function.replicator.function_name
  recursive_loop = "Allow"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The newest version; event sources and operators call this"
  function_name    = aws_lambda_function.replicator.function_name
  function_version = aws_lambda_function.replicator.version
}

# For direct notifications: the service retries twice, then the event goes to the dead-letter queue instead of being lost.
resource "aws_lambda_function_event_invoke_config" "live" {
  function_name                = aws_lambda_function.replicator.function_name
  qualifier                    = aws_lambda_alias.live.name
  maximum_event_age_in_seconds = 21600
  maximum_retry_attempts       = 2

  destination_config {
    on_failure {
      destination = aws_sqs_queue.dead_letters.arn
    }
  }
}

resource "aws_lambda_event_source_mapping" "this" {
  for_each = {
    notifications = { batch = 10, concurrency = var.function.max_concurrency }
    # One message is minutes of work: a batch would only make its members wait for each other.
    work = { batch = 1, concurrency = var.function.work_concurrency }
  }

  event_source_arn        = aws_sqs_queue.this[each.key].arn
  function_name           = aws_lambda_alias.live.arn
  batch_size              = each.value.batch
  function_response_types = ["ReportBatchItemFailures"]
  enabled                 = !var.trigger.paused
  tags                    = var.tags

  scaling_config {
    maximum_concurrency = each.value.concurrency
  }
}
