data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

locals {
  partition = data.aws_partition.current.partition
  # .id is the region's name in versions 5 and 6 of the provider.
  region     = data.aws_region.current.id
  account_id = data.aws_caller_identity.current.account_id
  bucket_arn = "arn:${local.partition}:s3:::${var.bucket.name}"

  writes = var.rule.direction != "left-to-right"
  # What comes from the right is heard by the Google function, and so its canary is sent from there.
  canary    = var.operations.canary_minutes > 0 && !var.trigger.paused && var.rule.direction != "right-to-left"
  own_topic = var.trigger.type == "sns" && var.trigger.topic_arn == null
  # An existing topic is fed by the bucket already: nothing is to be added to the bucket's notifications.
  attaches = var.trigger.attach && var.trigger.type != "none" && var.trigger.topic_arn == null

  state_uri = (
    var.state_store == "dynamodb"
    ? "dynamodb://${aws_dynamodb_table.state[0].name}?region=${local.region}"
    : "s3://${var.bucket.name}/.twinbucket/"
  )
}
