"""A Terraform provider that knows a schema and can do nothing: enough for terraform validate, and for terraform test with mocks.

usage (by Terraform): schema_provider.py SCHEMA.json
"""

import json
import sys

import tf.provider
from tf.gen import tfplugin_pb2 as pb
from tf.runner import run_provider


def block(definition):
    return pb.Schema.Block(
        attributes=[
            pb.Schema.Attribute(
                name=name,
                type=json.dumps(attribute["type"]).encode(),
                required=attribute["required"],
                optional=not attribute["required"] and (not attribute["computed"] or name == "id"),
                computed=attribute["computed"],
            )
            for name, attribute in definition["attributes"].items()
        ],
        block_types=[
            pb.Schema.NestedBlock(
                type_name=name,
                block=block(inner),
                # Terraform's older SDK, which these providers are made with, has single blocks as lists of one; timeouts apart.
                nesting=pb.Schema.NestedBlock.SINGLE if name == "timeouts" else pb.Schema.NestedBlock.LIST,
                min_items=1 if inner["required"] and name != "timeouts" else 0,
                max_items=0 if inner["list"] or name == "timeouts" else 1,
            )
            for name, inner in definition["blocks"].items()
        ],
    )


class SchemaServicer(tf.provider.ProviderServicer):
    def __init__(self, app):
        with open(sys.argv[1], encoding="utf-8") as file:
            self.definitions = json.load(file)

    def GetMetadata(self, request, context):
        return pb.GetMetadata.Response()

    def GetProviderSchema(self, request, context):
        schemas = {name: pb.Schema(version=0, block=block(definition)) for name, definition in self.definitions.items()}
        settings = [
            pb.Schema.Attribute(name=name, type=b'"string"', optional=True)
            for name in ("access_key", "project", "region", "secret_key")
        ]
        return pb.GetProviderSchema.Response(
            provider=pb.Schema(block=pb.Schema.Block(attributes=settings)),
            provider_meta=pb.Schema(block=pb.Schema.Block()),
            resource_schemas={name: schema for name, schema in schemas.items() if not name.startswith("data.")},
            data_source_schemas={name[len("data."):]: schema for name, schema in schemas.items() if name.startswith("data.")},
        )

    def ValidateProviderConfig(self, request, context):
        return pb.ValidateProviderConfig.Response()

    def ValidateResourceConfig(self, request, context):
        return pb.ValidateResourceConfig.Response()

    def ValidateDataResourceConfig(self, request, context):
        return pb.ValidateDataResourceConfig.Response()

    def ConfigureProvider(self, request, context):
        return pb.ConfigureProvider.Response()

    def UpgradeResourceState(self, request, context):
        return pb.UpgradeResourceState.Response(upgraded_state=pb.DynamicValue(json=request.raw_state.json))

    def StopProvider(self, request, context):
        return pb.StopProvider.Response()


if __name__ == "__main__":
    tf.provider.ProviderServicer = SchemaServicer
    run_provider(None)
