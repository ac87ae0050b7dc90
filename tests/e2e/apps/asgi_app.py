"""For uvicorn."""
import asyncio

from answer import asked


async def application(scope, receive, send):
    if scope["type"] != "http":
        return
    status, seconds, body = asked(scope["query_string"].decode())
    await asyncio.sleep(seconds)
    headers = [] if status == 204 else [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
