"""What every application compiles anew, compiled once a process: the tests make hundreds of applications.

The builders of addresses depend on nothing but their rule, the code of a template on nothing but its text.
"""

from collections.abc import Callable
from types import CodeType

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

_BUILDERS: dict[object, Callable[..., tuple[str, str]]] = {}
_TEMPLATES: dict[tuple[str, str], CodeType] = {}


class _Rule(Rule):
    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002
        key = (self.rule, tuple(self._trace), str(self.defaults), append_unknown)
        if key not in _BUILDERS:
            _BUILDERS[key] = super()._compile_builder(append_unknown)
        return _BUILDERS[key]


class _Templates(BytecodeCache):
    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _TEMPLATES.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            _TEMPLATES[bucket.key, bucket.checksum] = bucket.code


Flask.url_rule_class = _Rule
Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": _Templates()}
