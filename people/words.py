"""The words of the register: sectors, kinds, legal forms and localities.

Codes are those of the enterprise questionnaire, so that what an organisation answers and
what the register says of it are the same thing.
"""

from core.errors import message
from people.models import Naming, Sector

SECTORS: dict[str, str] = {
    Sector.ECONOMY: message("Economy"),
    Sector.SOCIETY: message("Civil society"),
    Sector.POLITICS: message("Politics and administration"),
    Sector.SCIENCE: message("Science"),
}
KINDS: dict[str, str] = {
    "social_enterprise": message("Social enterprise"),
    "inclusion_enterprise": message("Inclusion enterprise (§ 215 SGB IX)"),
    "provider": message("Social provider (voluntary welfare)"),
    "employment_provider": message("Employment or training provider"),
    "migrant_organisation": message("Migrant organisation"),
    "neighbourhood_centre": message("Neighbourhood centre"),
    "business": message("Business without a specific social purpose"),
    "civil_society": message("Association, church, initiative"),
    "foundation": message("Foundation"),
    "administration": message("Public administration"),
    "research": message("Research, university"),
    "agency": message("Advice or network agency"),
}
LEGAL_FORMS: dict[str, str] = {
    "ev": message("Registered association (e. V.)"),
    "ggmbh": message("Non-profit limited company (gGmbH)"),
    "gug": message("Non-profit entrepreneurial company (gUG)"),
    "gmbh": message("Limited company (GmbH, UG)"),
    "eg": message("Cooperative (eG)"),
    "stiftung": message("Foundation (legal form)"),
    "sole": message("Sole trader or partnership"),
    "koerperschaft": message("Corporation under public law, such as a church"),
    "public": message("Public body"),
    "none": message("None, or being founded"),
}
LOCALITIES: dict[str, str] = {
    "prenzlauer_berg": "Prenzlauer Berg",
    "weissensee": "Weißensee",
    "blankenburg": "Blankenburg",
    "heinersdorf": "Heinersdorf",
    "karow": "Karow",
    "malchow": "Stadtrandsiedlung Malchow",
    "pankow": message("Pankow (locality)"),
    "blankenfelde": "Blankenfelde",
    "buch": "Buch",
    "franz_buchholz": "Französisch Buchholz",
    "niederschoenhausen": "Niederschönhausen",
    "rosenthal": "Rosenthal",
    "wilhelmsruh": "Wilhelmsruh",
    "district": message("Whole district, or several localities"),
}
NAMINGS: dict[str, str] = {
    Naming.TEAM: message("Only the project team sees the name"),
    Naming.NETWORK: message("The organisations in the network see the name"),
    Naming.PUBLIC: message("Everyone may see the name"),
}
USUAL_SECTOR: dict[str, Sector] = {
    "social_enterprise": Sector.ECONOMY,
    "inclusion_enterprise": Sector.ECONOMY,
    "provider": Sector.SOCIETY,
    "employment_provider": Sector.SOCIETY,
    "migrant_organisation": Sector.SOCIETY,
    "neighbourhood_centre": Sector.SOCIETY,
    "business": Sector.ECONOMY,
    "civil_society": Sector.SOCIETY,
    "foundation": Sector.SOCIETY,
    "administration": Sector.POLITICS,
    "research": Sector.SCIENCE,
    "agency": Sector.SOCIETY,
}

# What an organisation is called where its name may not stand: "Organisation 17 (Träger)".
NAMELESS = {
    "de": "Organisation",
    "en": "Organisation",
    "ar": "منظمة",
    "uk": "Організація",
    "ru": "Организация",
    "tr": "Kuruluş",
    "prs": "سازمان",
}
SHORT_KINDS: dict[str, dict[str, str]] = {
    kind: dict(zip(("de", "en", "ar", "uk", "ru", "tr", "prs"), words, strict=True))
    for kind, *words in (
        ("social_enterprise", "sozialer Betrieb", "social enterprise", "مؤسسة اجتماعية",
         "соціальне підприємство", "социальное предприятие", "sosyal işletme",
         "شرکت اجتماعی"),
        ("inclusion_enterprise", "Inklusionsbetrieb", "inclusion enterprise", "مؤسسة دامجة",
         "інклюзивне підприємство", "инклюзивное предприятие", "kapsayıcı işletme",
         "شرکت فراگیر"),
        ("provider", "Träger", "provider", "جهة رعاية",
         "соціальна служба", "социальная служба", "hizmet kuruluşu", "نهاد خدماتی"),
        ("employment_provider", "Bildungsträger", "training provider", "جهة تدريب",
         "навчальний центр", "учебный центр", "eğitim kuruluşu", "مرکز آموزشی"),
        ("migrant_organisation", "Migrant*innenorganisation", "migrant organisation",
         "منظمة مهاجرين", "організація мігрантів", "организация мигрантов",
         "göçmen derneği", "سازمان مهاجران"),
        ("neighbourhood_centre", "Stadtteilzentrum", "neighbourhood centre", "مركز حي",
         "районний центр", "районный центр", "semt merkezi", "مرکز محله"),
        ("business", "Unternehmen", "business", "شركة",
         "компанія", "компания", "şirket", "شرکت"),
        ("civil_society", "Initiative", "initiative", "مبادرة أهلية",
         "ініціатива", "инициатива", "girişim", "ابتکار مردمی"),
        ("foundation", "Stiftung", "foundation", "مؤسسة وقفية",
         "фонд", "фонд", "vakıf", "بنیاد"),
        ("administration", "Verwaltung", "administration", "إدارة عامة",
         "адміністрація", "администрация", "kamu idaresi", "اداره دولتی"),
        ("research", "Wissenschaft", "research", "جهة علمية",
         "наука", "наука", "bilim", "مرکز علمی"),
        ("agency", "Beratungsstelle", "advice agency", "مركز استشارة",
         "консультаційний центр", "консультационный центр", "danışma merkezi",
         "مرکز مشوره"),
    )
}  # fmt: skip
