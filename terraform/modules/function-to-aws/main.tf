# The Google function reaches AWS without a key: it shows an identity token that Google signed for its service account, and AWS
# gives it the credentials of this role for an hour.

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = ["accounts.google.com"]
    }

    # One service account, by the ID that is never given out again ...
    condition {
      test     = "StringEquals"
      variable = "accounts.google.com:sub"
      values   = [var.service_account_unique_id]
    }

    # ... and only with a token made for this purpose. oaud is the token's audience; AWS calls the authorised party aud here.
    condition {
      test     = "StringEquals"
      variable = "accounts.google.com:oaud"
      values   = [var.audience]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = "${var.name}-google-function"
  description          = "Taken on by the Twinbucket function on Google Cloud with its identity token"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600
  tags                 = var.tags
}

module "access" {
  source = "../aws-access"

  name   = "${var.name}-google"
  bucket = var.bucket
  state  = var.state
  tags   = var.tags
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = module.access.policy_arns

  role       = aws_iam_role.this.name
  policy_arn = each.value
}
