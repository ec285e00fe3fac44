# What a replicator may do to one bucket and to the state table; the same for the Lambda function and for the Google function.

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  bucket_arn  = "arn:${data.aws_partition.current.partition}:s3:::${var.bucket.name}"
  objects_arn = "${local.bucket_arn}/${var.bucket.prefix}*"
  # .id is the region's name in versions 5 and 6 of the provider.
  region = data.aws_region.current.id
  dns    = data.aws_partition.current.dns_suffix
}

data "aws_iam_policy_document" "bucket" {
  # Read the objects of the side: their bytes, headers and tags, at a pinned version where the bucket has versions. A rule that
  # only writes here needs it too: it looks at what stands at the destination before it replaces or deletes it, and the ETag
  # condition of a delete asks for it.
  statement {
    sid       = "ReadObjects"
    actions   = ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectTagging", "s3:GetObjectVersionTagging"]
    resources = [local.objects_arn]
  }

  # Tell "there is no such object" (404) from "you may not know" (403), and list for reconcile. IfExists, because a HEAD carries
  # no s3:prefix and would be refused by a plain StringLike.
  statement {
    sid       = "SeeWhatIsThere"
    actions   = ["s3:ListBucket"]
    resources = [local.bucket_arn]

    condition {
      test     = "StringLikeIfExists"
      variable = "s3:prefix"
      values   = concat(["${var.bucket.prefix}*"], var.bucket.holds_state ? [".twinbucket/*"] : [])
    }
  }

  dynamic "statement" {
    for_each = var.bucket.writable ? [1] : []

    # Write replicas with their tags, replicate deletes, and upload large objects in parts.
    content {
      sid       = "WriteObjects"
      actions   = ["s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
      resources = [local.objects_arn]
    }
  }

  dynamic "statement" {
    for_each = var.bucket.writable ? [1] : []

    # Find uploads that were abandoned, in order to abort them.
    content {
      sid       = "FindAbandonedUploads"
      actions   = ["s3:ListBucketMultipartUploads"]
      resources = [local.bucket_arn]
    }
  }

  dynamic "statement" {
    for_each = var.bucket.acl ? [1] : []

    # Only for rules that set a canned ACL.
    content {
      sid       = "SetCannedAcl"
      actions   = ["s3:PutObjectAcl"]
      resources = [local.objects_arn]
    }
  }

  dynamic "statement" {
    for_each = var.bucket.canary && !var.bucket.writable ? [1] : []

    # A side that is otherwise only read: the canary's own objects, written and deleted like a user's.
    content {
      sid       = "SendCanary"
      actions   = ["s3:PutObject", "s3:DeleteObject"]
      resources = ["${local.bucket_arn}/${var.bucket.prefix}twinbucket-canary/*"]
    }
  }

  dynamic "statement" {
    for_each = var.bucket.holds_state ? [1] : []

    # The state rows, as conditional objects under the reserved prefix.
    content {
      sid       = "KeepState"
      actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
      resources = ["${local.bucket_arn}/.twinbucket/*"]
    }
  }

  dynamic "statement" {
    for_each = var.bucket.kms_key_arn == null ? [] : [var.bucket.kms_key_arn]

    # Objects under a customer managed key are decrypted (and, where something is written, encrypted) by S3 on the caller's behalf,
    # and by S3 alone.
    content {
      sid       = "UseObjectKey"
      actions   = concat(["kms:Decrypt"], var.bucket.writable || var.bucket.canary || var.bucket.holds_state ? ["kms:GenerateDataKey"] : [])
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.${local.region}.${local.dns}"]
      }
    }
  }
}

resource "aws_iam_policy" "bucket" {
  name_prefix = "${var.name}-bucket-"
  description = "Twinbucket: objects of the configured bucket and prefix"
  policy      = data.aws_iam_policy_document.bucket.json
  tags        = var.tags
}

data "aws_iam_policy_document" "state" {
  count = var.state == null ? 0 : 1

  # Read one row, write one row on a condition, remove one row. No scan, no other table.
  statement {
    sid       = "KeepState"
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]
    resources = [var.state.table_arn]
  }

  dynamic "statement" {
    for_each = var.state.kms_key_arn == null ? [] : [var.state.kms_key_arn]

    # A table under a customer managed key is decrypted on the caller's behalf, and by DynamoDB alone.
    content {
      sid       = "UseTableKey"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["dynamodb.${local.region}.${local.dns}"]
      }
    }
  }
}

resource "aws_iam_policy" "state" {
  count = var.state == null ? 0 : 1

  name_prefix = "${var.name}-state-"
  description = "Twinbucket: rows of the state table"
  policy      = data.aws_iam_policy_document.state[0].json
  tags        = var.tags
}
