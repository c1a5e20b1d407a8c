from __future__ import annotations

from pathlib import Path

from kg.ingest.inputs import files_of


def test_folders_are_taken_whole_and_files_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.xml", "a/.hidden", ".git/x.txt", "README.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = files_of([tmp_path, tmp_path / "b.txt"])
    assert [str(path.relative_to(tmp_path)) for path in found.files] == ["a/c.xml", "b.txt"]
    assert found.errors == ()


def test_a_file_named_outright_is_always_read(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("x")
    assert files_of([tmp_path / "README.md"]).files == (tmp_path / "README.md",)


def test_what_is_not_there_is_an_error_and_the_rest_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    found = files_of([tmp_path / "none", tmp_path / "a.txt"])
    assert [path.name for path in found.files] == ["a.txt"]
    assert [str(error) for error in found.errors] == [
        f"{tmp_path / 'none'}: no such file or folder; check the path"
    ]
