"""The notebook, executed, as a page of the documentation: ``python page.py`` writes ``docs/python.md`` and its figures."""

import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
TOUR = HERE / "tour.ipynb"
PAGE = HERE.parent / "docs" / "python.md"
FIGURES = HERE.parent / "docs" / "python"

#: An object's address, and a time.
_TRANSIENT = re.compile(r" at 0x[0-9a-f]+")


def executed():
    """The notebook with its outputs; an error of a cell is raised."""
    notebook = nbformat.read(TOUR, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return notebook


def _shown(output, figures):
    """An output as Markdown; a figure is put aside under the name that the page links to."""
    if output.output_type == "stream":
        return f"```text\n{output.text.rstrip()}\n```"
    data = output.data
    if "image/svg+xml" in data:
        name = f"figure-{len(figures) + 1}.svg"
        figures[name] = data["image/svg+xml"]
        return f"![{data['text/plain']}](python/{name})"
    if "text/latex" in data:
        return f"```math\n{data['text/latex'].strip()}\n```"
    return f"```text\n{_TRANSIENT.sub('', data['text/plain']).rstrip()}\n```"


def page(notebook):
    """The page, and its figures by name."""
    figures, parts = {}, []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        parts += [_shown(output, figures) for output in cell.outputs]
    head = "<!-- Written by python/page.py from python/tour.ipynb; a test compares them. -->"
    return "\n\n".join([head, *parts]) + "\n", figures


if __name__ == "__main__":
    text, drawn = page(executed())
    PAGE.write_text(text, encoding="utf-8")
    FIGURES.mkdir(exist_ok=True)
    for name, svg in drawn.items():
        (FIGURES / name).write_text(svg, encoding="utf-8")
