resource "google_storage_bucket" "source" {
  # checkov:skip=CKV_GCP_62: holds the packaged function, which is public; nobody needs a log of who read it.
  # checkov:skip=CKV_GCP_78: every build has a name of its own by its checksum; there is nothing to restore.
  project                     = var.project
  name                        = "${var.name}-source-${data.google_project.this.number}"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  labels                      = var.labels

  dynamic "encryption" {
    for_each = var.kms_key_name == null ? [] : [var.kms_key_name]

    content {
      default_kms_key_name = encryption.value
    }
  }
}

resource "google_storage_bucket_object" "source" {
  bucket = google_storage_bucket.source.name
  # A changed artefact is a new object, and so a new revision of the function.
  name   = "twinbucket-function-${filemd5(var.artefact)}.zip"
  source = var.artefact
}

resource "google_cloudfunctions2_function" "this" {
  # checkov:skip=CKV_GCP_124: internal ingress is set below, where the check of the first generation does not look.
  project     = var.project
  location    = var.region
  name        = "${var.name}-replicator"
  description = "Replicates objects from their notifications"
  labels      = var.labels

  build_config {
    runtime = "java25"
    # Eventarc speaks CloudEvents, Pub/Sub pushes its own envelope.
    entry_point     = local.eventarc ? "dev.twinbucket.gcp.ReplicationFunction" : "dev.twinbucket.gcp.PushFunction"
    service_account = var.build_service_account

    source {
      storage_source {
        bucket = google_storage_bucket.source.name
        object = google_storage_bucket_object.source.name
      }
    }
  }

  service_config {
    available_memory   = var.function.memory
    available_cpu      = var.function.cpu
    timeout_seconds    = var.function.timeout_seconds
    max_instance_count = var.function.max_instances
    # One message an instance: the bound on the bytes in flight is per invocation.
    max_instance_request_concurrency = 1
    # Pub/Sub and Eventarc of the project count as internal; nobody else can reach it.
    ingress_settings               = "ALLOW_INTERNAL_ONLY"
    all_traffic_on_latest_revision = true
    service_account_email          = google_service_account.function.email

    environment_variables = { for name, value in {
      TWINBUCKET_LEFT              = var.rule.left
      TWINBUCKET_RIGHT             = var.rule.right
      TWINBUCKET_DIRECTION         = var.rule.left == null ? null : var.rule.direction
      TWINBUCKET_CONFIG            = try(coalesce(var.rule.document, var.rule.secret), null)
      TWINBUCKET_STATE             = local.state_uri
      TWINBUCKET_WORK_TOPIC        = google_pubsub_topic.this["work"].id
      TWINBUCKET_DEAD_LETTER_TOPIC = google_pubsub_topic.this["dead-letters"].id
      TWINBUCKET_LOG_LEVEL         = var.function.log_level
      # Nothing in a call tells how long it may take; without this it is the longest that there is.
      TWINBUCKET_FUNCTION_TIMEOUT_SECONDS  = var.function.timeout_seconds == 540 ? null : tostring(var.function.timeout_seconds)
      AWS_REGION                           = try(var.aws.region, null)
      AWS_ROLE_ARN                         = try(var.aws.role_arn, null)
      TWINBUCKET_AWS_WEB_IDENTITY_AUDIENCE = try(var.aws.audience, null)
    } : name => value if value != null }
  }

  lifecycle {
    precondition {
      condition     = var.aws != null || length(regexall("(s3|dynamodb)://", "${coalesce(var.rule.left, "-")} ${coalesce(var.rule.right, "-")} ${local.state_uri}")) == 0
      error_message = "A side or a state on AWS needs the variable aws."
    }
  }

  # The first delivery must find its permissions.
  depends_on = [
    module.access,
    google_pubsub_topic_iam_member.function,
    google_secret_manager_secret_iam_member.rules,
  ]
}
