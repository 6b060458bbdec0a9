"""A second verifier of packets, written from docs/packet-format.md alone: plain Python, no code of gatekeeper's.

python plain_verifier.py PACKET     prints the packet's digest and exits 0, or says why not and exits 1
"""

import hashlib
import io
import json
import re
import sys
import zipfile

UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f%\\:*?"<>|\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[ .]+(?=/|$)')
SIGNATURES = ["manifest.json.sig", "statement.dsse.json"]


def need(condition, why):
    if not condition:
        raise ValueError(why)


def canonical(value):
    """RFC 8785 for what packets hold: names sort by UTF-16, and integers are the only numbers."""
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(one)}" for key, one in pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    need(not isinstance(value, float) and (not isinstance(value, int) or abs(value) < 2**53), "a number is no integer")
    return json.dumps(value, ensure_ascii=False)


def parse(raw):
    value = json.loads(raw)
    need(canonical(value).encode() == raw, "JSON is not canonical")
    return value


def written_again(members):
    """The archive that these members make."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, data)
    return made.getvalue()


def member_of(path):
    return "evidence/" + UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), path)


def check_file(entry, members):
    need(entry["member"] == member_of(entry["path"]), "a member's name does not follow from its path")
    need(not {"", ".", ".."} & set(entry["path"].split("/")), "a path leaves the packet")
    if entry["embedded"] and not entry["redactions"] and entry["blob"]:
        data = members[entry["member"]]
        algorithm = hashlib.sha1 if len(entry["blob"]) == 40 else hashlib.sha256
        need(algorithm(b"blob %d\0" % len(data) + data).hexdigest() == entry["blob"], "git's id differs")


def verify(packet):
    """The digest of the manifest of a packet that holds; ValueError says what does not."""
    with zipfile.ZipFile(io.BytesIO(packet)) as archive:
        need(all(info.compress_type == 0 for info in archive.infolist()), "a member is compressed")
        names = archive.namelist()
        members = {name: archive.read(name) for name in names}
    need(len(members) == len(names) and written_again(members) == packet, "the archive is not written in the one way")
    raw = members["manifest.json"]
    manifest = parse(raw)
    need(manifest["format"] == "gatekeeper-packet" and manifest["version"] == 1, "the format is unknown")
    files, pages = manifest["files"], manifest["pages"]
    payload = [(file["member"], file) for file in files if file["embedded"]] + [(page["name"], page) for page in pages]
    seals = ["manifest.json", "statement.json", *(name for name in SIGNATURES if name in members), "SHA256SUMS"]
    need(names == [name for name, _ in payload] + seals, "members are missing, extra or out of order")
    for name, entry in payload:
        need(len(members[name]) == entry["size"], f"{name}: other size")
        need(hashlib.sha256(members[name]).hexdigest() == entry["sha256"], f"{name}: other digest")
    need([file["path"] for file in files] == sorted({file["path"] for file in files}), "files are out of order")
    for file in files:
        check_file(file, members)
    subject = [{"name": "manifest.json", "digest": {"sha256": hashlib.sha256(raw).hexdigest()}}]
    subject += [{"name": file["member"], "digest": {"sha256": file["sha256"]}} for file in files]
    statement = {"_type": "https://in-toto.io/Statement/v1", "predicateType": "urn:gatekeeper:gate-verdicts:v1"}
    predicate = {name: manifest[name] for name in ("tool", "day", "repository", "policy", "gates")}
    need(
        parse(members["statement.json"]) == {**statement, "subject": subject, "predicate": predicate}, "other statement"
    )
    sums = "".join(f"{hashlib.sha256(members[name]).hexdigest()}  {name}\n" for name in names[:-1])
    need(members["SHA256SUMS"] == sums.encode(), "SHA256SUMS differs")
    return hashlib.sha256(raw).hexdigest()


if __name__ == "__main__":
    try:
        with open(sys.argv[1], "rb") as opened:  # noqa: PTH123
            print(verify(opened.read()))
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile, NotImplementedError) as error:
        sys.exit(f"refused: {error}")
