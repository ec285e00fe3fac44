mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_region" {
    defaults = { id = "eu-central-1" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }

  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:123456789012:queue", url = "https://sqs.eu-central-1.amazonaws.com/123456789012/queue" }
  }

  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:123456789012:topic" }
  }

  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:eu-central-1:123456789012:rule/rule" }
  }

  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/state" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/role" }
  }

  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/policy" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:group" }
  }

  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:replicator", version = "7" }
  }

  mock_resource "aws_lambda_alias" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:replicator:live" }
  }
}

variables {
  artefact           = "versions.tf"
  bucket             = { name = "pictures", prefix = "in/" }
  rule               = { other_side = "gs://copies/in/" }
  google_credentials = "{\"type\":\"external_account\"}"
}

run "the_function_gets_the_rule_and_its_queues" {
  assert {
    condition = aws_lambda_function.replicator.environment[0].variables == tomap({
      TWINBUCKET_LEFT               = "s3://pictures/in/"
      TWINBUCKET_RIGHT              = "gs://copies/in/"
      TWINBUCKET_DIRECTION          = "left-to-right"
      TWINBUCKET_STATE              = "dynamodb://twinbucket-state?region=eu-central-1"
      TWINBUCKET_WORK_QUEUE         = "https://sqs.eu-central-1.amazonaws.com/123456789012/queue"
      TWINBUCKET_DEAD_LETTER_QUEUE  = "https://sqs.eu-central-1.amazonaws.com/123456789012/queue"
      TWINBUCKET_LOG_LEVEL          = "info"
      TWINBUCKET_GOOGLE_CREDENTIALS = "{\"type\":\"external_account\"}"
    })
    error_message = "the environment must say what is replicated, and nothing that was not asked for"
  }

  assert {
    condition     = aws_lambda_function.replicator.architectures == tolist(["arm64"]) && aws_lambda_function.replicator.publish && aws_lambda_function.replicator.snap_start[0].apply_on == "PublishedVersions"
    error_message = "a published version on arm64, with its snapshot"
  }

  assert {
    condition = alltrue([
      for source in aws_lambda_event_source_mapping.this :
      source.function_name == "arn:aws:lambda:eu-central-1:123456789012:function:replicator:live" && toset(source.function_response_types) == toset(["ReportBatchItemFailures"]) && source.enabled
    ])
    error_message = "both queues call the alias and take partial answers"
  }
}

run "messages_stay_hidden_for_six_timeouts" {
  variables {
    function = { timeout_seconds = 900 }
  }

  assert {
    condition     = alltrue([for queue in aws_sqs_queue.this : queue.visibility_timeout_seconds == 5400])
    error_message = "a message must not come back while it is worked on"
  }
}

run "the_bucket_is_attached_by_the_product_not_replaced" {
  assert {
    condition = jsondecode(aws_lambda_invocation.attachment[0].input) == {
      bucket                = "pictures"
      prefix                = "in/"
      configurationId       = "twinbucket-twinbucket"
      target                = "queue"
      targetArn             = "arn:aws:sqs:eu-central-1:123456789012:queue"
      abortUploadsAfterDays = null
    }
    error_message = "the attach function must be told what to merge"
  }

  assert {
    condition     = aws_lambda_invocation.attachment[0].lifecycle_scope == "CRUD"
    error_message = "destroying must detach"
  }
}

run "the_bucket_that_is_written_gets_a_rule_against_abandoned_uploads" {
  variables {
    rule   = { other_side = "gs://copies/in/", direction = "two-way" }
    bucket = { name = "pictures", prefix = "in/", abort_uploads_after_days = 3 }
  }

  assert {
    condition     = jsondecode(aws_lambda_invocation.attachment[0].input).abortUploadsAfterDays == 3
    error_message = "abandoned uploads cost money"
  }
}

run "eventbridge_feeds_the_queue_with_the_prefix_alone" {
  variables {
    trigger = { type = "eventbridge" }
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this[0].event_pattern).detail == { bucket = { name = ["pictures"] }, object = { key = [{ prefix = "in/" }] } }
    error_message = "other keys must not wake the function"
  }

  assert {
    condition     = jsondecode(aws_lambda_invocation.attachment[0].input).target == "eventbridge"
    error_message = "the bucket must send to EventBridge"
  }
}

run "an_existing_topic_is_subscribed_to_and_the_bucket_left_alone" {
  variables {
    trigger = { type = "sns", topic_arn = "arn:aws:sns:eu-central-1:123456789012:existing" }
  }

  assert {
    condition     = aws_sns_topic_subscription.this[0].topic_arn == "arn:aws:sns:eu-central-1:123456789012:existing"
    error_message = "the topic that was given must be used"
  }

  assert {
    condition     = length(aws_lambda_invocation.attachment) + length(aws_lambda_function.attach) + length(aws_sns_topic.this) == 0
    error_message = "nothing is to be added to the bucket"
  }
}

run "direct_notifications_invoke_the_alias" {
  variables {
    trigger = { type = "direct" }
  }

  assert {
    condition     = aws_lambda_permission.bucket[0].qualifier == "live" && aws_lambda_permission.bucket[0].source_arn == "arn:aws:s3:::pictures" && aws_lambda_permission.bucket[0].source_account == "123456789012"
    error_message = "this bucket of this account alone"
  }
}

run "a_pause_leaves_everything_but_the_reading" {
  variables {
    trigger = { paused = true }
  }

  assert {
    condition     = alltrue([for source in aws_lambda_event_source_mapping.this : !source.enabled]) && length(aws_lambda_invocation.attachment) == 1
    error_message = "notifications must go on to wait in the queue"
  }
}

run "alarms_tell_the_topic" {
  variables {
    operations = { alarm_topic_arn = "arn:aws:sns:eu-central-1:123456789012:alarms", backlog_age_seconds = 600 }
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : toset(alarm.alarm_actions) == toset(["arn:aws:sns:eu-central-1:123456789012:alarms"])])
    error_message = "an alarm that nobody hears is none"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["backlog"].threshold == 600
    error_message = "the recovery point objective is the threshold"
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets) == 12
    error_message = "the dashboard must be JSON"
  }
}

run "a_key_of_a_google_service_account_is_refused" {
  command = plan

  variables {
    google_credentials = "{\"type\":\"service_account\",\"private_key\":\"x\"}"
  }

  expect_failures = [var.google_credentials]
}

run "a_google_side_without_credentials_is_refused" {
  command = plan

  variables {
    google_credentials = null
  }

  expect_failures = [var.google_credentials]
}

run "two_sources_of_rules_are_refused" {
  command = plan

  variables {
    rule = { other_side = "gs://copies/", document = "{}" }
  }

  expect_failures = [var.rule]
}

run "a_rule_from_the_right_takes_no_notifications_from_here" {
  command = plan

  variables {
    rule = { other_side = "gs://copies/", direction = "right-to-left" }
  }

  expect_failures = [var.trigger]
}

run "a_missing_artefact_is_refused" {
  command = plan

  variables {
    artefact = "no-such-file.zip"
  }

  expect_failures = [var.artefact]
}

run "a_schedule_sends_canaries_through_the_alias_and_the_alarm_notices_when_none_comes" {
  assert {
    condition     = aws_scheduler_schedule.canary[0].schedule_expression == "rate(15 minutes)" && aws_scheduler_schedule.canary[0].target[0].arn == aws_lambda_alias.live.arn && jsondecode(aws_scheduler_schedule.canary[0].target[0].input) == { twinbucket = "canary", seconds = 60 }
    error_message = "the schedule must call the alias with what asks for canaries"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["canary"].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.this["canary"].period == 900
    error_message = "a canary that is not sent is an alarm too"
  }
}

run "no_canary_is_sent_while_paused_or_when_it_is_not_wanted" {
  variables {
    trigger = { paused = true }
  }

  assert {
    condition     = length(aws_scheduler_schedule.canary) == 0 && !contains(keys(aws_cloudwatch_metric_alarm.this), "canary")
    error_message = "while paused nothing can arrive"
  }
}

run "a_continuation_through_the_functions_own_queue_is_no_runaway" {
  assert {
    condition     = aws_lambda_function_recursion_config.replicator.recursive_loop == "Allow" && jsondecode(aws_sqs_queue.this["work"].redrive_policy).maxReceiveCount == 100
    error_message = "Lambda stops a large transfer after sixteen rounds otherwise"
  }
}
