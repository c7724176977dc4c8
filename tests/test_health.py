"""`/healthz`: the state of the index for whoever watches the service."""

from indexer.sync import sync
from kb.app import create_app


def test_health_tells_generation_counts_and_age(articles, tmp_path):
    report = sync(tmp_path / "index", [articles])
    answer = create_app(tmp_path / "index").test_client().get("/healthz")
    assert answer.status_code == 200
    row = answer.get_json()
    assert row["status"] == "ok"
    assert row["generation"] == report.generation
    assert row["articles"] == 5
    assert row["works"] == 2
    assert 0 <= row["age_seconds"] < 3_600
    assert row["written"].endswith("+00:00")
    assert answer.headers["Cache-Control"] == "no-store"


def test_health_counts_anew_with_each_generation(articles, tmp_path):
    sync(tmp_path / "index", [articles])
    client = create_app(tmp_path / "index").test_client()
    client.get("/healthz")
    (articles / "humming-in-the-ears.txt").unlink()
    sync(tmp_path / "index", [articles])
    row = client.get("/healthz").get_json()
    assert (row["generation"], row["articles"]) == (2, 4)


def test_without_an_index_the_answer_is_503_and_names_no_folder(tmp_path):
    answer = create_app(tmp_path / "nothing-here").test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.get_json() == {"status": "no index", "problem": "IndexMissing"}
    assert str(tmp_path) not in answer.text


def test_a_damaged_index_is_told_as_such(tmp_path):
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / "CURRENT").write_text("../../etc\n")
    answer = create_app(folder).test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.get_json()["problem"] == "IndexDamaged"


def test_health_answers_under_any_host_name(index):
    answer = create_app(index).test_client().get("/healthz", headers={"Host": "kb-container:8000"})
    assert answer.status_code == 200
