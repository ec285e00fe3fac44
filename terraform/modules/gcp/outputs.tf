output "service_account" {
  description = "The function's service account: its e-mail address, and the unique ID that the module function-to-aws trusts."
  value = {
    email     = google_service_account.function.email
    unique_id = google_service_account.function.unique_id
  }
}

output "function" {
  description = "The function: its name and the address that deliveries and operators call."
  value = {
    name = google_cloudfunctions2_function.this.name
    uri  = google_cloudfunctions2_function.this.service_config[0].uri
  }
}

output "topics" {
  description = "Full names of the topics: notifications, work, dead-letters."
  value       = { for name, topic in google_pubsub_topic.this : name => topic.id }
}

output "dead_letter_subscription" {
  description = "Where dead letters wait."
  value       = google_pubsub_subscription.dead_letters.id
}

output "state_uri" {
  description = "TWINBUCKET_STATE, the same for both functions of a two-way rule."
  value       = local.state_uri
}
