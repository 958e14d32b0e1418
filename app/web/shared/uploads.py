"""Files that people hand over: read from the field that they stand in, and why one is not kept."""

from wtforms import Field

from app.domain.errors import RuleBroken
from app.domain.evidence import LARGEST_FILE
from app.web.shared.bodies import MEGABYTE
from app.web.shared.forms import sentence

N_ = str
REFUSALS = {
    "file-empty": N_("El archivo está vacío. Elija otro."),
    "file-too-large": N_("El archivo pesa más de %(megabytes)s MB. Redúzcalo o pártalo."),
    "file-type": N_("Ese tipo de archivo no se recibe. Use PDF, PNG, JPEG, WebP, XLSX, DOCX, CSV o TXT."),
    "file-day-full": N_("En un día se reciben hasta %(megabytes)s MB de cada persona. Siga mañana, o ponga un enlace."),
    "file-content": N_("El contenido del archivo no corresponde a su nombre, o lleva macros."),
}
MEGABYTES = LARGEST_FILE // MEGABYTE


def read_upload(field: Field) -> tuple[str, bytes]:
    """The name and the bytes of the file that was chosen; an empty name where none was. One byte over is enough."""
    upload = field.data
    name = (getattr(upload, "filename", "") or "") if upload else ""
    return name, upload.read(LARGEST_FILE + 1) if name else b""


def file_refusal(broken: RuleBroken) -> str | None:
    """Why a file is not kept; None where that is not what is wrong."""
    words = REFUSALS.get(broken.code)
    return None if words is None else sentence(words, **{"megabytes": MEGABYTES, **broken.facts})
