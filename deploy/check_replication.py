"""Deploys the transformed template to a moto server, connects a bucket to the deployed queue, and replicates objects through it: what
moto's S3 puts into the queue goes to the packaged Lambda function, under AWS's runtime interface client and in the environment that
the template gave it; what that writes is read back from fake-gcs-server.

usage: check_replication.py TRANSFORMED_TEMPLATE EMULATORS ROOT      EMULATORS is the folder that emulators/install made
"""

import io
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile

for name, value in {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-central-1"}.items():
    os.environ[name] = value

import boto3  # noqa: E402
from check_template import BASE, BUCKET, for_moto, require, resolved  # noqa: E402

REGION = "eu-central-1"
OTHER = "copies"
PATIENCE = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, condition):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise SystemExit(f"replication check failed: {what} did not happen within {PATIENCE} s")


def answers(url):
    try:
        urllib.request.urlopen(url, timeout=5).close()
        return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


class Deployment:
    def __init__(self, template, aws, gcs, root):
        self.aws, self.gcs, self.root = aws, gcs, root
        self.s3, self.sqs = self.client("s3"), self.client("sqs")
        here = {"CreateBucketConfiguration": {"LocationConstraint": REGION}}
        for bucket in ("artefacts", BUCKET):
            self.s3.create_bucket(Bucket=bucket, **here)
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as empty:
            empty.writestr("empty", "")
        self.s3.put_object(Bucket="artefacts", Key="twinbucket-lambda.zip", Body=archive.getvalue())
        body, _ = for_moto(resolved(template, BASE))
        formation = self.client("cloudformation")
        formation.create_stack(
            StackName="twinbucket",
            TemplateBody=json.dumps(body),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in BASE.items()],
            Capabilities=["CAPABILITY_IAM"],
        )
        stack = formation.describe_stacks(StackName="twinbucket")["Stacks"][0]
        require(stack["StackStatus"] == "CREATE_COMPLETE", stack["StackStatus"])
        outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
        self.queue = outputs["NotificationQueueUrl"]
        functions = self.client("lambda").list_functions()["Functions"]
        self.environment = next(f for f in functions if ".ReplicationHandler::" in f["Handler"])["Environment"]["Variables"]
        # moto runs no function without Docker, and so not the one that attaches the bucket: this is what it does.
        self.s3.put_bucket_notification_configuration(
            Bucket=BUCKET,
            NotificationConfiguration={
                "QueueConfigurations": [
                    {"QueueArn": outputs["NotificationQueueArn"], "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]}
                ]
            },
        )

    def client(self, service):
        return boto3.client(service, endpoint_url=self.aws)

    def invoke(self, messages):
        event = {
            "Records": [
                {"messageId": message["MessageId"], "eventSource": "aws:sqs", "body": message["Body"]} for message in messages
            ]
        }
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("TWINBUCKET_", "AWS_"))}
        environment |= self.environment | {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": REGION,
            "STORAGE_EMULATOR_HOST": self.gcs,
        }
        environment |= {f"AWS_ENDPOINT_URL_{service}": self.aws for service in ("S3", "SQS", "DYNAMODB")}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(event, file)
            file.flush()
            done = subprocess.run(
                [self.root / "bin" / "invoke", "lambda", file.name], env=environment, capture_output=True, text=True, check=False
            )
        require(done.returncode == 0, f"the function did not take the batch:\n{done.stdout}\n{done.stderr}")
        for line in done.stdout.splitlines():
            print(f"  | {line}")
        return done.stdout

    def deliver(self):
        """One round of an event source: receive, invoke, delete."""
        messages = until(
            "a notification", lambda: self.sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10).get("Messages")
        )
        lines = self.invoke(messages)
        for message in messages:
            self.sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
        return lines

    def replica(self, key):
        url = f"{self.gcs}/storage/v1/b/{OTHER}/o/{urllib.parse.quote(key, safe='')}?alt=media"
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.read()
        except urllib.error.HTTPError as e:
            require(e.code == 404, f"fake-gcs-server answered {e.code}")
            return None


def replicate(deployment):
    key = "in/a+b c%20d/\N{GREEK SMALL LETTER OMEGA}.txt"
    for content in (b"first", b"second, and longer"):
        deployment.s3.put_object(Bucket=BUCKET, Key=key, Body=content, Metadata={"colour": "green"})
        lines = deployment.deliver()
        require('"outcome":"copied"' in lines, f"nothing was copied:\n{lines}")
        require(deployment.replica(key) == content, "the replica has other bytes")
    deployment.s3.delete_object(Bucket=BUCKET, Key=key)
    lines = deployment.deliver()
    require('"outcome":"deleted"' in lines, f"nothing was deleted:\n{lines}")
    require(deployment.replica(key) is None, "the deletion did not arrive")
    deployment.s3.put_object(Bucket=BUCKET, Key="out/of/the/prefix", Body=b"not ours")
    deployment.deliver()
    require(deployment.replica("out/of/the/prefix") is None, "something beyond the prefix was copied")


def main(template, emulators, root):
    aws_port, gcs_port = free_port(), free_port()
    aws, gcs = f"http://127.0.0.1:{aws_port}", f"http://127.0.0.1:{gcs_port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    servers = [
        subprocess.Popen([emulators / "moto/bin/moto_server", "-H", "127.0.0.1", "-p", str(aws_port)], **quiet),
        subprocess.Popen(
            [emulators / "bin/fake-gcs-server", "-backend", "memory", "-scheme", "http", "-host", "127.0.0.1"]
            + ["-port", str(gcs_port), "-public-host", f"127.0.0.1:{gcs_port}"],
            **quiet,
        ),
    ]
    try:
        until("the start of moto", lambda: answers(aws))
        until("the start of fake-gcs-server", lambda: answers(f"{gcs}/storage/v1/b"))
        bucket = urllib.request.Request(
            f"{gcs}/storage/v1/b", data=json.dumps({"name": OTHER}).encode(), headers={"Content-Type": "application/json"}
        )
        urllib.request.urlopen(bucket, timeout=10).close()
        replicate(Deployment(json.loads(template.read_text(encoding="utf-8")), aws, gcs, root))
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(timeout=30)
    print("  created, overwritten and deleted through the deployed queue, packaged function and table")


if __name__ == "__main__":
    main(*(pathlib.Path(argument) for argument in sys.argv[1:4]))
