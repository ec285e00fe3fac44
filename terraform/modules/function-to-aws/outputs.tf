output "aws" {
  description = "What the module gcp takes as its variable aws."
  value = {
    role_arn = aws_iam_role.this.arn
    audience = var.audience
  }

  # A role without its policies would be of no use to whoever reads this.
  depends_on = [aws_iam_role_policy_attachment.this]
}
