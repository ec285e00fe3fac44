output "google_function" {
  description = "The function on Google Cloud: name and address."
  value       = module.gcp.function
}

output "topics" {
  description = "The topics of the Google function."
  value       = module.gcp.topics
}

output "dead_letter_subscription" {
  description = "Where dead letters of the Google function wait."
  value       = module.gcp.dead_letter_subscription
}
