"""Logs as JSON lines on standard error, one object a line. No personal data: no address, no query string, no body."""

import json
import logging
import sys
from datetime import UTC, datetime

LOGGER = "alcalde"
_FIELDS = ("request_id", "method", "path", "status", "milliseconds", "event", "edition", "sequence")


class JsonLines(logging.Formatter):
    """One JSON object per record: time, level, message, the known extra fields and, if any, the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record; newlines inside are escaped by JSON."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def start() -> logging.Logger:
    """Set up the site's logger once; calling it again changes nothing."""
    logger = logging.getLogger(LOGGER)
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False
    return logger
