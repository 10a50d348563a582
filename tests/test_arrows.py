"""The import arrows between rooms: corpus <- index <- assistant <- evaluations <- ui, through `__init__` only."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["corpus", "index", "assistant", "evaluations", "ui"]
FORBIDDEN = {"langchain_community", "langchain_classic", "pickle", "joblib", "dill", "fitz", "pymupdf"}
OPENVINO_DOOR = ROOT / "index" / "openvino_runtime.py"
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def imports(path: Path) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            found.append((node.lineno, node.module or ""))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_left_and_go_through_the_front_door(path: Path):
    own = path.relative_to(ROOT).parts[0]
    for line, name in imports(path):
        room = name.split(".")[0]
        where = f"{path}:{line}: {name}"
        assert room not in FORBIDDEN, where
        if room in ROOMS and room != own:
            assert ROOMS.index(room) < ROOMS.index(own), f"{where} points right"
            assert name == room, f"{where} goes past {room}/__init__.py"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_openvino_is_imported_by_its_only_door(path: Path):
    """The door hides OpenVINO's telemetry first."""
    if path == OPENVINO_DOOR:
        return
    for line, name in imports(path):
        assert name.split(".")[0] not in {"openvino", "openvino_telemetry"}, f"{path}:{line}: {name}"


def test_the_door_hides_the_telemetry_before_its_first_import():
    source = OPENVINO_DOOR.read_text("utf-8")
    assert 0 < source.index('sys.modules["openvino_telemetry"] = None') < source.index("\nimport openvino")


def test_the_rule_sees_a_wrong_arrow():
    assert (1, "assistant") in imports_of("from assistant import Answer")


def imports_of(source: str) -> list[tuple[int, str]]:
    tree = ast.parse(source)
    return [(node.lineno, node.module or "") for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
