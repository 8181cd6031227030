"""The short and the long version of a form, where it asks which one somebody will fill in."""

from surveys.definition import Definition, Item

SHORT, LONG = "short", "long"  # the choices of that question


def question_of_length(definition: Definition) -> Item | None:
    """Return the question that asks for the version; none where there is only one."""
    for item in definition.walk():
        names = {choice.name for choice in definition.lists.get(item.list, ())}
        if item.type == "select_one" and names == {SHORT, LONG}:
            return item
    return None


def is_about_itself(definition: Definition, item: Item) -> bool:
    """Whether a question is about the survey itself: a consent, or the version."""
    length = question_of_length(definition)
    return "consent" in item.osi or (length is not None and item.name == length.name)
