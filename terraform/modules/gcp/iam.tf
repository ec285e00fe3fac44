# The function runs as its own service account, with access to the bucket's prefix, its topics and the secret of its rules. It has
# no role on the project. Cloud Run writes the logs itself.

resource "google_service_account" "function" {
  project      = var.project
  account_id   = "${var.name}-function"
  display_name = "Twinbucket function"
}

# Pub/Sub or Eventarc calls the function as this one, which may do nothing else.
resource "google_service_account" "invoker" {
  project      = var.project
  account_id   = "${var.name}-invoker"
  display_name = "Twinbucket deliveries"
}

resource "google_cloud_run_v2_service_iam_member" "invoker" {
  project  = var.project
  location = var.region
  name     = google_cloudfunctions2_function.this.name
  role     = "roles/run.invoker"
  member   = google_service_account.invoker.member
}

module "access" {
  source = "../gcp-access"

  name    = "${var.name}-function"
  project = var.project
  member  = google_service_account.function.member

  bucket = {
    name        = var.bucket.name
    prefix      = var.bucket.prefix
    writable    = local.writes
    canary      = local.canary
    holds_state = local.holds_state
  }
}

# Continuations go to the work topic, what cannot be replicated to the dead-letter topic.
resource "google_pubsub_topic_iam_member" "function" {
  for_each = toset(["work", "dead-letters"])

  project = var.project
  topic   = google_pubsub_topic.this[each.key].name
  role    = "roles/pubsub.publisher"
  member  = google_service_account.function.member
}

# The rules, and the keys of S3-compatible endpoints: the one secret that has no keyless way.
resource "google_secret_manager_secret_iam_member" "rules" {
  for_each = toset(concat(compact([var.rule.secret]), var.rule.endpoint_secrets))

  project   = split("/", each.value)[1]
  secret_id = split("/", each.value)[3]
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.function.member
}
