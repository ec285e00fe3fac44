"""Transforms template.yaml as AWS does and deploys what comes out to moto, an independent imitation of AWS.

usage: check_template.py TEMPLATE TRANSFORMED.json

What moto cannot take is named in the output and left out. The conditions are evaluated here, because moto does not drop
AWS::NoValue from lists.
"""

import ast
import io
import json
import os
import sys
import zipfile

os.environ.update(AWS_ACCESS_KEY_ID="none", AWS_SECRET_ACCESS_KEY="none", AWS_DEFAULT_REGION="eu-central-1")

import boto3
from moto import mock_aws
from moto.cloudformation.parsing import get_model_map
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

BUCKET = "pictures"
PROVIDER = "//iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/twinbucket-aws/providers/aws"
BASE = {"BucketName": BUCKET, "KeyPrefix": "in/", "OtherSide": "gs://copies/in/", "GoogleAudience": PROVIDER}
DEPLOYMENTS = {
    "S3 to GCS through SQS": {},
    "S3 to GCS through a topic of its own": {"Trigger": "sns"},
    "S3 to GCS through an existing topic": {"Trigger": "sns", "TopicArn": "arn:aws:sns:eu-central-1:123456789012:existing"},
    "S3 to GCS through EventBridge, state in the bucket": {"Trigger": "eventbridge", "StateStore": "bucket"},
    "S3 to GCS, direct, whole bucket": {"Trigger": "direct", "KeyPrefix": ""},
    "two-way with customer managed keys": {
        "Direction": "two-way",
        "GoogleFunctionServiceAccountId": "112233445566778899001",
        "KmsKeyArn": "arn:aws:kms:eu-central-1:123456789012:key/0a1b",
        "BucketKmsKeyArn": "arn:aws:kms:eu-central-1:123456789012:key/2c3d",
        "AllowObjectAcl": "true",
        "AlarmTopicArn": "arn:aws:sns:eu-central-1:123456789012:alarms",
    },
    "GCS to S3": {"Direction": "right-to-left", "Trigger": "none", "GoogleFunctionServiceAccountId": "112233445566778899001"},
    "S3 to GCS without a canary": {"CanaryEveryMinutes": "0"},
    "rules from a secret, paused": {
        "OtherSide": "",
        "GoogleAudience": "",
        "RuleSecretArn": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rules-AbCdEf",
        "Paused": "true",
    },
    "S3 to an S3-compatible endpoint": {
        "OtherSide": "",
        "GoogleAudience": "",
        "RuleDocument": '{"rules":[]}',
        "EndpointSecretArn": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:endpoint-AbCdEf",
    },
}
GONE = object()


class NoManagedPolicies:
    """The template names no managed policy of AWS, so there is none to look up."""

    def load(self):
        return {}


def transformed(path):
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            # What `sam deploy` does: the artefact goes to a bucket.
            resource["Properties"]["CodeUri"] = "s3://artefacts/twinbucket-lambda.zip"
    return transform(template, {}, NoManagedPolicies())


def resolved(template, given):
    """The template with its conditions evaluated for these parameters."""
    values = {name: str(given.get(name, parameter.get("Default", ""))) for name, parameter in template["Parameters"].items()}

    def holds(condition):
        if isinstance(condition, str):
            return holds(template["Conditions"][condition])
        ((function, argument),) = condition.items()
        if function == "Condition":
            return holds(argument)
        if function == "Fn::Equals":
            left, right = (values[side["Ref"]] if isinstance(side, dict) else side for side in argument)
            return left == right
        if function == "Fn::Not":
            return not holds(argument[0])
        return {"Fn::And": all, "Fn::Or": any}[function](holds(part) for part in argument)

    def walk(node):
        if isinstance(node, list):
            return [part for part in map(walk, node) if part is not GONE]
        if not isinstance(node, dict):
            return node
        if set(node) == {"Fn::If"}:
            condition, then, otherwise = node["Fn::If"]
            return walk(then if holds(condition) else otherwise)
        if node == {"Ref": "AWS::NoValue"}:
            return GONE
        return {name: part for name, part in ((name, walk(part)) for name, part in node.items()) if part is not GONE}

    def chosen(section):
        return {name: walk(part) for name, part in section.items() if "Condition" not in part or holds(part["Condition"])}

    return {**template, "Resources": chosen(template["Resources"]), "Outputs": chosen(template["Outputs"])}


def for_moto(template):
    """The part of a resolved template that moto can take, and the types that it cannot."""
    # A custom resource would run the function, for which moto wants Docker.
    unsupported = {
        resource["Type"]
        for resource in template["Resources"].values()
        if resource["Type"] not in get_model_map() or resource["Type"].startswith("Custom::")
    }
    left_out = {name for name, resource in template["Resources"].items() if resource["Type"] in unsupported}

    def walk(node):
        if isinstance(node, list):
            return [walk(part) for part in node]
        if not isinstance(node, dict):
            return node
        if node.get("Ref") in left_out:
            # The alias is the only one of them that others refer to; moto knows the function itself.
            return {"Ref": "Replicator"} if node["Ref"] == "ReplicatorAliaslive" else node["Ref"]
        return {name: walk(part) for name, part in node.items()}

    resources = {name: walk(resource) for name, resource in template["Resources"].items() if name not in left_out}
    for resource in resources.values():
        if isinstance(resource.get("DependsOn"), str):
            resource["DependsOn"] = [resource["DependsOn"]]
        resource["DependsOn"] = [name for name in resource.get("DependsOn", []) if name not in left_out]
    return {**template, "Resources": resources, "Outputs": walk(template["Outputs"])}, unsupported


def policies(iam):
    """Every policy document of the stack, by the name of its role or its own."""
    for role in iam.list_roles()["Roles"]:
        name = role["RoleName"]
        for inline in iam.list_role_policies(RoleName=name)["PolicyNames"]:
            document = iam.get_role_policy(RoleName=name, PolicyName=inline)["PolicyDocument"]
            # moto gives an inline policy that came from a template back as Python writes it.
            yield name, ast.literal_eval(document) if isinstance(document, str) else document
    # moto's CloudFormation does not attach managed policies to roles, so they are read by themselves.
    for policy in iam.list_policies(Scope="Local")["Policies"]:
        version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])
        yield policy["PolicyName"], version["PolicyVersion"]["Document"]


def listed(value):
    return value if isinstance(value, list) else [value]


def require(condition, message):
    if not condition:
        raise SystemExit(f"template check failed: {message}")


def check_policies(iam, given):
    prefix = given["KeyPrefix"]
    writes = given.get("Direction", "left-to-right") != "left-to-right"
    objects = {f"arn:aws:s3:::{BUCKET}/{prefix}*", f"arn:aws:s3:::{BUCKET}/{prefix}twinbucket-canary/*"}
    if given.get("StateStore") == "bucket":
        objects.add(f"arn:aws:s3:::{BUCKET}/.twinbucket/*")
    seen = 0
    for role, document in policies(iam):
        for statement in document["Statement"]:
            seen += 1
            require("Sid" in statement, f"a statement of {role} has no name")
            for action in listed(statement["Action"]):
                require("*" not in action, f"{role}: {action} is a wildcard")
                if action.startswith("s3:") and "Object" in action:
                    require(set(listed(statement["Resource"])) <= objects, f"{role}: {statement} reaches other objects")
                own = {"KeepState": ".twinbucket/*", "SendCanary": f"{prefix}twinbucket-canary/*"}.get(statement["Sid"])
                changes_objects = action in ("s3:PutObject", "s3:DeleteObject") and (
                    own is None or statement["Resource"] != f"arn:aws:s3:::{BUCKET}/{own}"
                )
                require(writes or not changes_objects, f"{role}: may {action} on a side that is only read")
            for resource in listed(statement["Resource"]):
                require(resource != "*", f"{role}: {statement} is about everything")
                own = resource.startswith((f"arn:aws:s3:::{BUCKET}", "arn:aws:sqs:", "arn:aws:dynamodb:", "arn:aws:logs:"))
                # The alias, for which moto has the function's own name.
                own = own or (statement["Action"] == "lambda:InvokeFunction" and "-Replicator-" in resource)
                named = resource in given.values()
                require(own or named, f"{role}: {resource} is neither of the stack nor configured")
                if resource.startswith("arn:aws:kms:"):
                    require("kms:ViaService" in json.dumps(statement.get("Condition", {})), f"{role}: a key beyond its service")
    return seen


@mock_aws
def deploy(name, template, changes):
    given = {**BASE, **changes}
    s3 = boto3.client("s3")
    here = {"CreateBucketConfiguration": {"LocationConstraint": "eu-central-1"}}
    s3.create_bucket(Bucket="artefacts", **here)
    s3.create_bucket(Bucket=BUCKET, **here)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as empty:
        empty.writestr("empty", "")
    s3.put_object(Bucket="artefacts", Key="twinbucket-lambda.zip", Body=archive.getvalue())
    boto3.client("sns").create_topic(Name="existing")

    body, unsupported = for_moto(resolved(template, given))
    formation = boto3.client("cloudformation")
    formation.create_stack(
        StackName="twinbucket",
        TemplateBody=json.dumps(body),
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()],
        Capabilities=["CAPABILITY_IAM"],
    )
    stack = formation.describe_stacks(StackName="twinbucket")["Stacks"][0]
    require(stack["StackStatus"] == "CREATE_COMPLETE", f"{name}: {stack['StackStatus']}")
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    sqs = boto3.client("sqs")
    queue = sqs.get_queue_attributes(QueueUrl=outputs["NotificationQueueUrl"], AttributeNames=["All"])["Attributes"]
    require(queue["VisibilityTimeout"] == "1800", "the visibility timeout is not six times the function's")
    redrive = json.loads(queue["RedrivePolicy"])
    require(redrive["deadLetterTargetArn"] == outputs["DeadLetterQueueArn"], "notifications are not redriven to the dead letters")

    functions = {function["Handler"]: function for function in boto3.client("lambda").list_functions()["Functions"]}
    replicator = functions["dev.twinbucket.aws.ReplicationHandler::handleRequest"]
    environment = replicator["Environment"]["Variables"]
    require(replicator["Runtime"] == "java25", "the runtime is not java25")
    require(environment["TWINBUCKET_STATE"] == outputs["StateUri"], "the state is not where the outputs say")
    require(environment["TWINBUCKET_DEAD_LETTER_QUEUE"] == outputs["DeadLetterQueueUrl"], "dead letters go elsewhere")
    if given["OtherSide"]:
        require(environment["TWINBUCKET_LEFT"] == f"s3://{BUCKET}/{given['KeyPrefix']}", "the left side is another")
        credentials = json.loads(environment["TWINBUCKET_GOOGLE_CREDENTIALS"])
        require(credentials["type"] == "external_account" and credentials["audience"] == PROVIDER, "the Google credentials are wrong")
    else:
        require(environment["TWINBUCKET_CONFIG"] == given.get("RuleSecretArn", given.get("RuleDocument")), "the rules come from elsewhere")

    sources = boto3.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    require(len(sources) == 2, "two queues feed the function")
    if given.get("StateStore", "dynamodb") == "dynamodb":
        table = boto3.client("dynamodb").list_tables()["TableNames"][0]
        described = boto3.client("dynamodb").describe_table(TableName=table)["Table"]
        require(described["KeySchema"] == [{"AttributeName": "pk", "KeyType": "HASH"}], "the table's key is not pk")
        # moto's CloudFormation passes the expiry over, so that is read from the template.
        expiry = body["Resources"]["StateTable"]["Properties"]["TimeToLiveSpecification"]
        require(expiry == {"AttributeName": "expiresAt", "Enabled": True}, "rows do not expire")
    statements = check_policies(boto3.client("iam"), given)

    formation.delete_stack(StackName="twinbucket")
    require(not sqs.list_queues().get("QueueUrls"), "deleting the stack leaves queues behind")
    print(f"  {name}: {len(body['Resources'])} resources, {statements} policy statements read")
    return unsupported


def main(path, out):
    template = transformed(path)
    with open(out, "w", encoding="utf-8") as file:
        json.dump(template, file, indent=1)
    for seconds, visible in template["Mappings"]["VisibilityTimeout"].items():
        require(visible["Seconds"] == 6 * int(seconds), f"the visibility timeout for {seconds} s is not six times that")
    require(
        list(template["Mappings"]["VisibilityTimeout"]) == template["Parameters"]["TimeoutSeconds"]["AllowedValues"],
        "a timeout has no visibility timeout",
    )
    unsupported = set()
    for name, changes in DEPLOYMENTS.items():
        unsupported |= deploy(name, template, changes)
    print(f"  left out, because moto's CloudFormation does not know them: {', '.join(sorted(unsupported))}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
