"""What a person may see over the API, and the API's description with it put in.

The description is followed like a map: every question without an open name is asked, what the answers name is kept, and
with it the questions are asked that need a name. The description is then given back with the names between braces, and the
members of bodies that stand for a thing, narrowed down to things that are there.
"""

import copy
import json
import re
import urllib.error
import urllib.parse
import urllib.request

# How many things of a kind are named at most.
MOST = 3
# How many answers are read to learn names.
READ = 150

# What a name stands for: the name in an address or a body, and how such a thing is written.
KINDS = {
    "person": r"prs_\w+",
    "grant": r"grt_\w+",
    "centre": r"ctr_\w+",
    "specification": r"spc_\w+",
    "registration": r"reg_\w+",
    "evidence": r"evd_\w+",
    "passage": r"psg_\w+",
    "submission": r"sub_\w+",
    "claim": r"clm_\w+",
    "order": r"ord_\w+",
    "award": r"awd_\w+",
    "comment": r"com_\w+",
    "token": r"tok_\w+",
    "upload": r"upl_\w+",
    "unit": r"\d{4}V\d",
    "code": r"\dA\d+V\d|\dC\d+V\d|\dD\d+V\d",
    "criterion": r"\d\.\d",
}
# Other names for the same.
ALIKE = {
    "id": "specification",
    "qualification": "code",
    "learner": "person",
    "tutor": "person",
    "assessor": "person",
    "verifier": "person",
    "to": "person",
    "items": "evidence",
    "passages": "passage",
    "units": "unit",
    "registrations": "registration",
}
# The writes that are tried with an Idempotency-Key too. Made-up keys repeat, and a repeated one ends the call before it
# reaches anything else.
KEYED = {"addPerson", "keepComment"}
# Days on both sides of the demonstration's own.
DAYS = ["2019-10-14", "2019-10-01", "2019-11-29", "1985-03-02", "0001-01-01"]


class Known:
    """Asks everything that can be asked, once."""

    def __init__(self, address, token):
        self.address = address
        self.token = token
        self.found = {kind: [] for kind in KINDS}
        self.found.update(number=[], quality=[], version=["1"])
        self.asked = 0
        _, own = self.ask("/api/v1/openapi.json")
        self.whole = own
        questions = [path for path, item in own["paths"].items() if "get" in item]
        for path in sorted(questions, key=lambda path: path.count("{")):
            for full in self.addresses(path):
                if self.asked >= READ:
                    return
                status, answer = self.ask(full)
                if status == 200:
                    self.learn(answer, "")

    def ask(self, path):
        request = urllib.request.Request(self.address + path)
        request.add_header("Authorization", f"Bearer {self.token}")
        self.asked += 1
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                if "json" in answer.headers.get("Content-Type", ""):
                    return answer.status, json.load(answer)
                return answer.status, None
        except urllib.error.HTTPError as error:
            return error.code, None

    def values(self, name):
        kind = ALIKE.get(name, name)
        return self.found.get(kind, [])[:MOST]

    def addresses(self, path):
        """The path with what is known put in, each name once with each of its values."""
        names = re.findall(r"{(\w+)}", path)
        if not names:
            return [path]
        if any(not self.values(name) for name in names):
            return []
        full = []
        for turn in range(MOST):
            text = path
            for name in names:
                values = self.values(name)
                text = text.replace(f"{{{name}}}", urllib.parse.quote(values[turn % len(values)]))
            if text not in full:
                full.append(text)
        return full

    def learn(self, value, name):
        if isinstance(value, dict):
            for key, inner in value.items():
                self.learn(inner, key)
        elif isinstance(value, list):
            for inner in value:
                self.learn(inner, name)
        elif isinstance(value, str):
            for kind, pattern in KINDS.items():
                if re.fullmatch(pattern, value):
                    self.keep(kind, value)
            if name == "certificate" or re.fullmatch(r"[A-Z0-9]{4,}(-[A-Z0-9]+)+", value):
                self.keep("number", value)
            if name == "key" and re.fullmatch(r"[a-z_-]+", value):
                self.keep("quality", value)

    def keep(self, kind, value):
        if value not in self.found[kind]:
            self.found[kind].append(value)

    def told(self):
        """What is known, in a line."""
        kinds = sum(1 for values in self.found.values() if values)
        return f"{kinds} of {len(self.found)} kinds of things are known by name"

    def description(self):
        """The description with names narrowed down to what is known."""
        whole = copy.deepcopy(self.whole)
        for item in whole["paths"].values():
            for operation in item.values():
                if operation["operationId"] not in KEYED:
                    operation["parameters"] = [
                        parameter
                        for parameter in operation.get("parameters", [])
                        if parameter["name"] != "Idempotency-Key"
                    ]
                for parameter in operation["parameters"]:
                    values = self.values(parameter["name"])
                    if parameter["name"] == "token":
                        # The newest is the one that is used here; were it revoked, nothing more would be answered.
                        values = values[1:]
                    if parameter["in"] == "path" and values:
                        parameter["schema"] = dict(parameter["schema"], enum=values)
                content = operation.get("requestBody", {}).get("content", {})
                for media in content.values():
                    media["schema"] = self.narrowed(media["schema"], "", 0)
        return whole

    def narrowed(self, schema, name, depth):
        if "$ref" in schema and depth < 12:
            schema = self.whole["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        schema = dict(schema)
        if "properties" in schema:
            schema["properties"] = {
                key: self.narrowed(inner, key, depth + 1)
                for key, inner in schema["properties"].items()
            }
        if isinstance(schema.get("items"), dict):
            schema["items"] = self.narrowed(schema["items"], name, depth + 1)
        for several in ("oneOf", "anyOf", "allOf"):
            if several in schema:
                schema[several] = [self.narrowed(one, name, depth + 1) for one in schema[several]]
        types = schema.get("type")
        types = types if isinstance(types, list) else [types]
        if "string" in types and "enum" not in schema:
            values = DAYS if schema.get("format") == "date" else self.values(name)
            if values:
                schema["enum"] = values + ([None] if "null" in types else [])
        return schema
