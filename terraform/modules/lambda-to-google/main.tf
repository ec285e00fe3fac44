# The Lambda function reaches Google Cloud without a key: it shows who it is at AWS (a signed GetCallerIdentity request), and
# Google gives it a token of this service account for an hour.

resource "google_iam_workload_identity_pool" "this" {
  project                   = var.project
  workload_identity_pool_id = "${var.name}-aws"
  display_name              = "Twinbucket on AWS"
}

resource "google_iam_workload_identity_pool_provider" "this" {
  # checkov:skip=CKV_GCP_125: the check is about GitHub's tokens; this provider trusts one role of one AWS account (attribute_condition).
  project                            = var.project
  workload_identity_pool_id          = google_iam_workload_identity_pool.this.workload_identity_pool_id
  workload_identity_pool_provider_id = "aws"
  display_name                       = "AWS account ${var.aws.account_id}"

  aws {
    account_id = var.aws.account_id
  }

  attribute_mapping = {
    # The role's name alone: the whole ARN can be longer than the 127 bytes that a subject may have.
    "google.subject" = "assertion.arn.extract('assumed-role/{name}/')"
    # arn:aws:sts::ACCOUNT:assumed-role/ROLE, without the name of the session, which differs at every start of the function.
    "attribute.aws_role" = "assertion.arn.extract('{role}assumed-role/') + 'assumed-role/' + assertion.arn.extract('assumed-role/{name}/')"
  }

  # No other role of the account gets as much as a federated token.
  attribute_condition = "attribute.aws_role == '${local.aws_role}'"
}

locals {
  aws_role = "arn:${var.aws.partition}:sts::${var.aws.account_id}:assumed-role/${var.aws.role_name}"
}

resource "google_service_account" "this" {
  project      = var.project
  account_id   = "${var.name}-lambda"
  display_name = "Twinbucket on AWS Lambda"
}

# Only that one role of that one AWS account may act as the service account.
resource "google_service_account_iam_member" "this" {
  service_account_id = google_service_account.this.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.this.name}/attribute.aws_role/${local.aws_role}"
}

module "access" {
  source = "../gcp-access"

  name    = "${var.name}-lambda"
  project = var.project
  bucket  = var.bucket
  member  = google_service_account.this.member
}
