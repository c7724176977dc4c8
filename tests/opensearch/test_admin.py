"""The administration of an index on a cluster: the same steps as with a folder."""

from pathlib import Path

import pytest

from kb.app import create_app
from kb.config import Config, find_place
from tests.administration import TOKEN, Administrator
from tests.opensearch.cluster import Cluster

TOE = "# Sore toe\n\n## Description\n\nThe toe hurts in tight shoes.\n"


@pytest.mark.cluster
def test_an_article_is_saved_found_and_deleted_and_the_index_built_anew(
    cluster: Cluster, tmp_path: Path, articles: Path
) -> None:
    config = Config(
        tmp_path / "index",
        (articles,),
        workers=1,
        log="off",
        admin_token=TOKEN,
        opensearch=cluster.addresses,
        opensearch_index="kb-admin",
        opensearch_seconds=60,
    )
    admin = Administrator(create_app(find_place(config), config=config))
    admin.sign_in()
    assert "There is no index kb-admin" in admin.get("/admin").text
    admin.post(admin.upload(TOE, "Sore Toe.md").headers["Location"], do="index")
    assert "6 added" in admin.wait_for_index().text
    page = admin.get("/admin").text
    assert 'state-indexed">' in page
    assert 'state-new">' not in page
    assert 'href="/articles/sore-toe"' in page
    assert admin.get("/articles/sore-toe").status_code == 200
    admin.post("/admin/delete", file="sore-toe.md", do="index")
    assert "1 removed" in admin.wait_for_index().text
    admin.post("/admin/index", kind="rebuild")
    assert "5 unchanged" in admin.wait_for_index().text
