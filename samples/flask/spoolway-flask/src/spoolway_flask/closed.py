"""What is answered while an application is closed, as samples/proxy answers it.

A browser that goes somewhere gets a page, JSON clients a problem, and anything else a line of text,
never HTML in place of a script. The page needs no script. Its style is a file of its own, so that
no policy of the site's has to allow anything inline.
"""

from __future__ import annotations

from html import escape
from http import HTTPStatus

from werkzeug.wrappers import Response

from spoolway_flask.problems import problem

RETRY_AFTER_SECONDS = 10
STYLE_PATH = "/.spoolway/maintenance.css"

SENTENCE = "This site is closed for a short while. Ask again later."
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Back in a moment</title>
{again}<link rel="stylesheet" href="{style}">
</head>
<body>
<main>
<h1>Back in a moment</h1>
<p>This site is closed for a short while.</p>
{notice}
</main>
</body>
</html>
"""
_AGAIN = f'<meta http-equiv="refresh" content="{RETRY_AFTER_SECONDS}">\n'
_RETURNS = (
    f'<p class="small">This page is loaded again every {RETRY_AFTER_SECONDS} seconds,'
    " and opens the site as soon as it is back.</p>"
)
_UNSAVED = (
    '<p class="notice">What you just sent may not have been saved. Wait a moment,'
    " then go back in your browser to return to what you typed.</p>"
)

_STYLE = """:root {
  --ground: #f3f5f4; --card: #fff; --edge: #e2e8e5; --ink: #1a2421; --soft: #55635e;
  --notice: #fdf5e3; --notice-ink: #5f4405;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #111614; --card: #1a211e; --edge: #29332f; --ink: #eaf0ed; --soft: #a5b3ad;
    --notice: #2e2714; --notice-ink: #f1ddaa;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.25rem;
  background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main {
  width: 100%; max-width: 33rem; padding: clamp(1.75rem, 6vw, 3rem);
  border: 1px solid var(--edge); border-radius: 1.25rem; background: var(--card);
}
h1 { margin: 0 0 .5rem; font-size: clamp(1.6rem, 5vw, 2rem); line-height: 1.2; }
p { margin: 0; color: var(--soft); }
.small { margin-top: 1.5rem; font-size: .9375rem; }
.notice {
  margin-top: 1.5rem; padding: .8rem 1rem; border-radius: .75rem;
  background: var(--notice); color: var(--notice-ink);
}
"""


def answer(accept: str, page: str) -> Response:
    """The answer in the form that is asked for.

    accept: the header of that name.
    page: the HTML for those who want that.
    """
    wanted = accept.lower()
    if "text/html" in wanted:
        response = Response(page, status=503, content_type="text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Referrer-Policy"] = "no-referrer"
    elif "json" in wanted:
        response = problem(HTTPStatus.SERVICE_UNAVAILABLE, SENTENCE)
    else:
        response = Response(SENTENCE + "\n", status=503, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers["Vary"] = "Accept"
    return _fresh(response)


def own_page(mount: str, again: bool) -> str:
    """The page.

    mount: the path below which the application is mounted, empty at the top.
    again: whether the page may be asked for again; what somebody has sent is never sent again.
    """
    return _PAGE.format(
        again=_AGAIN if again else "",
        style=escape(mount + STYLE_PATH),
        notice=_RETURNS if again else _UNSAVED,
    )


def style() -> Response:
    """The page's style."""
    return _fresh(Response(_STYLE, content_type="text/css; charset=utf-8"))


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
