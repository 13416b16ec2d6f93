"""NLM's PubMed XML in, a Document for each article or book entry out, streamed; nothing is fetched and no entity is
expanded.

The elements are those of NLM's DTD (pubmed_250101.dtd); older files lack some and have others, which is why all are
optional.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from lxml import etree

from kg.documents import abstract, citation, identity
from kg.documents.assemble import Draft, Passage, assemble
from kg.documents.imprint import iso
from kg.documents.markup import canonical, elements, root, text
from kg.documents.plain import RECORD_BYTES, headline, reporting
from kg.documents.status import status
from kg.errors import BadInput, BadRecord
from kg.model import Document, Ids, MeshHeading, Reference

_ROOTS = frozenset({"PubmedArticleSet", "PubmedArticle", "PubmedBookArticleSet", "PubmedBookArticle"})
_ARTICLES = frozenset({"PubmedArticle", "PubmedBookArticle"})


def recognises(head: bytes) -> bool:
    """Whether the first element is one of PubMed's.

    >>> recognises(b"<PubmedArticleSet>"), recognises(b"<DescriptorRecordSet>")
    (True, False)
    """
    return root(head) in _ROOTS


@reporting
def read(stream: BinaryIO, *, origin: str, record_bytes: int = RECORD_BYTES) -> Iterator[Document | BadInput]:
    """Each article in the file's order; where the XML breaks, what stood before is kept and one BadInput ends it."""
    found = elements(
        stream, origin=origin, record_bytes=record_bytes, roots=_ROOTS, records=_ARTICLES, kind="PubMed XML"
    )
    for ordinal, element in enumerate(found, start=1):
        if isinstance(element, BadInput):
            yield element
        else:
            yield _record(element, origin=origin, ordinal=ordinal, record_bytes=record_bytes)


def _record(element: etree._Element, *, origin: str, ordinal: int, record_bytes: int) -> Document | BadInput:
    name = text(element.find(".//PMID")) or "without PMID"
    whole = canonical(element)
    try:
        if len(whole) > record_bytes:
            raise ValueError(f"one of {len(whole)} bytes, more than {record_bytes}")
        digest = sha256(whole).hexdigest()
        draft = (
            _book(element, digest=digest) if element.tag == "PubmedBookArticle" else _article(element, digest=digest)
        )
        if not draft.title and not draft.abstract:
            raise ValueError("neither title nor abstract")
        return assemble(draft)
    except ValueError as error:
        return BadRecord(origin, f"record {ordinal} ({name})", expected="a PubMed article", got=str(error))


def _article(element: etree._Element, *, digest: str) -> Draft:
    medline = element.find("MedlineCitation")
    article = medline.find("Article") if medline is not None else None
    if medline is None or article is None:
        raise ValueError("no MedlineCitation with an Article")
    data = element.find("PubmedData")
    issue = article.find("Journal/JournalIssue")
    title = headline(text(article.find("ArticleTitle")))
    if not title or title.lower().strip("[].") == "not available":
        title = headline(text(article.find("VernacularTitle"))) or title
    types = tuple(text(one) for one in article.findall("PublicationTypeList/PublicationType"))
    notices = [one.get("RefType", "") for one in medline.findall("CommentsCorrectionsList/CommentsCorrections")]
    ids = [Ids(pmid=identity.pmid(text(medline.find("PMID"))), nct=_trials(article))]
    ids += [_article_id(one) for one in (data.findall("ArticleIdList/ArticleId") if data is not None else ())]
    ids += [Ids(doi=identity.doi(text(one))) for one in article.findall("ELocationID") if one.get("EIdType") == "doi"]
    return Draft(
        format="pubmed_xml",
        sha256=digest,
        ids=identity.joined(ids),
        title=title,
        abstract=_abstract(article.find("Abstract")),
        keywords=tuple(_keyword(one) for one in medline.findall("KeywordList/Keyword")),
        references=tuple(_references(data)) if data is not None else (),
        authors=_authors(article.find("AuthorList")),
        date=_date(article, issue),
        journal=text(medline.find("MedlineJournalInfo/MedlineTA"))
        or text(article.find("Journal/ISOAbbreviation"))
        or text(article.find("Journal/Title"))
        or None,
        volume=text(issue.find("Volume")) if issue is not None else None,
        issue=text(issue.find("Issue")) if issue is not None else None,
        pages=text(article.find("Pagination/MedlinePgn")) or None,
        language=text(article.find("Language")) or None,
        publication_types=types,
        mesh=tuple(_heading(one) for one in medline.findall("MeshHeadingList/MeshHeading")),
        status=status(types=types, notices=notices, title=title),
    )


def _book(element: etree._Element, *, digest: str) -> Draft:
    book = element.find("BookDocument")
    if book is None:
        raise ValueError("no BookDocument")
    title = headline(text(book.find("ArticleTitle"))) or headline(text(book.find("Book/BookTitle")))
    ids = [Ids(pmid=identity.pmid(text(book.find("PMID"))))]
    ids += [
        _article_id(one)
        for one in (
            *book.findall("ArticleIdList/ArticleId"),
            *element.findall("PubmedBookData/ArticleIdList/ArticleId"),
        )
    ]
    authors = next(
        (found for one in book.findall("AuthorList") if one.get("Type") != "editors" and (found := _authors(one))), ()
    )
    dates = (_ymd(book.find("ContributionDate")), _ymd(book.find("Book/PubDate")), _ymd(book.find("DateRevised")))
    return Draft(
        format="pubmed_xml",
        sha256=digest,
        ids=identity.joined(ids),
        title=title,
        abstract=_abstract(book.find("Abstract")),
        keywords=tuple(_keyword(one) for one in book.findall("KeywordList/Keyword")),
        references=tuple(_references(book)),
        authors=authors or _authors(book.find("Book/AuthorList")),
        date=next((date for date in dates if date), None),
        journal=headline(text(book.find("Book/BookTitle"))) or None,
        language=text(book.find("Language")) or None,
        publication_types=tuple(text(one) for one in book.findall("PublicationType")),
    )


def _abstract(element: etree._Element | None) -> tuple[Passage, ...]:
    texts = element.findall("AbstractText") if element is not None else []
    if len(texts) == 1 and not texts[0].get("Label"):
        return abstract.parts([text(texts[0])])
    parts = (abstract.labelled(one.get("Label") or "", text(one)) for one in texts)
    return tuple(part for part in parts if part.text)


def _keyword(element: etree._Element) -> str:
    return text(element).removesuffix(".")


def _authors(element: etree._Element | None) -> tuple[str, ...]:
    found = []
    for author in element.findall("Author") if element is not None else ():
        if author.get("ValidYN") == "N":  # the misspelt form of a corrected name
            continue
        last, first = text(author.find("LastName")), text(author.find("ForeName")) or text(author.find("Initials"))
        suffix = text(author.find("Suffix"))
        found.append(" ".join(piece for piece in (first, last, suffix) if piece) or text(author.find("CollectiveName")))
    return tuple(found)


def _heading(element: etree._Element) -> MeshHeading:
    name = element.find("DescriptorName")
    parts = [name, *element.findall("QualifierName")]
    return MeshHeading(
        ui=(name.get("UI") or "") if name is not None else "",
        name=text(name),
        major=any(part is not None and part.get("MajorTopicYN") == "Y" for part in parts),
        qualifiers=tuple(text(part) for part in parts[1:]),
    )


def _trials(article: etree._Element) -> tuple[str, ...]:
    return identity.trials(
        text(one) for one in article.findall("DataBankList/DataBank/AccessionNumberList/AccessionNumber")
    )


def _article_id(element: etree._Element) -> Ids:
    kind, value = element.get("IdType", ""), text(element)
    if kind == "pubmed":
        return Ids(pmid=identity.pmid(value))
    if kind == "doi":
        return Ids(doi=identity.doi(value))
    return Ids(pmcid=identity.pmcid(value)) if kind in ("pmc", "pmcid") else Ids()


def _references(element: etree._Element) -> Iterator[Reference]:
    """Of all lists, nested ones too; an entry without text says nothing that could be shown, and is left out."""
    number = 0
    for one in element.iterfind(".//Reference"):
        printed = text(one.find("Citation"))
        if printed:
            number += 1
            ids = identity.joined(_article_id(found) for found in one.findall("ArticleIdList/ArticleId"))
            yield citation.parse(printed, number=number, ids=ids)


def _date(article: etree._Element, issue: etree._Element | None) -> str | None:
    """The date PubMed cites: the electronic one for papers that appear so only, else the issue's, the finer of the
    two years' same.
    """
    printed = _ymd(issue.find("PubDate")) if issue is not None else None
    electronic = _ymd(article.find("ArticleDate"))
    if article.get("PubModel", "").startswith("Electronic") and electronic:
        return electronic
    if printed and electronic and len(printed) == 4 and electronic.startswith(printed):
        return electronic
    return printed or electronic


def _ymd(element: etree._Element | None) -> str | None:
    if element is None:
        return None
    if medline := text(element.find("MedlineDate")):
        return iso(medline)
    year, month, day = (text(element.find(name)) for name in ("Year", "Month", "Day"))
    if month.isdigit():
        return iso("-".join(piece for piece in (year, month, day) if piece))
    return iso(" ".join(piece for piece in (year, month, day) if piece)) if year else None
