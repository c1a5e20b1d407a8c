"""Where the sources answer, who asks, and how politely."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of all sources; each can be set by an environment variable ``KG_<NAME>``.

    Attributes
    ----------
    europepmc, eutils, idconv, pmc_bucket, crossref
        Base addresses, without a final slash.
    contact
        An e-mail address that the sources can write to; sent with each request.
    ncbi_api_key
        Raises NCBI's limit from 3 to 10 requests a second.
    cache
        Folder of the cache of answers.
    cache_seconds
        How long an answer is good for.
    connect_seconds, read_seconds
        Time limits of one request.
    retries
        How often a request is tried again after 429, 5xx or a broken answer.
    longest_wait
        Longest Retry-After that is honoured, in seconds; a longer one is an error.
    """

    europepmc: str = "https://www.ebi.ac.uk/europepmc/webservices/rest"
    eutils: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    idconv: str = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles"
    pmc_bucket: str = "https://pmc-oa-opendata.s3.amazonaws.com"
    crossref: str = "https://api.crossref.org"
    contact: str | None = None
    ncbi_api_key: str | None = field(default=None, repr=False)
    cache: Path = field(default_factory=lambda: Path.home() / ".cache" / "kg" / "http")
    cache_seconds: float = 7 * DAY
    connect_seconds: float = 10.0
    read_seconds: float = 60.0
    retries: int = 4
    longest_wait: int = 120


def settings_from(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that an environment gives; ``NCBI_API_KEY`` is read without a prefix.

    Examples
    --------
    >>> settings_from({"KG_CONTACT": "me@example.org", "KG_RETRIES": "2"}).retries
    2
    """
    given = os.environ if environment is None else environment
    values: dict[str, object] = {}
    defaults = Settings()
    for one in fields(Settings):
        text = given.get(f"KG_{one.name.upper()}")
        if text:
            default = getattr(defaults, one.name)
            values[one.name] = type(default)(text) if default is not None else text
    if given.get("NCBI_API_KEY"):
        values["ncbi_api_key"] = given["NCBI_API_KEY"]
    return Settings(**values)  # type: ignore[arg-type]  # each value is of its field's type
