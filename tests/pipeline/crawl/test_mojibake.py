import pytest

from pipeline.crawl.mojibake import find_damage

TEXT = "Мэр открыл новый мост через Сухую речку. Глава города пообещал ещё два моста к осени."


@pytest.mark.parametrize("accident", [
    ("cp1251", "latin-1"), ("utf-8", "cp1251"), ("utf-8", "latin-1"), ("utf-8", "koi8-r"), ("koi8-r", "latin-1"),
    ("koi8-r", "cp1251"), ("cp1251", "koi8-r"), ("cp866", "cp1251"), ("cp1251", "cp866"),
])  # fmt: skip
def test_damage_is_told_with_both_encodings(accident: tuple[str, str]) -> None:
    right, wrong = accident
    assert find_damage(TEXT.encode(right).decode(wrong, "ignore")) == accident


@pytest.mark.parametrize("text", [
    TEXT, TEXT.upper(), "Señor Núñez läßt grüßen: Çàëà était fermé.", "The bridge is open.", "", "12 345 ₽ — №1",
    "Журналист процитировал: «Ìýð îòêðûë ìîñò» — так выглядело письмо в почтовой программе у читателя.",
    "СССР, РФ и РСФСР: РСПП, РСМД", "Їжак і ґанок: українська мова має свої літери.",
])  # fmt: skip
def test_whole_text_is_not_accused(text: str) -> None:
    assert find_damage(text) is None
