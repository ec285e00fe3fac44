output "bucket" {
  description = "Name of the bucket, known to be accessible."
  value       = var.bucket.name

  # A function that starts before its permissions fails its first deliveries.
  depends_on = [google_storage_bucket_iam_member.this]
}
