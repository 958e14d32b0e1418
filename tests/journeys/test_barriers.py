"""Every kind of public page opens to everybody: on the smallest phone and at a desk, by day and at night, unfolded."""

import pytest

from tests.journeys.accessibility import PHONE, look
from tests.journeys.conftest import Complaints, Windows

REAL, INVENTED = "/nuevo-leon-2012-2015/", "/ejemplo-2024-2027/"
ROUND, ROUND_3 = f"{INVENTED}evaluaciones/12/", f"{REAL}evaluaciones/3/"
CARD = f"{INVENTED}municipios/nogalinda/"
COMPARE = f"{INVENTED}comparar/"
MISSING = "/no-existe/"
PAGES = (
    "/",
    "/sitio/",
    "/en/glosario/",
    "/privacidad/",
    "/accesibilidad/",
    "/componentes/",
    "/compruebalo/",
    "/en/compruebalo/",
    MISSING,
    REAL,
    f"{REAL}evaluaciones/",
    ROUND_3,
    f"{ROUND_3}temas/seguridad/",
    f"{ROUND_3}demandas/1/",
    f"{ROUND_3}graficas/",
    f"{ROUND_3}publicaciones/1/",
    f"{REAL}municipios/",
    f"{REAL}municipios/apodaca/",
    f"{REAL}demandas/",
    f"{REAL}metodologia/",
    f"{REAL}datos/",
    f"{REAL}comparar/apodaca,monterrey/",
    INVENTED,
    ROUND,
    f"{ROUND}orden/cambio/",
    f"{ROUND}graficas/",
    f"{ROUND}temas/seguridad/",
    f"{ROUND}temas/seguridad/orden/inverso-demanda-2/",
    f"{INVENTED}evaluaciones/7/publicaciones/1/municipios/nogalinda/",
    CARD,
    f"{CARD}calculo/",
    f"{CARD}llevar/",
    f"{INVENTED}demandas/10/municipios/villa-toribia/",
    COMPARE,
    f"{COMPARE}con/nogalinda/",
    f"{COMPARE}ambar-de-la-sierra,penasola/",
    f"{COMPARE}ambar-de-la-sierra,nandari,penasola,san-jacinto-de-los-encinos/",
    f"{INVENTED}correcciones/",
    f"{INVENTED}quienes/",
)
UNFOLD = "document.querySelectorAll('details').forEach(details => { details.open = true; })"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_without_barriers_and_fits(windows: Windows, complaints: Complaints, path: str) -> None:
    page = windows.at(PHONE)
    page.goto(path)
    page.evaluate(UNFOLD)
    look(page)
    windows.leave(page)
    assert complaints.heard == [] or (path == MISSING and all("404" in complaint for complaint in complaints.heard))
