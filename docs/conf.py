"""How Sphinx builds the site that `docs/site.py` lays out: furo's look, notebooks as they were run, nothing fetched."""

import importlib.metadata

project = "cartkg"
author = "The cartkg authors"
copyright = author
release = importlib.metadata.version("cartkg")
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "docs/index"
include_patterns = [
    "docs/**",
    "notebooks/*.ipynb",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "examples/README.md",
    "training/README.md",
]
html_theme = "furo"
html_title = "cartkg"
html_theme_options = {"navigation_with_keys": True}
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
# Headings get the anchors that GitHub gives them, so that a link works in both places.
myst_heading_anchors = 4
# The notebooks were run by notebooks/run.py; a cell's widget is shown as text, since its script would be fetched.
nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}
nb_merge_streams = True
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
nitpicky = False
# Pygments does not know Cypher's $parameters; such a block is shown without its colours.
suppress_warnings = ["misc.highlighting_failure"]
