"""Tables for people: no word is broken where there is room for all of them."""

import pytest

from kg.cli.output import print_table

ROWS = [{"therapy": "interferon-alpha-2b", "outcomes": ["complete_remission", "relapse"]}]


def table(width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    print_table(ROWS, ["therapy", "outcomes"])
    return capsys.readouterr().out


def test_words_stay_whole_where_there_is_room(monkeypatch, capsys):
    printed = table(45, monkeypatch, capsys)
    assert "interferon-alpha-2b" in printed
    assert "complete_remission" in printed


def test_a_narrow_table_loses_no_letter(monkeypatch, capsys):
    lines = table(24, monkeypatch, capsys).splitlines()[3:]
    first = "".join(line[:10].strip() for line in lines)
    assert max(map(len, lines)) <= 24
    assert sorted(c for line in lines for c in line if not c.isspace()) == sorted(
        "interferon-alpha-2bcomplete_remissionrelapse"
    )
    assert first.startswith("interfer")
