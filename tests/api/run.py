"""Tries the API of a running demonstration against its own description (/api/v1/openapi.json).

    ASSAY=target/debug/assay SCHEMATHESIS=schemathesis python3 tests/api/run.py

Every operation is called with made-up input, right and wrong, as several people; where a thing is to be named, things
of the demonstration that the person may see are named (see known.py), so that more is met than "not found". Every way in
which a call can be malformed is tried as the one person whose operation it is (OWNERS). Each answer
must have a status, a media type and a shape that the description names, and none may be a fault of the server. The
input is the same each time, and each person finds the demonstration as it was made. Exit status 1 when an answer was
not as described.

PEOPLE chooses the people, EXAMPLES how many made-up calls there are of each kind for an operation.
"""

import concurrent.futures
import html
import http.cookiejar
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

from known import Known

PEOPLE = os.environ.get(
    "PEOPLE",
    "Elena Petrova,Asha Raman,Grace Okafor,Carys Bevan,Quentin Marsh,Ada Whitlock",
).split(",")
# Whose the operations of each part of the API are, more than anybody else's.
OWNERS = {
    "Evidence": "Elena Petrova",
    "Learning plans": "Elena Petrova",
    "Submission": "Elena Petrova",
    "Marking": "Asha Raman",
    "External assessment": "Quentin Marsh",
    "Work": "Asha Raman",
    "Audit trail": "Grace Okafor",
    "Verification": "Grace Okafor",
    "Claims": "Carys Bevan",
    "Messages": "Carys Bevan",
    "Registrations": "Carys Bevan",
    "Awards": "Quentin Marsh",
    "Certificates": "Quentin Marsh",
    "Specifications": "Quentin Marsh",
    "Syllabuses": "Quentin Marsh",
    "Account": "Ada Whitlock",
    "Centres": "Ada Whitlock",
    "People": "Ada Whitlock",
}
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


def owned(description, person):
    """The description with the operations that are a person's."""

    def is_own(operation):
        owner = OWNERS.get(operation["tags"][0])
        return person == (owner if owner in PEOPLE else PEOPLE[0])

    paths = {
        path: {method: operation for method, operation in item.items() if is_own(operation)}
        for path, item in description["paths"].items()
    }
    return dict(description, paths={path: item for path, item in paths.items() if item})


def called(tester, own, address, token, phases, description):
    """Calls what is described in one way, and answers what came of it."""
    name = phases.replace(",", "-")
    described = os.path.join(own, f"{name}.json")
    with open(described, "w", encoding="utf-8") as file:
        json.dump(description, file)
    return subprocess.run(
        [
            tester,
            "run",
            described,
            "--url",
            address,
            "--header",
            f"Authorization: Bearer {token}",
            "--checks",
            CHECKS,
            "--phases",
            phases,
            "--max-examples",
            os.environ.get("EXAMPLES", "8"),
            "--generation-deterministic",
            "--no-shrink",
            "--warnings",
            "off",
            "--suppress-health-check",
            "all",
            "--no-color",
            "--request-timeout",
            "60",
            "--continue-on-failure",
            "--report",
            "ndjson",
            "--report-ndjson-path",
            os.path.join(own, f"{name}.ndjson"),
        ],
        cwd=own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def tried(program, tester, first, folder, person):
    """Everything as one person, on a copy of the demonstration. Answers whether all was as described, and the report."""
    begun = time.monotonic()
    own = os.path.join(folder, re.sub(r"\W", "-", person))
    data = os.path.join(own, "data")
    shutil.copytree(first, data)
    house = subprocess.Popen(
        [program, "demo", "--listen", "127.0.0.1:0", "--data", data],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        address = house.stdout.readline().split()[-1]
        token = token_of(address, person)
        known = Known(address, token)
        whole = known.description()
        right, report = True, ""
        for phases, part in (("coverage", owned(whole, person)), ("examples,fuzzing", whole)):
            done = called(tester, own, address, token, phases, part)
            right = right and done.returncode == 0
            report += done.stdout
        if house.poll() is not None:
            right = False
            report += f"\nthe program ended with {house.returncode}"
        return right, report, known.told(), time.monotonic() - begun
    finally:
        house.terminate()
        house.wait()


def main():
    program = os.path.abspath(os.environ.get("ASSAY", "target/debug/assay"))
    tester = shutil.which(os.environ.get("SCHEMATHESIS", "schemathesis"))
    tester = os.path.abspath(tester) if tester else sys.exit("schemathesis is not installed")
    folder = os.environ.get("FOLDER") or tempfile.mkdtemp(prefix="assay-api-")
    wrong = []
    try:
        first = os.path.join(folder, "first")
        subprocess.run([program, "demo", "--no-serve", "--data", first], check=True)
        with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as at_once:
            runs = {
                at_once.submit(tried, program, tester, first, folder, person): person
                for person in PEOPLE
            }
            for run in concurrent.futures.as_completed(runs):
                person = runs[run]
                right, report, told, seconds = run.result()
                print(f"as {person}: {told}; {seconds:.0f} s", flush=True)
                if not right:
                    wrong.append(person)
                    print(report, flush=True)
    finally:
        if "FOLDER" not in os.environ:
            shutil.rmtree(folder, ignore_errors=True)
    if wrong:
        sys.exit(f"answers were not as described, as {', '.join(wrong)}")
    print("every answer was as described")


main()
