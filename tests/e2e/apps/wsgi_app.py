"""For gunicorn."""
import time

from answer import asked, phrase


def application(environ, start_response):
    status, seconds, body = asked(environ["QUERY_STRING"])
    time.sleep(seconds)
    start_response(f"{status} {phrase(status)}", [("Content-Length", str(len(body)))])
    return [body]
