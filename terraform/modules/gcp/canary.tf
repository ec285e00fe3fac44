# On a schedule, a small object through every direction of the rules (docs/runbook.md, "Canary").

resource "google_cloud_scheduler_job" "canary" {
  count = local.canary ? 1 : 0

  project     = var.project
  region      = var.region
  name        = "${var.name}-canary"
  description = "Sends a small object through every direction of the rules"
  schedule    = var.operations.canary_minutes == 60 ? "0 * * * *" : "*/${var.operations.canary_minutes} * * * *"
  time_zone   = "Etc/UTC"
  # The function answers when the canaries are back.
  attempt_deadline = "${var.function.timeout_seconds}s"

  # The next one comes anyway.
  retry_config {
    retry_count = 0
  }

  # Cloud Scheduler of the project counts as internal, as Pub/Sub does.
  http_target {
    http_method = "POST"
    uri         = google_cloudfunctions2_function.this.service_config[0].uri
    headers     = { "Content-Type" = "application/json", "Twinbucket-Operation" = "canary" }
    body        = base64encode(jsonencode({ twinbucket = "canary", seconds = var.operations.canary_seconds }))

    oidc_token {
      service_account_email = google_service_account.invoker.email
      audience              = google_cloudfunctions2_function.this.service_config[0].uri
    }
  }

  depends_on = [google_cloud_run_v2_service_iam_member.invoker]
}

resource "google_logging_metric" "canary" {
  project     = var.project
  name        = "${var.name}/canaries"
  description = "Canaries by how they ended, rule and side"
  filter      = "${local.service_filter} AND jsonPayload.canary:*"

  label_extractors = {
    end  = "EXTRACT(jsonPayload.canary)"
    rule = "EXTRACT(jsonPayload.rule)"
    from = "EXTRACT(jsonPayload.from)"
  }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"

    labels {
      key        = "end"
      value_type = "STRING"
    }

    labels {
      key        = "rule"
      value_type = "STRING"
    }

    labels {
      key        = "from"
      value_type = "STRING"
    }
  }
}

# Fires when no canary came through for three rounds, for whatever reason.
resource "google_monitoring_alert_policy" "canary" {
  count = local.canary ? 1 : 0

  project               = var.project
  display_name          = "${var.name}: canary"
  combiner              = "OR"
  notification_channels = var.operations.notification_channels
  user_labels           = var.labels

  documentation {
    content   = "An object that was sent to see whether it arrives did not, or no canary was sent. Runbook, \"Canary\"."
    mime_type = "text/markdown"
  }

  conditions {
    display_name = "canary did not come through"

    condition_absent {
      filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric_prefix}/canaries\" AND metric.labels.end=\"converged\""
      duration = "${180 * var.operations.canary_minutes}s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["metric.label.rule", "metric.label.from"]
      }
    }
  }

  depends_on = [google_logging_metric.canary]
}
