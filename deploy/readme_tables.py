"""Writes the tables of inputs and outputs in the README of each Terraform module from its variables.tf and outputs.tf.

usage: readme_tables.py [--check] MODULE...

With --check nothing is written, and a README that is behind is an error.
"""

import pathlib
import re
import sys

BLOCK = re.compile(r'^(variable|output) "(\w+)" \{\n(.*?)^\}', re.M | re.S)
MARKS = ("<!-- tables -->", "<!-- /tables -->")


def field(body, name):
    found = re.search(rf'^  {name}\s*=\s*"(.*)"$', body, re.M)
    return found.group(1).replace('\\"', '"').replace("|", "\\|") if found else ""


def table(module, file, kind):
    rows = []
    for _, name, body in sorted(BLOCK.findall((module / file).read_text(encoding="utf-8"))):
        default = re.search(r"^  default\s*=\s*(.+)$", body, re.M)
        columns = [f"`{name}`", field(body, "description")]
        if kind == "input":
            columns.append(f"`{default.group(1)}`" if default else "required")
        rows.append("| " + " | ".join(columns) + " |")
    if not rows:
        return ""
    head = "| input | meaning | default |\n|---|---|---|\n" if kind == "input" else "| output | meaning |\n|---|---|\n"
    return head + "\n".join(rows) + "\n"


def updated(module):
    readme = (module / "README.md").read_text(encoding="utf-8")
    before, rest = readme.split(MARKS[0], 1)
    _, after = rest.split(MARKS[1], 1)
    tables = table(module, "variables.tf", "input") + "\n" + table(module, "outputs.tf", "output")
    return readme, f"{before}{MARKS[0]}\n\n{tables}\n{MARKS[1]}{after}"


def main(arguments):
    check = "--check" in arguments
    behind = []
    for module in (pathlib.Path(argument) for argument in arguments if argument != "--check"):
        is_now, should_be = updated(module)
        if is_now != should_be:
            behind.append(str(module))
            if not check:
                (module / "README.md").write_text(should_be, encoding="utf-8")
    if check and behind:
        sys.exit(f"the tables are behind in {', '.join(behind)}: run deploy/readme_tables.py on them")


if __name__ == "__main__":
    main(sys.argv[1:])
