"""NCBI: PubMed records, the conversion of ids, and the articles of PubMed Central.

Sources: https://www.ncbi.nlm.nih.gov/books/NBK25497/ (E-utilities: 3 requests a second, 10 with a
key; tool and e-mail are sent along), https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/ (200 ids
of one type a call), https://registry.opendata.aws/ncbi-pmc/ (the cloud bucket, anonymous).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from kg.errors import SourceError
from kg.sources.http import Client, NotFoundError
from kg.sources.identifiers import Identifiers
from kg.sources.settings import Settings

_PER_SECOND, _PER_SECOND_WITH_KEY = 3, 10
_IDS_PER_CALL = 200
_TOOL = "kg"


@dataclass(frozen=True, slots=True)
class PmcArticle:
    """What the bucket says of one article: its ids, licence and where its JATS is."""

    identifiers: Identifiers
    licence: str | None
    retracted: bool
    xml_url: str | None


class Ncbi:
    """Asks NCBI."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        pace = _PER_SECOND_WITH_KEY if settings.ncbi_api_key else _PER_SECOND
        self._client = Client("ncbi", pace, settings)
        self._polite = {
            name: value
            for name, value in (
                ("tool", _TOOL),
                ("email", settings.contact),
                ("api_key", settings.ncbi_api_key),
            )
            if value
        }

    def convert(self, ids: Sequence[Identifiers]) -> list[Identifiers]:
        """Return the ids with what the converter knows of each besides, in the same order.

        The converter knows works that are in PubMed Central; others come back as they were.
        """
        converted = list(ids)
        for kind in ("doi", "pmid", "pmcid"):
            places = [n for n, one in enumerate(ids) if _asked_by(one) == kind]
            for start in range(0, len(places), _IDS_PER_CALL):
                part = places[start : start + _IDS_PER_CALL]
                found = self._convert(kind, [str(getattr(ids[n], kind)) for n in part])
                for n in part:
                    known = found.get(str(getattr(ids[n], kind)).lower())
                    if known is not None:
                        converted[n] = ids[n].joined(known)
        return converted

    def _convert(self, kind: str, ids: list[str]) -> dict[str, Identifiers]:
        answer = self._client.get_json(
            f"{self._settings.idconv}/",
            {"ids": ",".join(ids), "idtype": kind, "format": "json", **self._without_key()},
        )
        found: dict[str, Identifiers] = {}
        for record in answer.get("records", []):
            if record.get("status") == "error" or not record.get("pmcid"):
                continue
            doi, pmid = record.get("doi"), record.get("pmid")
            known = Identifiers(
                doi.lower() if doi else None, str(pmid) if pmid else None, record["pmcid"]
            )
            asked = record.get("requested-id") or record.get(kind) or ""
            found[str(asked).lower()] = known
        return found

    def _without_key(self) -> dict[str, str]:
        return {name: value for name, value in self._polite.items() if name != "api_key"}

    def pubmed_record(self, pmid: str) -> tuple[str, bytes]:
        """Return address and XML of a PubMed record.

        Raises
        ------
        NotFoundError
            When PubMed answers an empty set: the record was deleted, or never was.
        SourceError
            When the source fails.
        """
        url = f"{self._settings.eutils}/efetch.fcgi"
        asked = {"db": "pubmed", "id": pmid, "retmode": "xml", **self._polite}
        record = self._client.get(url, asked, content="xml")
        if not re.search(rb"<Pubmed(?:Book)?Article[\s/>]", record):
            raise NotFoundError("PubMed has no such record", where=f"pmid {pmid}")
        return f"{url}?db=pubmed&id={pmid}", record

    def pubmed_records(self, pmids: Sequence[str]) -> bytes:
        """Return one set of XML with the records of several PubMed ids; deleted ones are missing.

        Raises
        ------
        SourceError
            When the source fails.
        """
        url = f"{self._settings.eutils}/efetch.fcgi"
        asked = {"db": "pubmed", "id": ",".join(pmids), "retmode": "xml", **self._polite}
        return self._client.get(url, asked, content="xml")

    def pubmed_ids(self, dois: Sequence[str]) -> list[str]:
        """Return the PubMed ids of the records that bear one of these dois, in no set order.

        PubMed leaves out a doi that it does not know, and may then find other works: compare the
        doi of each record.

        Raises
        ------
        SourceError
            When the source fails.
        """
        url = f"{self._settings.eutils}/esearch.fcgi"
        term = " OR ".join(f'"{doi}"[doi]' for doi in dois)
        asked: dict[str, str | int] = {"db": "pubmed", "term": term, "retmode": "json"}
        limit = {"retmax": 2 * len(dois)}
        answer = self._client.get_json(url, {**asked, **limit, **self._polite})
        result = answer.get("esearchresult") if isinstance(answer, dict) else None
        if not isinstance(result, dict):
            raise SourceError("ncbi: the answer holds no result", where=url, hint="run it again")
        return [str(one) for one in result.get("idlist") or ()]

    def pmc_article(self, pmcid: str) -> PmcArticle:
        """Return what the open access bucket says of an article, in its latest version.

        Raises
        ------
        NotFoundError
            When it is not in the open access part of PubMed Central.
        SourceError
            When the source fails.
        """
        keys = sorted(self._keys(f"metadata/{pmcid}."), key=_version)
        if not keys:
            raise NotFoundError("not in the open access part of PubMed Central", where=pmcid)
        told = self._client.get_json(f"{self._settings.pmc_bucket}/{keys[-1]}")
        doi, pmid = told.get("doi"), told.get("pmid")
        return PmcArticle(
            Identifiers(doi.lower() if doi else None, str(pmid) if pmid else None, pmcid),
            told.get("license_code"),
            bool(told.get("is_retracted")),
            self._here(told.get("xml_url")),
        )

    def pmc_xml(self, article: PmcArticle) -> tuple[str, bytes]:
        """Return address and JATS of an article in the bucket; raises as :meth:`pmc_article`."""
        if article.xml_url is None:
            where = article.identifiers.pmcid
            raise NotFoundError("the bucket has no XML of it", where=where)
        return article.xml_url, self._client.get(article.xml_url, content="xml")

    def _keys(self, prefix: str) -> Iterator[str]:
        url = f"{self._settings.pmc_bucket}/"
        listing = self._client.get(url, {"list-type": 2, "prefix": prefix}, content="xml")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
        root = etree.fromstring(listing, parser)
        for key in root.iter("{*}Key"):
            if key.text and key.text.endswith(".json"):
                yield key.text

    def _here(self, address: str | None) -> str | None:
        """Return an address of the bucket under the base address of the settings."""
        if not address:
            return None
        path = re.sub(r"^(?:s3://[^/]+|https?://[^/]+)/", "", address)
        return f"{self._settings.pmc_bucket}/{path}"


def _asked_by(ids: Identifiers) -> str | None:
    """Return by which id to ask for what is missing; None where nothing is."""
    if ids.doi and ids.pmid and ids.pmcid:
        return None
    return "doi" if ids.doi else "pmid" if ids.pmid else "pmcid"


def _version(key: str) -> int:
    match = re.search(r"\.(\d+)\.json$", key)
    return int(match[1]) if match else 0
