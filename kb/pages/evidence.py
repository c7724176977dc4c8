"""The evidence page: what cites a source and what does not, over the whole collection or a part of it."""

from flask import Blueprint, render_template, request

from kb.evidence import build_overview, count_claims, parse_evidence_form
from kb.site import current_index

pages = Blueprint("evidence", __name__)


@pages.get("/evidence")
def evidence() -> str:
    """Give the coverage by article and section, and the works cited once."""
    form = parse_evidence_form(request.args)
    overview = build_overview(current_index(), form)
    return render_template(
        "evidence.html", form=form, overview=overview, claims=count_claims(current_index(), overview)
    )
