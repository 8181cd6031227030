"""What an archive says of itself: a readme in two languages, and a dictionary of its data."""

import csv
import io
from collections.abc import Iterator, Sequence

from sqlalchemy import Column, Enum, LargeBinary
from sqlalchemy.orm import Mapper

from core.models import Base, UtcDateTime
from home.archive.shape import MARK, OPENED, Plan

HEADERS = ("table", "column", "type", "may be empty", "refers to", "values")
GERMAN = """\
ARCHIV EINES PROJEKTS DER OSI WERKSTATT

Diese Datei enthält ein ganzes Projekt in offenen Formaten. Jedes Programm, das ZIP, JSON und
CSV versteht, kann sie lesen, auch ohne die Werkstatt und noch in vielen Jahren.

manifest.json      Format, Name des Projekts, Stand, Prüfsumme (SHA-256) jeder Datei
dictionary.csv     jede Spalte jeder Tabelle: Art, Verweis, mögliche Werte
tables.csv         was in jeder Tabelle steht
tables/*.jsonl     die Tabellen: eine Zeile JSON je Eintrag (JSON Lines, UTF-8)
files/             Bilder und Tonaufnahmen, so wie sie sind
questionnaires/    jeder Fragebogen als XLSForm (.xlsx); als JSON steht er in
                   tables/survey_version.jsonl
networks/          jedes Netzwerk als GEXF und als Tabellen (CSV im ZIP)

Einträge sind je Tabelle von 1 an nummeriert („id“); Spalten auf „_id“ verweisen darauf.
Zeiten stehen in UTC, Tage als JJJJ-MM-TT. Nur aus tables/ und files/ wird wieder
eingelesen; questionnaires/ und networks/ sagen dasselbe noch einmal für andere Programme.

Was nie darin steht („left_out“ in manifest.json)
accounts   Konten, Passwörter, Sitzungen und Geräte des Teams
links      ausgegebene Links; eingeladene Organisationen bekommen beim Einlesen neue
persons    Gespräche und anonyme Antworten: Nur der Träger sieht sie, deshalb bleiben sie dort
contacts   Kontaktdaten, außer jemand hat sie ausdrücklich gewählt
votes      Stimmzettel einer laufenden Abstimmung. Ausgezählte Abstimmungen stehen darin,
           mit namenlosen Zetteln
undoing    der Rückweg einzelner Handgriffe
server     Postausgang und Aufzeichnungen des Servers
Was gelöscht ist, steht nicht darin. Was später gelöscht wird, steht in dieser Datei weiter:
Bitte bewahren Sie sie so sicher auf wie das Projekt, und löschen Sie sie, wenn sie nicht mehr
gebraucht wird.
"""
ENGLISH = """\
ARCHIVE OF A PROJECT OF THE OSI WERKSTATT

This file holds a whole project in open formats. Any program that knows ZIP, JSON and CSV can
read it, without the Werkstatt and in many years.

manifest.json      format, name of the project, date of its state, SHA-256 of every file
dictionary.csv     every column of every table: type, reference, possible values
tables.csv         what each table holds
tables/*.jsonl     the tables: one line of JSON per row (JSON Lines, UTF-8)
files/             pictures and recordings as they are
questionnaires/    every questionnaire as XLSForm (.xlsx); as JSON it stands in
                   tables/survey_version.jsonl
networks/          every network as GEXF and as tables (CSV in a ZIP)

Rows of a table are numbered from 1 ("id"); columns that end in "_id" refer to them. Times are
UTC, days YYYY-MM-DD. Only tables/ and files/ are read back; questionnaires/ and networks/ say
the same again for other programs.

What is never in it ("left_out" in manifest.json)
accounts   accounts, passwords, sessions and devices of the team
links      links that were handed out; organisations that were invited get new ones at import
persons    conversations and anonymous answers: only the provider sees them, so they stay there
contacts   contact data, unless somebody chose them
votes      ballots of a vote under way. Votes that were counted are in it, with nameless
           ballots
undoing    the way back of single acts
server     the outbox and records of the server
What is deleted is not in it. What is deleted later still stands in this file: please keep it as
safely as the project, and delete it when it is no longer needed.
"""


def texts(plans: Sequence[Plan]) -> Iterator[tuple[str, str]]:
    """Yield names and texts of what an archive says of itself."""
    yield "LIESMICH.txt", GERMAN
    yield "README.txt", ENGLISH
    yield "tables.csv", _csv([("table", "meaning"), *_meanings(plans)])
    rows = [row for plan in plans for row in _columns(plan)]
    yield "dictionary.csv", _csv([HEADERS, *rows])


def _meanings(plans: Sequence[Plan]) -> Iterator[tuple[str, str]]:
    mappers: dict[str, Mapper[Base]] = {
        str(mapper.local_table.name): mapper  # type: ignore[attr-defined]  # all are tables
        for mapper in Base.registry.mappers
    }
    for plan in plans:
        mapper = mappers.get(plan.name)
        yield plan.name, (mapper.class_.__doc__ or "").split("\n")[0] if mapper else ""


def _columns(plan: Plan) -> Iterator[tuple[str, ...]]:
    yield plan.name, "id", "number", "no", "", ""
    for column in plan.columns:
        target = plan.refers.get(column.name, "")
        empty = "yes" if column.nullable else "no"
        enum = column.type if isinstance(column.type, Enum) else None
        known = " ".join(enum.enums) if enum else ""
        yield plan.name, column.name, _kind(column), empty, target, known
    if MARK in plan.names:
        yield plan.name, MARK, "text", "no", "", "so that what was erased stays erased"
    if OPENED in plan.names and OPENED not in plan.table.c:
        yield plan.name, OPENED, "text", "no", "", "contact data"


def _kind(column: Column[object]) -> str:
    if isinstance(column.type, LargeBinary):
        return "path of a file"
    if isinstance(column.type, UtcDateTime):
        return "moment"
    names = {"Boolean": "true or false", "Date": "day", "Integer": "number", "JSON": "JSON"}
    return names.get(type(column.type).__name__, "text")


def _csv(rows: Sequence[Sequence[str]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()
