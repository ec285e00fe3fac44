output "function" {
  description = "The function at the alias that event sources and operators call: its name, the alias' ARN, its version."
  value = {
    name      = aws_lambda_function.replicator.function_name
    alias_arn = aws_lambda_alias.live.arn
    version   = aws_lambda_function.replicator.version
  }

  # Whoever calls it wants it to work.
  depends_on = [aws_iam_role_policy.replicator, aws_iam_role_policy_attachment.replicator]
}

output "role_name" {
  description = "Name of the function's role, to be admitted by the workload identity provider."
  value       = aws_iam_role.replicator.name
}

output "state" {
  description = "Where the state lives: uri is TWINBUCKET_STATE, the same for both functions of a two-way rule; table_arn and kms_key_arn are for the policy of the other one."
  value = {
    uri         = local.state_uri
    table_arn   = one(aws_dynamodb_table.state[*].arn)
    kms_key_arn = var.kms_key_arn
  }
}

output "queues" {
  description = "URL and ARN of the queues: notifications, work, dead_letters."
  value       = { for name, queue in local.queues : name => { url = queue.url, arn = queue.arn } }
}

output "log_group" {
  description = "Name of the log group with the outcome lines."
  value       = aws_cloudwatch_log_group.this.name
}

output "dashboard_url" {
  description = "Backlog, lag, outcomes and their reasons."
  value       = "https://${local.region}.console.aws.amazon.com/cloudwatch/home?region=${local.region}#dashboards:name=${aws_cloudwatch_dashboard.this.dashboard_name}"
}

output "attachment" {
  description = "What the attach function answered, or null when this module did not attach the bucket."
  value       = one(aws_lambda_invocation.attachment[*].result)
}
