"""Writes public/index.html from the lines of pages.txt."""

from html import escape
from pathlib import Path

lines = Path("pages.txt").read_text(encoding="utf-8").splitlines()
items = "\n".join(f"<li>{escape(line)}</li>" for line in lines)
Path("public").mkdir(exist_ok=True)
Path("public/index.html").write_text(
    f"<!doctype html>\n<html lang='en'>\n<title>Pages</title>\n<ul>\n{items}\n</ul>\n</html>\n",
    encoding="utf-8",
)
