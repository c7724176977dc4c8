"""Every line of a page finds its place: title, heading, body, reference, byline, or dropped with a reason."""

import re
from dataclasses import replace

from indexer.article.arrangement import CODED, LINKS, Arrangement, keep_sections
from indexer.article.boilerplate import LINKED, find_link_lists, find_reason, is_link
from indexer.article.details import find_details
from indexer.article.entries import find_notes, is_label, is_numbered, looks_like_entry
from indexer.article.headings import Meaning, find_drop_heading, read_heading
from indexer.article.loose_bylines import find_loose_bylines
from indexer.article.refine import refine_lines
from indexer.article.sections import Outline
from indexer.article.titles import Title, find_title
from indexer.bylines.byline import Byline, parse_byline
from indexer.bylines.labels import is_label_alone
from indexer.bylines.people import is_profession
from indexer.markup.blocks import MARK_OPEN, Line, Page, Placed, count_words, normal_words, plain_text
from indexer.model import Dropped, SectionKind

LONGEST_BYLINE = 500  # characters
_WORDS = "by author writ review updat modif revis edit publi post check date last creat submit words text contribut"
BYLINE_WORDS = tuple(_WORDS.split())  # one of them stands in every byline
YEAR = re.compile(r"\d{4}")
DATED = 60  # characters of a line that may be nothing but a date
HINTED = 60  # characters at the beginning of a line within a section, where such a word must stand
SUBMITTED = re.compile(r"^(?:submitted|contributed|created|added) by\b", re.I)
FILED = re.compile(r"\s+(?:labels|tags|filed under|categories|topics)\s*:.*$", re.I)
OPEN_ZONES = ("aside", "sidebar", "footer", "article footer")  # references and warnings may stand here
SHORT_PARTS = ("newsletter", "share links", "advertisement", "call to action", "page tools", "cookie notice")
LONGEST_DOUBLE = 3  # times the length of the title's words: what of its double may be no letters
PROSE = 35  # words of a paragraph that ends such a part where no heading does


def arrange(page: Page) -> Arrangement:
    """Give every line of `page` its place."""
    lines = refine_lines(page.lines)
    title = find_title(replace(page, lines=tuple(lines)))
    return _Arranger(lines, title).run()


class _Arranger:
    """Walks the lines once; `part` is the furniture part that a heading has begun."""

    def __init__(self, lines: list[Line], title: Title) -> None:
        self.lines = lines
        self.result = Arrangement(title)
        self.outline = Outline(lines)
        self.link_lists = find_link_lists(lines)
        self.notes = find_notes(lines)
        self.details = find_details(lines)
        self.loose = find_loose_bylines(lines, title.place)
        self.title_words = normal_words(title.text)
        self.part: tuple[str, float, int] | None = None  # its reason, its heading's rank and the box it stands in
        self.state = "body"  # body, references, after
        self.opened_zone = False
        self.place = 0

    def run(self) -> Arrangement:
        """Give the arrangement of all lines."""
        start = self._start()
        while self.place < len(self.lines):
            line = self.lines[self.place]
            if self.place == self.result.title.place:
                self._put(line, "title", self.result.title.rule)
            elif self.place in self.details:
                self._drop(line, "rest of a byline", "a row among those of persons and dates")
            elif self.place in self.loose:
                self._take_loose(line)
            elif self.place < start:
                self._take_preamble(line)
            else:
                self._take(line)
            self.place += 1
        self.result.sections = keep_sections(self.outline.sections, self.result)
        return self.result

    def _start(self) -> int:
        """Give the place of the title, or 0 when sections begin before it."""
        place = self.result.title.place or 0
        for line in self.lines[:place]:
            meaning = read_heading(line.text) if line.kind == "heading" and not line.zone else None
            if meaning and meaning.exact:
                return 0
        return place

    def _take_loose(self, line: Line) -> None:
        """Take a name or a date without a label; what labels and the page's head say counts more."""
        self.result.loose = self.result.loose.merged(self.loose[self.place])
        self._put(line, "byline", "a name or a date beside the title")

    def _take_preamble(self, line: Line) -> None:
        if self._is_doubled(line):
            self._drop(line, "doubled title", "the same words as the title")
        elif not self._take_byline(line):
            reason = find_reason(line.text)
            self._drop(line, line.zone or (reason[0] if reason else "before the title"), "stands before the title")

    def _is_doubled(self, line: Line) -> bool:
        own = len(self.title_words)
        return 0 < own <= len(line.text) <= LONGEST_DOUBLE * own and normal_words(line.text) == self.title_words

    def _take(self, line: Line) -> None:
        if self.part and self.part[2] and line.box != self.part[2]:
            self.part = None  # its box is past
        if line.declared and not line.zone:
            self._take_declared(line)
        elif line.zone and not self._opens_zone(line):
            if not self._take_byline(line):
                self._drop(line, line.zone, "element of the page's furniture")
        elif line.kind == "item" and line.group in self.notes:
            self._put_reference(line, "marks link to its list")
        elif self._is_doubled(line) and self._before_body():
            self._drop(line, "doubled title", "the same words as the title")
        elif line.kind == "heading":
            self._take_heading(line)
        else:
            self._take_text(line)

    def _before_body(self) -> bool:
        sections = self.outline.sections
        return not sections or (len(sections) == 1 and not sections[0].lines)

    def _opens_zone(self, line: Line) -> bool:
        """Tell whether a line in an open zone belongs to the article after all, as a box with references does."""
        if line.zone not in OPEN_ZONES:
            return False
        if line.kind == "heading":
            meaning = read_heading(line.text)
            kinds = (
                ("references",)
                if line.zone in ("footer", "sidebar")
                else ("references", "description", "causes", "remedies")
            )
            self.opened_zone = meaning is not None and (
                meaning.kind in kinds or (line.zone == "aside" and meaning.rule == "when to see a doctor")
            )
        elif self.place and not self.lines[self.place - 1].zone:
            self.opened_zone = False
        return self.opened_zone

    def _take_declared(self, line: Line) -> None:
        if line.declared == "references":
            if line.kind == "heading":
                self._put(line, "heading", "references: declared")
                self.result.reference_heading = line.text
            else:
                self._put_reference(line, CODED)
            return
        kind: SectionKind = line.declared  # type: ignore[assignment]  # one of SECTION_NAMES
        draft = self.outline.current
        if draft and draft.rule == CODED and draft.kind == kind and (line.kind != "heading" or line.rank > draft.rank):
            draft.lines.append(line)
            self._put(line, "body", CODED)
        elif line.kind == "heading":
            self._put(line, "heading", self.outline.add_declared(kind, line))
        else:
            self.outline.add_declared(kind, replace(line, text="", rank=6))
            self.outline.add_line(line)
            self._put(line, "body", CODED)

    def _take_heading(self, line: Line) -> None:
        reason = find_drop_heading(line.text)
        meaning = read_heading(line.text)
        if reason and not (meaning and meaning.kind == "references"):
            if not self._take_byline(line):
                self.part = (reason, line.rank, line.box)
                self._drop(line, reason, f"heading of a part: {reason}")
            return
        if self._continues_part(line, meaning) or (meaning is None and self._take_byline(line)):
            return
        if meaning is None and find_reason(line.text) and line.rank > 3:
            self._drop(line, *find_reason(line.text) or ("", ""))
            return
        if meaning is None and self.state != "body":
            self.part = ("after the references", line.rank, 0)
            self._drop(line, "after the references", "no rule knows the heading")
            return
        self.part = None
        if meaning and meaning.kind == "references":
            self.state = "references"
            if self.result.reference_heading:
                self._drop(line, "second heading of references", line.rule)
                return
            self.result.reference_heading = line.text
            self._put(line, "heading", f"references: {line.rule}")
            return
        self.state = "body"
        self.result.headings += meaning is not None
        self._put(line, "heading", self.outline.add_heading(line, meaning))

    def _continues_part(self, line: Line, meaning: Meaning | None) -> bool:
        """Drop a heading that stands inside a furniture part."""
        if self.part is None:
            return False
        reason, rank, _ = self.part
        named = meaning is not None and meaning.exact and line.linked < LINKS
        if not named and (line.rank > rank or reason == "comments"):
            self._drop(line, reason, "inside that part")
            return True
        return False

    def _take_text(self, line: Line) -> None:
        if self._take_byline(line):
            return
        if self.part and self._stays_in_part(line):
            self._drop(line, self.part[0], "inside that part")
            return
        self.part = None
        if self.state == "references" and not self.result.references and self._is_note(line):
            self._drop(line, "note on the references", "leads up to the entries")
            return
        if self.state == "after" and self._resumes_list(line):
            self.state = "references"
        if self.state == "references" and self._is_entry(line):
            self._put_reference(line, "below the heading of the references")
            return
        reason = find_reason(plain_text(line.text)) or self._find_links(line)
        if reason:
            self._drop(line, *reason)
        elif self.state != "body":
            self.state = "after"
            self._drop(line, "after the references", "no entry of the list")
        else:
            self.outline.add_line(line)
            self._put(line, "body", line.rule or line.kind)

    def _find_links(self, line: Line) -> tuple[str, str] | None:
        """Give why a line is no text but links, or what leads up to them; ``None`` when it is text."""
        if line.kind == "item" and line.group in self.link_lists:
            return "list of links", "all items are links"
        if self._leads_to_links(line):
            return "table of contents", "leads up to links"
        return ("related links", "nothing but a link") if is_link(line) else None

    def _leads_to_links(self, line: Line) -> bool:
        """Tell whether a line only announces the links of a table of contents: ``In this article``."""
        after = self.lines[self.place + 1] if self.place + 1 < len(self.lines) else None
        return (
            after is not None
            and (after.linked >= LINKED or after.zone is not None)
            and find_drop_heading(line.text) == "table of contents"
        )

    def _stays_in_part(self, line: Line) -> bool:
        assert self.part is not None
        reason = self.part[0]
        if reason == "table of contents":
            return line.kind == "item" or line.linked > 0.5 or count_words(line.text) < 9
        return not (
            reason in SHORT_PARTS
            and line.kind == "paragraph"
            and count_words(line.text) >= PROSE
            and not find_reason(line.text)
        )

    def _is_entry(self, line: Line) -> bool:
        """Tell whether a line of the reference list is an entry; where others are numbered, it needs more signs."""
        before = self.result.references
        if find_reason(plain_text(line.text)) or (line.zone and not self.opened_zone):
            return False
        if before and is_label(plain_text(before[-1].text)):
            return True
        if line.kind == "item" and before and before[-1].kind == "item" and before[-1].group != line.group:
            return looks_like_entry(line.text)
        if line.kind == "item" or _bears_number(line):
            return line.linked < LINKS or looks_like_entry(line.text)
        numbered = bool(before) and (before[0].kind == "item" or _bears_number(before[0]))
        return looks_like_entry(line.text, signs=2 if numbered else 1) or not (before or self.notes)

    def _resumes_list(self, line: Line) -> bool:
        """Tell whether an entry follows after all, behind a line that was none."""
        before = self.result.references
        alike = bool(before) and before[-1].kind == line.kind == "item" and before[-1].group == line.group
        return alike and not line.zone and looks_like_entry(line.text, signs=2)

    def _is_note(self, line: Line) -> bool:
        """Tell whether a sentence below the heading only leads up to the entries, which look like entries."""
        after = self.lines[self.place + 1] if self.place + 1 < len(self.lines) else None
        sentence = count_words(line.text) > 5 and line.text[-1] in ".:"
        return (
            sentence
            and not looks_like_entry(line.text)
            and after is not None
            and after.kind != "heading"
            and looks_like_entry(after.text, signs=2)
        )

    def _take_byline(self, line: Line) -> bool:
        """Take a byline, alone or together with the name on the next line."""
        if (line.kind == "item" and self.state == "references" and not line.zone) or len(line.text) > LONGEST_BYLINE:
            return False
        text = " ".join(plain_text(line.text).split())
        inside = self.state == "body" and bool(self.outline.sections) and not line.zone
        if not _may_be_byline(text[:HINTED] if inside else text) and not self._follows_name(text):
            return False
        after = self.lines[self.place + 1] if self.place + 1 < len(self.lines) else None
        labelled = text.endswith(":") or line.rule in ("th", "dt") or is_label_alone(text)
        if after and labelled and after.kind != "heading" and count_words(after.text) <= 12:
            both = f"{text.rstrip(':')}: {plain_text(after.text).lstrip('@')}"
            byline = parse_byline(both)
            if byline:
                self._add_byline(byline, line, both)
                self.place += 1
                self._put(after, "byline", "the value of the line before")
                return True
        words = FILED.sub("", SUBMITTED.sub("Posted by", text, count=1))
        byline = parse_byline(words) or ("\n" in line.text and parse_byline(plain_text(line.text))) or None
        if byline is None:
            return self._take_profession(line, text)
        self._add_byline(byline, line, text)
        if len(words) < len(text) and words in text:
            self.result.dropped.append(Dropped("keywords", text[len(words) :].strip()))
        return True

    def _take_profession(self, line: Line, text: str) -> bool:
        if not self._follows_name(text):
            return False
        self._put(line, "byline", "what the person named before is")
        self.result.dropped.append(Dropped("rest of a byline", text))
        return True

    def _follows_name(self, text: str) -> bool:
        """Tell whether a line right behind a byline only says what that person is: "Health correspondent"."""
        before = self.result.placed[-1] if self.result.placed else None
        return before is not None and before.role == "byline" and is_profession(text)

    def _add_byline(self, byline: Byline, line: Line, text: str) -> None:
        self.result.byline = self.result.byline.merged(byline)
        self.result.byline_lines.append((len(self.outline.sections), text))
        self._put(line, "byline", "names a person or a date")
        if byline.rest:
            self.result.dropped.append(Dropped("rest of a byline", byline.rest))

    def _put_reference(self, line: Line, rule: str) -> None:
        self.result.references.append(line)
        self._put(line, "reference", rule)

    def _put(self, line: Line, role: str, rule: str) -> None:
        self.result.placed.append(Placed(line, role, rule))

    def _drop(self, line: Line, reason: str, rule: str) -> None:
        self.result.dropped.append(Dropped(reason, plain_text(line.text)))
        self._put(line, "dropped", f"{reason}: {rule}")


def _bears_number(line: Line) -> bool:
    """Tell whether an entry begins with its number, printed plainly or as a raised link back to its mark."""
    return line.text.startswith(MARK_OPEN) or is_numbered(line.text)


def _may_be_byline(text: str) -> bool:
    """Tell whether `text` has a word that bylines have, or is short and has a year: far cheaper than reading it."""
    lower = text.casefold()
    return any(word in lower for word in BYLINE_WORDS) or (len(text) < DATED and YEAR.search(text) is not None)
