"""Every line of a page finds its place: title, heading, body, reference, byline, or dropped with a reason."""

from collections.abc import Mapping
from dataclasses import replace

from indexer.article.arrangement import Arrangement, keep_sections
from indexer.article.boilerplate import find_reason
from indexer.article.byline_lines import LONGEST, list_left_out, may_be_byline, read_byline_line, tell_author_box
from indexer.article.counted import mark_counted
from indexer.article.details import find_details
from indexer.article.entries import find_notes, looks_like_entry
from indexer.article.entry_lines import is_entry, is_note, resumes_list
from indexer.article.headings import Meaning, find_drop_heading, read_heading
from indexer.article.helplines import find_helplines, is_helpline
from indexer.article.links import find_link_lists, find_links
from indexer.article.loose_bylines import find_loose_bylines
from indexer.article.parts import Part, is_bare
from indexer.article.refine import refine_lines
from indexer.article.runs import find_runs
from indexer.article.sections import CODED, Outline
from indexer.article.site_talk import TALK, find_talk, speaks_of_site
from indexer.article.titles import Title, find_start, find_title
from indexer.bylines.people import is_profession
from indexer.markup.blocks import Line, Page, Placed, normal_words, plain_text
from indexer.model import Dropped, SectionKind

OPEN_ZONES = ("aside", "sidebar", "footer", "article footer")  # references and warnings may stand here
FORMAL = ("footer", "disclaimer", "cookie notice", "editorial note")  # what may name a helpline on every page of a site
LOWEST_KEPT = 3  # the rank down to which a real heading is never furniture by its words alone
LONGEST_DOUBLE = 3  # times the length of the title's words: what of its double may be no letters


def arrange(page: Page) -> Arrangement:
    """Give every line of `page` its place."""
    lines = refine_lines(page.lines)
    title = find_title(replace(page, lines=tuple(lines)))
    lines, opened = mark_counted(lines, title)
    return _Arranger(lines, title, opened).run()


class _Arranger:
    """Walks the lines once; `part` is the furniture part that a heading has begun."""

    def __init__(self, lines: list[Line], title: Title, opened: Mapping[int, SectionKind]) -> None:
        self.lines = lines
        self.opened = opened
        self.result = Arrangement(title)
        self.outline = Outline(lines)
        self.link_lists = find_link_lists(lines, title.place)
        self.notes = find_notes(lines)
        self.details = find_details(lines)
        self.loose = find_loose_bylines(lines, title.place)
        self.helplines = find_helplines(lines)
        self.runs = {
            place: rule for place, rule in find_runs(lines, title.place).items() if place not in self.helplines
        }
        self.title_words = normal_words(title.text)
        self.part: Part | None = None
        self.state = "body"  # body, references, after
        self.opened_zone = False
        self.place = 0

    def run(self) -> Arrangement:
        """Give the arrangement of all lines."""
        start = find_start(self.lines, self.result.title)
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
        if self.part and self.part.ends_before(line):
            self.part = None
        if line.declared and not line.zone:
            self._take_declared(line)
        elif line.zone and not self._opens_zone(line):
            if not self._take_byline(line):
                self._drop(line, line.zone, "element of the page's furniture")
        elif line.kind == "item" and line.group in self.notes:
            self._put_reference(line, "marks link to its list")
        elif self._is_doubled(line) and self._before_body():
            self._drop(line, "doubled title", "the same words as the title")
        elif self.place in self.runs and not self._counts_on(line):
            if not self._take_byline(line):
                reason = find_reason(plain_text(line.text))
                self._drop(line, reason[0] if reason else "page furniture", self.runs[self.place])
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
        if line.zone == "aside" and self.outline.sections and is_helpline(line.text):
            return True
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
        """Take a line of a section whose kind the page itself names."""
        if line.declared != "references":
            role, rule = self.outline.take_declared(line)
            self._put(line, role, rule)
        elif line.kind == "heading":
            self._begin_references(line)
        else:
            self.part, self.state = None, "references"
            self._put_reference(line, CODED)

    def _take_heading(self, line: Line) -> None:
        meaning = read_heading(line.text)
        reason = None if is_helpline(line.text) else find_drop_heading(line.text)
        sourced = meaning is not None and meaning.kind == "references"
        if not (reason or sourced) and speaks_of_site(line.text):
            if line.rank > LOWEST_KEPT:
                self.part = Part(TALK[0], line.rank, line.box) if line.box else self.part
                self._drop(line, *(find_reason(line.text) or TALK))
                return
            reason = TALK[0]
        if reason and not sourced:
            if not self._take_byline(line):
                self.part = Part(reason, line.rank, line.box)
                self._drop(line, reason, f"heading of a part: {reason}")
        elif self.part and self.part.holds_heading(line, meaning):
            self._drop(line, self.part.reason, "inside that part")
        elif meaning is None:
            self._take_unknown(line)
        elif meaning.kind == "references":
            self._begin_references(line)
        elif self.state != "body" and is_bare(self.lines, self.place):
            self.part = Part("after the references", line.rank)
            self._drop(line, "after the references", "no text stands below it")
        else:
            self._begin_section(line, meaning)

    def _take_unknown(self, line: Line) -> None:
        """Take a heading that no rule knows."""
        if self._take_byline(line):
            return
        reason = find_reason(line.text) if line.rank > LOWEST_KEPT else None
        if reason:
            self._drop(line, *reason)
        elif self.state != "body":
            self.part = Part("after the references", line.rank)
            self._drop(line, "after the references", "no rule knows the heading")
        else:
            self._begin_section(line, None)

    def _begin_references(self, line: Line) -> None:
        self.part, self.state = None, "references"
        if self.result.reference_heading:
            self._drop(line, "second heading of references", line.rule)
        else:
            self.result.reference_heading = line.text
            self._put(line, "heading", f"references: {line.rule}")

    def _begin_section(self, line: Line, meaning: Meaning | None) -> None:
        self.part, self.state = None, "body"
        self.result.headings += meaning is not None
        if self.place in self.opened:
            self.outline.open_list(self.opened[self.place], line.rank)
        self._put(line, "heading", self.outline.add_heading(line, meaning))

    def _take_text(self, line: Line) -> None:
        if self._take_byline(line):
            return
        if self.part and self.part.holds_text(line):
            self._drop(line, self.part.reason, "inside that part")
            return
        self.part = None
        if self.state == "references" and not self.result.references and is_note(line, self._after()):
            self._drop(line, "note on the references", "leads up to the entries")
            return
        if self.state == "after" and resumes_list(line, self.result.references):
            self.state = "references"
        reason = None if self._counts_on(line) else self._find_furniture(line)
        if self.state == "references" and not reason and self._is_entry(line):
            self._put_reference(line, "below the heading of the references")
            return
        reason = reason or find_links(line, self._after(), listed=self.place in self.link_lists)
        reason = reason or find_talk(line, self.result.placed[-1:], self._after())
        if reason and not (self.state == "body" and self.place in self.helplines and reason[0] not in FORMAL):
            self._drop(line, *reason)
        elif self.state != "body":
            self.state = "after"
            self._drop(line, "after the references", "no entry of the list")
        else:
            self.outline.add_line(line)
            self._put(line, "body", line.rule or line.kind)

    def _is_entry(self, line: Line) -> bool:
        free = not line.zone or self.opened_zone
        foreign = line.kind == "item" and not self._is_own_list(line)
        if foreign and speaks_of_site(plain_text(line.text)) and not looks_like_entry(line.text, signs=2):
            return False
        return free and is_entry(line, self.result.references, linked=bool(self.notes))

    def _counts_on(self, line: Line) -> bool:
        """Tell whether a line is a numbered citation in the list of the references, whatever words it has."""
        listed = self.state == "references" and not line.zone and line.kind == "item" and line.number is not None
        return listed and self._is_own_list(line) and looks_like_entry(line.text, signs=2)

    def _find_furniture(self, line: Line) -> tuple[str, str] | None:
        text = plain_text(line.text)
        return find_reason(text) or tell_author_box(line.text, self.result.byline, self.result.loose)

    def _is_own_list(self, line: Line) -> bool:
        """Tell whether an item may stand in the list of the references: in the first one below their heading."""
        return not self.result.references or self.result.references[-1].group == line.group

    def _after(self) -> Line | None:
        return self.lines[self.place + 1] if self.place + 1 < len(self.lines) else None

    def _take_byline(self, line: Line) -> bool:
        """Take a byline, alone or together with the name on the next line."""
        listed = line.kind == "item" and self.state == "references" and not line.zone and self._is_own_list(line)
        if listed or len(line.text) > LONGEST:
            return False
        inside = self.state == "body" and bool(self.outline.sections) and not line.zone
        may_be = may_be_byline(plain_text(line.text), inside=inside)
        found = read_byline_line(line, self._after()) if may_be else None
        if found is None:
            return self._take_profession(line)
        self.result.dropped += (*list_left_out(self.result.byline, found.byline), *found.dropped)
        self.result.byline = self.result.byline.merged(found.byline)
        self.result.byline_lines.append((len(self.outline.sections), found.text))
        self._put(line, "byline", "names a person or a date")
        if found.with_next:
            self.place += 1
            self._put(self.lines[self.place], "byline", "the value of the line before")
        return True

    def _take_profession(self, line: Line) -> bool:
        """Take a line right behind a byline that only says what that person is: "Health correspondent"."""
        before = self.result.placed[-1] if self.result.placed else None
        text = plain_text(line.text)
        if before is None or before.role != "byline" or not is_profession(text):
            return False
        self._put(line, "byline", "what the person named before is")
        self.result.dropped.append(Dropped("rest of a byline", text))
        return True

    def _put_reference(self, line: Line, rule: str) -> None:
        self.result.references.append(line)
        self._put(line, "reference", rule)

    def _put(self, line: Line, role: str, rule: str) -> None:
        self.result.placed.append(Placed(line, role, rule))

    def _drop(self, line: Line, reason: str, rule: str) -> None:
        self.result.dropped.append(Dropped(reason, plain_text(line.text)))
        self._put(line, "dropped", f"{reason}: {rule}")
