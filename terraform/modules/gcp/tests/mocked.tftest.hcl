mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "42" }
  }

  mock_data "google_storage_project_service_account" {
    defaults = { member = "serviceAccount:service-42@gs-project-accounts.iam.gserviceaccount.com" }
  }

  mock_resource "google_pubsub_topic" {
    defaults = { id = "projects/project/topics/topic" }
  }

  mock_resource "google_service_account" {
    defaults = { email = "sa@project.iam.gserviceaccount.com", member = "serviceAccount:sa@project.iam.gserviceaccount.com", unique_id = "112233445566778899001" }
  }
}

variables {
  project  = "project"
  region   = "europe-west3"
  artefact = "versions.tf"
  bucket   = { name = "copies", prefix = "in/" }
  rule     = { left = "s3://pictures/in/", right = "gs://copies/in/" }
  aws      = { role_arn = "arn:aws:iam::123456789012:role/twinbucket-google-function", region = "eu-central-1" }

  state_uri = "dynamodb://twinbucket-state?region=eu-central-1"
}

run "the_function_gets_the_rule_and_its_topics" {
  assert {
    condition = google_cloudfunctions2_function.this.service_config[0].environment_variables == tomap({
      TWINBUCKET_LEFT                      = "s3://pictures/in/"
      TWINBUCKET_RIGHT                     = "gs://copies/in/"
      TWINBUCKET_DIRECTION                 = "two-way"
      TWINBUCKET_STATE                     = "dynamodb://twinbucket-state?region=eu-central-1"
      TWINBUCKET_WORK_TOPIC                = "projects/project/topics/topic"
      TWINBUCKET_DEAD_LETTER_TOPIC         = "projects/project/topics/topic"
      TWINBUCKET_LOG_LEVEL                 = "info"
      AWS_REGION                           = "eu-central-1"
      AWS_ROLE_ARN                         = "arn:aws:iam::123456789012:role/twinbucket-google-function"
      TWINBUCKET_AWS_WEB_IDENTITY_AUDIENCE = "twinbucket"
    })
    error_message = "the environment must say what is replicated, and nothing that was not asked for"
  }

  assert {
    condition     = google_cloudfunctions2_function.this.build_config[0].runtime == "java25" && google_cloudfunctions2_function.this.build_config[0].entry_point == "dev.twinbucket.gcp.PushFunction"
    error_message = "Pub/Sub pushes to the HTTP function"
  }

  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].ingress_settings == "ALLOW_INTERNAL_ONLY"
    error_message = "the function must not be reachable from outside"
  }
}

run "every_kind_of_change_under_the_prefix_arrives_and_waits_until_it_is_taken" {
  assert {
    condition     = toset(google_storage_notification.this[0].event_types) == toset(["OBJECT_FINALIZE", "OBJECT_DELETE", "OBJECT_ARCHIVE", "OBJECT_METADATA_UPDATE"])
    error_message = "each of these changes a replica"
  }

  assert {
    condition     = google_pubsub_subscription.pushed["notifications"].filter == "hasPrefix(attributes.objectId, \"in/\")" && google_pubsub_subscription.pushed["work"].filter == null
    error_message = "other names must not wake the function, and work is not filtered"
  }

  assert {
    condition     = alltrue([for subscription in google_pubsub_subscription.pushed : subscription.expiration_policy[0].ttl == "" && subscription.dead_letter_policy[0].max_delivery_attempts == 100 && length(subscription.push_config) == 1])
    error_message = "nothing may be dropped in silence"
  }
}

run "a_bucket_that_is_only_read_is_not_writable" {
  variables {
    rule = { left = "gs://copies/in/", right = "s3://pictures/in/", direction = "left-to-right" }
  }

  assert {
    condition     = !local.writes && !local.holds_state
    error_message = "the direction leads away from the bucket"
  }
}

run "state_beside_the_bucket_is_the_default" {
  variables {
    state_uri = null
  }

  assert {
    condition     = output.state_uri == "gs://copies/.twinbucket/" && local.holds_state
    error_message = "without a table the reserved prefix holds the state"
  }
}

run "eventarc_brings_four_kinds_of_event_and_the_work" {
  variables {
    trigger         = { type = "eventarc" }
    bucket_location = "eu"
  }

  assert {
    condition     = length(google_eventarc_trigger.bucket) == 4 && length(google_eventarc_trigger.work) == 1 && length(google_pubsub_subscription.pushed) == 0
    error_message = "each kind of event needs a trigger of its own"
  }

  assert {
    condition     = google_cloudfunctions2_function.this.build_config[0].entry_point == "dev.twinbucket.gcp.ReplicationFunction"
    error_message = "Eventarc speaks CloudEvents"
  }
}

run "a_pause_leaves_messages_in_the_subscription" {
  variables {
    trigger = { paused = true }
  }

  assert {
    condition     = alltrue([for subscription in google_pubsub_subscription.pushed : length(subscription.push_config) == 0]) && length(google_storage_notification.this) == 1
    error_message = "notifications must go on to wait"
  }
}

run "the_rules_secret_can_be_read_and_no_other" {
  variables {
    rule = { secret = "projects/vault/secrets/twinbucket-rules/versions/latest" }
  }

  assert {
    condition     = [for member in google_secret_manager_secret_iam_member.rules : "${member.project}/${member.secret_id}"] == ["vault/twinbucket-rules"]
    error_message = "the one secret, wherever it is"
  }
}

run "the_dashboard_is_a_document" {
  assert {
    condition     = length(jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles) == 10
    error_message = "all charts"
  }
}

run "a_side_on_aws_without_a_role_is_refused" {
  command = plan

  variables {
    aws = null
  }

  expect_failures = [google_cloudfunctions2_function.this]
}

run "a_rule_that_does_not_name_the_bucket_is_refused" {
  command = plan

  variables {
    rule = { left = "s3://pictures/in/", right = "gs://another/in/" }
  }

  expect_failures = [var.rule]
}

run "eventarc_cannot_be_paused" {
  command = plan

  variables {
    trigger         = { type = "eventarc", paused = true }
    bucket_location = "eu"
  }

  expect_failures = [var.trigger]
}

run "a_schedule_sends_canaries_if_asked" {
  variables {
    operations = { canary_minutes = 15 }
  }

  assert {
    condition     = google_cloud_scheduler_job.canary[0].schedule == "*/15 * * * *" && jsondecode(base64decode(google_cloud_scheduler_job.canary[0].http_target[0].body)) == { twinbucket = "canary", seconds = 60 } && google_cloud_scheduler_job.canary[0].retry_config[0].retry_count == 0
    error_message = "the schedule must call the function with what asks for canaries"
  }

  assert {
    condition     = google_monitoring_alert_policy.canary[0].conditions[0].condition_absent[0].duration == "2700s"
    error_message = "no canary for three rounds is an alert"
  }
}

run "no_canary_flies_unless_asked" {
  assert {
    condition     = length(google_cloud_scheduler_job.canary) == 0 && length(google_monitoring_alert_policy.canary) == 0
    error_message = "on a two-way rule the function on AWS sends them"
  }
}
