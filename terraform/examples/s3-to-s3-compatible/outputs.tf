output "dashboard_url" {
  description = "Backlog, lag, outcomes and their reasons."
  value       = module.aws.dashboard_url
}

output "function" {
  description = "The Lambda function: name, alias, version."
  value       = module.aws.function
}

output "queues" {
  description = "URL and ARN of the queues, the dead letters among them."
  value       = module.aws.queues
}

output "log_group" {
  description = "The outcome lines."
  value       = module.aws.log_group
}
