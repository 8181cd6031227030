"""The indicators that are offered: those of the social audit, so that both count the same."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import message


@dataclass(frozen=True)
class Offered:
    """An indicator: what it is called, its unit, and where its figures come from."""

    label: str
    unit: str
    source: str


PERSONS, SHARE, NUMBER = message("persons"), message("per cent"), message("number")
INDICATORS: Mapping[str, Offered] = {
    "W1": Offered(message("Employees"), message("full-time jobs"), message("payroll")),
    "W2": Offered(message("Employees who are refugees"), PERSONS, message("staff survey")),
    "W3": Offered(message("New jobs for refugees"), message("full-time jobs"),
                  message("contracts")),
    "W4": Offered(message("Share of permanent contracts"), SHARE, message("contracts")),
    "W5": Offered(message("Still employed after 6 and 12 months"), SHARE,
                  message("staff list")),
    "W6": Offered(message("Began work after advice"), SHARE, message("list of cases")),
    "W7": Offered(message("Pay compared with the collective wage"), SHARE,
                  message("payroll")),
    "Q1": Offered(message("Training"), message("hours per person"), message("records")),
    "Q2": Offered(message("Progress by at least one language level"), SHARE,
                  message("test, or self-rating twice")),
    "Q3": Offered(message("Recognised qualifications"), NUMBER, message("notices")),
    "T1": Offered(message("People reached"), PERSONS, message("anonymous counts")),
    "T2": Offered(message("Satisfaction"), message("mean of 1 to 5"),
                  message("survey of the social audit")),
    "T3": Offered(message("“My situation has improved”"), SHARE,
                  message("survey of the social audit")),
    "N1": Offered(message("Cooperation"), message("ties"), message("network survey")),
    "F1": Offered(message("Share of income that ends within 12 months"), SHARE,
                  message("survey of enterprises, accounts")),
    "V1": Offered(message("Volunteering"), message("hours"), message("records")),
    "U1": Offered(message("Reuse, such as bicycles repaired"), NUMBER,
                  message("log of the workshop")),
}  # fmt: skip
