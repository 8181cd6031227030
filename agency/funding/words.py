"""The words of funding, for the translators; their codes stand in the database."""

from core.errors import message
from people.words import LEGAL_FORMS

FORMS = {code: text for code, text in LEGAL_FORMS.items() if code != "none"}
FORMS["eg_np"] = message("Non-profit cooperative (eG)")
KINDS = {
    "grant": message("Grant"),
    "wage_subsidy": message("Wage subsidy"),
    "service": message("Advice and services"),
    "loan": message("Loan"),
    "prize": message("Prize"),
}
AREAS = {  # each holds those before it
    "pankow": message("Pankow (district)"),
    "berlin": "Berlin",
    "de": message("Germany"),
}
THEMES = {
    "employment": message("Employment"),
    "inclusion": message("Social inclusion"),
    "integration": message("Integration"),
    "refugees": message("Refugees"),
    "participation": message("Participation"),
    "empowerment": message("Empowerment, self-organisation"),
    "counselling": message("Counselling"),
    "poverty": message("Fighting poverty"),
    "cooperation": message("Cooperation"),
    "network": message("Networks"),
    "social_enterprise": message("Social enterprises"),
    "startup": message("Founding"),
    "disability": message("Disability"),
    "social": message("Social affairs"),
    "culture": message("Culture"),
    "volunteering": message("Volunteering"),
    "digital": message("Digital"),
    "education": message("Education"),
    "environment": message("Environment"),
}
MONEY = {  # what one has already for the same purpose
    "eu": message("Money of the EU (such as ESF+)"),
    "public": message("Other public money (federal, state, district)"),
    "jobcenter": message("Subsidies of the Jobcenter"),
    "lottery": message("Lottery money (such as Aktion Mensch, Lotto)"),
    "foundation": message("Foundations and donations"),
}
DUE = {
    "": message("not known"),
    "rolling": message("at any time"),
    "dates": message("on certain days"),
}
CUMULATION = {
    "": message("not known"),
    "free": message("may be combined with other money"),
    "limited": message("not with certain other money"),
    "none": message("not with any other money"),
}
VERIFIED = {
    "seen": message("read at the source"),
    "partly": message("partly read at the source"),
    "memory": message("from memory, not looked up"),
}
# What a programme asks of the people to be employed: the question, and where it stands.
CONDITIONS = {
    "age25": message("Could you fill the job with somebody who is 25 or older?"),
    "benefits6of7": message(
        "Could you fill it with somebody who has had benefits (SGB II) in 6 of the last "
        "7 years? Few who came to Germany lately have."
    ),
    "unemployed2y": message(
        "Could you fill it with somebody who has been out of work for at least 2 years?"
    ),
    "disabled30": message(
        "Are, or will be, 30 to 50 per cent of your staff severely disabled?"
    ),
}
RULES = {  # what the conditions say, as part of “fits if …”
    "age25": message("the person is 25 or older"),
    "benefits6of7": message("the person has had benefits (SGB II) in 6 of the last 7 years"),
    "unemployed2y": message("the person has been out of work for at least 2 years"),
    "disabled30": message("30 to 50 per cent of the staff are severely disabled"),
}
LAW = {
    "age25": "§ 16i SGB II",
    "benefits6of7": "§ 16i SGB II",
    "unemployed2y": "§ 16e SGB II",
    "disabled30": "§ 215 SGB IX",
}
