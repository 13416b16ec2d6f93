"""A name in, every spelling under which the text may carry it out, each ready for matching.

Case, hyphens, apostrophes and diacritics are gone by then (`kg.lexicon.prepare`); what is left are plurals,
possessives, British spelling, Greek letters, inverted names and the many ways to write CAR-T.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.lexicon.prepare import key

# American -> British, on prepared names. Both ways are tried.
_SPELLINGS = (
    ("anemi", "anaemi"),
    ("leukemi", "leukaemi"),
    ("glycemi", "glycaemi"),
    ("globulinemi", "globulinaemi"),
    ("bacteremi", "bacteraemi"),
    ("viremi", "viraemi"),
    ("uricemi", "uricaemi"),
    ("hemat", "haemat"),
    ("hemo", "haemo"),
    ("hemorrhag", "haemorrhag"),
    ("ischemi", "ischaemi"),
    ("edema", "oedema"),
    ("tumor", "tumour"),
    ("esophag", "oesophag"),
    ("diarrhea", "diarrhoea"),
    ("celiac", "coeliac"),
    ("pediatric", "paediatric"),
    ("gynecolog", "gynaecolog"),
    ("fetal", "foetal"),
    ("neutropeni", "neutropaeni"),
    ("cytopeni", "cytopaeni"),
    ("lymphopeni", "lymphopaeni"),
    ("leukopeni", "leucopeni"),
    ("leukocyto", "leucocyto"),
    ("behavior", "behaviour"),
    ("program", "programme"),
    ("ization", "isation"),
    ("autoimmun", "auto immun"),
)
_UMLAUTS = str.maketrans({"ö": "oe", "ü": "ue", "ä": "ae"})  # "Sjoegren"
_GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "zeta": "ζ",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "omega": "ω",
}
_GREEK_WORD = re.compile(rf"\b(?:{'|'.join(_GREEK)})\b")
# A symbol of letters and a number, together or apart: "IL6" and "IL-6".
_PARTED = re.compile(r"([a-z]{2,6}) ?(\d{1,3}[a-z]{0,2})")
_GREEK_PART = re.compile(rf"(?<![a-z])({'|'.join(_GREEK)})(?![a-z])|(?<=[a-z]{{2}})(alpha|beta|gamma)(?=\d|$)")
_GREEK_LETTER = {letter: word for word, letter in _GREEK.items()}
# Endings of conditions -> of their adjectives. Only those whose adjective says nothing else: "inflammatory" does.
_ADJECTIVES = (
    ("tension", "tensive"),
    ("toxicity", "toxic"),
    ("emia", "emic"),
    ("hypoxia", "hypoxic"),
    ("diabetes", "diabetic"),
    ("epilepsy", "epileptic"),
    ("psychosis", "psychotic"),
    ("phrenia", "phrenic"),
    ("kinesia", "kinetic"),
    ("cirrhosis", "cirrhotic"),
    ("asthma", "asthmatic"),
    ("parkinsonism", "parkinsonian"),
    ("obesity", "obese"),
    ("thrombosis", "thrombotic"),
    ("psoriasis", "psoriatic"),
    ("convulsion", "convulsive"),
    ("dystonia", "dystonic"),
)
_ADJECTIVE_ENDINGS = tuple({adjective[-2:] for _, adjective in _ADJECTIVES})
_LATIN = ("oma", "ula", "ulla", "illa", "ella", "ebra")  # "fibromata", "fistulae", "bullae"
# A person's name, a blank and what the person described; looked for in the name as it is written.
_EPONYM = re.compile(
    r"[A-Z][^\W\d_A-Z]{2,} "
    r"(?:syndrome|disease|thyroiditis|arteritis|granulomatosis|phenomenon|macroglobulinemia|sarcoma)$"
)
_CAR = re.compile(r"\b(?:car t|cart|chimeric antigen receptor t)\b(?: cells?)?(?: (?:therapy|therapies|treatment))?$")
_CAR_STEMS = ("car t", "cart", "chimeric antigen receptor t", "chimeric antigen receptor car t",
              "chimeric antigen receptor car engineered t", "chimeric antigen receptor car modified t",
              "chimeric antigen receptor engineered t", "chimeric antigen receptor modified t",
              "car engineered t", "car modified t", "car transduced t", "car expressing t")  # fmt: skip
_CAR_TAILS = (" cell", " cells", " cell therapy", " cell therapies", " cells therapy", " cell treatment",
              " lymphocyte", " lymphocytes", " therapy", " therapies", " treatment", "")  # fmt: skip


def spellings(name: str) -> Iterator[str]:
    """Every prepared spelling of a name written in full, the plain one first; none twice.

    >>> list(spellings("Crohn's colitis"))
    ['crohn s colitis', 'crohns colitis', 'crohn colitis', 'crohn s colitides', 'crohns colitides', 'crohn colitides']
    """
    seen: set[str] = set()
    for written in dict.fromkeys((name, name.translate(_UMLAUTS))):
        for step in _expand(key(written), eponym=_EPONYM.search(name) is not None):
            if step and step not in seen:
                seen.add(step)
                yield step


def short_spellings(name: str) -> Iterator[str]:
    """Every prepared spelling of an abbreviation: itself and its plural.

    >>> list(short_spellings("SSc-ILD"))
    ['ssc ild', 'ssc ilds']
    """
    plain = key(name)
    yield plain
    if plain and not plain.endswith("s"):
        yield plain + "s"


def symbol_spellings(name: str) -> Iterator[str]:
    """Every prepared spelling of a gene's symbol: letters and digits together and apart, Greek in words and letters.

    >>> list(symbol_spellings("IL6")), list(symbol_spellings("TGF-beta1"))
    (['il6', 'il6s', 'il 6'], ['tgf beta1', 'tgf beta1s', 'tgfbeta1', 'tgf β1', 'tgfβ1'])
    """
    plain = key(name)
    forms = [*short_spellings(name)]
    if (found := _PARTED.fullmatch(plain)) is not None:
        forms += [f"{found[1]} {found[2]}", f"{found[1]}{found[2]}"]
    elif " " in plain and len(plain) <= 14:
        forms.append(plain.replace(" ", ""))
    if (greek := _GREEK_PART.search(plain)) is not None:
        for stem in (plain, plain.replace(" ", "")) if " " in plain else (plain,):
            forms.append(_GREEK_PART.sub(_GREEK[greek[1] or greek[2]], stem))
    yield from dict.fromkeys(form for form in forms if form)


def is_symbol(name: str) -> bool:
    """Whether a full name is a symbol all the same, so that its case counts.

    >>> [is_symbol(name) for name in ("KIT", "MS4A1", "lupus", "C1orf112")]
    [True, True, False, False]
    """
    return len(name) <= 8 and " " not in name and name.upper() == name


def adjectives(name: str) -> Iterator[str]:
    """The adjective of a condition named by one word: "hypertensive patients" have hypertension.

    >>> [*adjectives("hypertension"), *adjectives("nephrotoxicity"), *adjectives("lupus"), *adjectives("Ischemia")]
    ['hypertensive', 'nephrotoxic', 'ischemic', 'ischaemic']
    """
    word = key(name)
    if " " in word:
        return
    for ending, adjective in _ADJECTIVES:
        if word.endswith(ending):
            yield from _british(word.removesuffix(ending) + adjective)
            return


def is_adjective(word: str, names: Iterable[str]) -> bool:
    """Whether a word is the adjective of conditions with these names, and none of the names.

    >>> is_adjective("psoriatic", ["psoriasis"]), is_adjective("psoriasis", ["psoriasis"])
    (True, False)
    """
    if not word.endswith(_ADJECTIVE_ENDINGS):
        return False
    form = key(word)
    names = tuple(names)
    return any(form in adjectives(name) for name in names) and all(form != key(name) for name in names)


def inverted(name: str) -> tuple[str, ...]:
    """The catalogue forms of a name of two or three words ("sclerosis, systemic"), which only count with their comma.

    >>> inverted("systemic lupus erythematosus"), inverted("uveitis")
    (('erythematosus systemic lupus', 'lupus erythematosus systemic'), ())
    """
    words = key(name).split()
    if len(words) not in (2, 3) or any(len(word) < 3 for word in words):
        return ()
    return tuple(sorted({" ".join([words[-1], *words[:-1]]), " ".join([*words[1:], words[0]])}))


def plural(word: str) -> str | None:
    """The plural of an English or Latin noun, or None where it has none that differs.

    >>> [plural(word) for word in ("vasculitis", "myopathy", "disease", "lupus", "sclerosis", "CD19")]
    ['vasculitides', 'myopathies', 'diseases', None, 'scleroses', None]
    """
    if not word.isalpha() or len(word) < 3:
        return None
    if word.endswith("itis"):
        return word[:-2] + "ides"
    if word.endswith("is"):
        return word[:-2] + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z")):
        return None
    if word.endswith(("ch", "sh")):
        return word + "es"
    return word + "s"


def _expand(plain: str, *, eponym: bool) -> Iterator[str]:
    if (found := _CAR.search(plain)) is not None:
        yield plain
        yield from _car_forms(plain[: found.start()])
        return
    # "Sjögren syndrome" is written "Sjögren's syndrome" as often.
    forms = [plain, " s ".join(plain.rsplit(" ", 1))] if eponym else [plain]
    for change in (_possessives, _british, _greek):
        forms = list(dict.fromkeys(out for form in forms for out in change(form)))
    yield from forms
    for form in forms:
        head, blank, last = form.rpartition(" ")
        if (more := plural(last)) is not None:
            yield head + blank + more
        if last.endswith(_LATIN):
            yield head + blank + last + ("ta" if last.endswith("oma") else "e")


def _car_forms(prefix: str) -> Iterator[str]:
    for stem in _CAR_STEMS[:4] if prefix else _CAR_STEMS:
        for tail in _CAR_TAILS:
            # "chimeric antigen receptor T" alone stops short of the name.
            if tail.startswith((" cell", " lymphocyte")) or stem in ("car t", "cart"):
                yield prefix + stem + tail


def _possessives(form: str) -> Iterator[str]:
    yield form
    if " s " in form:
        yield form.replace(" s ", "s ")
        yield form.replace(" s ", " ")


def _british(form: str) -> Iterator[str]:
    yield form
    for american, british in _SPELLINGS:
        if british in form:
            yield form.replace(british, american)
        elif american in form:
            yield form.replace(american, british)


def _greek(form: str) -> Iterator[str]:
    yield form
    if _GREEK_WORD.search(form):
        lettered = _GREEK_WORD.sub(lambda found: _GREEK[found.group()], form)
        yield lettered
        yield lettered.replace(" ", "")
    elif any(letter in form for letter in _GREEK_LETTER):
        yield "".join(_GREEK_LETTER.get(character, character) for character in form)
