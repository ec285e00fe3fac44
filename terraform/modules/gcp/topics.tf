# notifications: the bucket's (unless Eventarc carries them). work: parts and continuations of large transfers. dead-letters: what
# could not be replicated, with its reason.

resource "google_pubsub_topic" "this" {
  # checkov:skip=CKV_GCP_83: encrypted in any case; a customer managed key is the user's choice by kms_key_name. What passes is bucket and object names.
  for_each = toset(["notifications", "work", "dead-letters"])

  project      = var.project
  name         = "${var.name}-${each.key}"
  kms_key_name = var.kms_key_name
  labels       = var.labels
}

locals {
  pushed = merge(
    var.trigger.type == "pubsub" ? { notifications = true } : {},
    # With Eventarc, its own trigger brings the work (trigger.tf).
    local.eventarc ? {} : { work = true },
  )
}

resource "google_pubsub_subscription" "pushed" {
  for_each = local.pushed

  project = var.project
  name    = "${var.name}-${each.key}"
  topic   = google_pubsub_topic.this[each.key].id
  # Only the side's own prefix wakes the function.
  filter = each.key == "notifications" && var.bucket.prefix != "" ? "hasPrefix(attributes.objectId, \"${var.bucket.prefix}\")" : null
  # The longest that Pub/Sub waits for an answer; the function stops before.
  ack_deadline_seconds       = 600
  message_retention_duration = "604800s"
  labels                     = var.labels

  # Never: a quiet bucket must not lose its subscription.
  expiration_policy {
    ttl = ""
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.this["dead-letters"].id
    max_delivery_attempts = var.trigger.delivery_attempts
  }

  # Without an endpoint messages wait to be pulled: that is the pause.
  dynamic "push_config" {
    for_each = var.trigger.paused ? [] : [google_cloudfunctions2_function.this.service_config[0].uri]

    content {
      push_endpoint = push_config.value

      oidc_token {
        service_account_email = google_service_account.invoker.email
        audience              = push_config.value
      }
    }
  }

  depends_on = [
    google_cloud_run_v2_service_iam_member.invoker,
    google_pubsub_topic_iam_member.dead_letters_forwarded,
  ]
}

# Dead letters wait here to be looked at and redriven.
resource "google_pubsub_subscription" "dead_letters" {
  project                    = var.project
  name                       = "${var.name}-dead-letters"
  topic                      = google_pubsub_topic.this["dead-letters"].id
  message_retention_duration = "2678400s"
  ack_deadline_seconds       = 60
  labels                     = var.labels

  expiration_policy {
    ttl = ""
  }
}

# Pub/Sub itself forwards to the dead-letter topic what was refused too often ...
resource "google_pubsub_topic_iam_member" "dead_letters_forwarded" {
  project = var.project
  topic   = google_pubsub_topic.this["dead-letters"].name
  role    = "roles/pubsub.publisher"
  member  = local.pubsub_agent
}

# ... and acknowledges it at the subscription that it came from.
resource "google_pubsub_subscription_iam_member" "forwarded" {
  for_each = local.pushed

  project      = var.project
  subscription = google_pubsub_subscription.pushed[each.key].name
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}
