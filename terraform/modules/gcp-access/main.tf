# What a replicator may do to one bucket; the same for the Google function and for the Lambda function. Custom roles, because every
# predefined role that can write objects also reads or changes something that a replicator has no business with.

locals {
  id      = replace(var.name, "-", "_")
  objects = "projects/_/buckets/${var.bucket.name}/objects/"

  # State rows, and large objects before they are published, live under the reserved prefix.
  reserved = var.bucket.writable || var.bucket.holds_state

  roles = merge(
    {
      # Tell "there is no such object" from "you may not know", and list for reconcile. Cloud Storage checks this on the bucket,
      # so that no prefix can narrow it: names can be seen, nothing else.
      lister = {
        title       = "Twinbucket: list objects"
        permissions = concat(["storage.objects.list"], local.reserved ? ["storage.multipartUploads.list"] : [])
      }
    },
    var.bucket.writable ? {} : {
      # The source of a one-way rule is read and nothing else.
      reader = {
        title       = "Twinbucket: read objects"
        permissions = ["storage.objects.get"]
      }
    },
    local.reserved || var.bucket.canary ? {
      # Write replicas (an overwrite is a create and a delete), replicate deletes and changed metadata, upload large objects in
      # parts and publish them by a move.
      writer = {
        title = "Twinbucket: read and write objects"
        permissions = [
          "storage.multipartUploads.abort",
          "storage.multipartUploads.create",
          "storage.multipartUploads.listParts",
          "storage.objects.create",
          "storage.objects.delete",
          "storage.objects.get",
          "storage.objects.move",
          "storage.objects.update",
        ]
      }
    } : {},
  )

  bindings = merge(
    { list = { role = "lister", prefix = "" } },
    { side = { role = var.bucket.writable ? "writer" : "reader", prefix = var.bucket.prefix } },
    # A side that is otherwise only read: the canary's own objects, written and deleted like a user's.
    var.bucket.canary && !var.bucket.writable ? { canary = { role = "writer", prefix = "${var.bucket.prefix}twinbucket-canary/" } } : {},
    # A side that is the whole bucket and writable holds the reserved prefix already.
    local.reserved && !(var.bucket.writable && var.bucket.prefix == "") ? { reserved = { role = "writer", prefix = ".twinbucket/" } } : {},
  )
}

resource "google_project_iam_custom_role" "this" {
  for_each = local.roles

  project     = var.project
  role_id     = "${local.id}_${each.key}"
  title       = each.value.title
  permissions = each.value.permissions
}

resource "google_storage_bucket_iam_member" "this" {
  for_each = local.bindings

  bucket = var.bucket.name
  role   = google_project_iam_custom_role.this[each.value.role].id
  member = var.member

  dynamic "condition" {
    for_each = each.value.prefix == "" ? [] : [each.value.prefix]

    content {
      title       = "twinbucket-${each.key}"
      description = "Only objects under the configured prefix"
      expression  = "resource.name.startsWith(\"${local.objects}${condition.value}\")"
    }
  }
}
