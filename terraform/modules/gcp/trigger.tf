# Either the bucket's own notifications (each is an entry of its own at the bucket: nothing that others set up is touched) ...

resource "google_storage_notification" "this" {
  count = var.trigger.type == "pubsub" ? 1 : 0

  bucket         = var.bucket.name
  topic          = google_pubsub_topic.this["notifications"].id
  payload_format = "JSON_API_V1"
  event_types    = ["OBJECT_FINALIZE", "OBJECT_DELETE", "OBJECT_ARCHIVE", "OBJECT_METADATA_UPDATE"]

  # The bucket must not publish before anybody listens: a topic without a subscription drops.
  depends_on = [google_pubsub_topic_iam_member.bucket, google_pubsub_subscription.pushed]
}

resource "google_pubsub_topic_iam_member" "bucket" {
  count = var.trigger.type == "pubsub" ? 1 : 0

  project = var.project
  topic   = google_pubsub_topic.this["notifications"].name
  role    = "roles/pubsub.publisher"
  member  = data.google_storage_project_service_account.this.member
}

# ... or Eventarc, one trigger for each kind of event.

locals {
  eventarc_types = local.eventarc ? {
    finalized        = "google.cloud.storage.object.v1.finalized"
    deleted          = "google.cloud.storage.object.v1.deleted"
    archived         = "google.cloud.storage.object.v1.archived"
    metadata-updated = "google.cloud.storage.object.v1.metadataUpdated"
  } : {}
}

resource "google_eventarc_trigger" "bucket" {
  for_each = local.eventarc_types

  project         = var.project
  location        = var.bucket_location
  name            = "${var.name}-${each.key}"
  service_account = google_service_account.invoker.email
  labels          = var.labels

  matching_criteria {
    attribute = "type"
    value     = each.value
  }

  matching_criteria {
    attribute = "bucket"
    value     = var.bucket.name
  }

  destination {
    cloud_run_service {
      service = google_cloudfunctions2_function.this.name
      region  = var.region
    }
  }

  depends_on = [
    google_cloud_run_v2_service_iam_member.invoker,
    google_project_iam_member.event_receiver,
    google_project_iam_member.event_publisher,
  ]
}

resource "google_eventarc_trigger" "work" {
  count = local.eventarc ? 1 : 0

  project         = var.project
  location        = var.region
  name            = "${var.name}-work"
  service_account = google_service_account.invoker.email
  labels          = var.labels

  matching_criteria {
    attribute = "type"
    value     = "google.cloud.pubsub.topic.v1.messagePublished"
  }

  transport {
    pubsub {
      topic = google_pubsub_topic.this["work"].id
    }
  }

  destination {
    cloud_run_service {
      service = google_cloudfunctions2_function.this.name
      region  = var.region
    }
  }

  depends_on = [google_cloud_run_v2_service_iam_member.invoker, google_project_iam_member.event_receiver]
}

# Eventarc knows these two permissions on the project alone. Receiving gives access to no data.
resource "google_project_iam_member" "event_receiver" {
  count = local.eventarc ? 1 : 0

  project = var.project
  role    = "roles/eventarc.eventReceiver"
  member  = google_service_account.invoker.member
}

# Cloud Storage publishes to topics that Eventarc makes and names itself.
resource "google_project_iam_member" "event_publisher" {
  # checkov:skip=CKV_GCP_46: this is the service agent of Cloud Storage, as Eventarc demands, not a default account that workloads run as.
  count = local.eventarc ? 1 : 0

  project = var.project
  role    = "roles/pubsub.publisher"
  member  = data.google_storage_project_service_account.this.member
}
