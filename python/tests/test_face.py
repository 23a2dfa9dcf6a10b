"""What the stubs and the docstrings say is what there is."""

import ast
import inspect
from pathlib import Path

import tensor_dyson
from tensor_dyson import _tensor_dyson as native

STUBS = Path(tensor_dyson.__file__).with_name("_tensor_dyson.pyi")


def methods(names):
    return {name for name in names if not name.startswith("__") or name in ("__add__", "__sub__")}


def test_stubs_name_what_there_is():
    tree = ast.parse(STUBS.read_text(encoding="utf-8"))
    stubs = {part.name: part for part in tree.body if isinstance(part, (ast.ClassDef, ast.FunctionDef))}
    public = {name for name in vars(native) if not name.startswith("__")}
    assert set(stubs) == public
    for name, part in stubs.items():
        if isinstance(part, ast.ClassDef) and name != "Error":
            written = {inner.name for inner in part.body if isinstance(inner, ast.FunctionDef)}
            assert methods(written) == methods(vars(getattr(native, name))), name
    assert STUBS.with_name("py.typed").exists()


def test_arguments_are_those_of_the_stubs():
    tree = ast.parse(STUBS.read_text(encoding="utf-8"))
    classes = [part for part in tree.body if isinstance(part, ast.ClassDef)]
    parts = [(native, part) for part in tree.body if isinstance(part, ast.FunctionDef)]
    for one in classes:
        parts += [(getattr(native, one.name), part) for part in one.body if isinstance(part, ast.FunctionDef)]
    checked = 0
    for owner, part in parts:
        if part.name.startswith("__") or any(getattr(d, "id", "") == "property" for d in part.decorator_list):
            continue
        written = [arg.arg for arg in part.args.args + part.args.kwonlyargs]
        found = list(inspect.signature(getattr(owner, part.name)).parameters)
        assert written == found, part.name
        checked += 1
    assert checked > 50


def test_everything_public_is_documented():
    for name in tensor_dyson.__all__:
        part = getattr(tensor_dyson, name)
        assert part.__doc__, name
        if inspect.isclass(part) and name != "Error":
            for inner, value in vars(part).items():
                if not inner.startswith("_"):
                    assert value.__doc__, f"{name}.{inner}"


def test_the_example_of_the_package_runs():
    import doctest

    found = doctest.testmod(tensor_dyson)
    assert found.attempted >= 4 and not found.failed
