"""Validates documents against the JSON Schema of the reports, with the Python package `jsonschema`.

The argument is the file of the schema; stdin holds a document per line: {"name": ..., "part": a definition, "strict":
..., "document": ...}. "strict" asks for a second, closed schema as well: no key but those described, no word but those
listed as examples. What is wrong is printed as a list: [[name, message], ...]."""

import copy
import json
import sys

from jsonschema import Draft202012Validator


def close(schema, name=None):
    """Makes a schema strict, in place."""
    if isinstance(schema, list):
        for part in schema:
            close(part)
    if not isinstance(schema, dict):
        return
    if "examples" in schema:
        schema["enum"] = schema["examples"] + ([None] if "null" in schema["type"] else [])
    # A finding stands alone or with the further keys of a line: it is closed where it is used.
    is_whole = "properties" in schema and name not in ("finding", "line", "plannedChange")
    if is_whole or schema.get("$ref") in ("#/$defs/finding", "#/$defs/plannedChange"):
        if "additionalProperties" not in schema:
            schema["unevaluatedProperties"] = False
    for key, part in schema.items():
        if key == "allOf":
            continue
        if key in ("properties", "$defs"):
            for inner, value in part.items():
                close(value, inner)
        else:
            close(part)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        open_schema = json.load(file)
    Draft202012Validator.check_schema(open_schema)
    closed_schema = copy.deepcopy(open_schema)
    close(closed_schema)
    Draft202012Validator.check_schema(closed_schema)
    validators = {}
    for kind, schema in (("open", open_schema), ("strict", closed_schema)):
        for part in schema["$defs"]:
            whole = {**schema, "$ref": "#/$defs/" + part}
            validators[kind, part] = Draft202012Validator(whole)
    wrong = []
    for line in sys.stdin:
        case = json.loads(line)
        for kind in ["open", "strict"] if case["strict"] else ["open"]:
            for error in validators[kind, case["part"]].iter_errors(case["document"]):
                where = "/".join(str(step) for step in error.absolute_path)
                wrong.append([case["name"], f"{kind}: {where}: {error.message[:300]}"])
    print(json.dumps(wrong))


main()
