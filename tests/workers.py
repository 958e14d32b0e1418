"""How several workers share the tests: one crawls the site for all of site/; the rest goes file by file."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

FOR_ONE_WORKER = "tests/site/"


class ByFolder(LoadScopeScheduling):  # type: ignore[misc] # the plugin ships no types
    """The mark xdist_group would do, but version 3.8 of the plugin does not hear of it under pytest 9."""

    def _split_scope(self, nodeid: str) -> str:
        return FOR_ONE_WORKER if nodeid.startswith(FOR_ONE_WORKER) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder:
    return ByFolder(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest share first: begun last, it would keep one worker busy while the other has nothing left."""
    items.sort(key=lambda item: not item.nodeid.startswith(FOR_ONE_WORKER))
