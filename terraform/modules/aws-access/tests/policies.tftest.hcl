# Reads the policies that the provider itself writes. Nothing is created and no account is asked.

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  name   = "test"
  bucket = { name = "pictures", prefix = "in/" }
}

run "a_source_is_read_and_never_written" {
  command = plan

  assert {
    condition     = [for statement in jsondecode(output.policies.bucket).Statement : statement.Sid] == ["ReadObjects", "SeeWhatIsThere"]
    error_message = "a read-only side needs these two statements and no other"
  }

  assert {
    condition     = jsondecode(output.policies.bucket).Statement[0].Resource == "arn:aws:s3:::pictures/in/*"
    error_message = "objects outside of the prefix must not be readable"
  }

  assert {
    condition     = length(regexall("Put|Delete|Abort", output.policies.bucket)) == 0
    error_message = "a read-only side must not be written to"
  }
}

run "a_destination_is_written_under_its_prefix_alone" {
  command = plan

  variables {
    bucket = { name = "pictures", prefix = "in/", writable = true, acl = true, kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1" }
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(output.policies.bucket).Statement :
      contains(["arn:aws:s3:::pictures", "arn:aws:s3:::pictures/in/*", "arn:aws:kms:eu-central-1:123456789012:key/1"], statement.Resource)
    ])
    error_message = "only the bucket, its prefix and its key may be named"
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(output.policies.bucket).Statement :
      statement.Resource == "arn:aws:s3:::pictures/in/*" if length(regexall("PutObject|DeleteObject|GetObject", jsonencode(statement.Action))) > 0
    ])
    error_message = "objects outside of the prefix must not be reachable"
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(output.policies.bucket).Statement :
      statement.Condition.StringEquals["kms:ViaService"] == "s3.eu-central-1.amazonaws.com" if strcontains(jsonencode(statement.Action), "kms:")
    ])
    error_message = "the key may be used through S3 alone"
  }
}

run "the_reserved_prefix_is_opened_only_for_state_that_lives_there" {
  command = plan

  variables {
    bucket = { name = "pictures", prefix = "in/", holds_state = true }
  }

  assert {
    condition     = [for statement in jsondecode(output.policies.bucket).Statement : statement.Resource if statement.Sid == "KeepState"] == ["arn:aws:s3:::pictures/.twinbucket/*"]
    error_message = "state under the reserved prefix must be writable"
  }
}

run "the_state_table_is_used_row_by_row" {
  command = plan

  variables {
    state = { table_arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/test-state" }
  }

  assert {
    condition     = jsondecode(output.policies.state).Statement[0].Resource == "arn:aws:dynamodb:eu-central-1:123456789012:table/test-state"
    error_message = "one table, no other"
  }

  assert {
    condition     = length(regexall("Scan|Query|Batch|[*]", output.policies.state)) == 0
    error_message = "nothing needs more than single rows"
  }
}

run "a_prefix_that_would_widen_a_policy_is_refused" {
  command = plan

  variables {
    bucket = { name = "pictures", prefix = "*/" }
  }

  expect_failures = [var.bucket]
}

run "an_acl_on_a_side_that_is_not_written_is_refused" {
  command = plan

  variables {
    bucket = { name = "pictures", acl = true }
  }

  expect_failures = [var.bucket]
}
