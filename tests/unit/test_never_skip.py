import pytest

SUITE = """
import pytest

@pytest.mark.skip(reason="no browser here")
def test_marked(): ...

def test_called():
    pytest.skip("no server here")

@pytest.fixture
def missing():
    pytest.skip("no file here")

def test_with_a_fixture(missing): ...

@pytest.mark.xfail(strict=True)
def test_expected_to_fail():
    raise AssertionError
"""


def test_a_skipped_test_fails(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(SUITE)
    result = pytester.runpytest_inprocess("-p", "tests.never_skip")
    result.assert_outcomes(failed=1, errors=2, xfailed=1)
    result.stdout.fnmatch_lines(["*no browser here*"])


def test_a_skipped_module_fails(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("import pytest; pytest.importorskip('a_package_that_nobody_has')")
    result = pytester.runpytest_inprocess("-p", "tests.never_skip")
    result.assert_outcomes(errors=1)
