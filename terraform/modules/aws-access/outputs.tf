output "policy_arns" {
  description = "The policies to attach to a replicator's role, by what they are for."
  value = merge(
    { bucket = aws_iam_policy.bucket.arn },
    { for policy in aws_iam_policy.state : "state" => policy.arn },
  )
}

output "policies" {
  description = "The policy documents as JSON, to be read and tested."
  value = merge(
    { bucket = data.aws_iam_policy_document.bucket.json },
    { for document in data.aws_iam_policy_document.state : "state" => document.json },
  )
}
