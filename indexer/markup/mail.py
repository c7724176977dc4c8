"""The head of an e-mail becomes fields: sender, date and subject."""

import re

HEAD = re.compile(
    r"\s{0,20}(?:From [^\n:]{1,200}\n)?((?:[A-Z][A-Za-z-]{1,30}:[^\n]{0,500}\n(?:[ \t][^\n]{1,500}\n)*){2,30})\s*?\n"
)
FIELD = re.compile(r"(?m)^([A-Z][A-Za-z-]{1,30}):[ \t]*((?:[^\n]|\n[ \t])*)$")
SUBJECT = re.compile(r"(?:\s{0,3}(?:\[[^\]\n]{1,40}\]|(?:re|fwd?|aw|wg)\s?:))+\s*", re.IGNORECASE)  # "[list] Re: "
BRACKETED = re.compile(r"\((.{3,80})\)\s*\Z")  # "roe at x.org (Jane Roe)"
ADDRESS = re.compile(r"\s*<[^<>]{1,200}>|\S+(?:@|\s+at\s+)\S+")


def read_mail(text: str) -> tuple[dict[str, str], str]:
    """Give title, author and date of an e-mail's head and the text below it; other text as it is, without fields."""
    head = HEAD.match(text)
    fields = {name.lower(): " ".join(value.split()) for name, value in FIELD.findall(head[1])} if head else {}
    if head is None or "subject" not in fields or not fields.keys() & {"from", "date"}:
        return {}, text
    sender = fields.get("from", "")
    bracketed = BRACKETED.search(sender)
    name = bracketed[1] if bracketed else ADDRESS.sub("", sender).strip(" \"'")
    opened = SUBJECT.match(fields["subject"])
    metas = {
        "title": fields["subject"][opened.end() if opened else 0 :],
        "author": name,
        "date": fields.get("date", ""),
    }
    return {field: value for field, value in metas.items() if value}, text[head.end() :]
