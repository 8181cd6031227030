"""The words in names of organisations: short forms, those that tell little, and levels.

They are those of Berlin, where the Werkstatt stands; another town brings its own.
"""

SHORT_FORMS = {
    "aa": "agentur arbeit",
    "afa": "agentur arbeit",
    "arbeitsagentur": "agentur arbeit",
    "asb": "arbeiter samariter bund",
    "awo": "arbeiterwohlfahrt",
    "ba": "bezirksamt",
    "bbwa": "buendnis wirtschaft arbeit",
    "bv": "bezirksverband",
    "dpw": "paritaetischer wohlfahrtsverband",
    "drk": "deutsches rotes kreuz",
    "dwbo": "diakonisches werk",
    "ev": "evangelische",
    "evang": "evangelische",
    "ff": "freiwillige feuerwehr",
    "ffw": "freiwillige feuerwehr",
    "franz": "franzoesisch",
    "fz": "familienzentrum",
    "gs": "grundschule",
    "gu": "gemeinschaftsunterkunft",
    "hs": "hochschule",
    "hvd": "humanistischer verband",
    "ib": "internationaler bund",
    "jba": "jugendberufsagentur",
    "jc": "jobcenter",
    "jfe": "jugendfreizeiteinrichtung",
    "kath": "katholische",
    "kita": "kindertagesstaette",
    "kv": "kreisverband",
    "lv": "landesverband",
    "mgh": "mehrgenerationenhaus",
    "nbh": "nachbarschaftshaus",
    "nbz": "nachbarschaftszentrum",
    "oe": "oesterreich",
    "ov": "ortsverband",
    "paritaet": "paritaetischer wohlfahrtsverband",
    "pl": "platz",
    "st": "sankt",
    "str": "strasse",
    "stz": "stadtteilzentrum",
    "sv": "sportverein",
    "thw": "technisches hilfswerk",
    "vhs": "volkshochschule",
    "vs": "volkssolidaritaet",
    "wbg": "wohnungsbaugenossenschaft",
}
# Words that say nothing of which one it is. An association of a district is usually
# meant when only the district is named: "AWO Pankow".
FILLERS = {"am", "an", "berlin", "das", "der", "des", "die", "fuer", "fur", "im", "in"} | {
    "kreisverband", "of", "the", "und", "and", "von", "zu", "zur", "zum",
}  # fmt: skip
LEVELS = {  # a local branch is not its umbrella
    "bundesverband": 4, "bundesvereinigung": 4, "landesverband": 3, "landesvereinigung": 3,
    "landesgeschaeftsstelle": 3, "bezirksverband": 2, "kreisverband": 2, "ortsverband": 1,
    "ortsverein": 1, "ortsgruppe": 1,
}  # fmt: skip
# What an organisation is, not which one: alone such a word proves nothing.
KINDS_IN_NAMES = """
    agentur akademie amt arbeit bauernhof beirat beratung
    beratungsstelle betrieb bezirksamt bibliothek buero buergerhaus buergerverein buendnis
    bund campus cafe club deutsches deutscher deutsche einrichtung
    elternverein evangelische familienzentrum feuerwehr frauen frauenhaus frauenzentrum
    freiwillige freizeiteinrichtung gemeinde gemeinschaft gemeinschaftsunterkunft
    genossenschaft gesellschaft grundschule gymnasium haus hilfe hochschule hort initiative
    institut internationaler internationale jobcenter jugend jugendamt jugendclub
    jugendfreizeiteinrichtung jugendhaus jugendzentrum katholische kiez kiezladen
    kindertagesstaette kinder kirche kirchengemeinde klinik kreuz kultur kulturverein laden
    lernwerkstatt mehrgenerationenhaus mieterverein musikschule nachbarschaft
    nachbarschaftshaus nachbarschaftszentrum netzwerk pfarrei pflege projekt rotes schule
    seniorentreff service sozialstation soziale sozialer stadtteilbibliothek
    stadtteilzentrum stiftung station tagesstaette team treff treffpunkt unterkunft verband
    verein volkshochschule werkstatt wohlfahrtsverband wohnheim zentrum клуб дом дим союз
    центр جمعيه مركز بيت اتحاد نادي مؤسسه موسسه مدرسه مبادره"""
# How others write what stands here in Latin letters: as it sounds does not always do.
TRANSLATED = {
    "جوب سنتر": "jobcenter", "جوبسنتر": "jobcenter", "مركز العمل": "jobcenter",
    "بانكو": "pankow", "بانكوف": "pankow", "بوخ": "buch", "كاروف": "karow",
    "كارو": "karow", "فايسنسي": "weissensee", "برلين": "berlin", "كاريتاس": "caritas",
    "الصليب الاحمر الالماني": "drk", "الصليب الاحمر": "drk", "دياكوني": "diakonie",
    "مكتب الشباب": "jugendamt", "مكتب رعايه الشباب": "jugendamt", "روضه": "kita",
    "джобцентр": "jobcenter", "панков": "pankow", "бух": "buch", "каров": "karow",
    "вайсензее": "weissensee", "берлин": "berlin", "берлина": "berlin", "берлини": "berlin",
    "красний крест": "drk", "червоний хрест": "drk", "немецкии красний крест": "drk",
    "каритас": "caritas", "диакония": "diakonie", "югендамт": "jugendamt",
    "детскии сад": "kita", "дитячии садок": "kita",
}  # fmt: skip
