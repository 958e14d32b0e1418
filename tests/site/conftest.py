"""The crawled site, once for all questions."""

import pytest
from flask import Flask

from tests.site.crawl import Site, crawl


@pytest.fixture(scope="session")
def site(app: Flask) -> Site:
    return crawl(app)
