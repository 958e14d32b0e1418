"""What in a wording can move a number or turn a rule round: its numerals, its number words, and its hinges.

Every number has its own spelling here: ``10`` and ``diez`` count as different, so that neither takes the place of the
other. Spanish and English words are asked of every wording. What no list can see, the two people judge who publish.
"""

import re
from collections.abc import Iterator
from unicodedata import combining, normalize

_NUMBERS = """
cero zero / un una uno unos unas one / dos two / tres three / cuatro four / cinco five / seis six / siete seven
ocho eight / nueve nine / diez ten / once / eleven / doce twelve / trece thirteen / catorce fourteen / quince fifteen
dieciseis sixteen / diecisiete seventeen / dieciocho eighteen / diecinueve nineteen / veinte twenty
veintiun veintiuno veintiuna / veintidos / veintitres / veinticuatro / veinticinco / veintiseis / veintisiete
veintiocho / veintinueve / treinta thirty / cuarenta forty / cincuenta fifty / sesenta sixty / setenta seventy
ochenta eighty / noventa ninety / cien ciento hundred hundreds / doscientos doscientas / trescientos trescientas
cuatrocientos cuatrocientas / quinientos quinientas / seiscientos seiscientas / setecientos setecientas
ochocientos ochocientas / novecientos novecientas / mil thousand thousands / millon millones million millions
billon billones billion billions / decena decenas / docena docenas dozen dozens / par pares pair pairs
centena centenas centenar centenares / millar millares
mitad mitades half halves / medio media medios medias / tercio tercios third thirds / cuarto cuarta cuartos cuartas
quarter quarters / quinto quinta quintos quintas fifth fifths / sexto sexta sixth / septimo septima seventh
octavo octava eighth / noveno novena ninth / decimo decima decimos decimas tenth tenths
primer primero primera primeros primeras first / segundo segunda segundos segundas second seconds
tercer tercero tercera terceros terceras / fourth fourths
doble dobles double twice / triple triples / cuadruple / quintuple / ambos ambas both
porcentaje porcentajes percentage percent / porciento / centavo centavos
"""

_HINGES = """
no not / ni nor neither / nunca jamas never / ningun ninguno ninguna ningunos ningunas none / nada nothing
nadie nobody / sin without / con with / salvo excepto except / solo solamente unicamente unico unica only / sino / si if
tampoco / unless / aunque although / minimo minima minimos minimas minimum / maximo maxima maximos maximas maximum
mas more / menos less fewer / most / least / mayor mayores / menor menores / superior superiores above
inferior inferiores below / mejor mejores better / peor peores worse / demasiado / apenas
todo toda todos todas all / every / cada each / algun alguno alguna algunos algunas some any
cualquier cualquiera / o u or / y e and / debe deben debera deberan must shall / debia deberia should
puede pueden podra podran may can / antes before / despues after / hasta until / desde since from
dentro within / fuera outside / entre between / igual iguales equal / distinto distinta distintos distintas
sube suben aumenta aumentan aumento increase increases / baja bajan disminuye disminuyen reduce reducen decrease
hora horas hour hours / dia dias day days / semana semanas week weeks / mes meses month months
bimestre bimestres / trimestre trimestres / semestre semestres / ano anos year years
diario diaria diarios diarias diariamente daily / semanal semanales semanalmente weekly / quincenal quincenales
mensual mensuales mensualmente monthly / bimestral bimestrales / trimestral trimestrales / semestral semestrales
anual anuales anualmente yearly annual / habil habiles / natural naturales
metro metros / kilometro kilometros / hectarea hectareas / peso pesos / punto puntos point points
"""

_SIGNS = r"[%‰°<>≤≥=±×÷/+$€#]|(?<!\w)[-−](?=\d)"
_TOKEN = re.compile(rf"(?P<numeral>\d+(?:[.,:\u2044-]\d+)*)|(?P<sign>{_SIGNS})|(?P<word>[^\W\d_]+)")
_ROMAN = re.compile(r"[IVXLCDM]+")
_PREFIXES = ("i", "in", "im", "il", "ir", "des", "dis", "un", "non", "anti")


def _groups(lists: str) -> dict[str, str]:
    """Each word with the first of its group; a slash or the end of a line ends a group."""
    groups = (group.split() for group in lists.replace("\n", "/").split("/"))
    return {word: group[0] for group in groups if group for word in group}


_WORDS = {"number": _groups(_NUMBERS), "hinge": _groups(_HINGES)}


def numbers_of(text: str) -> tuple[str, ...]:
    """Every numeral, sign and number word of a text, in order."""
    return tuple(token for kind, token in _tokens(text) if kind == "number")


def hinges_of(text: str) -> tuple[str, ...]:
    """Every word that can turn a rule round, in order: ``no``, ``salvo``, ``más``, ``todos``, ``mensual``."""
    return tuple(token for kind, token in _tokens(text) if kind == "hinge")


def is_turned(before: str, after: str) -> bool:
    """Whether a hinge came, went or moved, or a word was turned by a prefix: legal, ilegal."""
    if hinges_of(before) != hinges_of(after):
        return True
    old, new = set(_plain_words(before)), set(_plain_words(after))
    pairs = ((gone, come) for gone in old - new for come in new - old)
    return any(prefix + one == other for pair in pairs for one, other in (pair, pair[::-1]) for prefix in _PREFIXES)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(normalize("NFKC", text)):
        token = found.group()
        if found.lastgroup != "word" or _ROMAN.fullmatch(token):
            yield "number", token
            continue
        plain = _plain(token)
        for kind, words in _WORDS.items():
            if plain in words:
                yield kind, words[plain]


def _plain_words(text: str) -> Iterator[str]:
    return (_plain(found.group()) for found in _TOKEN.finditer(normalize("NFKC", text)) if found.lastgroup == "word")


def _plain(word: str) -> str:
    """A word without capitals and accents: ``más`` and ``mas`` are one, so that an accent may be put right."""
    return "".join(letter for letter in normalize("NFKD", word.casefold()) if not combining(letter))
