"""Why a value is refused, in French, from what pydantic found."""

from typing import Any

from pydantic import ValidationError

_SHOWN = 60  # letters of a value
_TOLD = {
    "missing": "manque", "extra_forbidden": "n’est pas connu", "too_short": "est vide", "string_too_short": "est vide",
    "string_too_long": "est trop long",
    "string_type": "n’est pas un texte", "int_type": "n’est pas un nombre entier",
    "int_parsing": "n’est pas un nombre entier", "int_from_float": "n’est pas un nombre entier",
    "bool_type": "n’est ni vrai ni faux", "bool_parsing": "n’est ni vrai ni faux", "tuple_type": "n’est pas une liste",
    "dict_type": "n’est pas un objet", "model_type": "n’est pas un objet",
    "model_attributes_type": "n’est pas un objet",
}  # fmt: skip


def refusal(error: ValidationError) -> tuple[list[str], str]:
    """The place of the first thing that pydantic found, and what is wrong there."""
    first: Any = error.errors()[0]
    return [str(part) for part in first["loc"]], _why(first["type"], first.get("ctx", {}), first["input"])


def _why(kind: str, context: dict[str, Any], given: object) -> str:
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return f"« {str(given)[:_SHOWN]} » n’est pas admis ; admis : {allowed}"
    if kind == "greater_than_equal":
        return f"« {given} » est sous {context['ge']}"
    return _TOLD.get(kind, "n’est pas admis")
