resource "aws_dynamodb_table" "state" {
  # checkov:skip=CKV_AWS_119: encrypted in any case; a customer managed key is the user's choice by kms_key_arn. The rows hold object names and versions, no content.
  # checkov:skip=CKV2_AWS_16: on-demand capacity needs no autoscaling.
  count = var.state_store == "dynamodb" ? 1 : 0

  name         = "${var.name}-state"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  tags         = var.tags

  # The merge bases of a two-way rule: an object that was deleted on one side while the table was gone would come back.
  deletion_protection_enabled = true

  attribute {
    name = "pk"
    type = "S"
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  dynamic "server_side_encryption" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }
}
