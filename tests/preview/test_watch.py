"""Changes of inputs are told, and what a build writes is not."""

import threading

from evidentia.preview.watch import changes


def test_an_input_is_told_and_the_build_is_not(tmp_path):
    for name in ("report", "build"):
        (tmp_path / name).mkdir()
    stop, told = threading.Event(), []

    def listen():
        for found in changes(tmp_path, stop):
            told.append(found)
            if "report/end.qmd" in found:
                return

    thread = threading.Thread(target=listen)
    thread.start()
    while thread.is_alive():  # the watcher takes a moment to begin
        (tmp_path / "build" / "report.qmd").write_text("made", encoding="utf-8")
        (tmp_path / "report" / "end.qmd").write_text("written", encoding="utf-8")
        thread.join(0.2)
    stop.set()
    assert set().union(*told) == {"report/end.qmd"}
