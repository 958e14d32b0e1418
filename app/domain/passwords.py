"""Which passwords are refused: too short, too long, or made of words that anybody would try first. No other rule."""

import re
import unicodedata
from collections.abc import Iterable

from app.domain.errors import RuleBroken

SHORTEST = 12
LONGEST = 128
LEAST_OF_ITS_OWN = 5
"""How many letters must be left once the words that anybody would try are taken out."""
FEWEST_DIFFERENT = 5

COMMON = (
    "123 abc abcd abcdef abril admin administrador agosto amigo amor angel april asdf asdfgh asdfghjkl august "
    "autumn azul barcelona baseball beisbol bienvenido bienvenidos cambiame changeme chivas clave colima "
    "contrasena corazon cruz december default demo diciembre dios domingo dragon ejemplo enero entrar estrella "
    "familia febrero february felicidad feliz flores football friday futbol gobierno guadalupe guest hola "
    "iloveyou invierno january jesus jordan juan jueves julio july june junio letmein letras login luna lunes "
    "march maria martes marzo master mayo mexicali mexicana mexicano mexico michael miercoles monday monkey "
    "monterrey mundo navidad november noviembre nueva nuevo nuevoleon numeros obregon october octubre otono "
    "palabra pass passw passwd password primavera princesa prueba puebla qaz qazwsx qwerty qwertyuiop qwertz "
    "rayados root sabado santiago saturday secreta secreto segura seguridad seguro september septiembre shadow "
    "sistema sol spring summer sunday sunshine superman teamo temporal tequiero test thursday tigres tuesday "
    "user usuario verano vida viernes wednesday welcome winter zxcv zxcvbn zxcvbnm"
)
CONTEXT = (
    "alcalde alcaldesa alcaldes comovamos como vamos calificacion calificaciones evaluacion evaluador evaluadora "
    "municipio municipios municipal ciudad ciudadano ciudadana ciudadanos coordinacion revisor revisora enlace demanda "
    "demandas ranking mayor mayors"
)
_LOOKALIKES = str.maketrans("013457@$!|", "oieastasii")


class PasswordRefused(RuleBroken):
    """The password may not be used; the code says why."""

    code = "password-too-common"


def check_password(password: str, own_words: Iterable[str] = ()) -> None:
    """Raise PasswordRefused for a password that is too short, too long or easily guessed.

    ``own_words`` are what a stranger knows of the person: her name, her address, her municipality.
    """
    if len(password) < SHORTEST:
        raise PasswordRefused("password-too-short", shortest=SHORTEST)
    if len(password) > LONGEST:
        raise PasswordRefused("password-too-long", longest=LONGEST)
    if not password.isprintable():
        raise PasswordRefused("password-unprintable")
    if len(set(password)) < FEWEST_DIFFERENT or _left_over(password, own_words) < LEAST_OF_ITS_OWN:
        raise PasswordRefused


def _left_over(password: str, own_words: Iterable[str]) -> int:
    """How many letters stay when guessable words, digits, signs and runs (``abcd``, ``aaaa``) are taken out."""
    plain = _plain(password)
    return min(_letters_without(text, own_words) for text in (plain, plain.translate(_LOOKALIKES)))


def _letters_without(text: str, own_words: Iterable[str]) -> int:
    personal = (part for word in own_words for part in re.split(r"[^a-z]+", _plain(word)))
    words = {word for word in (*COMMON.split(), *CONTEXT.split(), *personal) if len(word) >= 3}  # noqa: PLR2004
    for word in sorted(words, key=lambda word: (-len(word), word)):
        text = text.replace(word, " ")
    text = re.sub(r"[^a-z]", " ", text)
    return sum(1 for i, char in enumerate(text) if char != " " and not _runs_on(text, i))


def _runs_on(text: str, i: int) -> bool:
    return i > 0 and text[i - 1] != " " and ord(text[i]) - ord(text[i - 1]) in {-1, 0, 1}


def _plain(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(char))
