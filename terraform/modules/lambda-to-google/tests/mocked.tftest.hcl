mock_provider "google" {
  mock_resource "google_iam_workload_identity_pool" {
    defaults = { name = "projects/42/locations/global/workloadIdentityPools/twinbucket-aws" }
  }

  mock_resource "google_iam_workload_identity_pool_provider" {
    defaults = { name = "projects/42/locations/global/workloadIdentityPools/twinbucket-aws/providers/aws" }
  }

  mock_resource "google_service_account" {
    defaults = {
      name   = "projects/project/serviceAccounts/twinbucket-lambda@project.iam.gserviceaccount.com"
      email  = "twinbucket-lambda@project.iam.gserviceaccount.com"
      member = "serviceAccount:twinbucket-lambda@project.iam.gserviceaccount.com"
    }
  }
}

variables {
  project = "project"
  aws     = { account_id = "123456789012", role_name = "twinbucket-replicator" }
  bucket  = { name = "copies" }
}

run "one_role_of_one_account_may_act_as_the_service_account" {
  assert {
    condition     = google_service_account_iam_member.this.member == "principalSet://iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/twinbucket-aws/attribute.aws_role/arn:aws:sts::123456789012:assumed-role/twinbucket-replicator"
    error_message = "nobody else may act as the service account"
  }

  assert {
    condition     = google_iam_workload_identity_pool_provider.this.attribute_condition == "attribute.aws_role == 'arn:aws:sts::123456789012:assumed-role/twinbucket-replicator'" && google_iam_workload_identity_pool_provider.this.aws[0].account_id == "123456789012"
    error_message = "other roles must not even get a federated token"
  }
}

run "the_credentials_hold_no_secret" {
  assert {
    condition     = jsondecode(output.credentials).type == "external_account" && jsondecode(output.credentials).audience == "//iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/twinbucket-aws/providers/aws"
    error_message = "the credentials must name the provider"
  }

  assert {
    condition     = length(regexall("private_key|client_secret|refresh_token", output.credentials)) == 0
    error_message = "there must be no key in it"
  }
}

run "a_role_arn_in_place_of_the_name_is_refused" {
  command = plan

  variables {
    aws = { account_id = "123456789012", role_name = "arn:aws:iam::123456789012:role/twinbucket-replicator" }
  }

  expect_failures = [var.aws]
}
