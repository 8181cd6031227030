"""JSON that others wrote: what it may not hold, and the texts in it."""

from collections.abc import Iterator


def no_constant(name: str) -> object:
    """Refuse NaN and infinities, which are no JSON; for ``parse_constant`` of the parser.

    :raise ValueError: always
    """
    raise ValueError(name)


def texts_in(content: object) -> Iterator[str]:
    """Yield every text of plain data, names in objects too."""
    match content:
        case str():
            yield content
        case dict():
            for key, value in content.items():
                yield key
                yield from texts_in(value)
        case list():
            for value in content:
                yield from texts_in(value)
