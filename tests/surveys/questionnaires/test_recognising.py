"""What a free text may tell of somebody: labelled cases, and how often it asks in vain."""

import csv
from pathlib import Path
from time import process_time

import pytest

from surveys.questionnaires.recognising import Sort, finds

TELLING = [  # a text, what is found in it, and which stretch
    ("Rufen Sie an: 0176 1234567", Sort.PHONE, "0176 1234567"),
    ("Tel. 030/90295-0", Sort.PHONE, "030/90295-0"),
    ("+49 (0)30 123 45 67 ab 18 Uhr", Sort.PHONE, "+49 (0)30 123 45 67"),
    ("0049 176 12345678", Sort.PHONE, "0049 176 12345678"),
    ("رقمي ٠١٧٦١٢٣٤٥٦٧", Sort.PHONE, "٠١٧٦١٢٣٤٥٦٧"),
    ("شماره من ۰۱۷۶ ۱۲۳ ۴۵۶۷ است", Sort.PHONE, "۰۱۷۶ ۱۲۳ ۴۵۶۷"),
    ("мій номер +380 67 123 45 67", Sort.PHONE, "+380 67 123 45 67"),
    ("мой телефон 0176-12-34-567", Sort.PHONE, "0176-12-34-567"),
    ("call me on 0151.2345678", Sort.PHONE, "0151.2345678"),
    ("maryam@example.org", Sort.MAIL, "maryam@example.org"),
    (
        "Schreiben an m.amiri (at) mail.example.com bitte",
        Sort.MAIL,
        "m.amiri (at) mail.example.com",
    ),
    ("بريدي ahmad_1@example.com", Sort.MAIL, "ahmad_1@example.com"),
    ("пошта olena.k@example.com.ua", Sort.MAIL, "olena.k@example.com.ua"),
    ("Aktenzeichen 7654321-123", Sort.NUMBER, "7654321-123"),
    ("AZ 123456789", Sort.NUMBER, "AZ 123456789"),
    ("Akte LAF-2023-004711", Sort.NUMBER, "LAF-2023-004711"),
    ("Kundennummer 955D123456", Sort.NUMBER, "955D123456"),
    ("Pass C01X00T47 und Nr. 8812345", Sort.NUMBER, "8812345"),
    ("Bescheid 12/345/67890", Sort.NUMBER, "12/345/67890"),
    ("Nummer ١٢٣٤٥٦٧٨ في الملف", Sort.NUMBER, "١٢٣٤٥٦٧٨"),
    ("geboren am 03.04.1987", Sort.DAY, "03.04.1987"),
    ("geb. 3.4.87", Sort.DAY, "3.4.87"),
    ("born 1987-04-03", Sort.DAY, "1987-04-03"),
    ("родилась 03.04.1987 года", Sort.DAY, "03.04.1987"),
    ("مواليد ٣/٤/١٩٨٧", Sort.DAY, "٣/٤/١٩٨٧"),
    ("Wir wohnen in der Wiltbergstraße 50", Sort.ADDRESS, "Wiltbergstraße 50"),
    ("Treffpunkt Groscurthstr. 21a, hinten", Sort.ADDRESS, "Groscurthstr. 21a"),
    ("Karower Chaussee 4 im Heim", Sort.ADDRESS, "Karower Chaussee 4"),
    ("in der Alfred-Kowalke-Straße 12", Sort.ADDRESS, "Alfred-Kowalke-Straße 12"),
    ("Am Sandhaus Weg Nr. 7", Sort.ADDRESS, "Am Sandhaus Weg Nr. 7"),
    ("Unterkunft, 13125 Berlin", Sort.ADDRESS, "13125 Berlin"),
    ("I live at 12 Baker Street", Sort.ADDRESS, "12 Baker Street"),
    ("живу на вулиця Шевченка 14", Sort.ADDRESS, "вулиця Шевченка 14"),
    ("ул. Ленина, д. 5", Sort.ADDRESS, "ул. Ленина, д. 5"),
    ("أسكن في شارع الحرية 12", Sort.ADDRESS, "شارع الحرية 12"),
    ("خانه در سرک میوند 7", Sort.ADDRESS, "سرک میوند 7"),
    ("Frau Amiri hat geholfen", Sort.NAME, "Amiri"),
    ("Herr Dr. Schulz vom Amt", Sort.NAME, "Schulz"),
    ("mit Herrn Yılmaz gesprochen", Sort.NAME, "Yılmaz"),
    ("Familie Haidari braucht Platz", Sort.NAME, "Haidari"),
    ("Ich heiße Maryam Amiri.", Sort.NAME, "Maryam Amiri"),
    ("Mein Name ist Olena", Sort.NAME, "Olena"),
    ("Meine Tochter heißt Zahra", Sort.NAME, "Zahra"),
    ("My name is Farid Karimi", Sort.NAME, "Farid Karimi"),
    ("my husband is called Farid", Sort.NAME, "Farid"),
    ("Mrs Novak knows me", Sort.NAME, "Novak"),
    ("меня зовут Олена Коваль", Sort.NAME, "Олена Коваль"),
    ("мене звати Ірина", Sort.NAME, "Ірина"),
    ("мою дочь зовут Анна", Sort.NAME, "Анна"),
    ("пані Коваленко допомогла", Sort.NAME, "Коваленко"),
    ("اسمي أحمد", Sort.NAME, "أحمد"),
    ("أنا اسمي هو فاطمة", Sort.NAME, "فاطمة"),
    ("اسم ابني يوسف", Sort.NAME, "يوسف"),
    ("السيدة مريم ساعدتني", Sort.NAME, "مريم ساعدتني"),
    ("نام من زهرا", Sort.NAME, "زهرا"),
    ("خانم احمدی", Sort.NAME, "احمدی"),
    ("Benim adım Ayşe Yıldız", Sort.NAME, "Ayşe Yıldız"),
    ("Merhaba, adım Mehmet.", Sort.NAME, "Mehmet"),
    ("İsmim Çiğdem", Sort.NAME, "Çiğdem"),
    ("ismim Şirin, kurs istiyorum", Sort.NAME, "Şirin"),
    ("Kızımın adı Elif", Sort.NAME, "Elif"),
    ("oğlumun ismi Ömer Can", Sort.NAME, "Ömer Can"),
    ("Fatma Hanım'a sorun", Sort.NAME, "Fatma"),
    ("Ahmet Bey yardım etti", Sort.NAME, "Ahmet"),
    ("Sayın Demir bana yazdı", Sort.NAME, "Demir"),
    ("Gülay adında bir komşum var", Sort.NAME, "Gülay"),
]
TELLING_NOTHING = [
    "Ein Garten, in dem wir Tomaten und Minze pflanzen",
    "Nähmaschinen für 12 Frauen, dienstags von 10 bis 14 Uhr",
    "Ich war 8 Jahre in der Schule und habe 15 Jahre genäht",
    "Einen Kurs in der Nähe, nicht in Mitte",
    "Die Frau im Jobcenter war freundlich",
    "Eine Frau und ein Mann sollten zusammen unterrichten",
    "Herr oder Frau, das ist egal",
    "Der Weg zur Schule ist weit, der Platz vor dem Haus leer",
    "Es kostet 1500 Euro im Monat, ich habe 450 €",
    "Seit 2015 in Berlin, Kurs bis 2026",
    "24/7 geöffnet, 100 % kostenlos",
    "Ein Laden am S-Bahnhof Buch",
    "Mehr Busse, der 158er fährt nur alle 20 Minuten",
    "Wir sind 5 Personen, die Kinder sind 3, 7 und 12",
    "Bis B1 habe ich gelernt, jetzt will ich B2 machen",
    "Ein Sprachcafé wie das im Haus 3",
    "Es heißt, dass alle warten müssen",
    "Das Angebot heißt Lernwerkstatt",
    "My name should not be written down",
    "A place for mothers with children under 3",
    "Курс німецької мови ввечері, 2 рази на тиждень",
    "Нужна работа и детский сад, ждём уже 14 месяцев",
    "Меня зовут редко, я хотела бы работать",
    "نريد حديقة للأطفال ومكانًا للنساء",
    "انتظرت 18 شهرًا حتى وجدت دورة",
    "ما یک جای برای دوختن لباس می‌خواهیم",
    "دو ساعت در هفته برای زنان",
    "Fahrräder reparieren, etwa 40 im Jahr",
    "Ein Treffen am 12. jeden Monats",
    "Kochen für 30 bis 50 Menschen",
    "Adım adım Almanca öğrenmek istiyorum",
    "İlk adım Almanca kursu, sonra iş",
    "Kursun adı Deutsch B1",
    "Haftada 2 gün kadınlar için bir yer",
    "Bir bey ve bir hanım birlikte ders versin",
    "Çocuklar için park ve bahçe",
]


@pytest.mark.parametrize(("text", "sort", "stretch"), TELLING)
def test_what_may_tell_who_somebody_is_is_found_and_marked(
    text: str, sort: Sort, stretch: str
) -> None:
    found = [(each.sort, text[each.begins : each.ends]) for each in finds(text)]
    assert (sort, stretch) in found


@pytest.mark.parametrize("text", TELLING_NOTHING)
def test_what_tells_nothing_is_not_asked_about(text: str) -> None:
    assert [(each.sort, text[each.begins : each.ends]) for each in finds(text)] == []


def test_there_are_enough_cases() -> None:
    assert len(TELLING) + len(TELLING_NOTHING) >= 60


def test_one_ordinary_answer_in_fifty_at_most_is_asked_about() -> None:
    """Of all free texts of the demo: ideas, wishes and what is told in the surveys."""
    texts = [
        value
        for name in ("ideas", "texts", "needs_offers", "challenges")
        for row in csv.DictReader(Path(f"demo/data/{name}.csv").read_text("utf-8").splitlines())
        for value in row.values()
        if value and " " in value
    ]
    assert len(texts) > 80
    asked = [text for text in texts if finds(text)]
    assert len(asked) / len(texts) <= 0.02, asked


def test_many_things_in_one_text_do_not_overlap() -> None:
    text = "Frau Amiri, Wiltbergstraße 50, 13125 Berlin, 0176 1234567, a@example.org"
    found = finds(text)
    assert [each.sort for each in found] == [
        Sort.NAME, Sort.ADDRESS, Sort.ADDRESS, Sort.PHONE, Sort.MAIL,
    ]  # fmt: skip
    ends = 0
    for each in found:
        assert ends <= each.begins < each.ends <= len(text)
        ends = each.ends


def test_a_long_text_is_read_at_once() -> None:
    """No rule goes back and forth: what is ten times as long takes ten times, not hundred."""

    def took(text: str) -> float:
        start = process_time()
        finds(text)
        return process_time() - start

    for piece in ("1 2 3 4 5 ", "a.b-c@d ", "Ab Ab Ab ", "شارع ا ب ", "1-1/1.1 ", "٠" * 10):
        short, long = piece * 20, piece * 1000
        assert took(long[:10_000]) < 0.5 + 200 * took(short), piece
