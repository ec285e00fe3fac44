mock_provider "google" {}

variables {
  name    = "test-function"
  project = "project"
  member  = "serviceAccount:test@project.iam.gserviceaccount.com"
  bucket  = { name = "copies", prefix = "in/" }
}

run "a_source_is_read_and_never_written" {
  assert {
    condition     = toset(flatten([for role in google_project_iam_custom_role.this : role.permissions])) == toset(["storage.objects.get", "storage.objects.list"])
    error_message = "reading and listing is all that a source needs"
  }

  assert {
    condition     = google_storage_bucket_iam_member.this["side"].condition[0].expression == "resource.name.startsWith(\"projects/_/buckets/copies/objects/in/\")"
    error_message = "objects outside of the prefix must not be readable"
  }

  assert {
    condition     = keys(google_storage_bucket_iam_member.this) == ["list", "side"]
    error_message = "the reserved prefix is of no use to a reader"
  }
}

run "a_destination_is_written_under_its_prefix_and_the_reserved_one" {
  variables {
    bucket = { name = "copies", prefix = "in/", writable = true }
  }

  assert {
    condition = { for name, binding in google_storage_bucket_iam_member.this : name => try(binding.condition[0].expression, "") } == {
      list     = ""
      side     = "resource.name.startsWith(\"projects/_/buckets/copies/objects/in/\")"
      reserved = "resource.name.startsWith(\"projects/_/buckets/copies/objects/.twinbucket/\")"
    }
    error_message = "every binding that touches objects must name a prefix"
  }

  assert {
    condition     = alltrue([for role in google_project_iam_custom_role.this : !contains(role.permissions, "storage.objects.setIamPolicy") && alltrue([for permission in role.permissions : !startswith(permission, "storage.buckets.")])])
    error_message = "nothing may be done to the bucket itself"
  }
}

run "a_whole_bucket_needs_no_condition" {
  variables {
    bucket = { name = "copies", writable = true, holds_state = true }
  }

  assert {
    condition     = keys(google_storage_bucket_iam_member.this) == ["list", "side"] && alltrue([for binding in google_storage_bucket_iam_member.this : length(binding.condition) == 0])
    error_message = "the reserved prefix is part of the bucket"
  }
}

run "state_beside_a_source_is_writable_and_the_source_is_not" {
  variables {
    bucket = { name = "copies", holds_state = true }
  }

  assert {
    condition     = google_storage_bucket_iam_member.this["reserved"].condition[0].expression == "resource.name.startsWith(\"projects/_/buckets/copies/objects/.twinbucket/\")"
    error_message = "only the reserved prefix may be written"
  }

  assert {
    condition     = toset(google_project_iam_custom_role.this["reader"].permissions) == toset(["storage.objects.get"])
    error_message = "the source is read and nothing else"
  }
}

run "a_prefix_that_would_break_the_condition_is_refused" {
  command = plan

  variables {
    bucket = { name = "copies", prefix = "in\") || true || (\"/" }
  }

  expect_failures = [var.bucket]
}

run "a_source_may_be_written_by_the_canary_under_its_own_prefix_alone" {
  variables {
    bucket = { name = "copies", prefix = "in/", canary = true }
  }

  assert {
    condition     = google_storage_bucket_iam_member.this["canary"].condition[0].expression == "resource.name.startsWith(\"projects/_/buckets/copies/objects/in/twinbucket-canary/\")" && keys(google_storage_bucket_iam_member.this) == ["canary", "list", "side"]
    error_message = "only the canary's own objects may be written"
  }
}
