# Metrics from this deployment's outcome lines, alerts on them, and a dashboard. docs/runbook.md says for each alert what to do.

locals {
  service_filter = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${var.name}-replicator\""
  metric_prefix  = "logging.googleapis.com/user/${var.name}"

  # How long a change took to arrive, by size: a terabyte may take its time, a small object may not.
  lag_metrics = {
    lag_below_1mib = "jsonPayload.bytes<1048576"
    lag_below_1gib = "jsonPayload.bytes>=1048576 AND jsonPayload.bytes<1073741824"
    lag_from_1gib  = "jsonPayload.bytes>=1073741824"
  }

  # As the outcome lines spell them (docs/handlers.md).
  ages    = ["under-1m", "under-15m", "under-1h", "under-1d", "over-1d"]
  reasons = ["access-denied", "bucket-not-found", "throttled", "unavailable", "claimed", "unstable", "integrity-mismatch", "out-of-time", "state-unavailable", "unexpected"]

  waiting = merge(
    { for name, subscription in google_pubsub_subscription.pushed : name => subscription.name },
    { dead-letters = google_pubsub_subscription.dead_letters.name },
  )

  alerts = merge(
    {
      dead-letters = {
        title    = "dead letters"
        text     = "Something could not be replicated and waits at the dead-letter subscription. Runbook, \"Dead letters\"."
        filter   = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${var.name}-dead-letters\" AND metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\""
        duration = "0s", threshold = 0, aligner = "ALIGN_MAX", period = "60s"
      }
      failures = {
        title    = "failures"
        text     = "Attempts fail again and again (each is retried). Runbook, \"Failures\"."
        filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric_prefix}/outcomes\" AND metric.labels.outcome=\"failed\""
        duration = "900s", threshold = 10, aligner = "ALIGN_DELTA", period = "300s"
      }
      held-deletes = {
        title    = "held deletes"
        text     = "The delete guard holds deletes back and asks for a decision. Runbook, \"Held deletes\"."
        filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric_prefix}/outcomes\" AND metric.labels.outcome=\"held\""
        duration = "0s", threshold = 0, aligner = "ALIGN_DELTA", period = "60s"
      }
      lag = {
        title    = "lag"
        text     = "One small object in a hundred takes longer than five minutes to arrive. Runbook, \"Lag\"."
        filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric_prefix}/lag_below_1mib\""
        duration = "900s", threshold = 300000, aligner = "ALIGN_PERCENTILE_99", period = "300s"
      }
      function-errors = {
        title    = "function errors"
        text     = "The function itself fails: configuration, credentials, memory, timeout. Runbook, \"Function errors\"."
        filter   = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${var.name}-replicator\" AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"5xx\""
        duration = "180s", threshold = 0, aligner = "ALIGN_DELTA", period = "60s"
      }
    },
    # The subscriptions behind Eventarc have names that Eventarc gives; its backlog is on the trigger's own page.
    contains(keys(local.pushed), "notifications") ? {
      backlog = {
        title    = "backlog"
        text     = "The oldest notification waits for longer than the recovery point objective. Runbook, \"Backlog\"."
        filter   = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${var.name}-notifications\" AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
        duration = "180s", threshold = var.operations.backlog_age_seconds, aligner = "ALIGN_MAX", period = "60s"
      }
    } : {},
    contains(keys(local.pushed), "work") ? {
      large-transfer-backlog = {
        title    = "large transfers wait"
        text     = "Parts of large transfers wait for more than an hour. Runbook, \"Large transfers wait\"."
        filter   = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${var.name}-work\" AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
        duration = "900s", threshold = 3600, aligner = "ALIGN_MAX", period = "300s"
      }
    } : {},
  )
}

resource "google_logging_metric" "outcomes" {
  project     = var.project
  name        = "${var.name}/outcomes"
  description = "Outcomes of replication, by outcome and rule"
  filter      = "${local.service_filter} AND jsonPayload.outcome:* AND jsonPayload.source:*"

  label_extractors = {
    outcome = "EXTRACT(jsonPayload.outcome)"
    rule    = "EXTRACT(jsonPayload.rule)"
    reason  = "EXTRACT(jsonPayload.reason)"
    age     = "EXTRACT(jsonPayload.age)"
  }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"

    labels {
      key        = "outcome"
      value_type = "STRING"
    }

    labels {
      key        = "rule"
      value_type = "STRING"
    }

    labels {
      key         = "reason"
      value_type  = "STRING"
      description = "Why it failed or was quarantined"
    }

    labels {
      key         = "age"
      value_type  = "STRING"
      description = "Of what is not done yet: how long ago the change was"
    }
  }
}

resource "google_logging_metric" "pending_bytes" {
  project         = var.project
  name            = "${var.name}/pending_bytes"
  description     = "Sizes of objects that an attempt could not bring over yet, by the age of the change"
  filter          = "${local.service_filter} AND jsonPayload.age:* AND jsonPayload.size>=0"
  value_extractor = "EXTRACT(jsonPayload.size)"

  label_extractors = {
    age = "EXTRACT(jsonPayload.age)"
  }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "By"

    labels {
      key        = "age"
      value_type = "STRING"
    }
  }

  bucket_options {
    # From 1 KiB up to 64 TiB, each bucket twice the last.
    exponential_buckets {
      num_finite_buckets = 36
      growth_factor      = 2
      scale              = 1024
    }
  }
}

resource "google_logging_metric" "lag" {
  for_each = local.lag_metrics

  project         = var.project
  name            = "${var.name}/${each.key}"
  description     = "Milliseconds from the change to its replica"
  filter          = "${local.service_filter} AND jsonPayload.outcome=\"copied\" AND ${each.value} AND jsonPayload.lagMs>=0"
  value_extractor = "EXTRACT(jsonPayload.lagMs)"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "ms"
  }

  bucket_options {
    # From 10 ms up to about twelve days, each bucket 1.4 times the last: a percentile is right within 40 %.
    exponential_buckets {
      num_finite_buckets = 54
      growth_factor      = 1.4
      scale              = 10
    }
  }
}

resource "google_monitoring_alert_policy" "this" {
  for_each = local.alerts

  project               = var.project
  display_name          = "${var.name}: ${each.value.title}"
  combiner              = "OR"
  notification_channels = var.operations.notification_channels
  user_labels           = var.labels

  documentation {
    content   = each.value.text
    mime_type = "text/markdown"
  }

  conditions {
    display_name = each.value.title

    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.threshold
      duration        = each.value.duration

      aggregations {
        alignment_period     = each.value.period
        per_series_aligner   = each.value.aligner
        cross_series_reducer = startswith(each.value.aligner, "ALIGN_PERCENTILE") ? "REDUCE_MAX" : "REDUCE_SUM"
      }
    }
  }

  # An alert on a metric that does not exist yet is refused.
  depends_on = [google_logging_metric.outcomes, google_logging_metric.lag]
}

locals {
  charts = [
    {
      title = "Pending messages", unit = "messages"
      sets = [for name in sort(keys(local.waiting)) : {
        legend  = name
        filter  = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${var.name}-${name}\" AND metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\""
        aligner = "ALIGN_MAX"
      }]
    },
    {
      title = "Age of the oldest message", unit = "seconds"
      sets = [for name in sort(keys(local.waiting)) : {
        legend  = name
        filter  = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${var.name}-${name}\" AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
        aligner = "ALIGN_MAX"
      }]
    },
    {
      title = "Lag by size, p50", unit = "ms"
      sets = [for name in sort(keys(local.lag_metrics)) : {
        legend  = name
        filter  = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric_prefix}/${name}\""
        aligner = "ALIGN_PERCENTILE_50"
      }]
    },
    {
      title = "Lag by size, p99", unit = "ms"
      sets = [for name in sort(keys(local.lag_metrics)) : {
        legend  = name
        filter  = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric_prefix}/${name}\""
        aligner = "ALIGN_PERCENTILE_99"
      }]
    },
    {
      title = "Outcomes", unit = "objects"
      sets = [for outcome in ["copied", "metadata-updated", "deleted", "held", "quarantined", "failed"] : {
        legend  = outcome
        filter  = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric_prefix}/outcomes\" AND metric.labels.outcome=\"${outcome}\""
        aligner = "ALIGN_DELTA"
      }]
    },
    {
      title = "Not done yet, by age of the change", unit = "attempts"
      sets = [for age in local.ages : {
        legend  = age
        filter  = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric_prefix}/outcomes\" AND metric.labels.age=\"${age}\""
        aligner = "ALIGN_DELTA"
      }]
    },
    {
      title = "Not done yet, by age of the change: the largest", unit = "bytes"
      sets = [for age in local.ages : {
        legend  = age
        filter  = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric_prefix}/pending_bytes\" AND metric.labels.age=\"${age}\""
        aligner = "ALIGN_PERCENTILE_99"
      }]
    },
    {
      title = "Failures by reason", unit = "attempts"
      sets = [for reason in local.reasons : {
        legend  = reason
        filter  = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric_prefix}/outcomes\" AND metric.labels.reason=\"${reason}\""
        aligner = "ALIGN_DELTA"
      }]
    },
    {
      title = "Canaries", unit = "objects"
      sets = [for end in ["converged", "late", "left-behind", "failed"] : {
        legend  = end
        filter  = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric_prefix}/canaries\" AND metric.labels.end=\"${end}\""
        aligner = "ALIGN_DELTA"
      }]
    },
    {
      title = "Answers of the function", unit = "requests"
      sets = [for class in ["2xx", "4xx", "5xx"] : {
        legend  = class
        filter  = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${var.name}-replicator\" AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"${class}\""
        aligner = "ALIGN_DELTA"
      }]
    },
  ]
}

resource "google_monitoring_dashboard" "this" {
  project = var.project

  dashboard_json = jsonencode({
    displayName = var.name
    mosaicLayout = {
      columns = 12
      tiles = [for index, chart in local.charts : {
        xPos   = 6 * (index % 2)
        yPos   = 4 * floor(index / 2)
        width  = 6
        height = 4
        widget = {
          title = chart.title
          xyChart = {
            yAxis = { label = chart.unit }
            dataSets = [for set in chart.sets : {
              plotType       = "LINE"
              legendTemplate = set.legend
              timeSeriesQuery = {
                timeSeriesFilter = {
                  filter = set.filter
                  aggregation = {
                    alignmentPeriod    = "60s"
                    perSeriesAligner   = set.aligner
                    crossSeriesReducer = startswith(set.aligner, "ALIGN_PERCENTILE") ? "REDUCE_MAX" : "REDUCE_SUM"
                  }
                }
              }
            }]
          }
        }
      }]
    }
  })
}
