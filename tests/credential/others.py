"""Has what an installation gives out checked by two more programs that are not ours, written in Python.

    python tests/credential/others.py badges DID.json CREDENTIAL.json ...
    python tests/credential/others.py form SCHEMA.json CREDENTIAL.json ...
    python tests/credential/others.py papers FOLDER

Badges: openbadgeslib, with the key that stands in the issuer's document; it also asks that the JSON says exactly what was signed. A badge
with a changed figure has to be refused. Form: the JSON schema of Open Badges that 1EdTech publishes; a badge from which a part is taken that
it requires has to be refused. Papers: every certificate in a folder of files, by the validator of pdf_oxide, as PDF/A-2a and as
PDF/UA-1; one from which the mark of its kind, the fonts or the structure are taken has to be refused. Exit status 1 when anything is answered
otherwise.
"""

import json
import pathlib
import sys
import tempfile

failed = 0


def expect(what, holds, otherwise=""):
    global failed
    print(f"{'ok  ' if holds else 'FAIL'} {what}")
    if not holds:
        failed += 1
        if otherwise:
            print(f"     {otherwise}")


def public_key(document, method):
    """The key of a method in an issuer's document, as PEM."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    found = next(one for one in document["verificationMethod"] if one["id"] == method)
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number = 0
    for letter in found["publicKeyMultibase"][1:]:
        number = number * 58 + alphabet.index(letter)
    key = number.to_bytes(34, "big")[2:]
    return Ed25519PublicKey.from_public_bytes(key).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def badges(served, files):
    from openbadgeslib.ob3.ldp import OB3LdpVerifier

    document = json.loads(pathlib.Path(served).read_text())

    def refused(credential):
        key = public_key(document, credential["proof"][0]["verificationMethod"])
        try:
            OB3LdpVerifier(key).verify(credential)
        except Exception as error:  # whatever it is called, it is not confirmed
            return str(error) or repr(error)
        return ""

    for name in files:
        credential = json.loads(pathlib.Path(name).read_text())
        told = refused(credential)
        expect(f"{pathlib.Path(name).name}: confirmed by openbadgeslib", not told, told)
        credential["credentialSubject"]["creditsEarned"] += 1
        expect(f"{pathlib.Path(name).name}: refused by openbadgeslib after a change", refused(credential))


def form(schema, files):
    from jsonschema import Draft201909Validator as Validator

    published = Validator(json.loads(pathlib.Path(schema).read_text()), format_checker=Validator.FORMAT_CHECKER)

    def against(credential):
        return "; ".join(f"{error.json_path}: {error.message[:200]}" for error in published.iter_errors(credential))

    for name in files:
        credential = json.loads(pathlib.Path(name).read_text())
        told = against(credential)
        expect(f"{pathlib.Path(name).name}: as the schema of 1EdTech asks", not told, told)
        achievement = credential["credentialSubject"]["achievement"]
        for holder, part in [(credential, "issuer"), (credential, "validFrom"), (achievement, "criteria"), (achievement, "name")]:
            kept = holder.pop(part)
            expect(f"{pathlib.Path(name).name} without {part}: not as the schema of 1EdTech asks", against(credential))
            holder[part] = kept
        credential["validFrom"] = "the other day"
        expect(f"{pathlib.Path(name).name} of no day: not as the schema of 1EdTech asks", against(credential))


def papers(folder):
    import pdf_oxide

    pdf_oxide.disable_logging()

    def against(data):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(data)
            file.flush()
            paper = pdf_oxide.PdfDocument(file.name)
            archive, access = paper.validate_pdf_a("2a"), paper.validate_pdf_ua()
        return archive["errors"] + access["errors"]

    found = []
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if data.startswith(b"%PDF-") and b"pdfaid:part" in data:
                found.append(data)
    told = [error for data in found for error in against(data)]
    expect(f"{len(found)} certificates are PDF/A-2a and PDF/UA-1 by pdf_oxide", found and not told, "; ".join(told[:5]))
    for what, mark in [
        ("the mark of PDF/A", b"pdfaid:part"),
        ("its structure", b"/MarkInfo"),
        ("its language", b"/Lang"),
        ("its fonts", b"/FontFile"),
    ]:
        # Of the same length, so that nothing else moves.
        bare = found[0].replace(mark, mark[:-1] + b"x") if found else b""
        expect(f"a certificate without {what} is refused by pdf_oxide", bare and against(bare))


if __name__ == "__main__":
    if sys.argv[1] == "badges":
        badges(sys.argv[2], sys.argv[3:])
    elif sys.argv[1] == "form":
        form(sys.argv[2], sys.argv[3:])
    else:
        papers(sys.argv[2])
    sys.exit(1 if failed else 0)
