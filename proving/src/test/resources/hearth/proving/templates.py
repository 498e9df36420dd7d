"""Renders templates as Home Assistant does: by Jinja2 in its sandbox, with `value`, and `value_json` where that is JSON.

What Home Assistant would only write into its log, a name that is not there above all, is wrong here.
In: {"render": [[template, value], ...]}. Out: {"rendered": [{"said": text} or {"wrong": text}, ...]}.
"""

import json
import sys

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)


def no_number(word):
    raise ValueError(word + " is no JSON")


def rendered(template, value):
    names = {"value": value}
    try:
        names["value_json"] = json.loads(value, parse_constant=no_number)
    except ValueError:
        pass
    try:
        return {"said": environment.from_string(template).render(names).strip()}
    except Exception as e:  # Whatever a template does wrong.
        return {"wrong": f"{type(e).__name__}: {e}"}


json.dump({"rendered": [rendered(*one) for one in json.load(sys.stdin)["render"]]}, sys.stdout)
