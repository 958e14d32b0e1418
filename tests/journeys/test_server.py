"""What only the real server shows: which headers of a visitor it believes."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest


@pytest.mark.parametrize("mount", ["//elsewhere.example", "/zzz"])
def test_a_visitor_cannot_say_where_the_site_is_mounted(site: str, mount: str) -> None:
    connection = HTTPConnection(urlsplit(site).netloc)
    for path in (f"{mount}/accesibilidad/", "/accesibilidad/"):
        connection.request("GET", path, headers={"SCRIPT_NAME": mount})
        answer = connection.getresponse()
        text = answer.read().decode()
        assert answer.status in {200, 404}
        assert "elsewhere" not in text
        assert "zzz" not in text
    connection.close()
