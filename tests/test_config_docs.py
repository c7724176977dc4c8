"""Settings: defaults, then file, then variables; a wrong one is named; the README's table is what the code does."""

from dataclasses import MISSING, fields
from itertools import takewhile
from pathlib import Path

import pytest

from kb.config import CHOICES, FLAGS, NUMBERS, Config, ConfigError, default_config, read_config
from kb.config_table import MEANINGS, build_table

ROOT = Path(__file__).parents[1]
NAMES = [field.name for field in fields(Config)]


def test_the_readme_has_a_row_for_every_setting_and_no_other():
    text = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    rows = build_table()
    start = text.index(rows[0])
    assert list(takewhile(lambda line: line.startswith("|"), text[start:])) == rows


def test_every_setting_has_a_meaning_and_every_meaning_a_setting():
    assert list(MEANINGS) == NAMES


def test_every_default_is_allowed():
    for field in fields(Config):
        if field.default is not MISSING and field.default not in ("", ()):
            variable = {f"KB_{field.name.upper()}": str(field.default)}
            assert getattr(read_config(variable), field.name) == field.default, field.name


def test_variables_come_before_the_file_and_the_file_before_the_defaults(tmp_path):
    path = tmp_path / "kb.toml"
    path.write_text('port = 9000\nproxies = 2\nlog_addresses = true\nhosts = ["KB.local"]\nindex = "idx"\n')
    config = read_config({"KB_CONFIG": str(path), "KB_PORT": "9001", "KB_LOG": "off"})
    assert (config.port, config.proxies, config.log, config.log_addresses) == (9001, 2, "off", True)
    assert config.hosts == ("kb.local",)
    assert config.index == tmp_path / "idx"
    assert config.threads == default_config(config.index).threads


def test_lists_in_variables_are_parted():
    assert read_config({"KB_HOSTS": "a.example, b.example"}).hosts == ("a.example", "b.example")


@pytest.mark.parametrize("name", sorted(NUMBERS))
@pytest.mark.parametrize("value", ["", "x", "-1", "1.5", "99999999999", "٣", "1" * 30])
def test_a_number_out_of_bounds_is_named_with_its_bounds(name, value):
    variable = f"KB_{name.upper()}"
    if not value:
        assert getattr(read_config({variable: ""}), name) == getattr(default_config(Path()), name)
        return
    with pytest.raises(ConfigError, match=rf"{variable} is .*; it should be a whole number from \d+ to \d+"):
        read_config({variable: value})


@pytest.mark.parametrize("name", FLAGS)
def test_a_flag_is_true_or_false(name):
    variable = f"KB_{name.upper()}"
    assert getattr(read_config({variable: "Yes"}), name) is True
    assert getattr(read_config({variable: "0"}), name) is False
    with pytest.raises(ConfigError, match="true or false"):
        read_config({variable: "perhaps"})


@pytest.mark.parametrize("name", sorted(CHOICES))
def test_a_choice_names_what_there_is_to_choose(name):
    with pytest.raises(ConfigError, match=", ".join(CHOICES[name])):
        read_config({f"KB_{name.upper()}": "loud"})


@pytest.mark.parametrize(
    "address",
    [
        "kb.example.org",
        "ftp://kb.example.org",
        "https://kb.example.org/path",
        "https://kb.example.org?x",
        "https://a b",
        "https://a:99999",
        "https://user@kb.example.org",
        "https://",
        "javascript:alert(1)",
    ],
)
def test_a_public_address_is_scheme_and_host_and_nothing_else(address):
    with pytest.raises(ConfigError, match="KB_PUBLIC_ADDRESS"):
        read_config({"KB_PUBLIC_ADDRESS": address})


@pytest.mark.parametrize(
    "address", ["https://kb.example.org", "HTTPS://KB.example.org/", "http://10.0.0.1:8080", "http://[::1]:8000"]
)
def test_a_public_address_is_kept_in_one_form(address):
    assert read_config({"KB_PUBLIC_ADDRESS": address}).public_address == address.lower().rstrip("/")


@pytest.mark.parametrize("host", ["https://kb.example.org", "kb.example.org/x", "a b", "*"])
def test_a_host_is_a_bare_name(host):
    with pytest.raises(ConfigError, match="KB_HOSTS"):
        read_config({"KB_HOSTS": host})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prot = 1", "setting 'prot' that does not exist"),
        ("port = ", "cannot be read"),
        ("port = true", "whole number"),
        ('limit_loopback = "perhaps"', "true or false"),
        ("index = 5", "should be text"),
        ('hosts = "one"', "list of host names"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path, text, message):
    path = tmp_path / "kb.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=message) as caught:
        read_config({"KB_CONFIG": str(path)})
    assert str(path) in str(caught.value)


def test_a_wrong_setting_ends_the_command_with_one_sentence(runner, monkeypatch):
    monkeypatch.setenv("KB_THREADS", "many")
    result = runner("serve", "--port", "0")
    assert result.exit_code == 2
    assert result.output.startswith("Error: KB_THREADS is 'many'")
