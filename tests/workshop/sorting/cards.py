"""Cards of an evening, with what a facilitator would hang together."""

from workshop.sorting.likeness import Card

TOGETHER = {
    "bikes": [
        ("Fahrradwerkstatt", "Räder reparieren und verkaufen, mit Ausbildung"),
        ("Rad-Reparatur für alle", "Wir flicken gespendete Fahrräder und geben sie weiter"),
        ("Lastenräder ausleihen", "Ein Lastenrad für jede Unterkunft"),
        ("Kinderfahrräder aufarbeiten", ""),
        ("Farradwerkstatt auf dem Campus", "Junge Leute lernen Mechaniker"),
    ],
    "sewing": [
        ("Nähwerkstatt für Frauen", "Nähmaschinen, Stoffe und jemand, der es zeigt"),
        ("Aus alten Stoffen Taschen nähen", "Verkauf auf dem Weihnachtsmarkt"),
        ("Änderungsschneiderei", "Hosen kürzen, Kleider ändern, Nähkurse"),
        ("Nähcafé im Stadtteilzentrum", "Offen für alle mit eigener Nähmaschine"),
    ],
    "food": [
        ("Mittagstisch aus aller Welt", "Frauen kochen für die Mitarbeitenden"),
        ("Catering-Betrieb", "Buffets für Tagungen, gekocht in der Gemeinschaftsküche"),
        ("Gemeinsam kochen", "Eine Küche, in der Nachbarn zusammen kochen"),
        ("Kochkurs syrische Küche", ""),
    ],
    "childcare": [
        ("Kinderbetreuung während der Deutschkurse", "Sonst können Mütter nicht kommen"),
        ("Kita-Plätze für Geflüchtete", "Ohne Kita keine Arbeit"),
        ("Spielecke mit Betreuung", "Kinder spielen, während die Eltern Beratung haben"),
        ("Kinder-Betreuung am Nachmittag", "Studierende betreuen Kinder nach der Schule"),
    ],
    "language": [
        ("Deutschkurs am Arbeitsplatz", "Eine Stunde Deutsch pro Tag im Betrieb"),
        ("Sprachcafé am Abend", "Deutsch sprechen mit Nachbarn"),
        ("Sprach-Tandem", "Zwei Menschen lernen die Sprache voneinander"),
        ("Mehr Deutschkurse mit Fachsprache", "Pflege, Handwerk, Gastronomie"),
    ],
    "rooms": [
        ("Leere Läden als Werkstatt nutzen", "Zwischennutzung der Räume in der Passage"),
        ("Raumbörse", "Freie Räume im Kiez im Internet finden"),
        ("Wir brauchen Räume", "Räume für Gruppen, kostenlos und abends offen"),
    ],
    "forms": [
        ("Hilfe bei Formularen", "Jemand füllt mit uns die Anträge fürs Jobcenter aus"),
        ("Lotsen fürs Amt", "Ehrenamtliche begleiten zum Jobcenter, helfen bei Anträgen"),
        ("Formular-Sprechstunde", "Anträge verstehen und ausfüllen"),
    ],
    "bus": [("Der Bus soll abends länger fahren", "")],
    "pool": [("Schwimmbad wieder öffnen", "")],
    "wlan": [("WLAN in der Unterkunft", "Ohne Internet geht gar nichts")],
}
# Written only when the weights had been chosen, to see what they are worth elsewhere.
ELSEWHERE = {
    "traffic": [
        ("Tempo 30 in der Schulstraße", "Autos fahren zu schnell an der Schule vorbei"),
        ("Zebrastreifen vor der Kita", ""),
        ("Sichere Schulwege", "Zu viele Autos am Morgen"),
        ("Weniger Parkplätze, mehr Gehweg", ""),
    ],
    "green": [
        ("Gemeinschaftsgarten hinter dem Supermarkt", "Beete für alle"),
        ("Bäume pflanzen am Marktplatz", ""),
        ("Hochbeete in der Unterkunft", "Gemüse selbst ziehen"),
        ("Blumenwiese statt Rasen", ""),
    ],
    "elderly": [
        ("Besuchsdienst für einsame Senioren", ""),
        ("Handykurs für ältere Menschen", "Jugendliche erklären das Smartphone"),
        ("Seniorenfrühstück am Mittwoch", ""),
    ],
    "culture": [
        ("Offene Bühne im Bürgerhaus", "Musik und Theater von Nachbarn"),
        ("Chor der Kulturen", ""),
        ("Freiluftkino im Sommer", ""),
        ("Musikunterricht für Kinder aus der Unterkunft", "Instrumente leihen"),
    ],
    "sport": [
        ("Fußball für Mädchen", ""),
        ("Schwimmkurse für Frauen", ""),
        ("Turnhalle am Wochenende öffnen", ""),
    ],
    "safety": [
        ("Mehr Licht im Park", "Abends haben viele Angst"),
        ("Beleuchtung am Bahnhof", ""),
        ("Nachtbus und sicherer Heimweg", ""),
    ],
    "waste": [
        ("Mülleimer am Spielplatz", ""),
        ("Putztag im Kiez", "Einmal im Monat gemeinsam Müll sammeln"),
        ("Reparieren statt wegwerfen", ""),
    ],
    "work": [
        ("Praktika in der Verwaltung", ""),
        ("Jobmesse auf dem Campus", "Betriebe stellen sich vor"),
        ("Bewerbungstraining", "Lebenslauf schreiben, Gespräche üben"),
        ("Probearbeiten ohne Papierkram", ""),
    ],
    "toilet": [
        ("Öffentliche Toilette am Markt", ""),
    ],
    "midwives": [
        ("Hebammen fehlen", ""),
    ],
}


def laid_out(topics: dict[str, list[tuple[str, str]]]) -> tuple[list[Card], list[str]]:
    """Return all cards, and the topic of each."""
    said = [(topic, *card) for topic, cards in topics.items() for card in cards]
    cards = [Card(number, title, text) for number, (_, title, text) in enumerate(said)]
    return cards, [topic for topic, _, _ in said]


CARDS, TOPICS = laid_out(TOGETHER)
