"""The words of ventures, for the translators."""

from agency.ventures.models import (
    Act,
    BackingKind,
    Direction,
    FundingState,
    Stage,
    Subsidy,
)
from agency.ventures.planning import Progress
from core.errors import message

STAGES: dict[str, str] = {
    Stage.SPARK: message("Spark"),
    Stage.SKETCH: message("Sketch"),
    Stage.CANVAS: message("Business model"),
    Stage.CONCEPT: message("Tested concept"),
    Stage.PILOT: message("Pilot"),
    Stage.FOUNDING: message("Founding"),
    Stage.ENTERPRISE: message("Enterprise"),
}
MEANINGS: dict[str, str] = {  # what is so once the stage is reached
    Stage.SPARK: message("An idea has been taken up."),
    Stage.SKETCH: message("It is written down, and there is a team."),
    Stage.CANVAS: message("The canvas says how it works and who pays."),
    Stage.CONCEPT: message("Customers and a partner want it."),
    Stage.PILOT: message("It has been tried out, with numbers."),
    Stage.FOUNDING: message("It has a legal form, and the money lasts."),
    Stage.ENTERPRISE: message("It pays wages."),
}
CONDITIONS: dict[str, str] = {
    "paragraph": message("A paragraph says what it is about"),
    "team": message("At least two people are in the team"),
    "experience": message("At least one of them has fled and knows what it is like"),
    "canvas": message("All 13 fields of the canvas are filled"),
    "evidence": message("At least three of them cite evidence"),
    "asked": message("At least five possible customers were asked"),
    "letter": message("A partner has written a letter"),
    "jobs": message("The jobs plan has at least one job"),
    "milestones": message("The plan has at least one milestone"),
    "months": message("There are numbers of at least three months"),
    "legal_form": message("The legal form is decided"),
    "liquidity": message("With what is granted, the account stays above zero for 24 months"),
    "paid_job": message("A paid job has been filled for at least six months"),
}
REMEDIES: dict[str, str] = {
    "paragraph": message("Write at least 20 words: who does what, for whom, and where?"),
    "team": message("Add the roles of those who take part."),
    "experience": message(
        "Ask people who have fled to build this with you, not only for them."
    ),
    "canvas": message("Answer the questions that are still open."),
    "evidence": message("Cite a need, a figure, a vote or an interview in the fields."),
    "asked": message("Ask people who would pay, and note what they said."),
    "letter": message("Ask a partner to say in writing what they bring."),
    "jobs": message("Plan the first job, with its wage."),
    "milestones": message("Say what is to be done by when."),
    "months": message("Enter customers, income and costs for each month of the pilot."),
    "legal_form": message("Decide it together, and enter it."),
    "liquidity": message("Enter income, costs and granted money, until the gap is closed."),
    "paid_job": message("Enter in the jobs plan on which day a job was filled."),
}
BACKINGS: dict[str, str] = {
    BackingKind.ASKED: message("Customer asked"),
    BackingKind.LETTER: message("Letter of a partner"),
}
SUBSIDIES: dict[str, str] = {
    Subsidy.NONE: message("none"),
    Subsidy.E16: "§ 16e SGB II",
    Subsidy.I16: "§ 16i SGB II",
}
DIRECTIONS: dict[str, str] = {
    Direction.IN: message("Money comes in"),
    Direction.OUT: message("Money goes out"),
}
FUNDING_STATES: dict[str, str] = {
    FundingState.PLANNED: message("planned"),
    FundingState.APPLIED: message("applied for"),
    FundingState.GRANTED: message("granted"),
    FundingState.REFUSED: message("refused"),
}
PROGRESS: dict[str, str] = {
    Progress.DONE: message("done"),
    Progress.LATE: message("late"),
    Progress.RUNNING: message("under way"),
    Progress.AHEAD: message("to come"),
}
ACTS: dict[str, str] = {
    Act.BEGUN: message("begun"),
    Act.PASSED: message("gate passed"),
    Act.PASSED_ANYWAY: message("gate passed though something was missing"),
    Act.WENT_BACK: message("one stage back"),
    Act.ADDED: message("added"),
    Act.CHANGED: message("changed"),
    Act.REMOVED: message("deleted"),
    Act.RETURNED: message("brought back"),
}
LINES: dict[str, str] = {  # of the plans, one of each kind
    "team": message("Role in the team"),
    "backing": message("Customer or partner"),
    "months": message("Month of the pilot"),
    "milestones": message("Milestone"),
    "jobs": message("Job"),
    "funding": message("Source of money"),
    "flows": message("Income or cost"),
    "canvas": message("Canvas"),
}
