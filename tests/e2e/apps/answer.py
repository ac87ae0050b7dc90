"""What a service answers: the status and after the milliseconds that the query asks for."""
from http import HTTPStatus
from urllib.parse import parse_qs


def asked(query):
    fields = parse_qs(query)
    status = int(fields.get("status", ["200"])[0])
    seconds = int(fields.get("ms", ["0"])[0]) / 1000
    body = b"" if status in (204, 304) else b"{}"
    return status, seconds, body


def phrase(status):
    return HTTPStatus(status).phrase
