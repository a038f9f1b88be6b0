"""Tries the API of a running demonstration against its own description (/api/v1/openapi.json).

    ASSAY=target/debug/assay SCHEMATHESIS=schemathesis python3 tests/api/run.py

Every operation is called with made-up input, right and wrong, as several people. Each answer must have a status, a
media type and a shape that the description names, and none may be a fault of the server. The input is the same each
time. Exit status 1 when an answer was not as described.
"""

import html
import http.cookiejar
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

PEOPLE = os.environ.get("PEOPLE", "Carys Bevan,Asha Raman").split(",")
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def hidden(text, name):
    return re.search(rf'name="{name}" value="([^"]*)"', text).group(1)


def token_of(address, person):
    """Signs in by the button of the demonstration and makes a token on the account page."""
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )

    def ask(path, **fields):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        with browser.open(address + path, data) as answer:
            return answer.read().decode()

    rows = ask("/sign-in").split("<li")
    row = next(row for row in rows if html.escape(person) in row)
    ask(
        "/demonstration/sign-in",
        _csrf=hidden(row, "_csrf"),
        person=hidden(row, "person"),
        back="/",
    )
    csrf = hidden(ask("/account"), "_csrf")
    made = ask("/account/tokens", _csrf=csrf, name="test", scope="write", days="30")
    return re.search(r"assay_[A-Za-z0-9_-]{16,}", made).group(0)


def main():
    program = os.environ.get("ASSAY", "target/debug/assay")
    tester = shutil.which(os.environ.get("SCHEMATHESIS", "schemathesis"))
    tester = os.path.abspath(tester) if tester else sys.exit("schemathesis is not installed")
    folder = tempfile.mkdtemp(prefix="assay-api-")
    house = subprocess.Popen(
        [program, "demo", "--listen", "127.0.0.1:0", "--data", f"{folder}/data"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        address = house.stdout.readline().split()[-1]
        print(f"the demonstration is open at {address}")
        wrong = []
        for person in PEOPLE:
            print(f"\nas {person}", flush=True)
            done = subprocess.run(
                [
                    tester,
                    "run",
                    f"{address}/api/v1/openapi.json",
                    "--header",
                    f"Authorization: Bearer {token_of(address, person)}",
                    "--checks",
                    CHECKS,
                    "--phases",
                    "examples,coverage,fuzzing",
                    "--max-examples",
                    os.environ.get("EXAMPLES", "5"),


                    "--generation-deterministic",
                    "--warnings",
                    "off",
                    "--suppress-health-check",
                    "all",
                    "--no-color",
                    "--request-timeout",
                    "60",
                    "--continue-on-failure",
                ],
                cwd=folder,
                stdin=subprocess.DEVNULL,
            )
            if done.returncode != 0:
                wrong.append(person)
            if house.poll() is not None:
                sys.exit(f"the program ended with {house.returncode}")
    finally:
        house.terminate()
        house.wait()
        shutil.rmtree(folder, ignore_errors=True)
    if wrong:
        sys.exit(f"answers were not as described, as {', '.join(wrong)}")
    print("every answer was as described")


main()
