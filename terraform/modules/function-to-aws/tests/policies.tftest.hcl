# Reads the trust policy that the provider itself writes. Nothing is created and no account is asked.

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  service_account_unique_id = "112233445566778899001"
  bucket                    = { name = "pictures" }
}

run "one_service_account_with_a_token_for_this_purpose_is_trusted" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "accounts.google.com" }
      Condition = { StringEquals = { "accounts.google.com:sub" = "112233445566778899001", "accounts.google.com:oaud" = "twinbucket" } }
    }]
    error_message = "nobody else may take on the role"
  }
}

run "an_email_address_is_refused_as_identity" {
  command = plan

  variables {
    service_account_unique_id = "twinbucket-function@project.iam.gserviceaccount.com"
  }

  expect_failures = [var.service_account_unique_id]
}
