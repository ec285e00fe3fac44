data "google_project" "this" {
  project_id = var.project
}

# The identity in which Cloud Storage publishes notifications.
data "google_storage_project_service_account" "this" {
  project = var.project
}

locals {
  side = "gs://${var.bucket.name}/${var.bucket.prefix}"
  # The direction that only takes from the bucket.
  away   = var.rule.left == local.side ? "left-to-right" : "right-to-left"
  writes = var.rule.left == null ? coalesce(var.bucket.writable, true) : var.rule.direction != local.away

  state_uri   = coalesce(var.state_uri, "gs://${var.bucket.name}/.twinbucket/")
  holds_state = local.state_uri == "gs://${var.bucket.name}/.twinbucket/"

  pubsub_agent = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
  # Eventarc's entry point takes CloudEvents alone. On a two-way rule the function on AWS sends the canaries of both directions.
  canary   = var.operations.canary_minutes > 0 && var.trigger.type == "pubsub" && !var.trigger.paused
  eventarc = var.trigger.type == "eventarc"
}
